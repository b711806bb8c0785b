"""A slow, exact answer to what statements say about each day, to hold the fast one against.

Everything is written out as an integer program: one whole number of people, zero or more, for each
tally and each day of its family (the tallies that ``subset_of`` connects), one more for each
incident and each day of its window, and the statements as they stand. A solver (HiGHS, by way of
``scipy.optimize.milp``) then minimises and maximises each day and each cumulative count. There is
no graph, no shortest path and no propagation here, and nothing is imported from ``analysis``.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

INFEASIBLE = 2
"""The status by which ``milp`` says that there is no solution."""


class DayBounds(NamedTuple):
    """What can be said of one tally on one day; a high of None means no upper bound."""

    low: int
    high: int | None
    cumulative_low: int
    cumulative_high: int | None


class Statement(NamedTuple):
    """One toll or one incident, after the rows that tell the same thing are joined."""

    name: str
    tally: str
    kind: str
    days: tuple[pd.Timestamp, ...]
    low: int
    high: float

    @property
    def is_possible(self) -> bool:
        """Whether its rows leave it a day and a count."""
        return bool(self.days) and self.low <= self.high


class Program:
    """Whole numbers, zero or more, and the sums of them that are held between two limits."""

    def __init__(self) -> None:
        self.position: dict[Hashable, int] = {}
        self.sums: list[dict[Hashable, int]] = []
        self.lows: list[float] = []
        self.highs: list[float] = []

    def add_variable(self, variable: Hashable) -> None:
        """Add a whole number, zero or more."""
        self.position[variable] = len(self.position)

    def require(
        self,
        variables: Iterable[Hashable],
        minus: Iterable[Hashable] = (),
        low: float = 0,
        high: float = np.inf,
    ) -> None:
        """Hold the sum of some variables, minus the sum of others, between low and high."""
        self.sums.append(dict.fromkeys(variables, 1) | dict.fromkeys(minus, -1))
        self.lows.append(low)
        self.highs.append(high)

    def is_feasible(self) -> bool:
        """Whether any whole numbers meet all requirements."""
        return self._optimum(np.zeros(len(self.position))) is not None

    def least(self, variables: Iterable[Hashable]) -> int:
        """Smallest value of a sum. The program must be feasible."""
        return self._optimum(self._row(dict.fromkeys(variables, 1)))

    def greatest(self, variables: Iterable[Hashable]) -> int | None:
        """Largest value of a sum, None if it has none. The program must be feasible."""
        variables = list(variables)
        if self.endless.intersection(variables):
            return None
        return -self._optimum(-self._row(dict.fromkeys(variables, 1)))

    @cached_property
    def endless(self) -> set[Hashable]:
        """Variables that can grow without end. To be asked for when the program is complete.

        A direction can be followed for ever if it keeps every sum that has a limit from moving
        towards it. All coefficients are whole, so such a direction can be taken in whole steps, and
        without one a maximum is finite. Two directions add up to a third, so that one program finds
        all variables at once: the most indicators (0 to 1, each no larger than its variable) that
        one direction can raise.
        """
        count = len(self.position)
        identity = np.eye(count)
        sums = np.hstack([self._matrix(), np.zeros((len(self.sums), count))])
        result = _solve(
            np.concatenate([np.zeros(count), -np.ones(count)]),
            [
                LinearConstraint(sums, _zero_if_finite(self.lows), _zero_if_finite(self.highs)),
                LinearConstraint(np.hstack([identity, -identity]), 0, np.inf),
            ],
            upper=np.concatenate([np.full(count, np.inf), np.ones(count)]),
            whole=False,
        )
        indicators = result.x[count:]
        return {variable for variable, place in self.position.items() if indicators[place] > 0.5}

    def _optimum(self, weights: np.ndarray) -> int | None:
        """The least value of a weighted sum in whole numbers, None if there is no solution.

        Fractions are tried first, which is quicker: no whole numbers do better than the best
        fractions, so that if these are whole already, they are the answer.
        """
        constraints = LinearConstraint(self._matrix(), self.lows, self.highs)
        result = _solve(weights, constraints, upper=np.inf, whole=False)
        if result.status != INFEASIBLE and np.abs(result.x - np.rint(result.x)).max() > 1e-6:
            result = _solve(weights, constraints, upper=np.inf, whole=True)
        if result.status == INFEASIBLE:
            return None
        return int(weights @ self._whole_solution(result.x))

    def _whole_solution(self, solution: np.ndarray) -> np.ndarray:
        """The solver's floating-point answer as whole numbers, checked against every sum."""
        whole = np.rint(solution)
        sums = self._matrix() @ whole
        if (whole < 0).any() or (sums < self.lows).any() or (sums > self.highs).any():
            raise RuntimeError(f"HiGHS gave a solution that is none: {solution}")
        return whole

    def _matrix(self) -> np.ndarray:
        return np.array([self._row(each) for each in self.sums]).reshape(-1, len(self.position))

    def _row(self, coefficients: dict[Hashable, int]) -> np.ndarray:
        row = np.zeros(len(self.position))
        for variable, coefficient in coefficients.items():
            row[self.position[variable]] = coefficient
        return row


