"""Pages replayed in the order of publication: what each takes back, lets go and lowers.

A total is what its source had counted by then. It binds from above until its source counts any of
those days again, and from below until its source says less. One family of tallies is replayed by
itself; :mod:`.statements` puts the outcome into a table.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from math import inf

from analysis.data.clashes import (
    Rules,
    fit,
    fit_on_one_day,
    least_counted,
    newest_clash,
    stretches_that_clash,
)
from analysis.data.tellings import RELAY, Count, Line, Row, told_again
from analysis.data.together import calculated_from


class Replay:
    """The counts of one family as its pages were published, and what became of them.

    Attributes
    ----------
    counts : list of Count
        In the order in which they were told.
    contradictions : list of list of Count
        Numbers of one time that cannot all be true, a smallest set each.
    questions : list of tuple
        What a person should answer: a word that says what it is about, and the counts or tallies.
    """

    def __init__(self, rules: Rules, rows: Iterable[Row]) -> None:
        self.rules = rules
        self.counts: list[Count] = []
        self.contradictions: list[list[Count]] = []
        self.questions: list[tuple] = []
        self._lines: dict[str, Line] = defaultdict(Line)
        self._versions: dict[tuple[str, str], list[Count]] = defaultdict(list)
        self._by_event: dict[str, Count] = {}
        self._times: list[int] = []  # when each of the counts was out
        self._withdrawn: list[tuple[Count, Row]] = []  # and by which row
        self._unheard: list[Row] = []  # they withdraw what no page has told so far
        self._changed: set[str] = set()  # tallies whose counts became others
        self._fallen: list[Count] = []  # what held a count that was lowered
        ordered = sorted(rows, key=lambda row: (row.page.latest, row.event_id))
        self._doubtful = stretches_that_clash(rules, ordered)
        for _, together in groupby(ordered, key=lambda row: row.page.latest):
            self._publish([*together])

    def _publish(self, rows: list[Row]) -> None:
        """What the pages of one moment say and do."""
        first = not self.counts  # nothing was told before that they could change
        new = [count for row in rows if row.low is not None and (count := self._hear(row))]
        self._unheard += [row for row in rows if row.supersedes]
        for row in [row for row in self._unheard if row.supersedes in self._by_event]:
            self._withdraw(row)
            self._unheard.remove(row)
        self._calculate(rows)
        if not first:
            self._revise(new)
        self._let_fall()
        self._settle()

    def _revise(self, new: list[Count]) -> None:
        """What new counts do to those that were told before."""
        totals = [count for count in new if count.kind == "toll"]
        for count in new:
            self._let_go(count)
        for total in totals:
            self._take_back_each(total)
            if any(_tells_no_less(total, each) for each in self._fallen):
                self._changed.add(total.tally)
        self._let_fall()
        for total in totals:
            self._take_back_together(total)

    def _add(self, count: Count) -> None:
        self.counts.append(count)
        self._times.append(count.page.latest)

    # Told again

    def _hear(self, row: Row) -> Count | None:
        """The count of a row, or None where it tells an older one again."""
        count, versions = Count.of(row), self._versions[row.thing, row.tally]
        known = None if row.supersedes else told_again(count, versions)
        if known is None and not row.linked and (known := self._repeated_late(count)):
            self.questions.append(("repeats", count, known))
        if known:
            self._copy(known, count)
            return None
        line = self._lines[row.tally]
        self._by_event[row.event_id] = count
        for older in versions:
            if older.told_before(count):
                line.open([older] if older.opened_by is None else [], row.event_id)
                if older.binds and older.said[0] > count.low:
                    older.lower(row.event_id, count)
                    self._changed.add(row.tally)
        rivals = line.totals.get((count.start, count.end), []) if count.kind == "toll" else []
        for other in dict.fromkeys([*versions, *rivals]):
            self._differ(count, other)
        count.first_page = versions[0].page if versions else count.page
        versions.append(count)
        line.add(count)
        self._add(count)
        for wrong, because in self._withdrawn:
            if _relays(count, wrong) and (because.low, because.high) != wrong.said:
                count.lower(because.event_id, status="withdrawn")
        return count

    def _repeated_late(self, count: Count) -> Count | None:
        """The older total that another office repeats after a newer word of its source."""
        if count.kind != "toll":
            return None
        same = self._lines[count.tally].totals.get((count.start, count.end), [])
        same = [each for each in same if each.told_before(count)]
        old = [each for each in same if each.said == count.said]
        if not old:
            return None
        newer = [c for c in same if c.said != count.said and any(o.told_before(c) for o in old)]
        newest = max(newer, key=lambda each: each.order, default=None)
        offices = [newest.page.office] if newest else []
        offices += [
            row.page.office
            for wrong, row in self._withdrawn
            if wrong in old and row.page.before(count.page)
        ]
        return old[0] if offices and count.page.office not in offices else None

    def _copy(self, known: Count, copy: Count) -> None:
        """Add a telling to a count: its days are those that both allow, or lie in both."""
        days = known.start, known.end
        if known.meets(copy):
            known.start, known.end = max(known.start, copy.start), min(known.end, copy.end)
        else:
            known.start, known.end = min(known.start, copy.start), max(known.end, copy.end)
            self.questions.append(("days", copy, known))
        known.event_ids += copy.event_ids
        known.pages += copy.pages
        self._by_event |= dict.fromkeys(copy.event_ids, known)
        if days != (known.start, known.end):
            self._doubtful = None  # as first told all could hold, now perhaps not
        if known.fallen or days != (known.start, known.end):
            self._changed.add(known.tally)
            self._lines[known.tally].refresh()

    def _differ(self, count: Count, other: Count) -> None:
        """Of two pages that differ on the same days, neither the later, both ends stand."""
        apart = max(other.said[0], count.said[0]) > min(other.said[1], count.said[1])
        ordered = other.told_before(count) or count.told_before(other)
        same_page = other.page.report_id == count.page.report_id
        if apart and not ordered and not same_page and other.same_days(count):
            for one, rival in ((count, other), (other, count)):
                one.low, one.high = min(one.low, rival.said[0]), max(one.high, rival.said[1])
            self.questions.append(("differ", other, count))
            self._changed.add(count.tally)

    # Totals, and how long they bind from above

    def _calculate(self, rows: list[Row]) -> None:
        """Add what the numbers of one page say together, beyond each by itself."""
        told = sorted((row for row in rows if row.event_id in self._by_event), key=lambda r: r.page)
        for page, own in groupby(told, key=lambda row: row.page):
            counts = dict.fromkeys(self._by_event[row.event_id] for row in own)
            basis = tuple(count for count in counts if count.binds)
            if len(basis) > 1:
                for count in calculated_from(self.rules, basis, page):
                    count.basis = basis
                    self._lines[count.tally].add(count)
                    self._add(count)

    def _let_go(self, count: Count) -> None:
        """Open the older totals whose days a source has counted again."""
        if count.kind == "incident":
            others = self.rules.wholes[count.tally]
        else:  # parts that make it up can be no fewer than it
            others = self.rules.made_of(count.tally)
        for tally in (count.tally, *others):
            if tally in self._lines:
                older = self._lines[tally].unopened(count)
                older = [each for each in older if not self.rules.among.hold(count, each)]
                self._lines[tally].open(older, count.event_ids[0])

    # Less than before

    def _counted_inside(self, total: Count) -> list[Count]:
        """What was counted of a total's tally and days, as far as it can be too many.

        An open total says less only than others that are open.
        """
        closed = total.said[1] < inf
        return [
            count
            for count in self._lines[total.tally].ending(total.start, total.end)
            if count.binds
            and count.thing != total.thing
            and count.inside(total)
            and (closed or count.said[1] == inf)
        ]

    def _take_back_each(self, total: Count) -> None:
        """Take back each older total that is too many by itself."""
        line, most = self._lines[total.tally], _most(total)
        if line.peak <= min(most, total.low):
            return
        for count in self._counted_inside(total):
            allowed = total.low if count.same_days(total) else most
            if count.kind == "toll" and count.low > allowed and count.told_before(total):
                count.lower(total.event_ids[0], total)
                self._changed.add(total.tally)

    def _take_back_together(self, total: Count) -> None:
        """Take back older totals that together are too many, and the incidents if still needed."""
        line, most = self._lines[total.tally], _most(total)
        if not total.binds or (line.first <= line.last and line.peak + line.incidents <= most):
            return
        own = self._counted_inside(total)
        older = [count for count in own if count.told_before(total)]
        breath = [count for count in own if count.page == total.page and not count.basis]
        for kinds in (("toll",), ("toll", "incident")):
            left = [count for count in older if count.binds]
            if not left or sum(count.binding_low for count in [*left, *breath]) <= most:
                return
            if least_counted([*left, *breath], total, self.rules) <= most:
                return
            for count in left:
                if count.kind in kinds:
                    count.lower(total.event_ids[0])  # nothing falls with it
                    self._changed.add(total.tally)

    # What held a lowered count falls with it

    def _let_fall(self) -> None:
        """Lower what held a count that was lowered by as much, and open it above."""
        if not self._changed:
            return
        fallen: dict[int, dict[Count, float]] = defaultdict(dict)
        for count in self.counts:
            fell = count.said[0] - _lowered_to(count) if count.lowered_by else 0
            for holder in self._told_between(count) if fell > 0 else ():
                if self._falls_with(holder, count):
                    fallen[id(holder)][count] = fell
        for holder in self.counts:
            if id(holder) not in fallen and not holder.fallen:
                continue
            own = fallen.get(id(holder), {})
            outer = {c: f for c, f in own.items() if not any(self._lies_in(c, o) for o in own)}
            by_days: dict[tuple, float] = defaultdict(float)
            for count, fell in outer.items():
                days = count.tally, count.start, count.end
                by_days[days] = max(by_days[days], fell)
            holder.fallen = sum(by_days.values())
            holder.fallen_by = next((c.because for c in outer), None)
            if outer:
                self._changed.add(holder.tally)
        self._fallen = [count for count in self.counts if count.fallen]
        for tally in self._changed:
            self._lines[tally].refresh()
        self._changed.clear()

    def _told_between(self, count: Count) -> list[Count]:
        """What was told with a count or after it, and before what lowered it."""
        first = bisect_right(self._times, count.page.earliest)
        return self.counts[first : bisect_right(self._times, count.lowered_by.page.earliest)]

    def _falls_with(self, holder: Count, count: Count) -> bool:
        """Whether a count falls with another that it held, or in whose breath it was told."""
        first = count.lowered_by
        if holder in (count, first) or holder.thing == count.thing or not holder.binds:
            return False
        if any(page.earliest >= first.page.earliest for page in holder.pages):
            return False  # told again with the correction or after it
        together = holder.told_with(count)
        nested = holder.tally == count.tally or self._nested(holder.tally, count.tally)
        if count in holder.basis and nested and holder.inside(count):
            return holder.tally == count.tally or not self._moved_between_parts(count)
        since = together or (not holder.told_before(count) and holder.told_before(first))
        holds = holder.kind == "toll" and since and count.inside(holder)
        if holder.tally == count.tally:
            return holds and not holder.same_days(count)
        if self._moved_between_parts(count):
            return False
        if holder.tally in self.rules.wholes[count.tally]:
            return holds and not self._told_no_less(holder, first)
        part = count.tally in self.rules.wholes[holder.tally]
        return part and together and holder.inside(count)

    def _moved_between_parts(self, count: Count) -> bool:
        """Whether the page that lowers a count tells another part of its division too."""
        return any(
            count.lowered_by.page in each.pages
            for name in self.rules.beside.get(count.tally, ())
            for each in self._lines[name].counts
        )

    def _told_no_less(self, holder: Count, first: Count) -> bool:
        """Whether its source, when it lowered a part, gave no less for days that hold a total's."""
        since = bisect_right(self._times, first.page.earliest)
        return any(
            total.page.earliest >= first.page.earliest and _tells_no_less(total, holder)
            for total in self.counts[since:]
        )

    def _nested(self, one: str, other: str) -> bool:
        return one in self.rules.wholes[other] or other in self.rules.wholes[one]

    def _lies_in(self, one: Count, other: Count) -> bool:
        """Whether what fell lies in another that fell."""
        if one.tally == other.tally and one.same_days(other):
            return False
        within = one.tally == other.tally or other.tally in self.rules.wholes[one.tally]
        return within and one.inside(other)

    # Withdrawn

    def _withdraw(self, row: Row) -> None:
        """Take away a count that its source says was wrong, with its copies and relays."""
        wrong, now = self._by_event[row.supersedes], self._by_event.get(row.event_id)
        self._changed.add(wrong.tally)
        if row.kind == RELAY:
            wrong.lower(row.event_id, status="withdrawn")
            return
        if now is None:
            now = Count.of(row._replace(tally=wrong.tally, start=wrong.start, end=wrong.end, low=0))
        self._withdrawn.append((wrong, row))
        wrong.lower(row.event_id, now, "withdrawn")
        now.low, now.high = now.said  # no page of its time differs any more
        for count in self.counts if now.said != wrong.said else ():
            if _relays(count, wrong):
                count.lower(row.event_id, status="withdrawn")
                self._changed.add(count.tally)

    # The latest word

    def _settle(self) -> None:
        """Where a source's words cannot all hold, let the latest stand."""
        self.contradictions = []
        if self._doubtful == [] or fit_on_one_day(self.rules, self._lines):
            return
        counts = [count for count in self.counts if count.binds and self._may_clash(count)]
        while clash := newest_clash(self.rules, counts):
            last = max(count.page.earliest for count in clash)
            old = [count for count in clash if count.page.latest <= last]
            if old:
                self._give_way(old, clash)
            elif not _on_one_page(clash):  # none is the later: the upper ends of all go
                self._give_way(clash, clash)
                self.questions.append(("clash", *clash))
            elif pairs := self.rules.guessed(clash):
                self.rules = self.rules.without(pairs)
                self.questions += [("nesting", *pair) for pair in pairs]
            else:
                self.contradictions.append(clash)
                counts = [count for count in counts if count not in clash]
            counts = [count for count in counts if count.binds]

    def _may_clash(self, count: Count) -> bool:
        """Whether a count lies in days whose numbers cannot all hold as they were first told."""
        if self._doubtful is None:
            return True
        return any(first <= count.end and count.start < stop for first, stop in self._doubtful)

    def _give_way(self, old: list[Count], clash: list[Count]) -> None:
        """Open the older ones' upper ends; if that does not do, take them back."""
        because = {count: _because_of(count, old, clash) for count in old}
        held = [count for count in old if count.binding_high < inf]
        for count in held:
            count.open(because[count])
        if not held or not fit(self.rules, clash):
            for count in old:
                count.lower(because[count])
        for count in old:
            self._lines[count.tally].refresh()


