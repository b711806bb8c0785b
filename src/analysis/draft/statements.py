"""What a text says with each of its numbers: what happened, to whom, when, and who says so.

Nothing is understood here. Known words near a number are weighed: the word that is joined to it
first, then what it shares with the number before or after it in a list, then what else its
sentence says. All of it is a proposal for a person to confirm.
"""

import re
from dataclasses import dataclass
from datetime import date

from analysis.draft.numbers import Number, find_qualified
from analysis.draft.windows import Time, find_times
from analysis.draft.words import Lexicon, Mark, Text, guess_language, lexicon, read_text, sentences

_CLOSE = re.compile(r"[,،:()\"«»]|\s-\s|-\s|\s-")
_STOP = re.compile(r"[;؛]")


@dataclass(eq=False)
class Statement:
    """A number with what its words seem to say; ``reason`` says why it is no count of people.

    ``inside`` is the number that this one is said to be part of.
    """

    number: Number
    paragraph: int
    harm: str = ""
    group: str | None = None
    inside: "Statement | None" = None
    first: date | None = None
    last: date | None = None
    cited: str = ""
    reason: str = ""
    noun: str = ""
    event: date | None = None
    stated: bool = False
    person: bool = False
    linked: "Statement | None" = None
    before: "Statement | None" = None


@dataclass
class _Sentence:
    """A sentence: where it stands, and the known words in it."""

    text: Text
    words: Lexicon
    start: int
    stop: int
    numbers: list[Number]
    times: list[Time]
    harms: list[Mark]
    tolls: list[Mark]

    def between(self, start: int, stop: int) -> str:
        return self.text.plain[start:stop]

    def closed(self, start: int, stop: int, kind: str = "break") -> bool:
        """Whether a comma, a dash or a word such as "and" stands in between, or one of a kind."""
        said = self.between(start, stop)
        closing = _CLOSE.search(said) or _STOP.search(said)
        return bool(closing or self.words.find("break", said) or self.words.find(kind, said))

    def numbered(self, start: int, stop: int) -> bool:
        return any(start <= each.start and each.stop <= stop for each in self.numbers)


def read_statements(raw: str, published: date) -> tuple[str, list[Statement]]:
    """The language of a text, and a statement for each of its numbers, in its order."""
    text = read_text(raw)
    language = guess_language(text.plain)
    words = lexicon(language)
    times = find_times(text, published, language)
    numbers = find_qualified(text, times, language)
    found: list[Statement] = []
    for paragraph, start, stop in sentences(text):
        sentence = _Sentence(
            text,
            words,
            start,
            stop,
            [each for each in numbers if start <= each.start < stop],
            [each for each in times if start <= each.start < stop],
            [each for each in words.find("harm", text.plain, start, stop) if each.value != "?"],
            words.find("toll", text.plain, start, stop),
        )
        earlier = [each for each in found if each.paragraph == paragraph]
        made = [Statement(each, paragraph) for each in sentence.numbers]
        _find_harms(made, sentence, earlier)
        _find_windows(made, sentence, earlier, published)
        _find_cited(made, sentence)
        found += made
    return language, found


# What happened, to whom


def _find_harms(made: list[Statement], sentence: _Sentence, earlier: list[Statement]) -> None:
    """Harm and group of each number of a sentence; a reason where it counts nobody harmed."""
    counted: list[Statement] = []
    for each in made:
        each.reason = each.number.reason or _find_noun(each, sentence)
    people = [each for each in made if not each.reason]
    for at, each in enumerate(people):
        following = people[at + 1].number if at + 1 < len(people) else None
        each.harm = _joined_harm(each, sentence, following)
        before = counted or earlier_counts(earlier)
        each.before = (before[-1].inside or before[-1]) if before else None
        _link(each, sentence, before, bool(counted))
        each.harm = each.harm or (each.linked.harm if each.linked else "")
        each.harm = each.harm or _loose_harm(each, sentence, following)
        counted.append(each)
    for each in reversed(counted):
        if each.linked and not each.linked.harm:
            each.linked.harm = each.harm
    for each in counted:
        _settle(each, sentence)


