"""What happened, and what was told of it from day to day: counts, mistakes and what mends them.

Everything told holds of what happened, but for tolls that were not complete when they were
published (a later one mends them) and mistakes (a correction does). So bounds must contain what
happened as of every day by which all that is wrong was mended.
"""

from itertools import pairwise
from typing import NamedTuple

from hypothesis import strategies as st

from test_bounds_oracle import LAST_DAY, Instance, Statement, forests, windows

LAST_PAGE = LAST_DAY + 3
"""The last day of publication."""


class Course(NamedTuple):
    """What was told, and what happened: people by tally and day, first those before day 1.

    ``mends`` gives for what is wrong, by place, the place of the statement that mends it.
    """

    instance: Instance
    truth: dict[str, list[int]]
    mends: dict[int, int]

    def is_true(self, day: int) -> bool:
        """Whether all that is wrong of what was published by a day was mended by then."""
        told = [each.published <= day for each in self.instance.statements]
        return all(told[mend] or not told[wrong] for wrong, mend in self.mends.items())


@st.composite
def courses(draw) -> Course:
    """Counts of up to three tallies, each told once or counted further, some told wrongly."""
    tallies, subset_of = draw(st.booleans().flatmap(forests))
    truth: dict[str, list[int]] = {}
    for tally in tallies:  # a parent comes before its subsets
        most = truth[subset_of[tally]] if tally in subset_of else [4] * (LAST_DAY + 1)
        truth[tally] = [draw(st.integers(0, people)) for people in most]
    left = {tally: [*people] for tally, people in truth.items()}
    teller = _Teller(draw)
    for _ in range(draw(st.integers(1, 4))):
        tally = draw(st.sampled_from(tallies))
        if draw(st.booleans()):
            teller.tell_toll(tally, truth[tally])
        else:
            teller.tell_incident(tally, left[tally])
    return Course(Instance(teller.told, subset_of), truth, teller.all_mends())


