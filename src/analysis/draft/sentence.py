"""A number of a text with what its words seem to say, and the sentence that it stands in."""

import re
from dataclasses import dataclass
from datetime import date

from analysis.draft.dates import Time
from analysis.draft.numbers import Number
from analysis.draft.words import Lexicon, Mark, Text, count_words

_CLOSE = re.compile(r"[,،:()\"«»;؛]|\s-\s|-\s|\s-")
STOP = re.compile(r"[;؛]")


@dataclass(eq=False)
class Statement:
    """A number with what its words seem to say; ``reason`` says why it is no count of people.

    ``inside`` is the number that this one is part of, ``linked`` that with which it stands in a
    list, ``before`` the count before it; ``event`` the day of what happened, as far as it is given.
    """

    number: Number
    paragraph: int
    harm: str = ""
    group: str | None = None
    inside: "Statement | None" = None
    first: date | None = None
    last: date | None = None
    cited: str = ""
    cause: str = ""
    attributed: str = ""
    reason: str = ""
    noun: str = ""
    event: date | None = None
    stated: bool = False
    person: bool = False
    linked: "Statement | None" = None
    before: "Statement | None" = None


@dataclass
class Sentence:
    """A sentence: where it stands, and the known words in it."""

    text: Text
    start: int
    stop: int
    numbers: list[Number]
    times: list[Time]
    harms: list[Mark]
    tolls: list[Mark]

    @property
    def words(self) -> Lexicon:
        """The words that are known of its language."""
        return self.text.words

    def between(self, start: int, stop: int) -> str:
        """The plain words from one position to another."""
        return self.text.plain[start:stop]

    def find(self, kind: str, start: int | None = None, stop: int | None = None) -> list[Mark]:
        """The words of a kind in the sentence, or in a stretch of the text."""
        start = self.start if start is None else start
        return self.text.find(kind, start, self.stop if stop is None else stop)

    def before(self, kind: str, stop: int) -> Mark | None:
        """The word of a kind that stands directly before a position, in the sentence."""
        return self.text.before(kind, stop, self.start)

    def closed(self, start: int, stop: int, kind: str = "break") -> bool:
        """Whether a comma, a dash or a word such as "and" stands in between, or one of a kind."""
        stretch = self.between(start, stop)
        kinds = {"break", kind}
        return bool(_CLOSE.search(stretch) or any(self.words.find(each, stretch) for each in kinds))

    def distance(self, start: int, stop: int) -> int:
        """How many words stand in between."""
        return count_words(self.between(start, stop))

    def numbered(self, start: int, stop: int) -> bool:
        """Whether a number stands in between."""
        return any(start <= each.start and each.stop <= stop for each in self.numbers)

    def clause(self, at: int) -> tuple[int, int]:
        """The part between semicolons that a position stands in."""
        stops = [each.start() for each in STOP.finditer(self.text.plain, self.start, self.stop)]
        begin = max([self.start, *(stop + 1 for stop in stops if stop < at)])
        return begin, min([self.stop, *(stop for stop in stops if stop >= at)])


def counting(statements: list[Statement]) -> list[Statement]:
    """Those of some statements that count people."""
    return [each for each in statements if each.harm and not each.reason]
