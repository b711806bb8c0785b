"""What happened, and to whom, with each number of a sentence.

Known words near a number are weighed: the word that is joined to it first, then what it shares
with the number before or after it in a list, then what else its sentence says.
"""

import re
from itertools import pairwise, zip_longest

from analysis.draft.numbers import Number
from analysis.draft.people import SHARED, find_noun, people_follow, settle_group
from analysis.draft.sentence import STOP, Sentence, Statement, counting
from analysis.draft.words import Mark, Text, count_words


def find_harm_words(text: Text, start: int, stop: int) -> list[Mark]:
    """The words of harm in a sentence; ``-`` is what is no harm, as where it is denied."""
    marks = [mark for mark in text.find("harm", start, stop) if mark.value != "?"]
    return [mark._replace(value="-") if _is_denied(mark, text) else mark for mark in marks]


def _is_denied(mark: Mark, text: Text) -> bool:
    """Whether up to two words before a word of harm deny it: "were not injured"."""
    near = re.search(r"(?:[^\W\d]+[\s']+){0,3}$", text.plain[max(0, mark.start - 40) : mark.start])
    return bool(text.words.find("not", near[0]))


def find_harms(made: list[Statement], sentence: Sentence, earlier: list[Statement]) -> None:
    """Harm and group of each number of a sentence; a reason where it counts nobody harmed."""
    for each in made:
        each.reason = each.number.reason or find_noun(each, sentence)
    for each, following in pairwise(made):
        _share_noun(each, following, sentence)
    people = [each for each in made if not each.reason]
    counted: list[Statement] = []
    for each, following in zip_longest(people, people[1:]):
        after = following.number if following else None
        each.harm = _joined_harm(each, sentence, after)
        before = counted or counting(earlier)
        if before:
            each.before = before[-1].inside or before[-1]
            _link(each, sentence, before[-1], bool(counted))
        each.harm = each.harm or (each.linked.harm if each.linked else "")
        each.harm = each.harm or _loose_harm(each, sentence, after)
        counted.append(each)
    for each in reversed(counted):
        if each.linked and not each.linked.harm and _shares_back(each, sentence):
            each.linked.harm = each.harm
    for each in counted:
        settle_group(each, sentence)


def _share_noun(each: Statement, following: Statement, sentence: Sentence) -> None:
    """What two neighbouring numbers count alike: "aged 15 and 16", "12 of the 40 children"."""
    words, number = sentence.words, following.number
    between = sentence.between(each.number.stop, number.begin)
    if words.exactly("ratio", between) and max(number.values or (99,)) <= 10:
        each.reason = following.reason = "a share"
    joined = between.strip(" ,،و")
    if each.reason in SHARED and not following.reason:
        behind = sentence.between(number.stop, sentence.stop).lstrip()
        named = following.noun and behind.startswith(following.noun)
        list_goes_on = not joined or words.exactly("break", joined)
        if list_goes_on and not named and not people_follow(number, sentence):
            following.reason = each.reason
    if not each.reason and not each.person and words.exactly("partitive", between):
        each.person, each.group, each.noun = following.person, following.group, following.noun


def _shares_back(each: Statement, sentence: Sentence) -> bool:
    """Whether the harm of a number is also that of the one before it.

    So it is ("two nurses and three boys died") unless it is said of the second alone ("200 aboard,
    45 of whom died").
    """
    number, whole = each.number, each.linked.number
    if _opens_with_base(whole, sentence):
        return False
    between = [m for m in sentence.harms if whole.stop <= m.start and m.stop <= number.begin]
    after = [mark for mark in sentence.harms if mark.start >= number.stop]
    pronoun = sentence.text.find("person", number.stop, number.stop + 25)
    predicate = pronoun and after and not sentence.closed(number.stop, after[0].start)
    return not (between or predicate)


def _opens_with_base(number: Number, sentence: Sentence) -> bool:
    """Whether a clause begins with those that others are part of: "Of 412 employees, 36 died"."""
    base = sentence.before("base_of", number.begin)
    lead = sentence.between(sentence.start, base.start).rstrip() if base else "-"
    return not lead or lead[-1] in ",;،؛:"


def _joined_harm(each: Statement, sentence: Sentence, following: Number | None) -> str:
    """The harm whose word is joined to a number: "killed 14", "14 people were killed"."""
    number, reach = each.number, 0 if each.noun and not each.person else 6
    right = _harms_behind(number, sentence, following)
    left = [mark for mark in sentence.harms if mark.stop <= number.begin]
    costs = []
    if left and not sentence.closed(left[-1].stop, number.begin, "clause"):
        distance = sentence.distance(left[-1].stop, number.begin)
        if not sentence.numbered(left[-1].stop, number.begin) and distance <= reach:
            costs.append((distance - (distance == 0), 0, left[-1].value))
    if right and not sentence.closed(number.stop, right[0].start, "clause_after"):
        distance = sentence.distance(number.stop, right[0].start) - each.person
        status = _is_status(right[0], sentence)  # of 88 detainees who died the verb says more
        if status and len(right) > 1 and not sentence.closed(number.stop, right[1].start):
            right = right[1:]
        costs.append((max(distance, 0), 1, right[0].value))
    return min(costs)[2] if costs else ""


def _harms_behind(number: Number, sentence: Sentence, following: Number | None) -> list[Mark]:
    """The words of harm between a number and the next one that may be said of it."""
    limit = following.begin if following else sentence.stop
    found = [mark for mark in sentence.harms if number.start <= mark.start < limit]
    if following:  # not of what has the next number as its object
        found = [
            mark
            for mark in found
            if sentence.closed(mark.stop, limit) or sentence.distance(mark.stop, limit)
        ]
    return [mark for mark in found if not _is_object(mark, number, sentence)]


