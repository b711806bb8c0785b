"""Who says so: whom the sentence of a number cites."""

import re

from analysis.draft.statement import Sentence, Statement, counting
from analysis.draft.words import Mark


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
        lead = sentence.between(_start_of_clause(mark, sentence), mark.start)
        name = _name_before(lead, mark.start, sentence)
        if words.before("passive", plain, mark.start, sentence.start):
            continue
        if name[:1].islower() and any(m.start == 0 for m in words.find("thing", name)):
            continue
        if words.exactly("article", name.lower()) or words.find("toll", name.lower()):
            continue
        if any(mark.start == 0 for mark in words.find("subject", name.lower())):
            continue
        if words.language == "ar":  # the verb comes first, but for "had announced"
            had = plain.startswith("قد", mark.start)
            name = name.partition(" ")[2] if had else ""
        found.append((mark.start, name or _name_after(mark.stop, sentence)))
    headline = re.match(r"([^\d:،,]{2,40}?)\s*:\s", sentence.text.raw)
    if sentence.start == 0 and headline and words.find("speaker", headline[1].lower()):
        found.append((0, headline[1].strip()))
    return [each for each in found if each[1]]


def _start_of_clause(said: Mark, sentence: Sentence) -> int:
    """Where the words before a verb of saying begin: after a number, a day or another such verb."""
    marks = sentence.words.find("said", sentence.text.plain, sentence.start, said.start)
    stops = [each.stop for each in [*sentence.numbers, *sentence.times, *marks]]
    return max([sentence.start, *(stop for stop in stops if stop <= said.start)])


def _name_before(lead: str, stop: int, sentence: Sentence) -> str:
    """The words before "said", back to a comma; none where it follows one directly."""
    said = re.split(r"[,;:\"«»]|\s-\s", lead)[-1]
    if not said.strip() and "," in lead:  # the governor, Sami Tal, said
        said = "".join(re.findall(r"[^,;:\"«»\d]+,[^,;:\"«»\d]+,\s*$", lead))
        said = said and said.rstrip(", ") + " " * (len(said) - len(said.rstrip(", ")))
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


def _behind_document(start: int, sentence: Sentence) -> int:
    """Where the name begins behind "a new toll released by"; else the same place."""
    words, plain = sentence.words, sentence.text.plain
    near = re.match(r"(?:\s*[^\W\d]+){1,7}", plain[start : sentence.stop])
    stop = start + (near.end() if near else 0)
    documents = words.find("document", plain, start, stop)
    by = words.find("by", plain, documents[0].stop, stop) if documents else []
    return by[0].stop if by else start


def _name_after(start: int, sentence: Sentence) -> str:
    """The words after "according to" or a verb, up to a comma, a day, a number or "that"."""
    start = _behind_document(start, sentence)
    limits = [sentence.stop, *(each.start for each in sentence.times if each.start > start + 2)]
    limits += [each.begin for each in sentence.numbers if each.begin > start]
    stops = sentence.words.find("stop", sentence.text.plain, start, sentence.stop)
    name = "لل"  # for documenting, as in the name of a monitor
    limits += [mark.start for mark in stops if not sentence.text.plain.startswith(name, mark.start)]
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
