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

from analysis.data.dataset import Dataset, once
from analysis.data.links import chain, links
from analysis.data.nesting import nesting, several
from analysis.data.outcome import Family, outcome
from analysis.data.tellings import Count
from countbounds import EVER

_NAMED = 10
"""So many names are listed."""
BETWEEN = ("tallies", "parties", "names")
"""Kinds about tallies that need not bear on one another."""


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
        *_about_replay(dataset),
        *_about_late_incidents(dataset),
        *_about_like_incidents(dataset),
        *_about_rounded_totals(dataset),
        *_about_links(dataset),
        *_about_nesting(dataset),
        *_about_tallies(dataset),
        *_about_parties(dataset),
        *_about_publishers(dataset),
        *_about_names(dataset),
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
                f"tallies {part} and {whole}: the first seems to lie in the second, but numbers of "
                f"one page say that it cannot, so it is taken not to. Write {whole} in apart_from "
                f"of {part}, or correct a number and write it in subset_of"
            )
            yield Question(kind, (part, whole), (), text)
            continue
        one, other = (count.event_ids[0] for count in about)
        text = _REPLAYED[kind].format(one=one, other=other, days=days_of(about[1]))
        yield Question(kind, (about[0].tally,), (one, other), text)


_REPLAYED = {
    "repeats": "{one} repeats {other} after its source gave another number: taken for a late copy. "
    "Write {other} in its same_as; or the newer statement, if its source returns to this number",
    "days": "{one} tells {other} again on days that do not meet: counted once, somewhere in "
    "{days}. Are they the same people? Correct the days, widen those of one to both, or empty same_as",
    "differ": "{one} and {other} differ on the same days, and neither page is known to be the "
    "later: both ends stand. Write the hour in source_date, or set the doubtful one aside",
}


def _families(dataset: Dataset) -> tuple[Family, ...]:
    return outcome(dataset, "primary").families


def _about_late_incidents(dataset: Dataset) -> Iterator[Question]:
    """Incidents told after a total that holds their day: among those counted, or beside them."""
    for family in _families(dataset):
        incidents = [c for c in family.counts if c.kind == "incident" and c.binds]
        for late in incidents:
            wholes = {late.tally, *family.rules.wholes[late.tally]}
            around = [
                c for c in family.counts
                if c.kind == "toll" and c.tally in wholes and not c.basis and late.inside(c)
            ]
            answers = family.rules.among, family.rules.apart
            if any(links.hold(late, total) for links in answers for total in around):
                continue
            before = [c for c in around if c.told_before(late)]
            if before and len(before) == len(around):
                total = max(before, key=lambda count: count.order)
                text = (
                    f"{late.event_ids[0]} was told after the total {total.event_ids[0]}, which "
                    f"holds its days: among those counted there, or beside them? Write "
                    f"{total.event_ids[0]} in counted_in, or in apart_from"
                )
                yield Question("late", (late.tally,), (late.event_ids[0], total.event_ids[0]), text)


def _about_like_incidents(dataset: Dataset) -> Iterator[Question]:
    """Incidents of one tally and number on the same or neighbouring days, on two pages."""
    for family in _families(dataset):
        alike: dict[tuple, list[Count]] = defaultdict(list)
        for count in family.counts:
            if count.kind == "incident" and count.binds and count.low > 0:
                alike[count.tally, count.said].append(count)
        for (tally, said), counts in alike.items():
            for near in _neighbours(counts):
                asked = _unanswered(near, family.rules.apart.things)
                if asked:
                    names = [count.event_ids[0] for count in asked]
                    text = (
                        f"{tally}: {list_names(names)} give the same number, {int(said[0]):,}, on the "
                        f"same or neighbouring days, from several pages, and are added up. Are they "
                        f"the same people (same_as), or others (apart_from)?"
                    )
                    yield Question("incidents", (tally,), (*names,), text)


def _neighbours(counts: list[Count]) -> Iterator[list[Count]]:
    """Counts whose days meet or follow one another, in groups."""
    group: list[Count] = []
    for count in sorted(counts, key=lambda each: each.start):
        if group and count.start > max(each.end for each in group[-2:]) + 1:
            yield group
            group = []
        group.append(count)
    yield group


def _unanswered(counts: list[Count], apart: Collection[tuple[str, str]]) -> list[Count]:
    """Counts of a group that another page may tell again, as far as nobody has said."""
    if len({count.page.report_id for count in counts}) < 2:
        return []
    if len(counts) > 200:
        return counts
    asked = {}
    for one, other in combinations(counts, 2):
        pages = [{page.report_id for page in count.pages} for count in (one, other)]
        said = {(one.thing, other.thing), (other.thing, one.thing)} & {*apart}
        if one.thing != other.thing and not said and not pages[0] & pages[1]:
            asked |= {one: 1, other: 1}
    return [*asked]


