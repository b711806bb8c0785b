"""What the tables leave open and a number may rest on: each a question that a row answers.

Nobody is counted twice where the tables say what is inside what. Where they leave it open the
rules decide, and what they decided on is asked, once, until somebody writes the answer down. Here
is what tallies and parties leave open; :mod:`.count_questions` asks about counts.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, product

import pandas as pd

from analysis.data.count_questions import questions_about_counts
from analysis.data.dataset import Dataset, cached
from analysis.data.labels import labelled
from analysis.data.links import chain, links, list_names, pairs
from analysis.data.nesting import ATTRIBUTES, apart_pairs, coded_nesting
from analysis.data.outcome import nesting, outcome
from analysis.data.problems import Question
from analysis.data.publication import published_by

COLUMNS = ["kind", "tally_ids", "event_ids", "doubt"]
_PARTIES = 100
"""So many parties are compared with one another."""


def doubts(
    dataset: Dataset, *, as_of: date | str | None = None, labels: bool | str = False
) -> pd.DataFrame:
    """What a person should answer before totals are used: a question a row.

    Every question can be answered in the tables, and an answered one is silent.

    Parameters
    ----------
    dataset : Dataset
    as_of : datetime.date or str, optional
        Only what was published by that day or time.
    labels : bool or str
        Whether names stand behind the ids: True in English, or a language code.

    Returns
    -------
    pandas.DataFrame
        ``kind`` (what it is about), ``tally_ids`` and ``event_ids`` concerned (``;`` between) and
        ``doubt``, the question in words.

    Raises
    ------
    ValueError
        When the day is none, or there is no such language.

    Examples
    --------
    >>> import analysis
    >>> len(analysis.doubts(analysis.load("data/report")))
    0
    """
    return labelled(dataset, as_table(find_questions(published_by(dataset, as_of))), labels)


def as_table(found: Iterable[Question]) -> pd.DataFrame:
    """Questions in rows."""
    rows = [(each.kind, ";".join(each.tallies), ";".join(each.events), each.text) for each in found]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


@cached
def questions_by_event(dataset: Dataset) -> dict[str, list[str]]:
    """For each statement what kinds of question are open about it."""
    found: dict[str, list[str]] = defaultdict(list)
    for question in find_questions(dataset):
        for name in question.events:
            found[name].append(question.kind)
    return found


@cached
def find_questions(dataset: Dataset) -> list[Question]:
    """All that a person should answer before the numbers are used."""
    tallies = _compared(dataset)
    return [
        *find_family_questions(dataset),
        *_about_tallies(tallies),
        *_about_parties(tallies, dataset.parties),
        *_about_names(tallies, dataset.parties),
    ]


def find_family_questions(dataset: Dataset) -> Iterator[Question]:
    """What is asked of connected tallies."""
    yield from questions_about_counts(dataset)
    yield from _about_sources(dataset)
    yield from _about_nesting(dataset)
    yield from _about_publishers(dataset)


def _about_sources(dataset: Dataset) -> Iterator[Question]:
    """Tallies that are said to lie in one of another source."""
    source = dataset.tallies.set_index("tally_id")["source_original"].fillna("").to_dict()
    for part, whole in pairs(dataset.tallies, "tally_id", "subset_of"):
        if source[part] != source[whole]:
            text = (
                f"tallies {part} and {whole}: what one source counts says nothing of another's "
                f"total. Take {whole} out of subset_of of {part}"
            )
            yield Question("source", (part, whole), (), text)


def _about_nesting(dataset: Dataset) -> Iterator[Question]:
    """Tallies that lie in another that leaves a cause, an area or a responsible party empty.

    That children or medics lie in all people is plain; that "any cause" is meant is not.
    """
    nested, inside = nesting(dataset), defaultdict(list)
    said = dataset.tallies.set_index("tally_id")[["cause", "attributed_to", "area"]]
    filled = dict(zip(said.index, said.notna().to_numpy().tolist(), strict=True))
    for part, whole in sorted(nested.follows):
        if whole in nested.nearest(part) and filled[part] != filled[whole]:
            inside[whole].append(part)
    for whole, parts in inside.items():
        text = (
            f"tally {whole} says less than {list_names(parts)} and is taken to hold them. If it "
            f"does, write {whole} in their subset_of; if they share nobody, in their apart_from; "
            f"if a cell of {whole} was forgotten, fill it in"
        )
        yield Question("inside", (whole, *parts), (), text)


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


def _compared(dataset: Dataset) -> pd.DataFrame:
    """The tallies that have counts, or whose parts have, as they are compared with one another.

    ``is_added`` are those that lie in no other as the tables have it: where numbers rule that out
    it is asked by itself. No source is an empty one; an area that ``areas`` does not know is left
    out; ``status`` is that of the party.
    """
    nested, families = coded_nesting(dataset), outcome(dataset, "primary").families
    counted = {count.tally for family in families for count in family.counts}
    stated = counted.union(*(nested.wholes[name] for name in counted))
    rows = dataset.tallies[dataset.tallies["tally_id"].isin(stated)]
    status = dataset.parties.set_index("party_id")["status"].fillna("unknown")
    return rows.assign(
        source_original=rows["source_original"].fillna(""),
        area=rows["area"].where(rows["area"].isin(dataset.areas["area_id"])),
        status=rows["party_id"].map(status),
        is_added=rows["tally_id"].isin(nested.outermost()),
    )


def _added_up(tallies: pd.DataFrame) -> Iterator[tuple[tuple, pd.DataFrame]]:
    """The tallies that are added to one another, by source and harm."""
    added = tallies[tallies["is_added"]]
    for key, own in added.groupby(["source_original", "harm"], sort=False):
        if len(own) > 1:
            yield key, own


def _about_tallies(tallies: pd.DataFrame) -> Iterator[Question]:
    """Tallies of one source, party and harm that are added up and could share people."""
    for (_, harm), rows in _added_up(tallies):
        for party, own in rows.groupby("party_id", sort=False):
            if asked := _could_share(own):
                text = (
                    f"tallies {list_names(asked)}: one source counts {party} {harm} in each, and "
                    f"they are added though they could hold the same people. Is one part of "
                    f"another (subset_of)? Do they share nobody (apart_from)? Or do cause, "
                    f"victim_group, attributed_to or area (with areas.csv) tell them apart?"
                )
                yield Question("tallies", (*asked,), (), text)


def _could_share(tallies: pd.DataFrame) -> list[str]:
    """Tallies of a group that nothing tells apart from some other, in time that grows with them."""
    kinds: dict[tuple, dict[str, dict]] = defaultdict(dict)  # by the cells filled in
    for name, *cells in tallies[["tally_id", *ATTRIBUTES]].itertuples(index=False, name=None):
        said = {at: cell for at, cell in enumerate(cells) if pd.notna(cell)}
        kinds[tuple(said)][name] = said
    apart, found = apart_pairs(tallies, "tally_id"), set()
    for one, other in product(kinds, repeat=2):
        both = [at for at in one if at in other]
        alike: dict[tuple, list[str]] = defaultdict(list)
        for name, said in kinds[other].items():
            alike[tuple(said[at] for at in both)].append(name)
        for name, said in kinds[one].items():
            others = alike[tuple(said[at] for at in both)]
            if any(each != name and (name, each) not in apart for each in others):
                found.add(name)
    return [name for name in tallies["tally_id"] if name in found]


def _about_parties(tallies: pd.DataFrame, parties: pd.DataFrame) -> Iterator[Question]:
    """Parties of one source that are added up and could share people."""
    part_of, apart = links(parties, "party_id", "part_of"), apart_pairs(parties, "party_id")
    for (source, harm), rows in _added_up(tallies):
        status = dict(zip(rows["party_id"], rows["status"], strict=True))
        asked = {}
        for one, other in combinations(status, 2) if len(status) <= _PARTIES else ():
            statuses = {status[one], status[other]}
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


def _about_names(tallies: pd.DataFrame, parties: pd.DataFrame) -> Iterator[Question]:
    """Tallies that figures call by one name."""
    party = parties.set_index("party_id")
    asked: dict[tuple[str, ...], str] = {}
    for column in tallies.filter(like="label_"):
        label = tallies[column].fillna(tallies["party_id"].map(party[column]))
        rows = tallies.assign(label=label)[label.notna()]
        same = ["source_original", "harm", "label"]
        for _, alike in rows[rows.duplicated(same, keep=False)].groupby(same, sort=False):
            asked.setdefault((*alike["tally_id"],), column)
    for names, column in sorted(asked.items()):
        text = f"tallies {list_names(names)} have one name in figures; give each its own {column}"
        yield Question("names", names, (), text)