def _solve(weights: np.ndarray, constraints, upper, whole: bool) -> OptimizeResult:
    """Minimise a weighted sum.

    Without presolve: with it, HiGHS in scipy 1.17.1 calls some solutions of such programs optimal
    that are not (a day of 1 where 4 is possible).
    """
    result = milp(
        weights,
        integrality=np.full(len(weights), int(whole)),
        constraints=constraints,
        bounds=Bounds(0, upper),
        options={"mip_rel_gap": 0, "presolve": False},
    )
    if not result.success and result.status != INFEASIBLE:
        raise RuntimeError(f"HiGHS: {result.message}")
    return result


def exact_bounds(
    dataset, reading: str = "primary"
) -> dict[tuple[str, pd.Timestamp], DayBounds] | None:
    """The tightest bounds there are, by tally and day; None if the statements contradict.

    A tally has the days from the first to the last of the windows of its statements in this
    reading, rows that tell one thing being one statement. Cumulative counts start with the first.
    """
    rows = _counted_rows(dataset.events, reading)
    bounds = {}
    for family_rows, program in _programs(dataset, rows, reading):
        if program is None or not program.is_feasible():
            return None
        for tally, tally_rows in family_rows.groupby("tally_id"):
            days = sorted(
                {day for told in _statements(dataset.events, tally_rows) for day in told.days}
            )
            whole_days = list(pd.date_range(days[0], days[-1]))
            for day, day_bounds in _tally_bounds(program, tally, whole_days):
                bounds[tally, day] = day_bounds
    return bounds


def either_bounds(dataset) -> dict[tuple[str, pd.Timestamp], DayBounds]:
    """What the wide reading or the primary one allows, by tally and day.

    A day is bounded by what each says of it; a cumulative count is what each counts from its own
    first day to its last, and where one says nothing of a tally, from the other's. A primary
    reading that contradicts itself allows nothing.
    """
    found = {}
    for family in _families(dataset.tallies):
        programs, rows_of = [], []
        for reading in ("wide", "primary"):
            rows = _counted_rows(dataset.events, reading)
            rows_of.append(rows[rows["tally_id"].isin(family)])
            empty = rows_of[-1].empty
            program = Program() if empty else _program(dataset, family, rows_of[-1], reading)
            if reading == "wide" or empty or (program is not None and program.is_feasible()):
                programs.append(program)
        for tally in family:
            spans = [_own_days(dataset, rows, tally) for rows in rows_of]
            if any(spans):
                spans = [own or max(spans) for own in spans][: len(programs)]
                for day, bounds in _either(tally, programs, spans):
                    found[tally, day] = bounds
    return found


def _own_days(dataset, rows: pd.DataFrame, tally: str) -> list[pd.Timestamp]:
    own = _statements(dataset.events, rows[rows["tally_id"] == tally])
    return sorted({day for told in own for day in told.days})


def _either(tally, programs, spans):
    first, last = min(days[0] for days in spans), max(days[-1] for days in spans)
    for day in pd.date_range(first, last):
        daily = [_window(program, tally, [day]) for program in programs]
        so_far = [
            [_loosest(_so_far(tally, programs, spans, other)) for other in some]
            for some in (pd.date_range(day, last), pd.date_range(first, day))
        ]
        low = min(low for low, _ in so_far[0])  # no day has less than a day before it
        highs = [high for _, high in so_far[1]]
        high = None if None in highs else max(highs)
        yield day, DayBounds(*_loosest(daily), low, high)


