"""Whom a number counts, or why it counts no people.

Its own words go first: those behind it, as far as they are known, else the first of them. Where
they name no group, it is that beside the word of harm, else that of the number before.
"""

import re

from analysis.draft.numbers import Number
from analysis.draft.sentence import Sentence, Statement
from analysis.draft.words import Lexicon, Mark, count_words

SHARED = ("an age", "the number of a thing")
"""Why a number counts nobody, where the one that "and" joins to it counts nobody either."""

_NO_NOUN = ("no_noun", "clause", "clause_after", "break")


def find_noun(each: Statement, sentence: Sentence) -> str:
    """Whom a number counts by the words after it; gives the reason where it counts no people."""
    number, plain = each.number, sentence.text.plain
    start = number.start
    start -= plain[start - 1 : start] in ("و", "ف")  # so that a dual is seen with what is joined
    things = number.stop
    if start == number.start and _follows_noun(number, sentence):
        start = things = plain.rfind(" ", sentence.start, start - 1) + 1
    ends = [other.begin for other in sentence.numbers if other.begin > number.start]
    if reason := _reason_around(number, start, ends, sentence):
        return reason
    ends += [time.start for time in sentence.times if time.start > number.start]
    end = min([sentence.stop, *ends])
    after = re.match(r"[^,،;؛:.()]*", plain[number.stop : end])[0]
    near = number.stop + len(" ".join(after.split(" ")[:7]))
    marks = [
        (mark, kind)
        for kind in ("group", "thing", "harm")
        for mark in sentence.find(kind, things if kind == "thing" else start, near)
    ]
    marks.sort(key=lambda pair: (pair[0].start, -pair[0].stop))
    reason, seen = _read_known(each, sentence, marks)
    tolls = [mark for mark in sentence.tolls if 0 <= number.begin - mark.stop <= 4]
    if not (seen or reason or tolls):
        each.noun = _unknown_noun(after, sentence.words)
    return reason


def _read_known(
    each: Statement, sentence: Sentence, marks: list[tuple[Mark, str]]
) -> tuple[str, bool]:
    """Set person and group by known words; gives why it counts no people, and if any was near."""
    words, place, seen = sentence.words, each.number.stop, False
    for mark, kind in marks:
        between = sentence.between(place, mark.start)
        gap = words.without("skip", between)
        unknown = count_words(gap)
        verbal = kind == "harm" and unknown and gap.strip() != between.strip()
        if words.find("no_noun", gap) or unknown > (not seen) or verbal:
            break
        if kind == "thing" and not seen:
            return f"counts {sentence.text.published(mark.start, mark.stop)}", seen
        if kind == "group":
            each.person, each.group = True, mark.value
        if each.group:
            break
        place, seen = max(place, mark.stop), True
    return "", seen


def _follows_noun(number: Number, sentence: Sentence) -> bool:
    """Whether a number stands behind what it counts, as an Arabic one may: "the three children"."""
    if sentence.words.exactly("one_after", sentence.between(number.start, number.stop)):
        return True
    before = max(number.start - 2, 0)  # the article is before the number or inside it
    return any(sentence.text.plain.startswith("ال", at) for at in (before, number.start))


def _unknown_noun(after: str, words: Lexicon) -> str:
    """The word after a number that may be whom it counts, though it is not known."""
    if words.opens("auxiliary", after):
        return ""
    left = re.findall(r"[^\W\d]+", words.without("skip", after))[:1]
    return "".join(word for word in left if not any(words.exactly(kind, word) for kind in _NO_NOUN))


def _reason_around(number: Number, start: int, ends: list[int], sentence: Sentence) -> str:
    """Why a number counts no people, by the word before it or up to the next number."""
    words, behind = sentence.words, sentence.between(number.stop, number.stop + 30)
    for kind, reason in (("age", "an age"), ("never", "no number"), ("base", "a share")):
        if sentence.before(kind, start):
            return reason
    if ends and words.exactly("ratio", sentence.between(number.stop, ends[0])):
        return "a share"
    if sentence.before("numbered", start) and not people_follow(number, sentence):
        return "the number of a thing"
    if words.opens("difference", behind):
        return "a difference"
    old = re.match(r"[- ](?:years?|months?)[- ]olds?\b", behind[:16])
    return "an age" if old or _is_age(number, sentence) else ""


def people_follow(number: Number, sentence: Sentence) -> bool:
    """Whether the word directly behind a number is one for people."""
    return sentence.words.opens("group", sentence.between(number.stop, number.stop + 30))


def _is_age(number: Number, sentence: Sentence) -> bool:
    """Whether a number stands between commas after a name: "Adam Saleh, 52"."""
    start, stop = sentence.text.span(number.start, number.stop)
    raw = sentence.text.raw
    named = re.search(r"[A-ZÀ-Ý][\w'’-]+,\s$", raw[max(0, start - 30) : start])
    ends = re.match(r"\s*(?:[,.;)]|$)", raw[stop : stop + 3])
    exact = number.qualifier == "exact" and sentence.between(number.start, number.stop).isdigit()
    return bool(named and ends and exact and number.values[0] < 110)


def settle_group(each: Statement, sentence: Sentence) -> None:
    """Decide the group, and that what has no harm is no count."""
    if each.harm in ("", "-"):
        counted = each.noun or each.group
        each.reason = f"counts {counted}, no harm is said" if counted else "no word of harm is near"
        each.harm, each.inside = "", None
        return
    whole = each.inside
    if whole and whole.reason:
        each.inside = None
    after = sentence.between(each.number.stop, each.number.stop + 20)
    others = bool(
        sentence.before("other", each.number.begin) or sentence.words.find("other", after)
    )
    if each.noun and not each.person:
        each.group = each.noun
    elif each.group is None:
        more = bool(sentence.words.find("more", after))
        each.group = _shared_group(each, sentence, others or more)
    elif each.group == "" and others:
        each.group = _shared_group(each, sentence, others)
    elif each.group == "" and whole and sentence.words.find("person", after):
        each.group = whole.group or ""  # "37 of them"


def _shared_group(each: Statement, sentence: Sentence, others: bool) -> str:
    """The group beside the word of harm before a number, else that of the number before it."""
    begin = each.number.begin
    marks = [mark for mark in sentence.harms if mark.stop <= begin]
    if marks and not sentence.numbered(marks[-1].stop, begin):
        harm = marks[-1]
        groups = [
            mark.value
            for mark in sentence.find("group", max(harm.start - 20, sentence.start), harm.stop + 15)
            if mark.value and not sentence.numbered(mark.stop, harm.start)
        ]
        if groups and (sentence.tolls or _is_heading(harm, begin, sentence)):
            return groups[0]
    if each.linked and not each.linked.reason:
        return each.linked.group or ""
    last = each.before
    near = last and not last.reason and (others or last.number in sentence.numbers)
    return (last.group or "") if near else ""


def _is_heading(harm: Mark, begin: int, sentence: Sentence) -> bool:
    """Whether a number stands apart from the harm that it is of: "civilian deaths: 214".

    Beside it the group would be those who did it: "militants killed 14".
    """
    groups = sentence.find("group", harm.stop, begin)
    stop = max([harm.stop, *(mark.stop for mark in groups)])
    return sentence.distance(stop, begin) >= 1 or sentence.closed(stop, begin)