def _is_status(mark: Mark, sentence: Sentence) -> bool:
    """Whether a word of harm names a group too, such as prisoners."""
    return any(each.value for each in sentence.find("group", mark.start, mark.stop))


def _is_object(mark: Mark, number: Number, sentence: Sentence) -> bool:
    """Whether others do something with those harmed: "eight volunteers carried the wounded"."""
    words, plain = sentence.words, sentence.text.plain
    start = mark.start
    if words.language != "ar":
        article = sentence.text.before("definite", mark.start, number.stop)
        start = article.start if article else None
    elif not plain.startswith("ال", start):
        start = None
    if start is None or not count_words(words.without("skip", plain[number.stop : start])):
        return False  # also "18 of the wounded"
    return not sentence.text.before("among", start, number.stop)


def _link(each: Statement, sentence: Sentence, last: Statement, same: bool) -> None:
    """Find the number that this one is part of, or stands in a list with.

    ``last`` is the count before it, in the ``same`` sentence or an earlier one.
    """
    words, number = sentence.words, each.number
    lead = sentence.between(last.number.stop if same else sentence.start, number.begin)
    if ")" in lead and last.inside:
        last = last.inside
    after = sentence.between(number.stop, min(number.stop + 25, sentence.stop))
    whole = last.inside or last
    person = [mark for mark in words.find("person", after) if not after[: mark.start].strip()]
    person = [mark for mark in person if not mark.value or not count_words(lead)]
    these = not same and any(mark.value for mark in words.find("part", lead))
    opens = re.search(r"(?:\s-\s?|:\s*|\()$", lead) or sentence.before("sum", number.begin)
    if same and opens:
        each.inside = each.linked = last
    elif sentence.before("part", number.begin) or person or these:
        each.inside = each.linked = whole
    elif same and not STOP.search(lead) and not _is_subject(each, sentence):
        listed = count_words(words.without("skip", lead)) <= 4
        verbs = any(count_words(lead[: mark.start]) for mark in words.find("harm", lead))
        bare = not each.person and not each.noun
        other = each.harm not in ("", last.harm)  # ", 23 of them children, and 204 hurt"
        former = bare and words.find("toll", lead)  # "which had counted 41 in April"
        if last.inside and (other or former):
            each.linked = last.inside
        elif (listed and not verbs) or (bare and not each.harm):
            each.linked, each.inside = last, last.inside


def _is_subject(each: Statement, sentence: Sentence) -> bool:
    """Whether people do something of their own behind a comma: ", and 300 residents gathered"."""
    if not each.person or sentence.words.language == "ar":  # its verb comes first
        return False
    number = each.number
    if not re.search(r",\s*(?:\w+\s+)?$", sentence.between(sentence.start, number.begin)):
        return False
    after = re.match(r"\s*\w+\s+(\w+)", sentence.between(number.stop, sentence.stop))
    harms = [mark for mark in sentence.harms if number.stop <= mark.start <= number.stop + 40]
    verb = after and (after[1].endswith("ed") or sentence.words.exactly("auxiliary", after[1]))
    return bool(verb and not any(mark.value != "-" for mark in harms))


def _loose_harm(each: Statement, sentence: Sentence, following: Number | None) -> str:
    """The harm that a clause speaks of before a number, or up to the next one after it."""
    number = each.number
    if each.noun and not each.person:
        return ""
    begin, stop = sentence.clause(number.start)
    marks, tolls = (
        [mark for mark in found if begin <= mark.start and mark.stop <= number.begin]
        for found in (sentence.harms, sentence.tolls)
    )
    if marks:
        between = sentence.between(marks[-1].stop, number.begin)
        clause = sentence.words.find("clause", between)
        apart = each.person and (clause or _is_subject(each, sentence))
        return "" if apart else marks[-1].value
    if tolls:
        return each.before.harm if each.before and each.before.harm else "killed"
    marks = [mark for mark in _harms_behind(number, sentence, following) if mark.stop <= stop]
    if marks and _is_other_clause(number, marks[0], sentence):
        return ""
    if marks and each.person:
        return marks[0].value
    return _harm_before(each, sentence, begin)


def _is_other_clause(number: Number, harm: Mark, sentence: Sentence) -> bool:
    """Whether "and" between a number and a word of harm joins clauses, not nouns."""
    breaks = sentence.find("break", number.stop, harm.stop)
    if not breaks or sentence.words.language == "ar":  # its verb comes first
        return bool(breaks)
    return bool(sentence.find("auxiliary", number.stop, breaks[0].start))


def _harm_before(each: Statement, sentence: Sentence, begin: int) -> str:
    """The harm of the number before, where a bare one is said of it.

    Somebody is responsible for so many, states another number, or "it was 12 the day before"; or it
    ends an item of a list: "rebels, 51 killed; the army, 29; police, 6".
    """
    before, number = each.before, each.number
    if each.person or each.noun or not before:
        return ""
    attributed = any(sentence.find(kind, begin) for kind in ("attributed", "said", "it_is"))
    if attributed and not any(begin <= mark.start for mark in sentence.harms):
        return before.harm
    if before.number not in sentence.numbers:
        return ""
    lead = sentence.between(before.number.stop, number.begin)
    item = re.fullmatch(r"[^;؛]*[;؛]([^;؛]*[،:,]\s*)", lead)
    ends = re.match(r"\s*(?:[;؛.]|$)", sentence.between(number.stop, sentence.stop))
    return before.harm if item and ends and 1 <= count_words(item[1]) <= 5 else ""
