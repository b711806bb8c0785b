"""First and last day of each number of a sentence, from the words of time beside it."""

import re
from datetime import date

from analysis.draft.dates import Time
from analysis.draft.sentence import Sentence, Statement, counting
from analysis.draft.words import Mark, count_words


def find_windows(
    made: list[Statement], sentence: Sentence, event: date | None, published: date
) -> None:
    """First and last day of each number of a sentence that counts people, up to publication.

    ``event`` is the day of the event of its paragraph, as far as it was given.
    """
    counts = counting(made)
    times = _past_times(sentence, published)
    owners = [_owner(time, counts, sentence) for time in times]
    leading = [time for time in times if not counts or time.start < counts[0].number.start]
    shared = leading[-1:] or [time for time in times if not time.day][-1:]
    if not sentence.tolls:
        shared = shared or times[-1:]
    for each in counts:
        own = [time for time, owner in zip(times, owners, strict=True) if owner is each]
        chain = each.linked or each.inside
        time = next(iter(own or shared), None)
        each.stated = time is not None and not _is_part(time, sentence)
        if not own and each.inside and chain in counts:
            each.first, each.last = chain.first, chain.last
        elif time:
            each.first, each.last = _days(time, sentence, bool(own), leading, published)
        else:
            each.first, each.last = event, published
        each.last = min(each.last, published)
        if each.first and each.first > each.last:
            each.first = None
        each.event = each.first if time and time.day else None


def _is_part(time: Time, sentence: Sentence) -> bool:
    """Whether a month stands for some of its days: since mid-December."""
    return not time.day and sentence.text.before("part", time.start) is not None


def _past_times(sentence: Sentence, published: date) -> list[Time]:
    """The words of time that may say when people were harmed.

    Not days to come, nor those of saying so, nor of what is compared: "more than in April".
    """
    return [
        time
        for time in sentence.times
        if (time.first or time.last) <= published
        and not sentence.find("than", max(sentence.start, time.start - 12), time.start)
        and not (time.day and _is_of_saying(time, sentence))
    ]


def find_event(made: list[Statement], sentence: Sentence, published: date) -> date | None:
    """The day of the event of a sentence, with or without a count."""
    counts = counting(made)
    if counts:
        return next((each.event for each in counts if each.event), None)
    days = [time for time in _past_times(sentence, published) if time.day]
    return days[0].first if days and not sentence.tolls else None


def _days(
    time: Time, sentence: Sentence, own: bool, leading: list[Time], published: date
) -> tuple[date | None, date]:
    """The days of a time; a toll runs from the day of its event, or ends on a day of its own."""
    tolls = [mark for mark in sentence.tolls if not own or mark.start < time.start]
    if not tolls or not time.day:
        return time.first, time.last
    if _dates_toll(time, tolls[0], sentence):
        return None, time.last
    if own and time not in leading:
        event = leading and not _dates_toll(leading[-1], tolls[0], sentence)
        return (leading[-1].first if event else None), time.last
    return time.first, published


def _dates_toll(time: Time, toll: Mark, sentence: Sentence) -> bool:
    """Whether a day is that of a toll and not of an event.

    So it is beside the word: "On Wednesday the toll was 27", "the toll on Wednesday was 27"; but
    not in "the toll of Wednesday's attack was 27".
    """
    if time.stop <= toll.start:
        apart = sentence.distance(sentence.start, time.start)
        return apart <= 2 and sentence.distance(time.stop, toll.start) <= 2
    behind = sentence.between(time.stop, time.stop + 25)
    event = re.match(r"\s*'s\b", behind) or any(
        not count_words(behind[: mark.start]) for mark in sentence.words.find("thing", behind)
    )
    return not event and sentence.distance(toll.stop, time.start) <= 2


def _owner(time: Time, counts: list[Statement], sentence: Sentence) -> Statement | None:
    """The number that a time stands with: the one before it, or the one after "and on Monday"."""
    before = [each for each in counts if each.number.stop <= time.start]
    after = [each for each in counts if each.number.start >= time.stop]
    if not before:
        return None
    if not after or not sentence.closed(before[-1].number.stop, time.start):
        return before[-1]
    return None if sentence.closed(time.stop, after[0].number.begin) else after[0]


def _is_of_saying(day: Time, sentence: Sentence) -> bool:
    """Whether a day is that on which somebody said so: few words stand between it and the verb."""
    if sentence.text.plain.startswith("'s", day.stop):
        return False
    verbs = sentence.find("said")
    cited = verbs + sentence.find("according", sentence.start, day.start)
    near = [sentence.between(mark.stop, day.start) for mark in cited if mark.stop <= day.start]
    near = [between for between in near if not re.search("[,،]", between)]
    opens = not re.search(r"\w{4}", sentence.between(sentence.start, day.start))
    ahead = [sentence.between(day.stop, mark.start) for mark in verbs if mark.start >= day.stop]
    near += [between for between in ahead if opens or not re.search("[,،]", between)]
    return any(
        count_words(between) <= 4
        and not re.search(r"\d", between)
        and not any(sentence.words.find(kind, between) for kind in ("barrier", "harm"))
        for between in near
    )
