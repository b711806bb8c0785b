"""What happened, and to whom, with each number of a sentence.

Known words near a number are weighed: the word that is joined to it first, then what it shares
with the number before or after it in a list, then what else its sentence says.
"""

import re
from itertools import pairwise

from analysis.draft.groups import settle
from analysis.draft.nouns import SHARED, find_noun, known_gone, people_follow
from analysis.draft.numbers import Number
from analysis.draft.statement import STOP, Sentence, Statement, counting
from analysis.draft.words import Lexicon, Mark


def _opens_with_base(number: Number, sentence: Sentence) -> bool:
    """Whether a clause begins with those that others are part of: "Of 412 employees, 36 died"."""
    base = sentence.words.before("base_of", sentence.text.plain, number.begin, sentence.start)
    if not base:
        return False
    lead = sentence.between(sentence.start, base.start).rstrip()
    return not lead or lead[-1] in ",;،؛:"


def find_harm_words(plain: str, start: int, stop: int, words: Lexicon) -> list[Mark]:
    """The words of harm in a sentence; ``-`` is what is no harm, as where it is denied."""
    marks = [mark for mark in words.find("harm", plain, start, stop) if mark.value != "?"]
    return [mark._replace(value="-") if _is_denied(mark, plain, words) else mark for mark in marks]


def _is_denied(mark: Mark, plain: str, words: Lexicon) -> bool:
    """Whether up to two words before a word of harm deny it: "were not injured"."""
    near = re.search(r"(?:[^\W\d]+[\s']+){0,3}$", plain[max(0, mark.start - 40) : mark.start])
    return bool(words.find("not", near[0]))


def find_harms(made: list[Statement], sentence: Sentence, earlier: list[Statement]) -> None:
    """Harm and group of each number of a sentence; a reason where it counts nobody harmed."""
    counted: list[Statement] = []
    for each in made:
        each.reason = each.number.reason or find_noun(each, sentence)
    for each, following in pairwise(made):
        between = sentence.between(each.number.stop, following.number.begin)
        if sentence.words.exactly("ratio", between) and max(following.number.values or (99,)) <= 10:
            each.reason = following.reason = "a share"
        if each.reason in SHARED and not following.reason and _joins(between, sentence):
            behind = sentence.between(following.number.stop, sentence.stop).lstrip()
            named = following.noun and behind.startswith(following.noun)
            if not (named or people_follow(following.number, sentence)):
                following.reason = each.reason
        if not each.reason and not each.person and sentence.words.exactly("partitive", between):
            each.person, each.group, each.noun = following.person, following.group, following.noun
    people = [each for each in made if not each.reason]
    for at, each in enumerate(people):
        following = people[at + 1].number if at + 1 < len(people) else None
        each.harm = _joined_harm(each, sentence, following)
        before = counted or counting(earlier)
        each.before = (before[-1].inside or before[-1]) if before else None
        _link(each, sentence, before, bool(counted))
        each.harm = each.harm or (each.linked.harm if each.linked else "")
        each.harm = each.harm or _loose_harm(each, sentence, following)
        counted.append(each)
    for each in reversed(counted):
        if each.linked and not each.linked.harm and _shares_back(each, sentence):
            each.linked.harm = each.harm
    for each in counted:
        settle(each, sentence)


def _joins(between: str, sentence: Sentence) -> bool:
    """Whether nothing but a comma or "and" stands between two numbers: "aged 15 and 16"."""
    said = between.strip(" ,،و")
    return not said or sentence.words.exactly("break", said)


