"""The pages of a dataset replayed: what they come to, each family and each reading by itself."""

from collections import defaultdict
from collections.abc import Iterator
from math import inf
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.data.clashes import Rules
from analysis.data.dataset import Dataset, once
from analysis.data.links import links, origin
from analysis.data.nesting import Nesting, nesting, several
from analysis.data.replay import Replay
from analysis.data.stocks import number_of, stocks_of
from analysis.data.tellings import RELAY, Count, Links, Page, Row
from analysis.data.times import published_from_until
from countbounds import EVER

READINGS = ("primary", "wide")


class Outcome(NamedTuple):
    """What the pages of a dataset come to in one reading."""

    families: tuple["Family", ...]
    stocks: dict[str, list[Count]]  # by tally
    questions: tuple[tuple, ...]


class Family(NamedTuple):
    """Tallies that bear on one another, the rules among them and all counts told of them."""

    tallies: tuple[str, ...]
    rules: Rules
    counts: tuple[Count, ...]
    contradictions: tuple[tuple[Count, ...], ...]

    @property
    def binding(self) -> list[Count]:
        """The counts that still say something, those that contradict each other left out."""
        clashing = {count for clash in self.contradictions for count in clash}
        return [count for count in self.counts if count.binds and count not in clashing]

    @property
    def limiting(self) -> list[Count]:
        """The same without calculated ones that follow from what still says it all."""
        return [
            count
            for count in self.binding
            if not count.basis
            or any(not each.binds or each.opened_by or each.fallen for each in count.basis)
        ]


def check_reading(reading: str) -> None:
    """Raise a ValueError where there is no such reading."""
    if reading not in READINGS:
        raise ValueError(f"reading is one of {', '.join(READINGS)}, not {reading!r}")


@once
def outcome(dataset: Dataset, reading: str) -> Outcome:
    """Replay all pages of a dataset, in one reading."""
    check_reading(reading)
    if reading == "wide" and not dataset.events["reading"].isin(READINGS).any():
        return outcome(dataset, "primary")
    nested, told = nesting(dataset), _rows(dataset, _taken(dataset, reading))
    family = {name: at for at, names in enumerate(nested.families) for name in names}
    rows: dict[int, list[Row]] = defaultdict(list)
    stocks: dict[str, list[Row]] = defaultdict(list)
    counted = [row for row in told if row.low is not None]
    for row in (*counted, *_elsewhere(told, family)):
        (stocks[row.tally] if row.kind == "stock" else rows[family[row.tally]]).append(row)
    among, apart = (_linked(dataset, column) for column in ("counted_in", "apart_from"))
    families, questions = [], []
    for at in sorted(rows):
        names = nested.families[at]
        replay = Replay(_rules(nested, names, among, apart), rows[at])
        clashes = tuple(map(tuple, replay.contradictions))
        families.append(Family(names, replay.rules, tuple(replay.counts), clashes))
        questions += replay.questions
    standing = {tally: stocks_of(own) for tally, own in stocks.items()}
    return Outcome(tuple(families), standing, tuple(questions))


def _elsewhere(told: list[Row], family: dict[str, int]) -> Iterator[Row]:
    """What rows that withdraw a number do in other families: to that number and to its relays."""
    counted = {row.event_id: row for row in told if row.low is not None}
    things: dict[str, list[Row]] = defaultdict(list)
    for row in counted.values():
        things[row.thing].append(row)
    for row in told:
        wrong = counted.get(row.supersedes)
        if wrong is None:
            continue
        here = family.get(row.tally)
        if "stock" in (row.kind, wrong.kind) or family[wrong.tally] != here:
            yield row._replace(tally=wrong.tally, kind=wrong.kind, low=None)
        for relay in things[wrong.thing] if row.low is None or row[6:8] != wrong[6:8] else ():
            passed_on = relay.tally != wrong.tally and relay[6:8] == wrong[6:8]
            if passed_on and family[relay.tally] not in (here, family[wrong.tally]):
                page = max(row.page, relay.page, key=lambda each: each.latest)
                named = {"supersedes": relay.event_id, "kind": RELAY, "page": page, "low": None}
                yield row._replace(tally=relay.tally, **named)


def _taken(dataset: Dataset, reading: str) -> np.ndarray:
    """Whether a row of ``events`` counts or withdraws something in a reading."""
    events = dataset.events
    counted, own = ~events["low"].array.isna(), events["reading"].to_numpy(object)
    ours = events["reading"].array.isna() | (own == reading)
    return ours & (counted | ~events["supersedes"].array.isna())


