"""A slow oracle for what counts mean: the pages are replayed one after the other, rule by rule.

Nothing of the project is imported. Each question is an integer program of its own (whole numbers
of persons by tally and stretch of days), and speed is no concern. The rules R1 to R9 are those of
the documentation: a source's latest number stands; its earlier number remains a minimum, unless the
latest is lower.

>>> page = {"report_id": "r", "source_date": "2024-05-02"}
>>> tally = {"tally_id": "t", "party_id": "people", "harm": "killed"}
>>> days = {"date_start": "2024-05-01", "date_end": "2024-05-01"}
>>> toll = {"event_id": "a", "report_id": "r", "tally_id": "t", "count_kind": "toll", "count": "5+"}
>>> tables = {"reports": [page], "tallies": [tally], "events": [toll | days]}
>>> Oracle(tables).bound("t", "2024-05-01", "2024-05-01")
(5, None)
"""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from itertools import combinations, groupby

from oracle_counts import (
    END,
    INF,
    Count,
    Page,
    first_day,
    ids,
    last_day,
    read_count,
    read_day,
    read_time,
    write_day,
)
from oracle_program import Program


class Contradiction(Exception):
    """What one page says of a family of tallies cannot all be true."""


class Oracle:
    """What the statements published by a time allow, in a reading.

    ``wide`` is a second replay; each answer about it is the hull of its answer and the primary's.
    """

    def __init__(self, tables, as_of=None, reading="primary"):
        self.primary = Oracle(tables, as_of) if reading == "wide" else None
        self.tallies = {t["tally_id"]: t for t in tables.get("tallies", [])}
        self.tallies = dict(sorted(self.tallies.items()))
        self.part_of = {
            kind: {row[f"{kind}_id"]: row.get("part_of") for row in tables.get(table, [])}
            for kind, table in (("party", "parties"), ("area", "areas"))
        }
        self.named = {name: {*ids(tally.get("subset_of"))} for name, tally in self.tallies.items()}
        self.guessed = {
            (part, whole)
            for part, tally in self.tallies.items()
            for whole, other in self.tallies.items()
            if self._holds(other, tally) and not self._leads_to(part, whole)
        }
        self.nesting = self._nesting()
        self.families = self._families()  # also of nestings dropped later: they may share people
        self.divided = {name: self._division(name) for name in self.tallies}
        self.counts: list[Count] = []
        self.threads: dict[tuple[str, str], list[Count]] = defaultdict(list)
        self.of_event: dict[str, Count] = {}
        self.withdrawals: list[tuple[Count, Page]] = []

        until = read_time(as_of)[1] if as_of else datetime.max
        pages = {row["report_id"]: self._page(row) for row in tables.get("reports", [])}
        events = sorted(tables.get("events", []), key=lambda row: row["event_id"])
        self.rows = [e for e in events if pages[e["report_id"]].latest <= until]
        self.known = {row["event_id"]: row for row in self.rows}
        self.asides = [e["event_id"] for e in self.rows if e.get("reading") == "aside"]
        self._links = {
            name: [
                (row["event_id"], other)
                for row in self.rows
                for other in ids(row.get(name))
                if other in self.known
            ]
            for name in ("counted_in", "apart_from")
        }

        read = [row for row in self.rows if (row.get("reading") or reading) == reading]
        read.sort(key=lambda row: (pages[row["report_id"]].latest, row["event_id"]))
        for _, told in groupby(read, key=lambda row: pages[row["report_id"]].latest):
            self._publish([(row, pages[row["report_id"]]) for row in told])
        self._own_contradictions = self._settle(last=True)

    @staticmethod
    def _page(row) -> Page:
        earliest, latest = read_time(row["source_date"])
        if row.get("source_date_earliest"):
            earliest = read_time(row["source_date_earliest"])[0]
        return Page(row["report_id"], earliest, latest, row.get("source_office") or "")

    def _publish(self, told) -> None:
        """Replay the pages of one time: what they say, and what it does to what was said."""
        new = [count for row, page in told if (count := self._tell(row, page))]
        for row, page in told:
            self._withdraw(row, page)
        calculated = self._said_together(told)
        self.counts += calculated
        for count in new:
            self._release(count)
        totals = [count for count in new if count.kind == "toll"]
        for total in totals:
            self._lower_each(total)
        self._fall()
        for total in totals:
            self._lower_together(total)
        self._fall()
        self._settle()

    # R1: nesting follows from what tallies say

    def _nesting(self) -> dict[str, set[str]]:
        """The wholes of each tally, written or guessed, those of its wholes too."""
        wholes = {
            name: named | {whole for part, whole in self.guessed if part == name}
            for name, named in self.named.items()
        }
        for _ in wholes:
            for name, own in wholes.items():
                wholes[name] = own.union(*(wholes[whole] for whole in own))
        return wholes

    def _holds(self, whole, part) -> bool:
        if part["tally_id"] in ids(whole.get("apart_from")):
            return False
        if whole["tally_id"] in ids(part.get("apart_from")):
            return False
        return self._says_as_much(whole, part) and not self._says_as_much(part, whole)

    def _says_as_much(self, whole, part) -> bool:
        """Whether all that a tally says of its people is said of another's too."""
        for name in ("source_original", "harm"):
            if (whole.get(name) or "") != (part.get(name) or ""):
                return False
        for name in ("victim_group", "cause"):
            if whole.get(name) and whole[name] != part.get(name):
                return False
        return (
            self._lies_in("party", part["party_id"], whole["party_id"])
            and self._lies_in("party", part.get("attributed_to"), whole.get("attributed_to"))
            and self._lies_in("area", part.get("area"), whole.get("area"))
        )

    def _lies_in(self, kind, part, whole) -> bool:
        if not whole or set(ids(part)) == set(ids(whole)):
            return True
        while part and part != whole:
            part = self.part_of[kind].get(part)
        return part == whole

    def _leads_to(self, part, whole) -> bool:
        """Whether a nesting was written down, in one step or several."""
        named = self.named[part]
        return whole in named or any(self._leads_to(step, whole) for step in named)

    def _division(self, name) -> tuple[str, str] | None:
        """The smallest whole that all parts of a tally's division share, and its name."""
        tally = self.tallies[name]
        if not tally.get("division"):
            return None
        parts = {name}
        for _ in self.tallies:
            parts |= {n for n in self.tallies for part in parts if self._of_one_whole(n, part)}
        shared = set.intersection(*(self.nesting[part] for part in parts))
        if tally.get("subset_of"):
            shared &= set.intersection(*({*ids(self.tallies[p]["subset_of"])} for p in parts))
        smallest = [w for w in shared if not any(w in self.nesting[other] for other in shared)]
        return min(smallest, default=""), tally["division"]

    def _of_one_whole(self, one, other) -> bool:
        """Whether two tallies stand in one division: a whole in common is named, or none."""
        tallies = self.tallies[one], self.tallies[other]
        for column in ("division", "source_original", "harm"):
            if len({tally.get(column) or "" for tally in tallies}) > 1:
                return False
        wholes = [{*ids(tally.get("subset_of"))} for tally in tallies]
        for at, name in enumerate((one, other)):
            own = self.nesting[name]
            smallest = {w for w in own if not any(w in self.nesting[o] for o in own)}
            wholes[at] = wholes[at] or smallest
        return bool(wholes[0] & wholes[1]) or not (wholes[0] or wholes[1])

    def _families(self) -> list[set[str]]:
        left, families = [*self.tallies], []
        while left:
            family = {left[0]}
            for _ in left:
                near = [n for n in left if any(self._related(n, m) for m in family)]
                family.update(near)
            families.append(family)
            left = [name for name in left if name not in family]
        return families

    def _related(self, one, other) -> bool:
        return one == other or one in self.nesting[other] or other in self.nesting[one]

    # R2: told again

    def _root(self, event_id) -> str:
        """The first row of a thread: what it repeats, and what it puts a number in place of."""
        row, older = self.known[event_id], self.known[event_id].get("same_as")
        wrong = self.known.get(row.get("supersedes"))
        if not older and wrong and wrong.get("tally_id") == row.get("tally_id"):
            older = row["supersedes"]
        return self._root(older) if older in self.known else event_id

    def _tell(self, row, page) -> Count | None:
        """Add what a row states: a version of its thread, or a copy (then None)."""
        if not (said := read_count(row)):
            return None
        days = first_day(row), last_day(row)
        name, tally = self._root(row["event_id"]), row["tally_id"]
        new = Count([row["event_id"]], tally, row["count_kind"], *days, said, [page], name)
        versions = self.threads[name, tally]
        original = self._late_copy(new, row) or self._copied(new, versions, row)
        self.of_event[row["event_id"]] = original or new
        if original:
            self._copy(original, new)
            return None
        for older in versions:
            if older.is_before(new):
                older.let_go = True
                if new.low < older.said[0]:
                    older.lower(by=new)
            elif older.page is new.page and not row.get("supersedes"):
                older.widen(new)  # one page counts them twice, in different words
        if new.kind != "stock":
            self._meet(new, [*versions, *(c for c in self.counts if c.kind == "toll" == new.kind)])
        versions.append(new)
        self.counts.append(new)
        for wrong, _ in self.withdrawals:
            if self._relays(new, wrong):
                new.lower(None, "withdrawn")
        return new

    @staticmethod
    def _copied(new, versions, row) -> Count | None:
        """The version with the same number, unless the office of the newest returns to it."""
        if new.kind == "stock":
            versions = [v for v in versions if v.end == new.end]
        same = next((v for v in versions if v.said == new.said), None)
        if not same or row.get("supersedes"):
            return None
        newest = versions[-1]
        returns = newest.page.office == new.page.office and newest.is_before(new)
        return None if same is not newest and returns else same

    def _late_copy(self, new, row) -> Count | None:
        """The old or withdrawn total that another office repeats without a link."""
        if new.kind != "toll" or row.get("same_as") or row.get("supersedes"):
            return None
        before = [
            c
            for c in sorted(self.counts, key=lambda c: c.order)
            if (c.kind, c.tally, c.days) == (new.kind, new.tally, new.days)
            and c.is_before(new)
            and not c.calculated
        ]
        same = [c for c in before if c.said == new.said]
        newer = [c for c in before if c not in same and any(o.is_before(c) for o in same)]
        wrong = [page for c, page in self.withdrawals if c in same and page.is_before(new.page)]
        offices = {c.page.office for c in newer[-1:]} | {page.office for page in wrong}
        return same[0] if offices and new.page.office not in offices else None

    @staticmethod
    def _copy(original, copy) -> None:
        """Told when it was first told, on the days both allow, or somewhere in both."""
        original.event_ids += copy.event_ids
        original.pages += copy.pages
        inner, outer = (max, min) if original.meets(copy) else (min, max)
        original.start = inner(original.start, copy.start)
        original.end = outer(original.end, copy.end)

    @staticmethod
    def _meet(new, others) -> None:
        """R6: two pages, neither the later, different numbers for the same days: both ends."""
        for other in others:
            ordered = new.is_before(other) or other.is_before(new)
            alike = (other.tally, other.days) == (new.tally, new.days)
            differ = max(new.said[0], other.said[0]) > min(new.said[1], other.said[1])
            if alike and differ and not ordered and not other.gone and new.page not in other.pages:
                other.widen(new)

    # R7: withdrawn

    def _withdraw(self, row, page) -> None:
        wrong = self.of_event.get(row.get("supersedes"))
        if not wrong:
            return
        now = self.of_event.get(row["event_id"])
        if not now:  # nothing is left, at least none
            now = Count([row["event_id"]], wrong.tally, "", *wrong.days, (0, INF), [page], "")
        now.low, now.high = now.said
        wrong.lower(now, "withdrawn")
        self.withdrawals.append((wrong, page))
        for count in self.counts:
            if self._relays(count, wrong) and now.said != wrong.said:
                count.lower(None, "withdrawn")

    @staticmethod
    def _relays(count, wrong) -> bool:
        linked = count.thread == wrong.thread and count.tally != wrong.tally
        return linked and count.said == wrong.said

    # R3: totals

    def _said_together(self, told) -> list[Count]:
        """What upper ends of one page add to the lows of the same page."""
        found = []
        for page in sorted({page for _, page in told}, key=lambda page: page.report_id):
            rows = [row for row, its_page in told if its_page is page]
            for family in self.families:
                counts = dict.fromkeys(self.of_event.get(row["event_id"]) for row in rows)
                basis = [
                    count
                    for count in counts
                    if count and count.tally in family and count.kind != "stock" and not count.gone
                ]
                own = [self._as_said(count, page) for count in basis]
                if len(own) > 1 and any(count.binding_high < INF for count in own):
                    calculated = self._calculate(family, own, page)
                    for count in calculated:
                        count.basis = tuple(basis)
                    found += calculated
        return found

    @staticmethod
    def _as_said(count, page) -> Count:
        """A count as a page says it: a late copy of an older number says no upper end."""
        said = count.low, count.high
        own = replace(count, event_ids=count.event_ids[:1], said=said, pages=[page])
        own.let_go, own.gone = count.let_go, count.gone
        return own

    def _calculate(self, family, own, page) -> list[Count]:
        program = self._program(family, own)
        if not program.is_possible():
            return []
        found, event_id = [], "+".join(count.event_ids[0] for count in own)
        windows = sorted(combinations(program.edges[:-1], 2), key=lambda w: (w[1] - w[0], w))
        lows = self._program(family, own, uppers=False)
        for name in sorted(family, key=lambda n: (-len(self.nesting[n]), n)):  # parts first
            leasts = self._leasts(program, name, windows)
            for first, stop in windows:
                low = leasts[first, stop]
                if low and low > lows.least(name, first, stop - 1):
                    days, thread = (first, stop - 1), f"{event_id} {name} {first} {stop}"
                    count = Count([event_id], name, "toll", *days, (low, INF), [page], thread)
                    count.calculated = True
                    found.append(count)
                    lows = self._program(family, own + found, uppers=False)
        return found

    @staticmethod
    def _leasts(program, name, windows) -> dict[tuple[int, int], int]:
        """Least by window, the wide ones first: where it is none it is none of fewer days."""
        leasts = {}
        for first, stop in reversed(windows):
            wider = (low for (start, end), low in leasts.items() if start <= first and stop <= end)
            none = any(low == 0 for low in wider)
            leasts[first, stop] = 0 if none else program.least(name, first, stop - 1)
        return leasts

    def _release(self, new) -> None:
        """Upper ends hold until their source counts any of their days again."""
        for old in self.counts:
            counted_again = new.tally == old.tally
            if new.kind == "incident":
                counted_again |= old.tally in self.nesting[new.tally]
            else:
                counted_again |= old.tally in self._made_of(new.tally)
            if (
                old.kind == "toll"
                and counted_again
                and new.kind != "stock"
                and old.thread != new.thread
                and old.is_before(new)
                and old.meets(new)
                and not self._linked("counted_in", new, old)
            ):
                old.let_go = True

    def _made_of(self, name) -> set[str]:
        """The parts that make a tally up, and those that make these up."""
        divisions = self._divisions().items()
        own = {
            p for (whole, _), (parts, full) in divisions if full and whole == name for p in parts
        }
        return own.union(*(self._made_of(part) for part in own))

    def _linked(self, name, incident, toll) -> bool:
        """Whether a row says so of the two, or of versions told before the incident was."""
        for one, other in self._links[name]:
            if one in incident.event_ids and other in toll.event_ids:
                return True
            first = self.threads[incident.thread, incident.tally][:1]
            threads = self._root(one), self._root(other)
            if threads == (incident.thread, toll.thread) and toll.is_before(first[0]):
                return True
        return False

    def _apart(self, incident, toll) -> bool:
        return not toll.calculated and self._linked("apart_from", incident, toll)

    # R4: less than before

    def _lower_each(self, new) -> None:
        """A later total takes back each total that is too many within its days."""
        for old in [c for c in self._inside(new) if c.kind == "toll" and c.is_before(new)]:
            if old.binding_low > (new.low if old.days == new.days else self._most(new)):
                old.lower(by=new)

    def _lower_together(self, new) -> None:
        """Where older ones are too many only together all go: totals first; nothing falls."""
        for kind in ("toll", "incident"):
            inside = self._inside(new)
            left = [c for c in inside if c.is_before(new)]
            breath = [c for c in inside if c.page is new.page and not c.calculated]
            if left and self._least_of(new.tally, left + breath, new) > self._most(new):
                for old in [c for c in left if c.kind == kind]:
                    old.lower(by=None)

    def _inside(self, new) -> list[Count]:
        """What its source counted of a total's tally in its days; none where it is gone."""
        is_open = new.said[1] == INF  # "more than 130" does not say that 139 was wrong
        return [
            c
            for c in self.counts
            if c.kind != "stock" and c.tally == new.tally and c.thread != new.thread
            and not c.gone and not new.gone and c.is_inside(new)
            and (not is_open or c.said[1] == INF)
        ]  # fmt: skip

    @staticmethod
    def _most(total) -> float:
        return total.said[0] if total.said[1] == INF else total.said[1]

    def _least_of(self, name, counts, around) -> int:
        program = Program({name: set()}, {}, counts, self._apart, uppers=False)
        return program.least(name, *around.days)

    # R5: what held it falls with it

    def _fall(self) -> None:
        fallen = defaultdict(lambda: defaultdict(int))  # by count, and by what fell
        for wrong in [c for c in self.counts if c.lowered_by and c.kind != "stock"]:
            by = last = wrong.lowered_by
            while last.lowered_by and last.lowered_by.low < last.low:
                last = last.lowered_by
            fell = wrong.said[0] - last.said[0]
            for count in self.counts if fell > 0 else ():
                if count.kind != "stock" and not count.gone and self._held(count, wrong, by):
                    what = wrong.tally, wrong.days
                    fallen[count][what] = max(fallen[count][what], fell)
        for count in self.counts:
            count.fallen = sum(
                fell
                for what, fell in fallen[count].items()
                if not any(self._part_of(what, other) for other in fallen[count])
            )

    def _held(self, count, wrong, by) -> bool:
        """Whether a count rests on one that was lowered, and was not told again since."""
        if count is by or count.thread == wrong.thread:
            return False
        if any(page.earliest >= by.page.earliest for page in count.pages):
            return False
        first, then = count.page, wrong.page
        together = (first.earliest, first.latest) == (then.earliest, then.latest)
        since = together or (not count.is_before(wrong) and count.is_before(by))
        if count.kind == "toll" and since and wrong.is_inside(count):
            if count.tally == wrong.tally:
                return count.days != wrong.days
            if count.tally in self.nesting[wrong.tally]:
                return not self._moved(wrong, by) and not self._told_no_less(count, by)
        if wrong in count.basis and self._related(count.tally, wrong.tally):
            return count.is_inside(wrong)  # calculated from it
        part = wrong.tally in self.nesting[count.tally] and count.is_inside(wrong)
        return part and together and not self._moved(wrong, by)

    def _told_no_less(self, count, by) -> bool:
        """Whether its source gave no less for days that hold a total's, when it lowered a part."""
        return any(
            (c.tally, c.kind, c.calculated) == (count.tally, "toll", False)
            and c.page.earliest >= by.page.earliest
            and count.is_inside(c)
            and c.low >= count.low
            for c in self.counts
        )

    def _moved(self, wrong, by) -> bool:
        """Whether the page that lowers a count tells another part of its division too."""
        division = self.divided[wrong.tally]
        return division is not None and any(
            c.tally != wrong.tally and by.page in c.pages and self.divided[c.tally] == division
            for c in self.counts
        )

    def _part_of(self, what, other) -> bool:
        (tally, (start, end)), (whole, (first, last)) = what, other
        same_days_or_more = first <= start and end <= last
        within = whole == tally or whole in self.nesting[tally]
        return what != other and within and same_days_or_more

    # R6: the latest word

    def _settle(self, last=False) -> list[set[str]]:
        """Settle what clashes; what one page says against itself is given back at last."""
        contradictions = []
        for name in self.tallies:
            while clash := self._clash(name):
                newest = max(c.page.earliest for c in clash)
                old = [c for c in clash if c.page.latest <= newest]
                if not old and self._one_page(clash):
                    if self._drop_nesting(clash):
                        continue
                    told = [name for c in clash for name in c.event_ids]  # copies narrow its days
                    said = {name for names in told for name in names.split("+")}
                    if last and said not in contradictions:
                        contradictions.append(said)
                    break
                held = [c for c in old or clash if c.binding_high < INF]
                for count in held:
                    count.let_go = True
                if not held or not self._program(self._family(name), clash).is_possible():
                    for count in old:
                        count.lower(by=None)
        return contradictions

    def _clash(self, name) -> list[Count]:
        """A smallest set that clashes, of the latest there are; none where all can be true."""
        family = self._family(name)
        clash = sorted(self._standing(family), key=lambda c: c.order)
        if self._program(family, clash).is_possible():
            return []
        for count in [*clash]:
            rest = [c for c in clash if c is not count]
            if not self._program(family, rest).is_possible():
                clash = rest
        return clash

    @staticmethod
    def _one_page(clash) -> bool:
        return bool(set.intersection(*({*c.pages} for c in clash)))

    def _drop_nesting(self, clash) -> bool:
        """Drop nestings that nobody wrote down, where numbers of one page clash only by them."""
        before, names = self.guessed, {c.tally for c in clash}
        on_the_way = {
            (part, whole)
            for part, whole in before
            if any(name == part or part in self.nesting[name] for name in names)
            and any(name == whole or name in self.nesting[whole] for name in names)
        }
        self.guessed = before - on_the_way
        self.nesting = self._nesting()
        if on_the_way and self._program({*self.tallies}, clash).is_possible():
            return True
        self.guessed = before
        self.nesting = self._nesting()
        return False

    # The answers

    def _family(self, name) -> set[str]:
        return next(family for family in self.families if name in family)

    def _standing(self, family) -> list[Count]:
        return [c for c in self.counts if c.tally in family and not c.gone and c.kind != "stock"]

    def _program(self, family, counts, uppers=True) -> Program:
        nesting = {name: self.nesting[name] for name in sorted(family)}
        return Program(nesting, self._divisions(), counts, self._apart, uppers)

    def _divisions(self) -> dict[tuple[str, str], tuple[list[str], bool]]:
        """Parts of each division, and whether it is complete; none whose whole lost a part."""
        found = defaultdict(list)
        for name, division in self.divided.items():
            if division:
                found[division].append(name)
        return {
            (whole, name): (parts, any(self._is_complete(part) for part in parts))
            for (whole, name), parts in found.items()
            if all(whole in self.nesting[part] for part in parts)
        }

    def _is_complete(self, part) -> bool:
        return self.tallies[part].get("division_complete") == "yes"

    def bound(self, tally_id, first=None, last=None) -> tuple[int, int | None]:
        """Least and most persons of some days; the least is a sum of lows alone."""
        if clash := self.clash_of(tally_id):
            raise Contradiction(clash)
        family = self._family(tally_id)
        window = tally_id, read_day(first), read_day(last) if last else END - 1
        counts = self._standing(family)
        low = self._program(family, counts, uppers=False).least(*window)
        high = self._program(family, counts).most(*window)
        if self.primary:
            other_low, other_high = self.primary.bound(tally_id, first, last)
            low = min(low, other_low)
            high = None if None in (high, other_high) else max(high, other_high)
        return low, high

    def stock(self, tally_id, last=None) -> tuple[int, int | None]:
        """R8: the number last counted up to a day, the latest told; anything where none was."""
        told = self._current_stock(tally_id, read_day(last) if last else END)
        low = max((c.low for c in told), default=0)
        high = min((c.high for c in told), default=INF)
        if low > high:  # pages of one time: both ends
            low, high = min(c.low for c in told), max(c.high for c in told)
        if self.primary:
            other_low, other_high = self.primary.stock(tally_id, last)
            low, high = min(low, other_low), INF if other_high is None else max(high, other_high)
        return low, None if high == INF else high

    def _current_stock(self, tally_id, last) -> list[Count]:
        counts = [c for c in self.counts if (c.kind, c.tally) == ("stock", tally_id)]
        counts = [c for c in counts if c.end <= last and c.gone != "withdrawn"]
        latest_day = [c for c in counts if c.end == max(other.end for other in counts)]
        return [c for c in latest_day if not any(c.is_before(other) for other in latest_day)]

    @property
    def contradictions(self) -> list[set[str]]:
        """What one page says against itself, a set of rows for each family."""
        other = self.primary._own_contradictions if self.primary else []
        return self._own_contradictions + [c for c in other if c not in self._own_contradictions]

    def clash_of(self, tally_id) -> set[str]:
        """The rows because of which nothing can be said of a tally; none where it can."""
        family = self._family(tally_id)
        rows = (c for c in self.contradictions if self.known[min(c)]["tally_id"] in family)
        return next(rows, set())

    def status(self) -> dict[str, str]:
        """How each row with a count stands."""
        found = {name: "aside" for name in self.asides if read_count(self.known[name])}
        for event_id, count in self.of_event.items():
            found[event_id] = count.gone or self._standing_status(count)
        return found

    def _standing_status(self, count) -> str:
        if count.kind == "stock":
            current = count in self._current_stock(count.tally, END)
            return "stands" if current else "replaced"
        if count.fallen:
            return "reduced"
        return "from_below" if count.let_go else "stands"

    def lows(self) -> dict[str, int]:
        """The low that bounds use, by row; what binds no longer has none."""
        return {name: c.binding_low for name, c in self.of_event.items() if not c.gone}

    def highs(self) -> dict[str, int | None]:
        """The high that bounds use, by row, None where none binds."""
        standing = {name: c for name, c in self.of_event.items() if not c.gone}
        return {n: None if c.binding_high == INF else c.binding_high for n, c in standing.items()}

    def calculated(self) -> list[tuple[str, str, str, int]]:
        """What pages say together beside what they state: tally, first and last day, least."""
        return [
            (c.tally, write_day(c.start), write_day(c.end), c.binding_low)
            for c in self.counts
            if c.calculated and not c.gone
        ]