def earlier_counts(statements: list[Statement]) -> list[Statement]:
    """Those of some statements that count people."""
    return [each for each in statements if each.harm and not each.reason]


def _find_noun(each: Statement, sentence: _Sentence) -> str:
    """Whom a number counts by the words after it; gives the reason where it counts no people."""
    words, number = sentence.words, each.number
    plain, start = sentence.text.plain, number.start
    start -= plain[start - 1 : start] in ("و", "ف")  # so that a dual is seen with what is joined
    things = number.stop
    if words.exactly("one_after", plain[start : number.stop]):
        start = things = plain.rfind(" ", sentence.start, start - 1) + 1
    ends = [each.begin for each in sentence.numbers if each.begin > number.start]
    if reason := _reason_around(number, start, ends, sentence):
        return reason
    ends += [each.start for each in sentence.times if each.start > number.start]
    end = min([sentence.stop, *ends])
    after = re.match(r"[^,،;؛:.()]*", plain[number.stop : end])[0]
    near = number.stop + len(" ".join(after.split(" ")[:7]))
    kinds = ("group", "thing", "harm")
    marks = [(mark, kind) for kind in kinds for mark in words.find(kind, plain, start, near)]
    marks = [pair for pair in marks if pair[1] != "thing" or pair[0].start >= things]
    place, seen = number.stop, False
    for mark, kind in sorted(marks, key=lambda pair: (pair[0].start, -pair[0].stop)):
        gap = _known_gone(plain[place : mark.start], words)
        unknown = len(re.findall(r"\w+", gap))
        verbal = kind == "harm" and unknown and gap.strip() != plain[place : mark.start].strip()
        if words.find("no_noun", gap) or unknown > (not seen) or verbal:
            break
        if kind == "thing" and not seen:
            return f"counts {sentence.text.raw[slice(*sentence.text.span(mark.start, mark.stop))]}"
        if kind == "group":
            each.person, each.group = True, mark.value
        if each.group:
            break
        place, seen = max(place, mark.stop), True
    left = re.findall(r"[^\W\d]+", _known_gone(after, words))
    if left and not seen and not words.exactly("no_noun", left[0]):
        each.noun = left[0]
    return ""


def _reason_around(number: Number, start: int, ends: list[int], sentence: _Sentence) -> str:
    """Why a number counts no people, by the word before it or up to the next number."""
    words, plain = sentence.words, sentence.text.plain
    for kind, reason in (("age", "an age"), ("never", "no number"), ("base", "a share")):
        if words.before(kind, plain, start, sentence.start):
            return reason
    if ends and words.exactly("ratio", plain[number.stop : ends[0]]):
        return "a share"
    return "an age" if _is_age(number, sentence.text) else ""


def _is_age(number: Number, text: Text) -> bool:
    """Whether a number stands between commas after a name: "Adam Saleh, 52"."""
    start, stop = text.span(number.start, number.stop)
    named = re.search(r"[A-ZÀ-Ý][\w'’-]+,\s$", text.raw[max(0, start - 30) : start])
    ends = re.match(r"\s*(?:[,.;)]|$)", text.raw[stop : stop + 3])
    return bool(named and ends and number.qualifier == "exact" and number.values[0] < 110)


def _known_gone(said: str, words: Lexicon) -> str:
    """Words without those that may stand before a noun."""
    for mark in words.find("skip", said):
        said = said[: mark.start] + " " * (mark.stop - mark.start) + said[mark.stop :]
    return said


def _joined_harm(each: Statement, sentence: _Sentence, following: Number | None) -> str:
    """The harm whose word is joined to a number: "killed 14", "14 people were killed"."""
    number, reach = each.number, 0 if each.noun and not each.person else 6
    limit = following.begin if following else sentence.stop
    right = [mark for mark in sentence.harms if number.start <= mark.start < limit]
    right = [mark for mark in right if not _owned(mark, sentence, following)]
    left = [mark for mark in sentence.harms if mark.stop <= number.begin]
    costs = []
    if left and not sentence.closed(left[-1].stop, number.begin, "clause"):
        distance = _distance(sentence, left[-1].stop, number.begin)
        if not sentence.numbered(left[-1].stop, number.begin) and distance <= reach:
            costs.append((distance - (distance == 0), 0, left[-1].value))
    if right and not sentence.closed(number.stop, right[0].start, "clause_after"):
        distance = _distance(sentence, number.stop, right[0].start)
        if distance <= 8:
            costs.append((max(distance, 0), 1, right[0].value))
    return min(costs)[2] if costs else ""