def _so_far(tally, programs, spans, day):
    return [
        _window(program, tally, pd.date_range(days[0], min(day, days[-1])))
        for program, days in zip(programs, spans, strict=True)
        if day >= days[0]
    ]


def _window(program, tally, days) -> tuple[int, int | None]:
    known = [(tally, day) for day in days if (tally, day) in program.position]
    most = program.greatest(known) if len(known) == len(days) else None
    return program.least(known) if known else 0, most


def _loosest(bounds: list[tuple[int, int | None]]) -> tuple[int, int | None]:
    low, high = zip(*bounds, strict=True)
    return min(low), None if None in high else max(high)


def is_feasible(
    dataset, reading: str = "primary", event_ids: Collection[str] | None = None
) -> bool:
    """Whether statements can all be true: those of a reading, or only the rows named.

    Which rows tell the same thing is a fact of the whole dataset: two rows stay joined when the row
    that joins them is in another reading or is left out.
    """
    rows = _counted_rows(dataset.events, reading)
    if event_ids is not None:
        rows = rows[rows["event_id"].isin(event_ids)]
    return all(
        program is not None and program.is_feasible()
        for _, program in _programs(dataset, rows, reading)
    )


def _programs(
    dataset, rows: pd.DataFrame, reading: str
) -> Iterator[tuple[pd.DataFrame, Program | None]]:
    """For each family that the rows speak of its rows and its program."""
    for family in _families(dataset.tallies):
        family_rows = rows[rows["tally_id"].isin(family)]
        if not family_rows.empty:
            yield family_rows, _program(dataset, family, family_rows, reading)


def _tally_bounds(program, tally, days):
    for position, day in enumerate(days):
        this_day = [(tally, day)]
        up_to_day = [(tally, earlier) for earlier in days[: position + 1]]
        bounds = DayBounds(
            low=program.least(this_day),
            high=program.greatest(this_day),
            cumulative_low=program.least(up_to_day),
            cumulative_high=program.greatest(up_to_day),
        )
        yield day, bounds


def _program(dataset, family: Collection[str], rows: pd.DataFrame, reading: str) -> Program | None:
    """What the rows say of one family; None if rows joined by ``same_as`` exclude each other."""
    statements = _released(dataset, rows, reading)
    if not all(statement.is_possible for statement in statements):
        return None
    program = Program()
    days = _span(rows)
    for tally in family:
        for day in days:
            program.add_variable((tally, day))
    for statement in statements:
        _add_statement(program, statement)
    for tally in family:
        _add_incidents_within_tally(program, tally, days, statements, _further(dataset.events))
    for tally, parent in _parents(dataset.tallies).items():
        if tally in family:
            for day in days:
                program.require([(parent, day)], minus=[(tally, day)])
    for (whole, _), parts in dataset.tallies.groupby(["subset_of", "division"]):
        complete = (parts["division_complete"] == "yes").all()
        for day in days if whole in family else ():
            among = [(part, day) for part in parts["tally_id"]]
            program.require([(whole, day)], minus=among, high=0 if complete else np.inf)
    return program


def _add_statement(program: Program, statement: Statement) -> None:
    counted = statement.tally
    if statement.kind == "incident":
        counted = statement
        for day in statement.days:
            program.add_variable((statement, day))
    program.require(
        [(counted, day) for day in statement.days], low=statement.low, high=statement.high
    )


def _further(events: pd.DataFrame) -> dict[str, str]:
    """Which incident counts which further, by the ends of their chains of same_as."""
    same = _connected(events["event_id"], events["same_as"])
    rows = events[events["updates"].notna() & (events["count_kind"] == "incident")]
    return {same[row.event_id]: same[row.updates] for row in rows.itertuples()}


def _add_incidents_within_tally(program, tally, days, statements, further) -> None:
    incidents = [each for each in statements if each.kind == "incident" and each.tally == tally]
    by_name = {each.name: each for each in incidents}
    counted_further = set()
    for newer in incidents:
        back = further.get(newer.name)
        while back is not None and back not in by_name:
            back = further.get(back)  # through those that are left out here
        if back is not None:
            older = by_name[back]
            counted_further.add(older)
            for day in older.days:  # its people are among those of the newer
                among = [(newer, day)] if day in newer.days else []
                program.require(among, minus=[(older, day)])
    for day in days:
        others = [each for each in incidents if each not in counted_further]
        on_day = [(incident, day) for incident in others if day in incident.days]
        if on_day:
            program.require([(tally, day)], minus=on_day)