def _because_of(count: Count, old: list[Count], clash: list[Count]) -> str:
    """The newest statement that an older one gives way to, of its own tally if there is one."""
    new = [each for each in clash if each not in old]
    others = new or [each for each in clash if each is not count]
    alike = [each for each in others if each.tally == count.tally]
    return (alike or others)[-1].event_ids[0]


def _most(total: Count) -> float:
    """The number that a total takes back more than; an open one counts by its own."""
    return total.said[1] if total.said[1] < inf else total.said[0]


def _lowered_to(count: Count) -> float:
    """The number that a lowered count has come down to."""
    last = count.lowered_by
    while last.lowered_by is not None and last.lowered_by.low < last.low:
        last = last.lowered_by
    return last.said[0]


def _tells_no_less(total: Count, holder: Count) -> bool:
    """Whether a total gives at least as many as another of its tally, for days that hold it."""
    same = total.tally == holder.tally and total.kind == "toll" and not total.basis
    return same and holder.inside(total) and total.low >= holder.low


def _relays(count: Count, wrong: Count) -> bool:
    """Whether a count of another tally passes on the number of one that is withdrawn."""
    return count.thing == wrong.thing and count.tally != wrong.tally and count.said == wrong.said


def _on_one_page(counts: list[Count]) -> bool:
    return bool(set.intersection(*({*count.pages} for count in counts)))
