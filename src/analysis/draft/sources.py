"""Who says so: whom the sentence of a number cites."""

import re
from collections.abc import Iterator

from analysis.draft.sentence import Sentence, Statement, counting
from analysis.draft.words import Mark


def find_cited(made: list[Statement], sentence: Sentence) -> None:
    """Whom the sentence of each number names as saying it: the nearest of those it cites."""
    cited = [(at, name) for at, name in _speakers(sentence) if name]
    for each in counting(made) if cited else ():
        each.cited = min(cited, key=lambda pair: abs(pair[0] - each.number.start))[1]


def _speakers(sentence: Sentence) -> Iterator[tuple[int, str]]:
    """Where somebody is cited in a sentence, and the name as it stands there."""
    words = sentence.words
    for mark in sentence.find("according"):
        yield mark.start, _name_after(mark.stop, sentence)
    for mark in sentence.find("said"):
        name = _name_before(mark, sentence)
        pronoun = any(each.start == 0 for each in words.find("subject", name.lower()))
        toll = words.find("toll", name.lower())  # an earlier toll put the dead at 12
        if pronoun or toll or sentence.before("passive", mark.start):
            continue
        if words.language == "ar":  # the verb comes first, but for "had announced"
            had = sentence.text.plain.startswith("قد", mark.start)
            name = name.partition(" ")[2] if had else ""
        yield mark.start, name or _name_after(mark.stop, sentence)
    headline = re.match(r"([^\d:،,]{2,40}?)\s*:\s", sentence.text.raw)
    if sentence.start == 0 and headline and words.find("speaker", headline[1].lower()):
        yield 0, headline[1].strip()


def _name_before(verb: Mark, sentence: Sentence) -> str:
    """The words before a verb of saying, back to a comma, a number, a day or another such verb."""
    marks = sentence.find("said", sentence.start, verb.start)
    ends = [each.stop for each in [*sentence.numbers, *sentence.times, *marks]]
    start = max([sentence.start, *(stop for stop in ends if stop <= verb.start)])
    lead = sentence.between(start, verb.start)
    name = re.split(r"[,;:\"«»]|\s-\s", lead)[-1]
    if not name.strip():  # the governor, Sami Tal, said
        inserted = re.search(r"[^,;:\"«»\d]+,[^,;:\"«»\d]+(?=,\s*$)", lead)
        name = lead[inserted.start() :] if inserted else name
    start = verb.start - len(name.lstrip())
    return _name(start, name.strip(" ,"), sentence)


def _name(start: int, name: str, sentence: Sentence) -> str:
    """A name as it stands in the published text, without adverbs at its end."""
    while last := sentence.words.before("adverb", name, len(name)):
        name = name[: last.start].strip()
    return sentence.text.published(start, start + len(name)).strip() if name else ""


def _behind_document(start: int, sentence: Sentence) -> int:
    """Where the name begins behind "a new toll released by"; else the same place."""
    near = re.match(r"(?:\s*[^\W\d]+){1,7}", sentence.between(start, sentence.stop))
    stop = start + (near.end() if near else 0)
    documents = sentence.find("document", start, stop)
    by = sentence.find("by", documents[0].stop, stop) if documents else []
    return by[0].stop if by else start


def _name_after(start: int, sentence: Sentence) -> str:
    """The words after "according to" or a verb, up to a comma, a day, a number or "that"."""
    start = _behind_document(start, sentence)
    limits = [sentence.stop, *(each.start for each in sentence.times if each.start > start + 2)]
    limits += [each.begin for each in sentence.numbers if each.begin > start]
    limits += [
        mark.start
        for mark in sentence.find("stop", start)
        if not sentence.text.plain.startswith("لل", mark.start)  # for documenting, in a name
    ]
    for time in sentence.times:  # a day between the verb and the name
        if 0 <= time.start - start <= 2:
            start = time.stop
    limits += [mark.start for mark in sentence.harms if mark.start > start]
    stretch = re.match(r"[^,،;؛:.\"«»()]*", sentence.between(start, min(limits)))[0]
    name = stretch.strip()
    if len(name) < 2:
        return ""
    found = _name(start + stretch.index(name), name, sentence)
    return re.sub("^لل", "ال", found)  # "according" takes the article in
