"""What tallies and parties leave open: whether those that are added could share people."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, product

import pandas as pd

from analysis.data.count_questions import Question
from analysis.data.dataset import Dataset
from analysis.data.links import chain, links, list_names
from analysis.data.nesting import apart_pairs, nesting
from analysis.data.outcome import outcome

_PARTIES = 100
"""So many parties are compared with one another."""


def questions_about_families(dataset: Dataset) -> Iterator[Question]:
    """What lies in what, and who counted."""
    yield from _about_nesting(dataset)
    yield from _about_publishers(dataset)


def questions_between_tallies(dataset: Dataset) -> Iterator[Question]:
    """Which tallies could share people, or have one name, though nothing joins them."""
    yield from _about_tallies(dataset)
    yield from _about_parties(dataset)
    yield from _about_names(dataset)


def _about_nesting(dataset: Dataset) -> Iterator[Question]:
    """Tallies that lie in another that leaves a cause, an area or a responsible party empty.

    That children or medics lie in all people is plain; that "any cause" is meant is not.
    """
    inside: dict[str, list[str]] = defaultdict(list)
    dropped = {q[1:] for q in outcome(dataset, "primary").questions if q[0] == "nesting"}
    nearest = nesting(dataset)
    said = dataset.tallies.set_index("tally_id")[["cause", "attributed_to", "area"]]
    filled = dict(zip(said.index, said.notna().to_numpy().tolist(), strict=True))
    for part, whole in sorted(nearest.follows - dropped):
        if whole in nearest.nearest(part) and filled[part] != filled[whole]:
            inside[whole].append(part)
    for whole, parts in inside.items():
        text = (
            f"tally {whole} says less than {list_names(parts)} and is taken to hold them. If it "
            f"does, write {whole} in their subset_of; if they share nobody, in their apart_from; "
            f"if a cell of {whole} was forgotten, fill it in"
        )
        yield Question("inside", (whole, *parts), (), text)


def _about_tallies(dataset: Dataset) -> Iterator[Question]:
    """Tallies of one source, party and harm that are added up and could share people."""
    for (_, harm), rows in _added_up(dataset):
        for party, own in rows.groupby("party_id", sort=False):
            if asked := _could_share(own, dataset):
                text = (
                    f"tallies {list_names(asked)}: one source counts {party} {harm} in each, and "
                    f"they are added though they could hold the same people. Is one part of "
                    f"another (subset_of)? Do they share nobody (apart_from)? Or do cause, "
                    f"victim_group, attributed_to or area (with areas.csv) tell them apart?"
                )
                yield Question("tallies", (*asked,), (), text)


def _added_up(dataset: Dataset) -> Iterator[tuple[tuple, pd.DataFrame]]:
    """The tallies that lie in no other and have counts in them, by source and harm."""
    stated, nested = _counted(dataset), nesting(dataset)
    outer = {name for name in nested.outermost() if stated & {name, *nested.parts[name]}}
    rows = dataset.tallies[dataset.tallies["tally_id"].isin(outer)]
    rows = rows.fillna({"source_original": ""})
    for key, own in rows.groupby(["source_original", "harm"], sort=False):
        if len(own) > 1:
            yield key, own


def _counted(dataset: Dataset) -> set[str]:
    """The tallies that have counts."""
    families = outcome(dataset, "primary").families
    return {count.tally for family in families for count in family.counts}


def _could_share(tallies: pd.DataFrame, dataset: Dataset) -> list[str]:
    """Tallies of a group that nothing tells apart from some other, in time that grows with them."""
    known = tallies["area"].isin(dataset.areas["area_id"])
    columns = ["tally_id", "cause", "victim_group", "attributed_to", "area"]
    rows = tallies.assign(area=tallies["area"].where(known))[columns]
    kinds: dict[tuple, list[tuple[str, list]]] = defaultdict(list)  # by the cells filled in
    for name, *cells in rows.itertuples(index=False, name=None):
        kinds[tuple(map(pd.notna, cells))].append((name, cells))
    apart, found = apart_pairs(tallies, "tally_id"), set()
    for one, other in product(kinds, kinds):
        both = [at for at, filled in enumerate(zip(one, other, strict=True)) if all(filled)]
        alike: dict[tuple, list[str]] = defaultdict(list)
        for name, cells in kinds[other]:
            alike[tuple(cells[at] for at in both)].append(name)
        for name, cells in kinds[one]:
            others = alike[tuple(cells[at] for at in both)]
            if any(each != name and (name, each) not in apart for each in others):
                found.add(name)
    return [name for name in tallies["tally_id"] if name in found]


def _about_parties(dataset: Dataset) -> Iterator[Question]:
    """Parties of one source that are added up and could share people."""
    parties = dataset.parties.set_index("party_id")
    status = parties["status"].fillna("unknown").to_dict()
    part_of = links(dataset.parties, "party_id", "part_of")
    apart = apart_pairs(dataset.parties, "party_id")
    for (source, harm), rows in _added_up(dataset):
        names = [*dict.fromkeys(rows["party_id"])]
        asked = {}
        for one, other in combinations(names, 2) if len(names) <= _PARTIES else ():
            statuses = {status.get(one), status.get(other)}
            vague = statuses & {"mixed", "unknown"} or statuses == {"civilian"}
            nested = one in chain(other, part_of) or other in chain(one, part_of)
            if vague and not nested and (one, other) not in apart:
                asked |= {one: 1, other: 1}
        if asked:
            text = (
                f"parties {list_names(asked)}: the people {harm} of each"
                f"{f', counted by {source},' * bool(source)} are added. Could they share people? "
                f"Write in parties.csv which is part_of another, or which are apart_from each other"
            )
            ids = rows.loc[rows["party_id"].isin(asked), "tally_id"]
            yield Question("parties", (*ids,), (), text)


def _about_publishers(dataset: Dataset) -> Iterator[Question]:
    """Tallies without a source in which several publishers count."""
    nobody = dataset.tallies.loc[dataset.tallies["source_original"].isna(), "tally_id"]
    office = dataset.reports.set_index("report_id")["source_office"]
    events = dataset.events[dataset.events["low"].notna() & dataset.events["tally_id"].isin(nobody)]
    for tally, own in events["report_id"].map(office).groupby(events["tally_id"], sort=False):
        offices = [*own.dropna().unique()]
        if len(offices) > 1:
            text = (
                f"tally {tally} names no source, and {list_names(offices)} count in it. Write in "
                f"source_original who counted; if each counted for itself, give each its own tally"
            )
            yield Question("publishers", (tally,), (), text)


def _about_names(dataset: Dataset) -> Iterator[Question]:
    """Tallies that figures call by one name."""
    stated, wholes = _counted(dataset), nesting(dataset).wholes
    stated |= {whole for name in stated for whole in wholes[name]}
    tallies = dataset.tallies[dataset.tallies["tally_id"].isin(stated)]
    tallies = tallies.fillna({"source_original": ""})
    party = dataset.parties.set_index("party_id")
    asked: dict[tuple[str, ...], str] = {}
    for column in tallies.filter(like="label_"):
        own = party[column] if column in party else pd.Series(dtype="str")
        label = tallies[column].fillna(tallies["party_id"].map(own))
        rows = tallies.assign(label=label)[label.notna()]
        same = ["source_original", "harm", "label"]
        for _, alike in rows[rows.duplicated(same, keep=False)].groupby(same, sort=False):
            asked.setdefault((*alike["tally_id"],), column)
    for names, column in sorted(asked.items()):
        text = f"tallies {list_names(names)} have one name in figures; give each its own {column}"
        yield Question("names", names, (), text)