def _owned(mark: Mark, sentence: _Sentence, following: Number | None) -> bool:
    """Whether a word of harm has the next number as its object."""
    if following is None or sentence.closed(mark.stop, following.begin):
        return False
    return _distance(sentence, mark.stop, following.begin) == 0


def _distance(sentence: _Sentence, start: int, stop: int) -> int:
    return len(re.findall(r"\w+", sentence.between(start, stop)))


def _link(each: Statement, sentence: _Sentence, before: list[Statement], same: bool) -> None:
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
    elif same and not _STOP.search(lead):
        listed = _distance(sentence, last.number.stop, number.begin) <= 4
        verbs = [mark for mark in words.find("harm", lead) if re.search(r"\w", lead[: mark.start])]
        bare = not each.person and not each.noun
        if (listed and not verbs) or (bare and not each.harm):
            each.linked, each.inside = last, last.inside


def _loose_harm(each: Statement, sentence: _Sentence, following: Number | None) -> str:
    """The harm that a sentence speaks of before a number, or up to the next one after it."""
    number = each.number
    if not each.person and each.noun:
        return ""
    clause = sentence.between(sentence.start, number.begin)
    begin = sentence.start + max([0, *(match.end() for match in _STOP.finditer(clause))])
    marks = [mark for mark in sentence.harms if begin <= mark.start and mark.stop <= number.begin]
    tolls = [mark for mark in sentence.tolls if begin <= mark.start and mark.stop <= number.begin]
    if marks:
        said = sentence.between(marks[-1].stop, number.begin)
        apart = each.person and sentence.words.find("clause", said)
        return "" if apart else marks[-1].value
    if tolls:
        return "killed"
    end = min(following.begin if following else sentence.stop, sentence.stop)
    stop = _STOP.search(sentence.text.plain, number.stop, end)
    end = stop.start() if stop else end
    marks = [mark for mark in sentence.harms if number.stop <= mark.start and mark.stop <= end]
    marks = [mark for mark in marks if not _owned(mark, sentence, following)]
    return marks[0].value if marks and each.person else ""


def _settle(each: Statement, sentence: _Sentence) -> None:
    """Decide the group, and that what has no harm is no count."""
    if each.harm in ("", "-"):
        said = each.noun or each.group
        each.reason = f"counts {said}, no harm is said" if said else "no word of harm is near"
        each.harm, each.inside = "", None
        return
    if each.inside and each.inside.reason:
        each.inside = None
    after = sentence.between(each.number.stop, each.number.stop + 20)
    others = sentence.words.find("other", after)
    if each.noun and not each.person:
        each.group = each.noun
    elif each.group is None or (each.group == "" and others):
        each.group = _shared_group(each, sentence, bool(others))


def _shared_group(each: Statement, sentence: _Sentence, others: bool) -> str:
    """The group beside the word of harm before a number, else that of the number before it."""
    marks = [mark for mark in sentence.harms if mark.stop <= each.number.begin]
    if marks and not sentence.numbered(marks[-1].stop, each.number.begin):
        near = sentence.text.plain[max(marks[-1].start - 20, sentence.start) : marks[-1].stop + 15]
        groups = [mark.value for mark in sentence.words.find("group", near) if mark.value]
        if groups and sentence.tolls:
            return groups[0]
    if each.linked:
        return each.linked.group or ""
    near = each.before and (others or each.before.number in sentence.numbers)
    return (each.before.group or "") if near else ""


# When


