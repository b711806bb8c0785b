"""Who says so, how people were harmed and by whom, where a sentence states it plainly.

A source is whom the sentence cites. "In air strikes", "by the regime forces": a known word of cause
behind a preposition or before the verb, a known actor behind "killed by". A sentence with two
causes, or two actors, states neither of a number plainly; what is not plain stays empty.
"""

import re
from collections.abc import Iterator

from analysis.draft.numbers import Number
from analysis.draft.sentence import Sentence, Statement, counting
from analysis.draft.words import Mark, count_words

_REACH = 3
"""So many words may stand between a preposition and its cause: "in a series of air strikes"."""

_ADJECTIVE = 10
"""So many letters may stand between a cause and its actor: "artillery shelling by the army"."""


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


def find_causes(made: list[Statement], sentence: Sentence) -> None:
    """Cause and actor of each number of a sentence that counts people."""
    counts = counting(made)
    for each in counts:
        start, stop = sentence.clause(each.number.start)
        kin = (each, each.inside)
        others = [o.number for o in counts if o not in kin and o.inside is not each]
        marks = _causes(start, stop, sentence)
        causes = {mark.value for mark in marks if _is_of(mark, each.number, others, sentence)}
        actors = {*_actors_behind(each, stop, sentence)} or {*_subject(each, start, sentence)}
        if len(causes) == 1:
            each.cause = causes.pop()
        if len(actors) == 1:
            each.attributed = actors.pop()
        elif each.inside and not actors:
            each.attributed = each.inside.attributed


def _is_of(mark: Mark, number: Number, others: list[Number], sentence: Sentence) -> bool:
    """Whether a cause is said of a number, not of another one before it or after its verb.

    Behind a comma it is that of all: "9 were killed and 30 hurt, in the shelling of the town".
    """
    if mark.start < number.start:
        return not any(other.stop <= mark.start for other in others)
    between = [other for other in others if number.stop <= other.start and other.stop <= mark.start]
    if between and re.search("[,،]", sentence.between(between[-1].stop, mark.start)):
        return True
    verbs = [harm for harm in sentence.harms if number.stop <= harm.start]
    return not any(verb.stop <= other.begin for other in between for verb in verbs)


def _causes(start: int, stop: int, sentence: Sentence) -> Iterator[Mark]:
    """The words of cause by which people were harmed: behind a preposition, or before the verb."""
    for mark in sentence.find("cause", start, stop):
        led = sentence.find("harmed_in", start, mark.start)
        gap = sentence.between(led[-1].stop, mark.start) if led else ";"
        near = count_words(gap) <= _REACH and not re.search(r"[,،:;]", gap)
        subject = any(0 < each.start - mark.stop <= 2 for each in sentence.harms)
        joined = sentence.text.plain[mark.start] in "بل"  # in Arabic
        if near or subject or joined:
            yield mark


def _actors_behind(each: Statement, stop: int, sentence: Sentence) -> Iterator[str]:
    """Those behind "killed by", where no other word of harm stands between them and a number."""
    number = each.number
    shares = [other.start for other in sentence.numbers if other.reason == "a share"]
    for mark in _authors(number.stop, stop, sentence):
        if any(number.stop <= share < mark.start for share in shares):
            continue  # "93 percent of them caused by the government"
        harms = [harm for harm in sentence.harms if number.begin <= harm.start < mark.start]
        if len(harms) > 1 or not any(harm.stop <= mark.start for harm in sentence.harms):
            continue
        ends = [other.begin for other in sentence.numbers if other.begin > mark.stop]
        ends += [time.start for time in sentence.times if time.start > mark.stop]
        behind = sentence.between(mark.stop, min([stop, *ends]))
        yield from _actor(mark.stop, re.match(r"[^,،;:.\"«»()]*", behind)[0], sentence)
        if not sentence.numbered(number.stop, mark.start):
            return  # the others are those of other numbers


def _authors(start: int, stop: int, sentence: Sentence) -> list[Mark]:
    """The words behind which an actor stands; in Arabic also a letter: shelling "l-" the army."""
    causes = sentence.find("cause", start, stop)
    joined = [
        Mark(actor.start, actor.start + 1, "")
        for actor in sentence.find("actor", start, stop)
        if sentence.text.plain[actor.start] == "ل"
        and any(0 <= actor.start - cause.stop <= _ADJECTIVE for cause in causes)
    ]
    return sorted([*sentence.find("author", start, stop), *joined])


def _subject(each: Statement, start: int, sentence: Sentence) -> Iterator[str]:
    """Those of whom a verb of harm is said that has a number as its object: "the army killed 9".

    In Arabic they may stand between the verb and the number.
    """
    words, begin = sentence.words, each.number.begin
    harms = [mark for mark in sentence.harms if start <= mark.start and mark.stop <= begin]
    if not harms or sentence.numbered(harms[-1].stop, begin):
        return
    *earlier, verb = harms
    between = sentence.between(verb.stop, begin)
    if between.strip():
        if words.language == "ar" and not re.search("[,،:]", between):
            yield from _actor(verb.stop, between, sentence)
        return
    kinds = ("said", "barrier", "break")
    stops = [mark.stop for kind in kinds for mark in sentence.find(kind, start, verb.start)]
    stops += [mark.stop for mark in earlier]
    stops += [other.stop for other in sentence.numbers if start <= other.stop <= verb.start]
    lead = sentence.between(start, verb.start)
    stops += [start + sign.end() for sign in re.finditer(r"[,،:\"«»()]", lead)]
    first = max([start, *stops])
    lead = sentence.between(first, verb.start)
    helper = re.search(rf"\s(?:{words.plain_pattern('auxiliary')})?\s*$", lead)
    if helper and not sentence.text.before("passive", verb.start, first):
        yield from _actor(first, lead[: helper.start()], sentence)


def _actor(start: int, stretch: str, sentence: Sentence) -> Iterator[str]:
    """An actor as the text names it, without article, where its words tell that it is one."""
    words = sentence.words
    if closing := words.find("actor_end", stretch):
        stretch = stretch[: closing[0].start]
    article = re.match(rf"\s*(?:{words.plain_pattern('article')}\s*)?", stretch)
    begin, name = start + article.end(), re.sub(r"\s+و?\s*$", "", stretch[article.end() :])
    plain = not words.find("cause", name) and not words.find("harm", name)
    if plain and words.find("actor", name) and count_words(name) <= 5:
        yield sentence.text.published(begin, begin + len(name))