def _rows(dataset: Dataset, taken: np.ndarray) -> list[Row]:
    """Some rows of ``events``, as they are replayed."""
    events, things, pages = dataset.events, _things(dataset), _pages(dataset)
    cells = (
        _cells(events, name, taken)
        for name in ("event_id", "tally_id", "count_kind", "low", "high", "report_id", "supersedes")
    )
    days = (events[name].to_numpy("datetime64[D]")[taken] for name in ("date_start", "date_end"))
    start, end = (np.where(np.isnat(day), EVER, day.astype("int64")).tolist() for day in days)
    again = (~events["same_as"].array.isna()[taken]).tolist()
    return [
        Row(
            name, things[name], tally, kind, *days, low, inf if high is None else high,
            pages[report], wrong, told_again or wrong is not None,
        )
        for name, tally, kind, low, high, report, wrong, told_again, *days in zip(
            *cells, again, start, end, strict=True
        )
    ]  # fmt: skip


def _cells(rows: pd.DataFrame, name: str, taken: np.ndarray | slice = slice(None)) -> list:
    """Cells of a column, None where one is empty."""
    column = rows[name].array[taken]
    cells = column.to_numpy(object)
    if (empty := column.isna()).any():
        cells = np.where(empty, None, cells)
    return cells.tolist()


@once
def _things(dataset: Dataset) -> dict[str, str]:
    """For each statement the first of those that count the same people.

    What a number is put in place of is the same count, as what it tells again is.
    """
    events = dataset.events
    names, tallies = _cells(events, "event_id"), _cells(events, "tally_id")
    again, wrong = (links(events, "event_id", name) for name in ("same_as", "supersedes"))
    if not again and not wrong:
        return dict(zip(names, names, strict=True))
    tally = dict(zip(names, tallies, strict=True))
    counted = {*events["event_id"].array[~events["low"].array.isna()]}
    instead = {
        one: other
        for one, other in wrong.items()
        if one in counted and other in counted and tally[other] == tally[one]
    }
    return {name: origin(name, instead | again) for name in names}


def _pages(dataset: Dataset) -> dict[str, Page]:
    """Each report as a page, by its id."""
    times = published_from_until(dataset.reports)
    earliest, latest = (times[name].to_numpy().astype("int64") for name in times)
    cells = _cells(dataset.reports, "report_id"), earliest.tolist(), latest.tolist()
    offices = _cells(dataset.reports, "source_office")
    return {cell[0]: Page(*cell) for cell in zip(*cells, offices, strict=True)}


@once
def _linked(dataset: Dataset, column: str) -> Links:
    """Which statements name which in a column, and what both count."""
    cells, thing = links(dataset.events, "event_id", column), _things(dataset)
    pairs = {
        (name, other) for name, cell in cells.items() for other in several(cell) if other in thing
    }
    things = {(thing[name], thing[other]) for name, other in pairs}
    return Links(frozenset(pairs), frozenset(things))


def _rules(nested: Nesting, names: tuple[str, ...], among: Links, apart: Links) -> Rules:
    own = {*names}
    divisions = [each for each in nested.divisions if each.whole in own]
    return Rules(
        {name: nested.wholes[name] for name in names},
        {name: nested.written[name] for name in names},
        frozenset((n, w) for n in names for w in nested.wholes[n] if (n, w) in nested.follows),
        tuple((each.whole, each.parts, each.complete) for each in divisions),
        {
            part: tuple(other for other in each.parts if other != part)
            for each in nested.divisions
            for part in each.parts
            if part in own
        },
        among,
        apart,
        {},
    )


def set_aside(dataset: Dataset) -> list[Count]:
    """The counts that are set aside: shown, though they bind in no reading."""
    events = dataset.events
    aside = ~events["low"].array.isna() & (events["reading"].to_numpy(object) == "aside")
    if not aside.any():
        return []
    aside = _rows(dataset, aside)
    counts = [Count.of(row) for row in aside]
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


@once
def _stock_tallies(dataset: Dataset) -> set[str]:
    """The tallies that count how many there are on a day, in any reading."""
    events = dataset.events
    kind, reading = (events[name].to_numpy(object) for name in ("count_kind", "reading"))
    return {*events["tally_id"].to_numpy(object)[(kind == "stock") & (reading != "aside")]}


def counted_rows(dataset: Dataset, reading: str) -> pd.DataFrame:
    """The rows of ``events`` that hold a count of people in a reading, copies too; no stocks."""
    events = dataset.events
    counted = _taken(dataset, reading) & ~events["low"].array.isna()
    return events[counted & (events["count_kind"].to_numpy(object) != "stock")]
