"""How people were harmed and by whom, where the sentence of a number states it plainly.

"In air strikes", "by the regime forces": a known word of cause behind a preposition or before the
verb, a known actor behind "killed by". A sentence with two causes, or two actors, states neither
of a number plainly; what is not plain stays empty.
"""

import re
from collections.abc import Iterator

from analysis.draft.numbers import Number
from analysis.draft.statement import STOP, Sentence, Statement, counting
from analysis.draft.words import Mark

_REACH = 3
"""So many words may stand between a preposition and its cause: "in a series of air strikes"."""

_ADJECTIVE = 10
"""So many letters may stand between a cause and its actor: "artillery shelling by the army"."""


def find_causes(made: list[Statement], sentence: Sentence) -> None:
    """Cause and actor of each number of a sentence that counts people."""
    counts = counting(made)
    for each in counts:
        start, stop = _clause(each, sentence)
        others = [other.number for other in counts if other is not each and not _holds(each, other)]
        marks = _causes(start, stop, sentence)
        causes = {mark.value for mark in marks if _is_of(mark, each, others, sentence)}
        actors = {*_actors_behind(each, stop, sentence)} or {*_subject(each, start, sentence)}
        if len(causes) == 1:
            each.cause = causes.pop()
        if len(actors) == 1:
            each.attributed = actors.pop()
        elif each.inside and not actors:
            each.attributed = each.inside.attributed


def _holds(each: Statement, other: Statement) -> bool:
    """Whether one of two numbers is said to be part of the other."""
    return each.inside is other or other.inside is each


def _is_of(mark: Mark, each: Statement, others: list[Number], sentence: Sentence) -> bool:
    """Whether a cause is said of a number, not of another one before it or after its verb.

    Behind a comma it is that of all: "9 were killed and 30 hurt, in the shelling of the town".
    """
    number = each.number
    if mark.start < number.start:
        return not any(other.stop <= mark.start for other in others)
    between = [other for other in others if number.stop <= other.start and other.stop <= mark.start]
    if between and re.search("[,،]", sentence.between(between[-1].stop, mark.start)):
        return True
    verbs = [harm for harm in sentence.harms if number.stop <= harm.start]
    return not any(verb.stop <= other.begin for other in between for verb in verbs)


def _clause(each: Statement, sentence: Sentence) -> tuple[int, int]:
    """Where the part of the sentence between semicolons is that a number stands in."""
    found = STOP.finditer(sentence.text.plain, sentence.start, sentence.stop)
    stops = [mark.start() for mark in found]
    begin = max([sentence.start, *(stop + 1 for stop in stops if stop < each.number.start)])
    return begin, min([sentence.stop, *(stop for stop in stops if stop > each.number.start)])


def _causes(start: int, stop: int, sentence: Sentence) -> Iterator[Mark]:
    """The words of cause by which people were harmed: behind a preposition, or before the verb."""
    words, plain = sentence.words, sentence.text.plain
    for mark in words.find("cause", plain, start, stop):
        lead = plain[start : mark.start]
        led = words.find("harmed_in", lead)
        near = led and len(re.findall(r"\w+", lead[led[-1].stop :])) <= _REACH
        near = near and not re.search(r"[,،:;]", lead[led[-1].stop :])
        subject = any(0 < each.start - mark.stop <= 2 for each in sentence.harms)
        joined = words.language == "ar" and plain[mark.start] in "بل"
        if near or subject or joined:
            yield mark


def _actors_behind(each: Statement, stop: int, sentence: Sentence) -> Iterator[str]:
    """Those behind "killed by", where no other word of harm stands between them and a number."""
    plain, number = sentence.text.plain, each.number
    for mark in _authors(number.stop, stop, sentence):
        shares = [each for each in sentence.numbers if each.reason == "a share"]
        if any(number.stop <= share.start < mark.start for share in shares):
            continue  # "93 percent of them caused by the government"
        harms = [harm for harm in sentence.harms if number.begin <= harm.start < mark.start]
        if len(harms) > 1 or not any(harm.stop <= mark.start for harm in sentence.harms):
            continue
        ends = [other.begin for other in sentence.numbers if other.begin > mark.stop]
        ends += [time.start for time in sentence.times if time.start > mark.stop]
        said = re.match(r"[^,،;:.\"«»()]*", plain[mark.stop : min([stop, *ends])])[0]
        yield from _name(mark.stop, said, sentence)
        if not sentence.numbered(number.stop, mark.start):
            return  # the others are those of other numbers


def _authors(start: int, stop: int, sentence: Sentence) -> list[Mark]:
    """The words behind which an actor stands; in Arabic also a letter: shelling "l-" the army."""
    words, plain = sentence.words, sentence.text.plain
    found = words.find("author", plain, start, stop)
    if words.language == "ar":
        causes = words.find("cause", plain, start, stop)
        found += [
            Mark(actor.start, actor.start + 1, "")
            for actor in words.find("actor", plain, start, stop)
            if plain[actor.start] == "ل"
            and any(0 <= actor.start - cause.stop <= _ADJECTIVE for cause in causes)
        ]
    return sorted(found)


def _subject(each: Statement, start: int, sentence: Sentence) -> Iterator[str]:
    """Those of whom a verb of harm is said that has a number as its object: "the army killed 9".

    In Arabic they may stand between the verb and the number.
    """
    words, plain, begin = sentence.words, sentence.text.plain, each.number.begin
    harms = [mark for mark in sentence.harms if start <= mark.start and mark.stop <= begin]
    if not harms or sentence.numbered(harms[-1].stop, begin):
        return
    verb = harms[-1]
    between = plain[verb.stop : begin]
    if between.strip():
        if words.language == "ar" and not re.search("[,،:]", between):
            yield from _name(verb.stop, between, sentence)
        return
    lead = plain[start : verb.start]
    stops = [mark.stop for kind in ("said", "barrier", "break") for mark in words.find(kind, lead)]
    stops += [mark.stop - start for mark in harms[:-1]]
    stops += [other.stop - start for other in sentence.numbers if start <= other.stop <= verb.start]
    stops += [found.end() for found in re.finditer(r"[,،:\"«»()]", lead)]
    first = start + max([0, *stops])
    helper = re.search(rf"\s(?:{words.plain_pattern('auxiliary')})?\s*$", plain[first : verb.start])
    passive = words.before("passive", plain, verb.start, first)
    if helper and not passive:
        yield from _name(first, plain[first : first + helper.start()], sentence)


def _name(start: int, said: str, sentence: Sentence) -> Iterator[str]:
    """An actor as the text names it, without article, where its words tell that it is one."""
    words = sentence.words
    closing = words.find("actor_end", said)
    said = said[: closing[0].start] if closing else said
    article = re.match(rf"\s*(?:{words.plain_pattern('article')}\s*)?", said)
    begin, name = start + article.end(), re.sub(r"\s+و?\s*$", "", said[article.end() :])
    plain = not words.find("cause", name) and not words.find("harm", name)
    if plain and words.find("actor", name) and len(re.findall(r"\w+", name)) <= 5:
        yield sentence.text.raw[slice(*sentence.text.span(begin, begin + len(name)))]