def _counted_rows(events: pd.DataFrame, reading: str) -> pd.DataFrame:
    in_reading = events["reading"].isna() | events["reading"].eq(reading).fillna(False)
    return events[in_reading & events["tally_id"].notna()]


def _statements(events: pd.DataFrame, rows: pd.DataFrame) -> list[Statement]:
    same = _connected(events["event_id"], events["same_as"])
    told_together = rows.groupby(rows["event_id"].map(same))
    return [_joined(name, together) for name, together in told_together]


def _released(dataset, rows: pd.DataFrame, reading: str) -> list[Statement]:
    """Statements, those that their source counted further being without an upper bound.

    What a source counted later is looked for in the whole dataset, whatever rows are asked about.
    """
    events = dataset.events
    same = _connected(events["event_id"], events["same_as"])
    dates = dataset.reports.set_index("report_id")["source_date"]
    first = dates.loc[events["report_id"]].groupby(events["event_id"].map(same).to_numpy()).min()
    root = _connected(dataset.tallies["tally_id"], dataset.tallies["subset_of"])
    everything = events[events["tally_id"].notna() & events["reading"].ne("aside").fillna(True)]
    in_reading = everything if reading == "wide" else _counted_rows(events, reading)
    told = {each.name: each for each in _statements(events, in_reading)}
    naming = everything[everything["updates"].notna()]
    back = {same[row.event_id]: same[row.updates] for row in naming[::-1].itertuples()}
    further = []
    for name in back.keys() & told.keys():
        older = back[name]
        while older not in told and older in back:
            older = back[older]  # through those of another reading
        further.append((older, first[name]))
    named = {older for older, _ in further}
    tolls = [each for each in told.values() if each.kind == "toll"]
    further += [
        (older.name, first[newer.name])
        for older in tolls
        for newer in tolls
        if (older.tally, older.days) == (newer.tally, newer.days)
        and older.high < newer.high
        and first[older.name] < first[newer.name]
    ]

    def counted_on(asked: Statement) -> bool:
        if asked.name in named:
            return True
        family = root[asked.tally]
        if reading == "wide":
            later = (first[each.name] for each in told.values() if root[each.tally] == family)
        else:
            days = told[asked.name].days
            same_days = {
                name
                for name, each in told.items()
                if (root[each.tally], each.days) == (family, days)
            }
            later = (when for name, when in further if name in same_days)
        return any(when > first[asked.name] for when in later)

    return [
        each._replace(high=np.inf) if each.kind == "toll" and counted_on(each) else each
        for each in _statements(events, rows)
    ]


def _joined(name: str, rows: pd.DataFrame) -> Statement:
    """Rows that tell one thing: all their windows and all their counts hold."""
    first = rows.iloc[0]
    days = pd.date_range(rows["date_start"].max(), rows["date_end"].min())
    highs = rows["high"].dropna()
    return Statement(
        name=name,
        tally=first["tally_id"],
        kind=first["count_kind"],
        days=tuple(days),
        low=int(rows["low"].max()),
        high=np.inf if highs.empty else int(highs.min()),
    )


def _span(rows: pd.DataFrame) -> list[pd.Timestamp]:
    return list(pd.date_range(rows["date_start"].min(), rows["date_end"].max()))


def _families(tallies: pd.DataFrame) -> list[list[str]]:
    families = defaultdict(list)
    for tally, name in _connected(tallies["tally_id"], tallies["subset_of"]).items():
        families[name].append(tally)
    return list(families.values())


def _parents(tallies: pd.DataFrame) -> dict[str, str]:
    return tallies.set_index("tally_id")["subset_of"].dropna().to_dict()


def _connected(names: pd.Series, targets: pd.Series) -> dict[str, str]:
    """For each name the end of the chain of targets that starts there."""
    target = dict(zip(names, targets, strict=True))

    def end(name: str) -> str:
        while pd.notna(target[name]):
            name = target[name]
        return name

    return {name: end(name) for name in target}


def _zero_if_finite(limits: list[float]) -> np.ndarray:
    return np.where(np.isfinite(limits), 0, limits)
