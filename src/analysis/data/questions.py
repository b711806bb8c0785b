"""What the tables leave open and a number may rest on: each a question that a row answers.

Nobody is counted twice where the tables say what is inside what. Where they leave it open the
rules decide, and what they decided on is asked, once, until somebody writes the answer down.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import combinations
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.data.clashes import least_counted
from analysis.data.dataset import Dataset, once
from analysis.data.links import chain, links
from analysis.data.nesting import nesting, several
from analysis.data.outcome import Family, outcome
from analysis.data.tellings import Count
from countbounds import EVER

_NAMED, _PAIRED = 10, 200
"""So many names are listed, and so many incidents compared with one another."""


class Question(NamedTuple):
    """A question: what it is about, in which tallies and statements, and its words."""

    kind: str
    tallies: tuple[str, ...]
    events: tuple[str, ...]
    text: str


@once
def find_questions(dataset: Dataset) -> list[Question]:
    """All that a person should answer before the numbers are used."""
    return [
        *find_family_questions(dataset),
        *_about_tallies(dataset),
        *_about_parties(dataset),
        *_about_names(dataset),
    ]


def find_family_questions(dataset: Dataset) -> list[Question]:
    """What is asked of tallies that bear on one another."""
    return [
        *_about_replay(dataset),
        *_about_late_incidents(dataset),
        *_about_like_incidents(dataset),
        *_about_rounded_totals(dataset),
        *_about_links(dataset),
        *_about_nesting(dataset),
        *_about_publishers(dataset),
    ]


def list_names(names: Collection[str]) -> str:
    """Some names, and how many more there are.

    >>> list_names(["a", "b"])
    'a, b'
    """
    names = [*names]
    more = f" and {len(names) - _NAMED:,} more" * (len(names) > _NAMED)
    return ", ".join(names[:_NAMED]) + more


def days_of(count: Count) -> str:
    """The days of a count, in words."""
    first, last = (str(np.int64(day).astype("datetime64[D]")) for day in (count.start, count.end))
    if count.start == EVER:
        return f"to {last}"
    return first if first == last else f"{first} to {last}"


def _about_replay(dataset: Dataset) -> Iterator[Question]:
    """What the rules took for granted where pages left it open."""
    for kind, *about in outcome(dataset, "primary").questions:
        if kind == "nesting":
            part, whole = about
            text = (
                f"tally {part} seems to lie in {whole}, but numbers of one page leave no room for "
                f"it there, so the two are kept apart. Write {whole} in apart_from of {part}; or "
                f"correct a number, and write {whole} in its subset_of"
            )
            yield Question(kind, (part, whole), (), text)
            continue
        names = tuple(count.event_ids[0] for count in about)
        one, *others = names
        text = _REPLAYED[kind].format(one=one, other=list_names(others), days=days_of(about[1]))
        yield Question(kind, (*dict.fromkeys(c.tally for c in about),), names, text)


_REPLAYED = {
    "repeats": "{one} gives the number of {other} again, after its source gave a newer one, and "
    "is taken for a late copy. If it is one, write {other} in its same_as; if the source returned "
    "to this number, write the newer statement there",
    "days": "{one} tells {other} again, on days that do not overlap; it is counted once, somewhere "
    "in {days}. If they are the same people, correct the days or write those of both; if not, "
    "empty same_as",
    "differ": "{one} and {other} give different numbers for the same days, and neither page is "
    "known to be the later: the lower low and the higher high stand. Write the hours in "
    "source_date, or give the doubtful one the reading aside",
    "clash": "{one} leaves no room for {other}, and no page is known to be the later: none of them "
    "is an upper limit any more. Write the hours in source_date, or give the doubtful one the "
    "reading aside",
}


def _families(dataset: Dataset) -> tuple[Family, ...]:
    return outcome(dataset, "primary").families


def _about_late_incidents(dataset: Dataset) -> Iterator[Question]:
    """Incidents told after a total that holds their day: among those counted, or beside them."""
    for family in _families(dataset):
        totals = [c for c in family.counts if c.kind == "toll" and c.binds and not c.basis]
        incidents = [c for c in family.counts if c.kind == "incident" and c.binds] if totals else []
        for late in incidents:
            wholes = {late.tally, *family.rules.wholes[late.tally]}
            around = [each for each in totals if each.tally in wholes and late.inside(each)]
            asked = [
                total.event_ids[0]
                for total in around
                if total.told_before(late) and not _is_answered(late, total, around, family)
            ]
            if asked:
                text = (
                    f"{late.event_ids[0]} was published after {list_names(asked)}, which counted "
                    f"its days before. If these people were counted there, write "
                    f"{list_names(asked)} in its counted_in; if not, in its apart_from"
                )
                yield Question("late", (late.tally,), (late.event_ids[0], *asked), text)


def _is_answered(late: Count, total: Count, around: list[Count], family: Family) -> bool:
    """Whether it is said how an incident goes with a total, or a later total goes on from that."""
    said = family.rules.among, family.rules.apart
    return any(links.hold(late, total) for links in said) or any(
        newer.tally == total.tally
        and newer.start == total.start
        and total.inside(newer)
        and total.told_before(newer)
        and not newer.told_before(late)
        for newer in around
    )


def _about_like_incidents(dataset: Dataset) -> Iterator[Question]:
    """Incidents of one tally from several pages that may tell of the same people.

    Those that share a day, and those of neighbouring days that give the same number.
    """
    for family in _families(dataset):
        incidents: dict[str, list[Count]] = defaultdict(list)
        for count in family.counts:
            if count.kind == "incident" and count.binds and count.low > 0:
                incidents[count.tally].append(count)
        for tally, counts in incidents.items():
            for near in _neighbours(counts):
                asked = _may_be_the_same(near, family.rules.apart.things)
                if asked:
                    names = [count.event_ids[0] for count in asked]
                    low = sum(int(count.low) for count in asked)
                    text = (
                        f"{list_names(names)} of tally {tally}, for the same or neighbouring days, "
                        f"come from several pages and are added up to at least {low:,}. Do some of "
                        f"them tell of the same people (same_as), or are they others (apart_from)?"
                    )
                    yield Question("incidents", (tally,), (*names,), text)


def _neighbours(counts: list[Count]) -> Iterator[list[Count]]:
    """Counts whose days meet or follow one another, in groups."""
    group: list[Count] = []
    last = EVER
    for count in sorted(counts, key=lambda each: (each.start, each.order)):
        if group and count.start > last + 1:
            yield group
            group = []
        group.append(count)
        last = max(last, count.end)
    yield group


def _may_be_the_same(counts: list[Count], apart: Collection[tuple[str, str]]) -> list[Count]:
    """Counts of a group that another page may tell again, as far as nobody has said."""
    if len({count.page.report_id for count in counts}) < 2:
        return []
    if len(counts) > _PAIRED:
        return counts
    asked = {}
    for one, other in combinations(counts, 2):
        near = one.meets(other) or (one.said == other.said and other.start <= one.end + 1)
        same_page = {page.report_id for page in one.pages} & {p.report_id for p in other.pages}
        answered = (
            one.thing == other.thing or {(one.thing, other.thing), (other.thing, one.thing)} & apart
        )
        if near and not same_page and not answered:
            asked |= {one: 1, other: 1}
    return [count for count in counts if count in asked]


def _about_rounded_totals(dataset: Dataset) -> Iterator[Question]:
    """Open totals below exact ones that were told before: rounded, or corrected."""
    written = dict(zip(dataset.events["event_id"], dataset.events["count"], strict=True))
    for family in _families(dataset):
        totals: dict[str, list[Count]] = defaultdict(list)
        for count in family.counts:
            if count.kind == "toll" and count.binds and not count.basis:
                totals[count.tally].append(count)
        for tally, counts in totals.items():
            exact = [count for count in counts if count.high < np.inf and count.low > 0]
            for later in (count for count in counts if exact and count.high == np.inf):
                older = [each for each in exact if each.told_before(later) and each.inside(later)]
                answered = any(family.rules.among.hold(later, count) for count in older)
                if answered or sum(count.low for count in older) <= later.low:
                    continue
                if least_counted(older, later, family.rules) > later.low:
                    names = [count.event_ids[0] for count in older]
                    said = list_names([f"{written[name]} ({name})" for name in names])
                    text = (
                        f"{later.event_ids[0]} says {written[later.event_ids[0]]}, less than "
                        f"{said} before it, which goes on counting. If the later one only rounds, "
                        f"name what it rounds in its counted_in; if it corrects, in its same_as"
                    )
                    yield Question("rounded", (tally,), (later.event_ids[0], *names), text)


def _about_links(dataset: Dataset) -> Iterator[Question]:
    """Links to a count of another tally that is no relay of it, and wholes of other sources."""
    events = dataset.events.set_index("event_id")
    for column in ("same_as", "supersedes"):
        for one, other in links(dataset.events, "event_id", column).items():
            if other not in events.index:
                continue  # published later
            tallies, lows = events.loc[[one, other], "tally_id"], events.loc[[one, other], "low"]
            if tallies.notna().all() and len({*tallies}) > 1 and len({*lows.dropna()}) > 1:
                text = (
                    f"{one} names {other} in {column}, a statement of another tally with another "
                    f"number{', so that nothing changes' * (column == 'same_as')}. Is it the right "
                    f"one?"
                )
                yield Question("link", (*tallies,), (one, other), text)
    source = dataset.tallies.set_index("tally_id")["source_original"].fillna("").to_dict()
    for part, cell in links(dataset.tallies, "tally_id", "subset_of").items():
        for whole in several(cell):
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
    stated = {count.tally for family in _families(dataset) for count in family.counts}
    nested = nesting(dataset)
    outer = {name for name in nested.outermost() if stated & {name, *nested.parts[name]}}
    rows = dataset.tallies[dataset.tallies["tally_id"].isin(outer)]
    rows = rows.fillna({"source_original": ""})
    for key, own in rows.groupby(["source_original", "harm"], sort=False):
        if len(own) > 1:
            yield key, own


def _could_share(tallies: pd.DataFrame, dataset: Dataset) -> list[str]:
    """Tallies of a group that nothing tells apart from some other, in time that grows with them."""
    known = tallies["area"].isin(dataset.areas["area_id"])
    said = tallies.assign(area=tallies["area"].where(known))
    names = ["cause", "victim_group", "attributed_to", "area"]
    cells = said[names].astype(object).where(said[names].notna(), None)
    apart = {name: {*several(c)} for name, c in links(tallies, "tally_id", "apart_from").items()}
    kinds: dict[tuple, list[tuple[str, tuple]]] = defaultdict(list)
    for name, cell in zip(
        tallies["tally_id"], cells.itertuples(index=False, name=None), strict=True
    ):
        kinds[tuple(each is not None for each in cell)].append((name, cell))
    found: set[str] = set()
    for one, other in ((a, b) for a in kinds for b in kinds):
        both = [at for at in range(len(names)) if one[at] and other[at]]
        there: dict[tuple, list[str]] = defaultdict(list)
        for name, cell in kinds[other]:
            there[tuple(cell[at] for at in both)].append(name)
        for name, cell in kinds[one]:
            others = there.get(tuple(cell[at] for at in both), [])
            if _unsaid(name, others, apart):
                found.add(name)
    return [name for name in tallies["tally_id"] if name in found]


def _unsaid(name: str, others: list[str], apart: dict[str, set[str]]) -> bool:
    """Whether some other is not said to be apart from a tally."""
    own = apart.get(name, set())
    if len(others) > len(own) + 1 and not apart:
        return True
    return any(
        other != name and other not in own and name not in apart.get(other, ()) for other in others
    )


def _about_parties(dataset: Dataset) -> Iterator[Question]:
    """Parties of one source that are added up and could share people."""
    parties = dataset.parties.set_index("party_id")
    status = parties["status"].fillna("unknown").to_dict()
    part_of = links(dataset.parties, "party_id", "part_of")
    apart = {
        frozenset((one, other))
        for one, cell in links(dataset.parties, "party_id", "apart_from").items()
        for other in several(cell)
    }
    for (source, harm), rows in _added_up(dataset):
        names = [*dict.fromkeys(rows["party_id"])]
        asked = {}
        for one, other in combinations(names, 2) if len(names) <= 100 else ():
            statuses = {status.get(one), status.get(other)}
            vague = statuses & {"mixed", "unknown"} or statuses == {"civilian"}
            nested = one in chain(other, part_of) or other in chain(one, part_of)
            if vague and not nested and frozenset((one, other)) not in apart:
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
    stated, wholes = (
        {c.tally for each in _families(dataset) for c in each.counts},
        nesting(dataset).wholes,
    )
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


@once
def questions_by_event(dataset: Dataset) -> dict[str, list[str]]:
    """For each statement what kinds of question are open about it."""
    found: dict[str, list[str]] = defaultdict(list)
    for question in find_questions(dataset):
        for name in question.events:
            found[name].append(question.kind)
    return found
