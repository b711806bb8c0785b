"""What each report takes back, opens and lowers, in order: R2 to R4 and R7 of docs/method.md.

A total is what its source had counted by then. It limits from above until its source counts any of
those days again, and from below until its source gives less. Opening a total removes its upper
limit. Each family of tallies is replayed by itself; :mod:`.statements` tabulates the outcome.
"""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from math import inf

from analysis.data.clashes import settle, stretches_that_clash
from analysis.data.history import History, is_no_less
from analysis.data.records import RELAY, Count, copied_by
from analysis.data.relations import Relations, calculated_from, least_counted


class Replay(History):
    """The counts of one family as its reports were published, and what became of them.

    Attributes
    ----------
    counts : list of Count
        In the order of publication.
    relations : Relations
        What the tables say of the family, as far as the numbers leave room for it.
    contradictions : list of list of Count
        Numbers of one time that cannot all be true, a smallest set each.
    questions : list of tuple
        What a person should answer: a word that says what it is about, and the counts or tallies.
    """

    def __init__(self, relations: Relations, rows: Iterable[Count]) -> None:
        super().__init__(relations)
        self.contradictions: list[list[Count]] = []
        self.questions: list[tuple] = []
        self._versions: dict[tuple[str, str], list[Count]] = defaultdict(list)
        self._by_event: dict[str, Count] = {}
        self._withdrawn: list[tuple[Count, Count]] = []  # and by which row
        self._waiting: list[Count] = []  # they withdraw what no report has stated so far
        ordered = sorted(rows, key=lambda row: (row.report.latest, row.event_id))
        self._doubtful = stretches_that_clash(relations, ordered)  # []: nowhere; None: anywhere
        for _, together in groupby(ordered, key=lambda row: row.report.latest):
            self._publish([*together])

    def _publish(self, rows: list[Count]) -> None:
        """Take in what the reports of one moment say."""
        first = not self.counts  # there is nothing older that they could change
        new = [count for row in rows if row.has_number and (count := self._add(row))]
        self._waiting += [row for row in rows if row.supersedes]
        for row in [row for row in self._waiting if row.supersedes in self._by_event]:
            self._withdraw(row)
            self._waiting.remove(row)
        self._calculate(rows)
        if not first:
            self._revise(new)
        self.reduce_holders()
        self.contradictions, questions = settle(self, self._doubtful)
        self.questions += questions

    def _revise(self, new: list[Count]) -> None:
        """Change older counts as new ones demand it."""
        totals = [count for count in new if count.kind == "toll"]
        for count in new:
            self._open_older(count)
        for total in totals:
            self._take_back_each(total)
            if any(is_no_less(total, each) for each in self.reduced):
                self.changed.add(total.tally)
        self.reduce_holders()
        for total in totals:
            self._take_back_together(total)

    # R2: copies and versions

    def _add(self, count: Count) -> Count | None:
        """Add a count as its report states it; None where it repeats an older one."""
        versions = self._versions[count.canonical_id, count.tally]
        known = None if count.supersedes else copied_by(count, versions)
        if known is None and not count.linked and (known := self._repeated_late(count)):
            self.questions.append(("repeats", count, known))
        if known:
            self._copy(known, count)
            return None
        self._by_event[count.event_id] = count
        for older in versions:
            if older.published_before(count):
                self._replace(older, count)
            elif older.report == count.report and not count.supersedes:  # one count in two words
                older.widen(count)
                self.changed.add(count.tally)
        rivals = self._totals_of_days(count) if count.kind == "toll" else []
        for other in dict.fromkeys([*versions, *rivals]):
            self._differ(count, other)
        count.first_report = versions[0].report if versions else count.report
        versions.append(count)
        self.add(count)
        for wrong, because in self._withdrawn:
            if _relays(count, wrong) and because.stated != wrong.stated:
                self.take_back(count, because.event_id, status="withdrawn")
        return count

    def _replace(self, older: Count, count: Count) -> None:
        """Let a later version replace an older one: above always, below where it states less."""
        name = count.event_id
        self.timelines[count.tally].open([older], name)
        if older.binds and older.stated[0] > count.low:
            self.take_back(older, name, count)

    def _totals_of_days(self, count: Count) -> list[Count]:
        return self.timelines[count.tally].totals.get((count.start, count.end), [])

    def _repeated_late(self, count: Count) -> Count | None:
        """The older total that another office repeats after a newer word of its source."""
        if count.kind != "toll":
            return None
        older = [each for each in self._totals_of_days(count) if each.published_before(count)]
        same = [each for each in older if each.stated == count.stated]
        newer = [
            each
            for each in older
            if each not in same and any(one.published_before(each) for one in same)
        ]
        offices = [each.report.office for each in newer[-1:]]
        offices += [
            row.report.office
            for wrong, row in self._withdrawn
            if wrong in same and row.report.before(count.report)
        ]
        return same[0] if offices and count.report.office not in offices else None

    def _copy(self, known: Count, copy: Count) -> None:
        """Add a copy to a count: its days are those that both allow, or lie in both."""
        days = known.start, known.end
        if known.overlaps(copy):
            known.start, known.end = max(known.start, copy.start), min(known.end, copy.end)
        else:
            known.start, known.end = min(known.start, copy.start), max(known.end, copy.end)
            self.questions.append(("days", copy, known))
        known.event_ids += copy.event_ids
        known.reports += copy.reports
        self._by_event |= dict.fromkeys(copy.event_ids, known)
        has_other_days = days != (known.start, known.end)
        if has_other_days:
            self._doubtful = None  # with the days first stated all could hold, now perhaps not
        if known.reduced or has_other_days:
            self.changed.add(known.tally)
            self.refresh([known.tally])

    def _differ(self, count: Count, other: Count) -> None:
        """Of two reports that differ on the same days, neither the later, both ends stand."""
        apart = max(other.stated[0], count.stated[0]) > min(other.stated[1], count.stated[1])
        ordered = other.published_before(count) or count.published_before(other)
        same_report = other.report.report_id == count.report.report_id
        if apart and not ordered and not same_report and other.same_days(count):
            other.widen(count)
            self.questions.append(("differ", other, count))
            self.changed.add(count.tally)

    # R3: totals, and how long they bind from above

    def _calculate(self, rows: list[Count]) -> None:
        """Add what the numbers of one report say together, beyond each by itself."""
        known = [row for row in rows if row.event_id in self._by_event]
        known.sort(key=lambda row: row.report)
        for report, own in groupby(known, key=lambda row: row.report):
            counts = dict.fromkeys(self._by_event[row.event_id] for row in own)
            basis = [count for count in counts if count.binds]
            if len(basis) > 1:
                for count in calculated_from(self.relations, basis, report):
                    self.add(count)

    def _open_older(self, count: Count) -> None:
        """Open the older totals whose days a source has counted again."""
        relations = self.relations
        if count.kind == "incident":
            others = relations.wholes[count.tally]
        else:  # parts that make it up can be no fewer than it
            others = relations.made_of(count.tally)
        for tally in (count.tally, *others):
            if tally in self.timelines:
                older = self.timelines[tally].unopened(count)
                older = [each for each in older if not relations.counted_in.hold(count, each)]
                self.timelines[tally].open(older, count.event_id)

    # R4: less than before

    def _counted_within(self, total: Count) -> list[Count]:
        """What was counted of a total's tally and days, as far as it can be too many.

        A total without an upper end ("at least 40") says less only than others without one.
        """
        closed = total.stated[1] < inf
        return [
            count
            for count in self.timelines[total.tally].ending(total.start, total.end)
            if count.binds
            and count.canonical_id != total.canonical_id
            and count.within(total)
            and (closed or count.stated[1] == inf)
        ]

    def _take_back_each(self, total: Count) -> None:
        """Take back each older total that is too many by itself."""
        most = _most(total)
        if self.timelines[total.tally].peak <= min(most, total.low):
            return
        for count in self._counted_within(total):
            limit = total.low if count.same_days(total) else most
            if count.kind == "toll" and count.low > limit and count.published_before(total):
                self.take_back(count, total.event_id, total)

    def _take_back_together(self, total: Count) -> None:
        """Take back older totals that together are too many, and the incidents if still needed."""
        own, most = self.timelines[total.tally], _most(total)
        if not total.binds:
            return
        if own.shared_first <= own.shared_last and own.peak + own.incidents <= most:
            return  # all windows share a day: totals overlap, so none are added to one another
        counts = self._counted_within(total)
        older = [count for count in counts if count.published_before(total)]
        same_report = [c for c in counts if c.report == total.report and not c.basis]
        for kinds in (("toll",), ("toll", "incident")):
            left = [count for count in older if count.binds]
            if not left or sum(count.binding_low for count in [*left, *same_report]) <= most:
                return
            if least_counted([*left, *same_report], total, self.relations) <= most:
                return
            for count in left:
                if count.kind in kinds:
                    self.take_back(count, total.event_id)  # nothing falls with it

    # R7: withdrawn

    def _withdraw(self, row: Count) -> None:
        """Take away a count that its source says was wrong, with its copies and relays."""
        wrong, now = self._by_event[row.supersedes], self._by_event.get(row.event_id)
        if row.kind == RELAY:
            self.take_back(wrong, row.event_id, status="withdrawn")
            return
        if now is None:  # no number in its place: a stand-in of at least none
            days = {"start": wrong.start, "end": wrong.end}
            now = row.stand_in(0, tally=wrong.tally, **days)
        self._withdrawn.append((wrong, row))
        self.take_back(wrong, row.event_id, now, "withdrawn")
        now.low, now.high = now.stated  # no report of its time differs any more
        for count in self.counts if now.stated != wrong.stated else ():
            if _relays(count, wrong):
                self.take_back(count, row.event_id, status="withdrawn")


def _most(total: Count) -> float:
    """What older totals may not exceed: the stated upper end, or the low where there is none."""
    return total.stated[1] if total.stated[1] < inf else total.stated[0]


def _relays(count: Count, wrong: Count) -> bool:
    """Whether a count of another tally passes on the number of one that is withdrawn."""
    same = count.canonical_id == wrong.canonical_id and count.stated == wrong.stated
    return same and count.tally != wrong.tally
