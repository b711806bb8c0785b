"""First and last day of each number of a sentence, from the words of time beside it."""

import re
from datetime import date

from analysis.draft.calendar import Time
from analysis.draft.statement import Sentence, Statement, counting
from analysis.draft.words import Lexicon, Mark


def find_windows(
    made: list[Statement], sentence: Sentence, event: date | None, published: date
) -> None:
    """First and last day of each number of a sentence that counts people, up to publication.

    ``event`` is the day of what its paragraph tells of, as far as that was said.
    """
    counts = counting(made)
    times = _past_times(sentence, published)
    owners = {id(each): _owner(each, counts, sentence) for each in times}
    leading = [each for each in times if not counts or each.start < counts[0].number.start]
    shared = leading[-1:] or [each for each in times if each.day is False][-1:]
    if not sentence.tolls:
        shared = shared or times[-1:]
    for each in counts:
        own = [time for time in times if owners[id(time)] is each]
        chain = each.linked or each.inside
        said = own or shared
        each.stated = bool(said) and not _is_part(said[0], sentence)
        if own:
            each.first, each.last = _days(own[0], sentence, True, leading, published)
        elif each.inside and chain in counts:
            each.first, each.last = chain.first, chain.last
        elif shared:
            each.first, each.last = _days(shared[0], sentence, False, leading, published)
        else:
            each.first, each.last = event, published
        each.last = min(each.last, published)
        if each.first and each.first > each.last:
            each.first = None
        each.event = each.first if said and said[0].day else None


def _is_part(time: Time, sentence: Sentence) -> bool:
    """Whether a month stands for some of its days: since mid-December."""
    part = sentence.words.before("part", sentence.text.plain, time.start)
    return part is not None and not time.day


def _past_times(sentence: Sentence, published: date) -> list[Time]:
    """The words of time that may say when people were harmed: no days of saying or to come."""
    return [
        each
        for each in sentence.times
        if (each.first or each.last) <= published and not _is_aside(each, sentence)
    ]


def find_event(made: list[Statement], sentence: Sentence, published: date) -> date | None:
    """The day on which something happened that a sentence tells of, with or without a count."""
    counts = counting(made)
    if counts:
        return next((each.event for each in counts if each.event), None)
    days = [each for each in _past_times(sentence, published) if each.day]
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
    behind = sentence.text.plain[time.stop : time.stop + 25]
    event = re.match(r"\s*'s\b", behind) or any(
        not re.search(r"\w", behind[: mark.start]) for mark in sentence.words.find("thing", behind)
    )
    return not event and sentence.distance(toll.stop, time.start) <= 2


def _owner(time: Time, counts: list[Statement], sentence: Sentence) -> Statement | None:
    """The number that a time stands with: the one before it, or the one after "and on Monday"."""
    before = [each for each in counts if each.number.stop <= time.start]
    after = [each for each in counts if each.number.start >= time.stop]
    if not before:
        return None
    if not after:
        return before[-1]
    if not sentence.closed(before[-1].number.stop, time.start):
        return before[-1]
    return None if sentence.closed(time.stop, after[0].number.begin) else after[0]


def _is_aside(time: Time, sentence: Sentence) -> bool:
    """Whether a time is that of saying so, or of what is compared: "more than in April"."""
    near = sentence.between(max(sentence.start, time.start - 12), time.start)
    compared = sentence.words.find("than", near)
    return bool(compared) or _of_saying(time, sentence)


def _of_saying(time: Time, sentence: Sentence) -> bool:
    """Whether a day is that on which somebody said so."""
    if not time.day:
        return False
    words, plain = sentence.words, sentence.text.plain
    if plain.startswith("'s", time.stop):
        return False
    said = words.find("said", plain, sentence.start, sentence.stop)
    cited = said + words.find("according", plain, sentence.start, time.start)
    after = [sentence.between(mark.stop, time.start) for mark in cited if mark.stop <= time.start]
    before = [sentence.between(time.stop, mark.start) for mark in said if mark.start >= time.stop]
    opens = not re.search(r"\w{4}", sentence.between(sentence.start, time.start))
    near = [between for between in after if not re.search("[,،]", between)]
    near += [between for between in before if opens or not re.search("[,،]", between)]
    return any(_is_saying(between, words) for between in near)


def _is_saying(between: str, words: Lexicon) -> bool:
    """Whether a few words between a verb and a day let the day belong to the verb."""
    barred = words.find("barrier", between) or words.find("harm", between)
    return len(re.findall(r"\w+", between)) <= 4 and not barred and not re.search(r"\d", between)
