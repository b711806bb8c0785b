"""Whom a number counts, by the words around it, or why it counts no people."""

import re

from analysis.draft.numbers import Number
from analysis.draft.statement import Sentence, Statement
from analysis.draft.words import Lexicon, Mark, Text

SHARED = ("an age", "the number of a thing")
"""Why a number counts nobody, where the one that "and" joins to it counts nobody either."""


def find_noun(each: Statement, sentence: Sentence) -> str:
    """Whom a number counts by the words after it; gives the reason where it counts no people."""
    words, number = sentence.words, each.number
    plain, start = sentence.text.plain, number.start
    start -= plain[start - 1 : start] in ("و", "ف")  # so that a dual is seen with what is joined
    things = number.stop
    if start == number.start and _follows_noun(number, sentence):
        start = things = plain.rfind(" ", sentence.start, start - 1) + 1
    ends = [each.begin for each in sentence.numbers if each.begin > number.start]
    if reason := _reason_around(number, start, ends, sentence):
        return reason
    end = min([sentence.stop, *ends, *_starts_of_times(number, sentence)])
    after = re.match(r"[^,،;؛:.()]*", plain[number.stop : end])[0]
    near = number.stop + len(" ".join(after.split(" ")[:7]))
    reason, seen = _read_known(each, sentence, _marks(start, near, things, sentence))
    tolls = [mark for mark in sentence.tolls if 0 <= number.begin - mark.stop <= 4]
    if not seen and not reason and not tolls:
        each.noun = _unknown_noun(after, words)
    return reason


def _starts_of_times(number: Number, sentence: Sentence) -> list[int]:
    return [each.start for each in sentence.times if each.start > number.start]


def _marks(start: int, stop: int, things: int, sentence: Sentence) -> list[tuple[Mark, str]]:
    """Known words of groups, harm and, from a position on, things, with their kind."""
    marks = [
        (mark, kind)
        for kind in ("group", "thing", "harm")
        for mark in sentence.words.find(kind, sentence.text.plain, start, stop)
        if kind != "thing" or mark.start >= things
    ]
    return sorted(marks, key=lambda pair: (pair[0].start, -pair[0].stop))


def _read_known(
    each: Statement, sentence: Sentence, marks: list[tuple[Mark, str]]
) -> tuple[str, bool]:
    """Set person and group by known words; gives why it counts no people, and if any was near."""
    words, text = sentence.words, sentence.text
    place, seen = each.number.stop, False
    for mark, kind in marks:
        gap = known_gone(text.plain[place : mark.start], words)
        unknown = len(re.findall(r"\w+", gap))
        verbal = (
            kind == "harm" and unknown and gap.strip() != text.plain[place : mark.start].strip()
        )
        if words.find("no_noun", gap) or unknown > (not seen) or verbal:
            break
        if kind == "thing" and not seen:
            return f"counts {text.raw[slice(*text.span(mark.start, mark.stop))]}", seen
        if kind == "group":
            each.person, each.group = True, mark.value
        if each.group:
            break
        place, seen = max(place, mark.stop), True
    return "", seen


def _follows_noun(number: Number, sentence: Sentence) -> bool:
    """Whether a number stands behind what it counts, as an Arabic one may: "the three children"."""
    said = sentence.between(max(number.start - 2, 0), number.stop)
    if sentence.words.exactly("one_after", said[number.start - number.stop :]):
        return True
    return sentence.words.language == "ar" and said.startswith("ال", said.startswith("ال", 2) * 2)


def _unknown_noun(after: str, words: Lexicon) -> str:
    """The word after a number that may be whom it counts, though it is not known."""
    if any(not after[: mark.start].strip() for mark in words.find("auxiliary", after)):
        return ""
    left = re.findall(r"[^\W\d]+", known_gone(after, words))
    others = ("no_noun", "clause", "clause_after", "break")
    if not left or any(words.exactly(kind, left[0]) for kind in others):
        return ""
    return left[0]


def _reason_around(number: Number, start: int, ends: list[int], sentence: Sentence) -> str:
    """Why a number counts no people, by the word before it or up to the next number."""
    words, plain = sentence.words, sentence.text.plain
    for kind, reason in (("age", "an age"), ("never", "no number"), ("base", "a share")):
        if words.before(kind, plain, start, sentence.start):
            return reason
    if ends and words.exactly("ratio", plain[number.stop : ends[0]]):
        return "a share"
    behind = plain[number.stop : number.stop + 30]
    numbered = words.before("numbered", plain, start, sentence.start)
    if numbered and not people_follow(number, sentence):
        return "the number of a thing"
    if any(not behind[: mark.start].strip() for mark in words.find("difference", behind)):
        return "a difference"
    old = re.match(r"[- ](?:years?|months?)[- ]olds?\b", plain[number.stop : number.stop + 16])
    return "an age" if old or _is_age(number, sentence.text) else ""


def people_follow(number: Number, sentence: Sentence) -> bool:
    """Whether the word directly behind a number is one for people."""
    behind = sentence.between(number.stop, number.stop + 30)
    return any(not behind[: mark.start].strip() for mark in sentence.words.find("group", behind))


def _is_age(number: Number, text: Text) -> bool:
    """Whether a number stands between commas after a name: "Adam Saleh, 52"."""
    start, stop = text.span(number.start, number.stop)
    named = re.search(r"[A-ZÀ-Ý][\w'’-]+,\s$", text.raw[max(0, start - 30) : start])
    ends = re.match(r"\s*(?:[,.;)]|$)", text.raw[stop : stop + 3])
    exact = number.qualifier == "exact" and text.plain[number.start : number.stop].isdigit()
    return bool(named and ends and exact and number.values[0] < 110)


def known_gone(said: str, words: Lexicon) -> str:
    """Words without those that may stand before a noun."""
    for mark in words.find("skip", said):
        said = said[: mark.start] + " " * (mark.stop - mark.start) + said[mark.stop :]
    return said