def _about_rounded_totals(dataset: Dataset) -> Iterator[Question]:
    """An open total below an exact one that was told before: rounded, or corrected?"""
    for family in _families(dataset):
        totals: dict[tuple, list[Count]] = defaultdict(list)
        for count in family.counts:
            if count.kind == "toll" and count.binds and not count.basis:
                totals[count.tally, count.start, count.end].append(count)
        for (tally, *_), counts in totals.items():
            for later in counts if len(counts) > 1 else ():
                older = [
                    c for c in counts
                    if c.told_before(later) and c.high < np.inf and c.low > later.low
                    and later.high == np.inf and not family.rules.among.hold(later, c)
                ]
                if older:
                    one, other = later.event_ids[0], older[-1].event_ids[0]
                    text = (
                        f"{one} gives at least {int(later.low):,}, less than the "
                        f"{int(older[-1].low):,} of {other} before it, which stands. If it corrects it, "
                        f"write {other} in same_as; if it only rounds it, in counted_in"
                    )
                    yield Question("rounded", (tally,), (one, other), text)


def _about_links(dataset: Dataset) -> Iterator[Question]:
    """Links to a count of another tally that is no relay of it, and wholes of other sources."""
    events = dataset.events.set_index("event_id")
    for column in ("same_as", "supersedes"):
        for one, other in links(dataset.events, "event_id", column).items():
            tallies, lows = events.loc[[one, other], "tally_id"], events.loc[[one, other], "low"]
            if tallies.notna().all() and tallies.nunique() > 1 and lows.nunique() > 1:
                text = (
                    f"{one} names in {column} a statement of another tally, {other}, with another "
                    f"number: it changes nothing there. Is it the right one?"
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
    """Tallies that lie in another because of what they say, though nobody wrote it down."""
    inside: dict[str, list[str]] = defaultdict(list)
    dropped = {q[1:] for q in outcome(dataset, "primary").questions if q[0] == "nesting"}
    nearest = nesting(dataset)
    for part, whole in sorted(nearest.follows):
        if (part, whole) not in dropped and whole in nearest.nearest(part):
            inside[whole].append(part)
    for whole, parts in inside.items():
        text = (
            f"tally {whole} says less than {list_names(parts)}, so it is taken to hold them: does "
            f"what it leaves empty mean any, or was it forgotten? Write {whole} in their subset_of, "
            f"or in their apart_from"
        )
        yield Question("inside", (whole, *parts), (), text)


def _about_tallies(dataset: Dataset) -> Iterator[Question]:
    """Tallies of one source, party and harm that are added up and could share people."""
    for (_, harm), rows in _added_up(dataset):
        for party, own in rows.groupby("party_id", sort=False):
            if asked := _could_share(own, dataset):
                text = (
                    f"tallies {list_names(asked)}: of one source, of {party} {harm}, and added up "
                    f"though they could hold the same people. Is one part of another (subset_of), do "
                    f"they share nobody (apart_from), or do cause, victim_group, attributed_to or area "
                    f"(with areas.csv) tell them apart?"
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
    for name, cell in zip(tallies["tally_id"], cells.itertuples(index=False, name=None), strict=True):
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
                f"parties {list_names(asked)}: people {harm} of each are added up"
                f"{f' by {source}' * bool(source)}. Could they share people? Write in parties.csv which "
                f"is part_of another, or which are apart_from one another"
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
                f"source_original who counted; where they counted each for themselves, a tally each"
            )
            yield Question("publishers", (tally,), (), text)


def _about_names(dataset: Dataset) -> Iterator[Question]:
    """Tallies that figures call by one name."""
    tallies = dataset.tallies.fillna({"source_original": ""})
    party = dataset.parties.set_index("party_id")
    asked = set()
    for column in dataset.tallies.filter(like="label_"):
        own = party[column] if column in party else pd.Series(dtype="str")
        label = tallies[column].fillna(tallies["party_id"].map(own))
        rows = tallies.assign(label=label)[label.notna()]
        same = ["source_original", "harm", "label"]
        for _, alike in rows[rows.duplicated(same, keep=False)].groupby(same, sort=False):
            asked.add((*alike["tally_id"],))
    for names in sorted(asked):
        text = f"tallies {list_names(names)}: figures call them by one name; give each its own label"
        yield Question("names", names, (), text)


@once
def questions_by_event(dataset: Dataset) -> dict[str, list[str]]:
    """For each statement what kinds of question are open about it."""
    found: dict[str, list[str]] = defaultdict(list)
    for question in find_questions(dataset):
        for name in question.events[:1]:
            found[name].append(question.kind)
    return found