def _shares_back(each: Statement, sentence: Sentence) -> bool:
    """Whether the harm of a number is also that of the one before it.

    It is in a list ("two nurses and a boy died"), and of a whole unless it is said of the part
    alone ("200 aboard, 45 of whom died").
    """
    number, whole = each.number, each.linked.number
    if whole not in sentence.numbers:
        return True
    if _opens_with_base(whole, sentence):
        return False
    if each.linked is not each.inside:
        lead = known_gone(sentence.between(whole.stop, number.begin), sentence.words)
        for kind in ("group", "article", "break"):
            for mark in reversed(sentence.words.find(kind, lead)):
                lead = lead[: mark.start] + lead[mark.stop :]
        return len(re.findall(r"\w{2,}", lead)) <= 1
    between = [m for m in sentence.harms if whole.stop <= m.start and m.stop <= number.begin]
    after = [m for m in sentence.harms if m.start >= number.stop]
    pronoun = sentence.words.find("person", sentence.text.plain, number.stop, number.stop + 25)
    predicate = pronoun and after and not sentence.closed(number.stop, after[0].start)
    return not (between or predicate)


def _joined_harm(each: Statement, sentence: Sentence, following: Number | None) -> str:
    """The harm whose word is joined to a number: "killed 14", "14 people were killed"."""
    number, reach = each.number, 0 if each.noun and not each.person else 6
    limit = following.begin if following else sentence.stop
    right = [mark for mark in sentence.harms if number.start <= mark.start < limit]
    right = [
        mark
        for mark in right
        if not _owned(mark, sentence, following) and not _is_object(mark, number, sentence)
    ]
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
        if distance <= 8:
            costs.append((max(distance, 0), 1, right[0].value))
    return min(costs)[2] if costs else ""


def _is_status(mark: Mark, sentence: Sentence) -> bool:
    """Whether a word of harm names a group too, such as prisoners."""
    groups = sentence.words.find("group", sentence.text.plain, mark.start, mark.stop)
    return any(each.value for each in groups)


def _is_object(mark: Mark, number: Number, sentence: Sentence) -> bool:
    """Whether others do something with those harmed: "eight volunteers carried the wounded"."""
    words, plain = sentence.words, sentence.text.plain
    if words.language == "ar":
        start = mark.start if plain.startswith("ال", mark.start) else None
    else:
        article = words.before("definite", plain, mark.start, number.stop)
        start = article.start if article else None
    if start is None or not re.search(r"\w", known_gone(plain[number.stop : start], words)):
        return False  # also "18 of the wounded"
    return not words.before("among", plain, start, number.stop)


def _owned(mark: Mark, sentence: Sentence, following: Number | None) -> bool:
    """Whether a word of harm has the next number as its object."""
    if following is None or sentence.closed(mark.stop, following.begin):
        return False
    return sentence.distance(mark.stop, following.begin) == 0


def _link(each: Statement, sentence: Sentence, before: list[Statement], same: bool) -> None:
    """Find the number that this one is part of, or stands in a list with."""
    if not before:
        return
    words, number, last = sentence.words, each.number, before[-1]
    lead = sentence.between(last.number.stop if same else sentence.start, number.begin)
    if ")" in lead and last.inside:
        last = last.inside
    after = sentence.between(number.stop, min(number.stop + 25, sentence.stop))
    whole = last.inside or last
    part = words.before("part", sentence.text.plain, number.begin, sentence.start)
    person = [mark for mark in words.find("person", after) if not after[: mark.start].strip()]
    person = [mark for mark in person if not mark.value or not re.search(r"\w", lead)]
    these = [mark for mark in words.find("part", lead) if mark.value] if not same else []
    opens = re.search(r"(?:\s-\s?|:\s*|\()$", lead)  # a dash, a colon, a bracket
    opens = opens or words.before("sum", sentence.text.plain, number.begin, sentence.start)
    if same and opens:
        each.inside = each.linked = last
    elif part or person or these:
        each.inside = each.linked = whole
    elif same and not STOP.search(lead) and not _is_subject(each, sentence):
        listed = len(re.findall(r"\w+", known_gone(lead, words))) <= 4
        verbs = [mark for mark in words.find("harm", lead) if re.search(r"\w", lead[: mark.start])]
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
    number, plain = each.number, sentence.text.plain
    if not re.search(r",\s*(?:\w+\s+)?$", plain[sentence.start : number.begin]):
        return False
    after = re.match(r"\s*\w+\s+(\w+)", plain[number.stop : sentence.stop])
    harms = [mark for mark in sentence.harms if number.stop <= mark.start <= number.stop + 40]
    verb = after and (after[1].endswith("ed") or sentence.words.exactly("auxiliary", after[1]))
    return bool(verb and not any(mark.value != "-" for mark in harms))


