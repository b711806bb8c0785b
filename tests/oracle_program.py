"""Integer programs for the oracle: persons of each tally and day under all that is stated."""

from collections import defaultdict
from functools import cached_property

import numpy as np
from scipy.optimize import LinearConstraint, milp

from oracle_counts import BEGINNING, END, INF


class Program:
    """Persons of each tally on each stretch of days, whole numbers, under all that is stated."""

    def __init__(self, nesting, divisions, counts, apart, uppers=True):
        self.names = {name: place for place, name in enumerate(nesting)}
        edges = {BEGINNING, *(c.start for c in counts), *(c.end + 1 for c in counts)}
        self.edges = [*sorted(edges), END]
        self.length = len(self.edges) - 1
        self.rows, self.lows, self.highs = [], [], []
        for part, wholes in nesting.items():
            for whole in wholes & {*nesting}:
                self._in_each_stretch(whole, [part], INF)
        for (whole, _), (parts, complete) in divisions.items():
            if whole in nesting:
                self._in_each_stretch(whole, parts, 0 if complete else INF)
        for name in nesting:
            tolls = [c for c in counts if c.tally == name and c.kind == "toll"]
            incidents = [c for c in counts if c.tally == name and c.kind == "incident"]
            for toll in tolls:
                self._require(self.cells(name, *toll.days), toll.binding_low, INF)
                if uppers and toll.binding_high < INF:
                    self._require(self.cells(name, *toll.days), 0, toll.binding_high)
                beside = [i for i in counts if i.kind == "incident" and apart(i, toll)]
                beside = [i for i in beside if name == i.tally or name in nesting[i.tally]]
                if beside:
                    self._different_people(name, beside, toll)
            self._different_people(name, incidents)

    def _in_each_stretch(self, whole, parts, high) -> None:
        for stretch in range(self.length):
            row = np.zeros(len(self.names) * self.length)
            row[self.names[whole] * self.length + stretch] = 1
            for part in parts:
                row[self.names[part] * self.length + stretch] -= 1
            self._require(row, 0, high)

    def _different_people(self, name, incidents, beside=None) -> None:
        """Incidents are different people, one a thread; all of a toll's too if told apart."""
        around = [*incidents, *([beside] if beside else [])]
        for start in {c.start for c in around}:
            for end in {c.end for c in around if c.end >= start}:
                if beside and not (start <= beside.start and beside.end <= end):
                    continue
                lows = defaultdict(int)
                for c in incidents:
                    if start <= c.start and c.end <= end:
                        lows[c.thread] = max(lows[c.thread], c.binding_low)
                least = sum(lows.values()) + (beside.binding_low if beside else 0)
                self._require(self.cells(name, start, end), least, INF)

    def _require(self, row, low, high) -> None:
        self.rows.append(row)
        self.lows.append(low)
        self.highs.append(high)

    def cells(self, name, start, end, touched=False):
        """The stretches of a tally that lie in some days, or that these days touch."""
        row = np.zeros(len(self.names) * self.length)
        for place, (first, stop) in enumerate(zip(self.edges, self.edges[1:], strict=False)):
            inside = start <= first and stop <= end + 1
            if inside or (touched and first <= end and start < stop):
                row[self.names[name] * self.length + place] = 1
        return row

    @cached_property
    def _constraints(self):
        return [LinearConstraint(np.array(self.rows), self.lows, self.highs)] if self.rows else []

    def _solve(self, goal):
        """Fractions first: where they come out whole, or without end, whole numbers do too.

        Without presolve, with which some versions of HiGHS call worse solutions optimal.
        """
        for whole in (False, True):
            found = milp(
                goal,
                constraints=self._constraints,
                integrality=np.full(len(goal), int(whole)),
                options={"presolve": False, "mip_rel_gap": 0},
            )
            if found.status not in (0, 2, 3):
                raise RuntimeError(f"HiGHS: {found.message}")
            if found.status or np.abs(found.x - np.rint(found.x)).max() < 1e-6:
                break
        return found

    def is_possible(self) -> bool:
        return self._solve(np.zeros(len(self.names) * self.length)).status == 0

    def least(self, name, start, end) -> int:
        return round(self._solve(self.cells(name, start, end)).fun)

    def most(self, name, start, end) -> int | None:
        found = self._solve(-self.cells(name, start, end, touched=True))
        return None if found.status == 3 else round(-found.fun)