class _Teller:
    """Statements as they are drawn, and what mends them."""

    def __init__(self, draw) -> None:
        self.draw, self.told, self.mends = draw, [], {}
        self.mistakes: dict[int, list[int]] = {}  # before what corrects them

    def all_mends(self) -> dict[int, int]:
        """What mends a statement mends its copies."""
        copies = {at: int(row.same_as[1:]) - 1 for at, row in enumerate(self.told) if row.same_as}
        return self.mends | {
            copy: self.mends[of] for copy, of in copies.items() if of in self.mends
        }

    def tell_toll(self, tally: str, truth: list[int]) -> None:
        """All people of some days, perhaps counted further until the count is complete."""
        first, last = self._window()
        people, places = sum(truth[first or 0 : last + 1]), []
        for known in self._counts(people):
            row = Statement(tally, "toll", first, last, *self._around(known, people))
            older = self._older(places) if places and self.draw(st.booleans()) else None
            places.append(self._tell(row._replace(updates=older), places))
        for at, place in reversed([*enumerate(places)]):
            high = self.told[place].high
            if high is not None and high < people and not self._mended(place, places[at + 1 :]):
                for copy in self._tellings(place):
                    self.told[copy] = self.told[copy]._replace(high=None)

    def _mended(self, place: int, later: list[int]) -> bool:
        """Whether a toll that is too low is counted further, by its source's word or by itself."""
        row, things = self.told[place], [place, *self.mistakes[place]]
        tellings = [f"e{at + 1}" for thing in things for at in self._tellings(thing)]
        found = [at for at, each in enumerate(self.told) if each.updates in tellings]
        found = [at for at in found if self.told[at].reading != "wide"]
        for newer in later:
            high = self.told[newer].high
            after = self._published(newer) > self._published(place)
            found += [newer] if after and (high is None or high > row.high) else []
        self.mends |= {place: found[0]} if found else {}
        return bool(found)

    def tell_incident(self, tally: str, left: list[int]) -> None:
        """Some people who are in no other incident, perhaps counted further."""
        first, last = self._window()
        harmed = [self.draw(st.integers(0, people)) for people in left[first or 0 : last + 1]]
        for day, people in enumerate(harmed, first or 0):
            left[day] -= people
        places: list[int] = []
        for known in self._counts(sum(harmed)):
            days = self._window((first, last))
            row = Statement(tally, "incident", *days, *self._around(known, known))
            row = row._replace(updates=self._older(places) if places else None)
            places.append(self._tell(row, places))

    def _tell(self, row: Statement, older: list[int]) -> int:
        """Add a statement, mistakes before it, copies and the wide reading; gives its place."""
        row = row._replace(reading=self.draw(st.sampled_from([None, None, "primary"])))
        since = max([row.last, *(self.told[at].published for at in older)])
        places = []
        for wrong in reversed(range(1 + self.draw(st.sampled_from([0, 0, 0, 1, 2])))):
            since = self.draw(st.integers(since, LAST_PAGE))
            told = row._replace(published=since)
            if wrong:
                low = self.draw(st.integers(row.low + 2 if row.updates else 0, row.low + 4))
                told = told._replace(low=low, high=self.draw(st.sampled_from([None, low])))
            if places:
                told = told._replace(supersedes=self._name(places), updates=None)
            self.told.append(told)
            places.append(len(self.told) - 1)
            self._copy(places[-1])
        self.mends |= dict(pairwise(places))
        self.mistakes[places[-1]] = places[:-1]
        if row.reading and self.draw(st.booleans()):
            last = min(row.last + 1, since, LAST_DAY)
            self.told.append(self.told[places[-1]]._replace(last=last, reading="wide"))
            self.told[-1] = self.told[-1]._replace(supersedes=None)
        return places[-1]

    def _copy(self, place: int) -> None:
        """At times the same count told again elsewhere, earlier or later."""
        row = self.told[place]
        if self.draw(st.sampled_from([True, False, False])):
            published = self.draw(st.integers(row.last, LAST_PAGE))
            more = {"same_as": f"e{place + 1}", "updates": None, "supersedes": None}
            self.told.append(row._replace(published=published, **more))

    def _older(self, places: list[int]) -> str:
        """The last of some statements by its name, or by that of a mistake that it corrects."""
        things = [places[-1], *self.mistakes[places[-1]]]
        return self._name([self.draw(st.sampled_from(things))])

    def _name(self, places: list[int]) -> str:
        """The last of some statements, by its name or that of an earlier copy."""
        published = self.told[places[-1]].published
        known = [at for at in self._tellings(places[-1]) if self.told[at].published <= published]
        return f"e{self.draw(st.sampled_from(known)) + 1}"

    def _tellings(self, place: int) -> list[int]:
        """The places of a statement and its copies."""
        copies = (at for at, row in enumerate(self.told) if row.same_as == f"e{place + 1}")
        return [place, *copies]

    def _published(self, place: int) -> int:
        return min(self.told[at].published for at in self._tellings(place))

    def _counts(self, people: int) -> list[int]:
        """How many were known at one time after the other, all of them at last."""
        return [*sorted(self.draw(st.lists(st.integers(0, people), max_size=2))), people]

    def _around(self, known: int, people: int) -> tuple[int, int | None]:
        """Low and high of a count by which so many of some people are known."""
        low = self.draw(st.integers(max(0, known - 2), known))
        return low, self.draw(st.sampled_from([None, known, known, known + 1, people]))

    def _window(self, around: tuple[int | None, int] | None = None) -> tuple[int | None, int]:
        """Some days, or days around them; at times without a first one."""
        first, last = around or self.draw(windows())
        if around:
            last = self.draw(st.integers(last, LAST_DAY))
            first = first and self.draw(st.integers(1, first))
        return self.draw(st.sampled_from([first, first, first, None])), last