def _loose_harm(each: Statement, sentence: Sentence, following: Number | None) -> str:
    """The harm that a sentence speaks of before a number, or up to the next one after it."""
    number = each.number
    if not each.person and each.noun:
        return ""
    clause = sentence.between(sentence.start, number.begin)
    begin = sentence.start + max([0, *(match.end() for match in STOP.finditer(clause))])
    marks = [mark for mark in sentence.harms if begin <= mark.start and mark.stop <= number.begin]
    tolls = [mark for mark in sentence.tolls if begin <= mark.start and mark.stop <= number.begin]
    if marks:
        said = sentence.between(marks[-1].stop, number.begin)
        apart = each.person and (sentence.words.find("clause", said) or _is_subject(each, sentence))
        return "" if apart else marks[-1].value
    if tolls:
        return each.before.harm if each.before and each.before.harm else "killed"
    end = min(following.begin if following else sentence.stop, sentence.stop)
    stop = STOP.search(sentence.text.plain, number.stop, end)
    end = stop.start() if stop else end
    marks = [mark for mark in sentence.harms if number.stop <= mark.start and mark.stop <= end]
    marks = [
        mark
        for mark in marks
        if not _owned(mark, sentence, following) and not _is_object(mark, number, sentence)
    ]
    if marks and _is_other_clause(number, marks[0], sentence):
        return ""
    if marks and each.person:
        return marks[0].value
    return _attributed_harm(each, sentence) or _listed_harm(each, sentence)


def _listed_harm(each: Statement, sentence: Sentence) -> str:
    """The harm of the number before in a list: "rebels, 51 killed; the army, 29; police, 6"."""
    number, before = each.number, each.before
    if each.person or each.noun or not before or before.number not in sentence.numbers:
        return ""
    lead = sentence.between(before.number.stop, number.begin)
    opens = [mark.end() for mark in STOP.finditer(lead)]
    item = lead[opens[-1] :] if len(opens) == 1 else ""
    ends = re.match(r"\s*(?:[;؛.]|$)", sentence.between(number.stop, sentence.stop))
    short = 1 <= len(re.findall(r"\w+", item)) <= 5
    return before.harm if ends and short and re.search(r"[,،:]\s*$", item) else ""


def _is_other_clause(number: Number, harm: Mark, sentence: Sentence) -> bool:
    """Whether "and" between a number and a word of harm joins clauses, not nouns."""
    words, plain = sentence.words, sentence.text.plain
    breaks = words.find("break", plain, number.stop, harm.stop)
    if not breaks or words.language == "ar":  # its verb comes first
        return bool(breaks)
    return bool(words.find("auxiliary", plain, number.stop, breaks[0].start))


def _attributed_harm(each: Statement, sentence: Sentence) -> str:
    """The harm of the number before, where a bare one is said of it.

    Somebody is responsible for so many, states another number, or "it was 12 the day before".
    """
    plain = sentence.text.plain
    stops = STOP.finditer(plain, sentence.start, each.number.begin)
    begin = max([sentence.start, *(match.end() for match in stops)])
    harms = any(begin <= mark.start for mark in sentence.harms)
    if each.person or each.noun or harms or not each.before:
        return ""
    span = plain, begin, sentence.stop
    said = any(sentence.words.find(kind, *span) for kind in ("attributed", "said", "it_is"))
    return each.before.harm if said else ""
