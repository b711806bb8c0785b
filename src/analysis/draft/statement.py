"""A number of a text with what its words seem to say, and the sentence that it stands in."""

import re
from dataclasses import dataclass
from datetime import date

from analysis.draft.calendar import Time
from analysis.draft.numbers import Number
from analysis.draft.words import Lexicon, Mark, Text

_CLOSE = re.compile(r"[,،:()\"«»]|\s-\s|-\s|\s-")
STOP = re.compile(r"[;؛]")


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
    words: Lexicon
    start: int
    stop: int
    numbers: list[Number]
    times: list[Time]
    harms: list[Mark]
    tolls: list[Mark]

    def between(self, start: int, stop: int) -> str:
        """The plain words from one position to another."""
        return self.text.plain[start:stop]

    def closed(self, start: int, stop: int, kind: str = "break") -> bool:
        """Whether a comma, a dash or a word such as "and" stands in between, or one of a kind."""
        said = self.between(start, stop)
        closing = _CLOSE.search(said) or STOP.search(said)
        return bool(closing or self.words.find("break", said) or self.words.find(kind, said))

    def distance(self, start: int, stop: int) -> int:
        """How many words stand in between."""
        return len(re.findall(r"\w+", self.between(start, stop)))

    def numbered(self, start: int, stop: int) -> bool:
        """Whether a number stands in between."""
        return any(start <= each.start and each.stop <= stop for each in self.numbers)


def counting(statements: list[Statement]) -> list[Statement]:
    """Those of some statements that count people."""
    return [each for each in statements if each.harm and not each.reason]
