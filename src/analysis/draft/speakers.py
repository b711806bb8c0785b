"""Who says so: whom the sentence of a number cites."""

import re

from analysis.draft.statement import Sentence, Statement, counting


def find_cited(made: list[Statement], sentence: Sentence) -> None:
    """Whom the sentence of each number names as saying it."""
    names = _speakers(sentence)
    for each in counting(made):
        if names:
            each.cited = min(names, key=lambda name: abs(name[0] - each.number.start))[1]


def _speakers(sentence: Sentence) -> list[tuple[int, str]]:
    """Where somebody is cited in a sentence, and the name as it stands there."""
    words, plain = sentence.words, sentence.text.plain
    found = []
    for mark in words.find("according", plain, sentence.start, sentence.stop):
        found.append((mark.start, _name_after(mark.stop, sentence)))
    for mark in words.find("said", plain, sentence.start, sentence.stop):
        lead = sentence.between(sentence.start, mark.start)
        name = _name_before(lead, mark.start, sentence)
        if words.exactly("subject", name):
            continue
        if words.exactly("subject", name.lower()):
            continue
        if words.language == "ar":  # the verb comes first, but for "had announced"
            had = plain.startswith("قد", mark.start)
            name = name.partition(" ")[2] if had else ""
        found.append((mark.start, name or _name_after(mark.stop, sentence)))
    headline = re.match(r"([^\d:،,]{2,40}?)\s*:\s", sentence.text.raw)
    if sentence.start == 0 and headline and words.find("speaker", headline[1].lower()):
        found.append((0, headline[1].strip()))
    return [each for each in found if each[1]]


def _name_before(lead: str, stop: int, sentence: Sentence) -> str:
    """The words before "said", back to a comma; none where it follows one directly."""
    said = re.split(r"[,;:\"«»]|\s-\s", lead)[-1]
    name = said.strip()
    start = stop - len(said) + (len(said) - len(said.lstrip()))
    return _name(start, name, sentence)


def _name(start: int, name: str, sentence: Sentence) -> str:
    """A name as it stands in the published text, without adverbs at its end."""
    while last := sentence.words.before("adverb", name, len(name)):
        name = name[: last.start].strip()
    if not name:
        return ""
    return sentence.text.raw[slice(*sentence.text.span(start, start + len(name)))].strip()


def _name_after(start: int, sentence: Sentence) -> str:
    """The words after "according to" or a verb, up to a comma, a day, a number or "that"."""
    limits = [sentence.stop, *(each.start for each in sentence.times if each.start > start + 2)]
    limits += [each.begin for each in sentence.numbers if each.begin > start]
    stops = sentence.words.find("stop", sentence.text.plain, start, sentence.stop)
    limits += [mark.start for mark in stops]
    for time in sentence.times:  # a day between the verb and the name
        if 0 <= time.start - start <= 2:
            start = time.stop
    limits += [mark.start for mark in sentence.harms if mark.start > start]
    said = re.match(r"[^,،;؛:.\"«»()]*", sentence.between(start, min(limits)))[0]
    name = said.strip()
    if len(name) < 2:
        return ""
    found = _name(start + said.index(name), name, sentence)
    return re.sub("^لل", "ال", found)  # "according" takes the article in
