"""The reports of a dataset replayed: what they come to, each family and each reading by itself."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from math import inf
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.data.dataset import Dataset, cached
from analysis.data.links import links, origin, pairs
from analysis.data.nesting import Nesting, coded_nesting
from analysis.data.records import RELAY, Count, Links, Report, number_of, stocks_of
from analysis.data.relations import Relations
from analysis.data.replay import Replay
from analysis.data.times import published_from_until
from countbounds import EVER

READINGS = ("primary", "wide")


class Outcome(NamedTuple):
    """What the reports of a dataset come to in one reading."""

    families: tuple["Family", ...]
    stocks: dict[str, list[Count]]  # by tally
    questions: tuple[tuple, ...]


class Family(NamedTuple):
    """Connected tallies, how they lie in one another and all counts of them."""

    tallies: tuple[str, ...]
    relations: Relations
    counts: tuple[Count, ...]
    contradictions: tuple[tuple[Count, ...], ...]

    @property
    def published(self) -> list[Count]:
        """The counts that reports state, by publication, without calculated ones."""
        return [count for count in self.counts if not count.basis]

    @property
    def binding(self) -> list[Count]:
        """The counts that still say something, those that contradict each other left out."""
        clashing = {count for clash in self.contradictions for count in clash}
        return [count for count in self.counts if count.binds and count not in clashing]

    @property
    def limiting(self) -> list[Count]:
        """Binding counts, without calculated ones whose basis is unchanged."""
        return [
            count
            for count in self.binding
            if not count.basis
            or any(not each.binds or each.opened_by or each.reduced for each in count.basis)
        ]


def check_reading(reading: str) -> None:
    """Raise a ValueError where there is no such reading."""
    if reading not in READINGS:
        raise ValueError(f"reading is one of {', '.join(READINGS)}, not {reading!r}")


@cached
def outcome(dataset: Dataset, reading: str) -> Outcome:
    """Replay all reports of a dataset, in one reading."""
    check_reading(reading)
    if reading == "wide" and not dataset.events["reading"].isin(READINGS).any():
        return outcome(dataset, "primary")
    nested, rows = coded_nesting(dataset), _rows(dataset, _taken(dataset, reading))
    family = {name: at for at, names in enumerate(nested.families) for name in names}
    own: dict[int, list[Count]] = defaultdict(list)
    stocks: dict[str, list[Count]] = defaultdict(list)
    counted = [row for row in rows if row.has_number]
    for row in (*counted, *_withdrawn_elsewhere(rows, family)):
        (stocks[row.tally] if row.kind == "stock" else own[family[row.tally]]).append(row)
    counted_in, apart_from = (_linked(dataset, name) for name in ("counted_in", "apart_from"))
    families, questions = [], []
    for at in sorted(own):
        names = nested.families[at]
        replay = Replay(_relations(nested, names, counted_in, apart_from), own[at])
        clashes = tuple(map(tuple, replay.contradictions))
        families.append(Family(names, replay.relations, tuple(replay.counts), clashes))
        questions += replay.questions
    standing = {tally: stocks_of(rows) for tally, rows in stocks.items()}
    return Outcome(tuple(families), standing, tuple(questions))


@cached
def nesting(dataset: Dataset) -> Nesting:
    """How tallies lie in one another, without what the numbers of one report rule out.

    Parts of a division share nobody all the same.
    """
    coded = coded_nesting(dataset)
    relations = [family.relations for family in outcome(dataset, READINGS[0]).families]
    wholes = coded.wholes | {name: own for each in relations for name, own in each.wholes.items()}
    follows = ((part, whole) for part, whole in coded.follows if whole in wholes[part])
    return replace(coded, wholes=wholes, follows=frozenset(follows))


def _withdrawn_elsewhere(rows: list[Count], family: dict[str, int]) -> Iterator[Count]:
    """What rows that withdraw a number do in other families: to that number and to its relays."""
    counted = {row.event_id: row for row in rows if row.has_number}
    by_people: dict[str, list[Count]] = defaultdict(list)
    for row in counted.values():
        by_people[row.canonical_id].append(row)
    for row in rows:
        wrong = counted.get(row.supersedes)
        if wrong is None:
            continue
        here = family.get(row.tally)
        if "stock" in (row.kind, wrong.kind) or family[wrong.tally] != here:
            yield row.stand_in(tally=wrong.tally, kind=wrong.kind)
        corrected = row.stated != wrong.stated
        for relay in by_people[wrong.canonical_id] if corrected else ():
            relays = relay.tally != wrong.tally and relay.stated == wrong.stated
            if relays and family[relay.tally] not in (here, family[wrong.tally]):
                report = max(row.report, relay.report, key=lambda each: each.latest)
                named = {"supersedes": relay.event_id, "kind": RELAY, "reports": [report]}
                yield row.stand_in(tally=relay.tally, **named)


def _taken(dataset: Dataset, reading: str) -> pd.Series:
    """Whether a row of ``events`` counts or withdraws something in a reading."""
    events = dataset.events
    ours = events["reading"].isna() | (events["reading"] == reading)
    return ours & (events["low"].notna() | events["supersedes"].notna())


def _rows(dataset: Dataset, taken: pd.Series) -> list[Count]:
    """Some rows of ``events``, as they are replayed."""
    events, canonical_id = dataset.events[taken], _canonical_ids(dataset)
    reports = _reports(dataset)
    columns = ["event_id", "tally_id", "count_kind", "low", "high", "report_id"]
    cells = [_cells(events, name) for name in [*columns, "supersedes", "count", "same_as"]]
    days = (events[name].to_numpy("datetime64[D]") for name in ("date_start", "date_end"))
    days = (np.where(np.isnat(day), EVER, day.astype("int64")).tolist() for day in days)
    return [
        Count(
            [name], canonical_id[name], tally, kind, first, last,
            (low, inf if high is None else high), [reports[report_id]], said, wrong,
            bool(same or wrong),
        )
        for name, tally, kind, low, high, report_id, wrong, said, same, first, last in zip(
            *cells, *days, strict=True
        )
    ]  # fmt: skip


def _cells(rows: pd.DataFrame, name: str) -> list:
    """Cells of a column, None where one is empty."""
    column = rows[name].array
    return np.where(column.isna(), None, column.to_numpy(object)).tolist()


@cached
def _canonical_ids(dataset: Dataset) -> dict[str, str]:
    """For each statement the first of those that count the same people, whatever number they give.

    A number that replaces a withdrawn one of its tally is of the same people, as a copy is.
    """
    events = dataset.events
    names, tallies = _cells(events, "event_id"), _cells(events, "tally_id")
    same_as, wrong = (links(events, "event_id", name) for name in ("same_as", "supersedes"))
    tally = dict(zip(names, tallies, strict=True))
    counted = {*events["event_id"].array[~events["low"].array.isna()]}
    replaced = {
        one: other
        for one, other in wrong.items()
        if one in counted and other in counted and tally[other] == tally[one]
    }
    target = replaced | same_as
    return dict(zip(names, names, strict=True)) | {name: origin(name, target) for name in target}


def _reports(dataset: Dataset) -> dict[str, Report]:
    """Each report, by its id."""
    times = published_from_until(dataset.reports)
    earliest, latest = (times[name].to_numpy().astype("int64") for name in times)
    cells = _cells(dataset.reports, "report_id"), earliest.tolist(), latest.tolist()
    offices = _cells(dataset.reports, "source_office")
    return {cell[0]: Report(*cell) for cell in zip(*cells, offices, strict=True)}


@cached
def _linked(dataset: Dataset, column: str) -> Links:
    """Which statements name which in a column, and what both count."""
    canonical_id = _canonical_ids(dataset)
    named = pairs(dataset.events, "event_id", column)
    known = [(one, other) for one, other in named if other in canonical_id]
    people = {(canonical_id[one], canonical_id[other]) for one, other in known}
    return Links(frozenset(known), frozenset(people))


def _relations(
    nested: Nesting, names: tuple[str, ...], counted_in: Links, apart_from: Links
) -> Relations:
    """What the tables say of one family: its own part of the nesting, and links of statements."""
    own = {*names}
    divisions = [each for each in nested.divisions if each.whole in own]
    return Relations(
        wholes={name: nested.wholes[name] for name in names},
        written={name: nested.written[name] for name in names},
        follows=frozenset(
            (n, w) for n in names for w in nested.wholes[n] if (n, w) in nested.follows
        ),
        divisions=tuple((each.whole, each.parts, each.complete) for each in divisions),
        siblings={
            part: tuple(other for other in each.parts if other != part)
            for each in nested.divisions
            for part in each.parts
            if part in own
        },
        counted_in=counted_in,
        apart_from=apart_from,
    )


def set_aside(dataset: Dataset) -> list[Count]:
    """The counts that are set aside: shown, though they bind in no reading."""
    events = dataset.events
    aside = events["low"].notna() & (events["reading"] == "aside")
    if not aside.any():
        return []
    counts = _rows(dataset, aside)
    for count in counts:
        count.status = "aside"
    return counts


def stock_at(dataset: Dataset, tally_id: str, day: int, reading: str) -> tuple[float, float] | None:
    """The number of a stock last counted up to a day (since 1970), in the reading or either.

    None where the tally is no stock in any reading; anything where none was counted by then.
    """
    if tally_id not in _stock_tallies(dataset):
        return None
    found = []
    for each in READINGS if reading == "wide" else [reading]:
        own = outcome(dataset, each).stocks.get(tally_id, ())
        found.append(number_of([count for count in own if count.end <= day]))
    return min(low for low, _ in found), max(high for _, high in found)


@cached
def _stock_tallies(dataset: Dataset) -> set[str]:
    """The tallies that count how many there are on a day, in any reading."""
    events = dataset.events
    stock = (events["count_kind"] == "stock") & (events["reading"] != "aside")
    return {*events["tally_id"][stock]}


def counted_rows(dataset: Dataset, reading: str) -> pd.DataFrame:
    """The rows of ``events`` that hold a count of people in a reading, copies too; no stocks."""
    events = dataset.events
    counted = _taken(dataset, reading) & events["low"].notna()
    return events[counted & (events["count_kind"] != "stock")]
