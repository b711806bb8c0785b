"""Which group a number counts, where its own words do not say it."""

from analysis.draft.statement import Sentence, Statement
from analysis.draft.words import Mark


def settle(each: Statement, sentence: Sentence) -> None:
    """Decide the group, and that what has no harm is no count."""
    if each.harm in ("", "-"):
        said = each.noun or each.group
        each.reason = f"counts {said}, no harm is said" if said else "no word of harm is near"
        each.harm, each.inside = "", None
        return
    whole = each.inside
    if whole and whole.reason:
        each.inside = None
    after = sentence.between(each.number.stop, each.number.stop + 20)
    before = sentence.words.before("other", sentence.text.plain, each.number.begin)
    others = before or sentence.words.find("other", after)
    more = sentence.words.find("more", after)
    if each.noun and not each.person:
        each.group = each.noun
    elif each.group is None or (each.group == "" and others):
        each.group = _shared_group(each, sentence, bool(others or (more and each.group is None)))
    elif each.group == "" and whole and sentence.words.find("person", after):
        each.group = whole.group or ""  # "37 of them"


def _shared_group(each: Statement, sentence: Sentence, others: bool) -> str:
    """The group beside the word of harm before a number, else that of the number before it."""
    marks = [mark for mark in sentence.harms if mark.stop <= each.number.begin]
    if marks and not sentence.numbered(marks[-1].stop, each.number.begin):
        harm, plain = marks[-1], sentence.text.plain
        near = max(harm.start - 20, sentence.start), harm.stop + 15
        groups = [
            mark.value
            for mark in sentence.words.find("group", plain, *near)
            if mark.value and not sentence.numbered(mark.stop, harm.start)
        ]
        if groups and (sentence.tolls or _is_heading(marks[-1], each, sentence)):
            return groups[0]
    if each.linked and not each.linked.reason:
        return each.linked.group or ""
    last = each.before if each.before and not each.before.reason else None
    near = last and (others or last.number in sentence.numbers)
    return (last.group or "") if near else ""


def _is_heading(harm: Mark, each: Statement, sentence: Sentence) -> bool:
    """Whether a number stands apart from the harm that it is of: "civilian deaths: 214".

    Beside it the group would be those who did it: "militants killed 14".
    """
    begin = each.number.begin
    groups = sentence.words.find("group", sentence.text.plain, harm.stop, begin)
    stop = max([harm.stop, *(mark.stop for mark in groups)])
    return sentence.distance(stop, begin) >= 1 or sentence.closed(stop, begin)