def _find_windows(
    made: list[Statement], sentence: _Sentence, earlier: list[Statement], published: date
) -> None:
    """First and last day of each number of a sentence that counts people."""
    counts = earlier_counts(made)
    times = [each for each in sentence.times if not _of_saying(each, sentence)]
    owners = {id(each): _owner(each, counts, sentence) for each in times}
    event = next((each.event for each in earlier_counts(earlier) if each.event), None)
    leading = [each for each in times if not counts or each.start < counts[0].number.start]
    shared = leading[-1:] or [each for each in times if each.day is False][-1:]
    if not sentence.tolls:
        shared = shared or times[-1:]
    for each in counts:
        own = [time for time in times if owners[id(time)] is each]
        chain = each.linked or each.inside
        said = own or shared
        each.stated = bool(said)
        each.event = said[0].first if said and said[0].day else None
        if own:
            each.first, each.last = _days(own[0], sentence, True, leading, published)
        elif each.inside and chain in counts:
            each.first, each.last = chain.first, chain.last
        elif shared:
            each.first, each.last = _days(shared[0], sentence, False, leading, published)
        else:
            each.first, each.last = event, published


def _days(
    time: Time, sentence: _Sentence, own: bool, leading: list[Time], published: date
) -> tuple[date | None, date]:
    """The days of a time; a toll runs from the day of its event, or ends on a day of its own."""
    tolls = [mark for mark in sentence.tolls if not own or mark.start < time.start]
    if not tolls or not time.day:
        return time.first, time.last
    if own and time not in leading:
        return (leading[-1].first if leading else None), time.last
    return time.first, published


def _owner(time: Time, counts: list[Statement], sentence: _Sentence) -> Statement | None:
    """The number that a time stands with: the one before it, or the one after "and on Monday"."""
    before = [each for each in counts if each.number.stop <= time.start]
    after = [each for each in counts if each.number.start >= time.stop]
    if not before:
        return None
    if not after:
        return before[-1]
    if not sentence.closed(before[-1].number.stop, time.start):
        return before[-1]
    return None if sentence.closed(time.stop, after[0].number.begin) else after[0]


def _of_saying(time: Time, sentence: _Sentence) -> bool:
    """Whether a day is that on which somebody said so."""
    if not time.day:
        return False
    words, plain = sentence.words, sentence.text.plain
    if plain.startswith("'s", time.stop):
        return False
    said = words.find("said", plain, sentence.start, sentence.stop)
    cited = said + words.find("according", plain, sentence.start, time.start)
    after = [sentence.between(mark.stop, time.start) for mark in cited if mark.stop <= time.start]
    before = [sentence.between(time.stop, mark.start) for mark in said if mark.start >= time.stop]
    opens = not re.search(r"\w{4}", sentence.between(sentence.start, time.start))
    near = [between for between in after if not re.search("[,،]", between)]
    near += [between for between in before if opens or not re.search("[,،]", between)]
    return any(_is_saying(between, words) for between in near)


def _is_saying(between: str, words: Lexicon) -> bool:
    """Whether a few words between a verb and a day let the day belong to the verb."""
    barred = words.find("barrier", between) or words.find("harm", between)
    return len(re.findall(r"\w+", between)) <= 4 and not barred and not re.search(r"\d", between)


# Who says so


def _find_cited(made: list[Statement], sentence: _Sentence) -> None:
    """Whom the sentence of each number names as saying it."""
    names = _speakers(sentence)
    for each in earlier_counts(made):
        if names:
            each.cited = min(names, key=lambda name: abs(name[0] - each.number.start))[1]


def _speakers(sentence: _Sentence) -> list[tuple[int, str]]:
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


def _name_before(lead: str, stop: int, sentence: _Sentence) -> str:
    """The words before "said", back to a comma; none where it follows one directly."""
    said = re.split(r"[,;:\"«»]|\s-\s", lead)[-1]
    name = said.strip()
    start = stop - len(said) + (len(said) - len(said.lstrip()))
    return _name(start, name, sentence)


def _name(start: int, name: str, sentence: _Sentence) -> str:
    """A name as it stands in the published text, without adverbs at its end."""
    while last := sentence.words.before("adverb", name, len(name)):
        name = name[: last.start].strip()
    if not name:
        return ""
    return sentence.text.raw[slice(*sentence.text.span(start, start + len(name)))].strip()


def _name_after(start: int, sentence: _Sentence) -> str:
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
