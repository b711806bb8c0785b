"""A text as its words are compared, and the words that are known of each language.

``en.csv``, ``ar.csv`` and ``fr.csv`` beside this module hold every word that the draft knows: what
kind of word it is, what it means, and its forms with ``|`` between. ``*`` stands for any letters,
``{n}`` for a number or none, ``{number}`` for one, ``{unit}`` for a unit of time. They can be
extended without reading code.
"""

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from analysis.language.number_words import LETTERS

LANGUAGES = ("en", "ar", "fr")
PARAGRAPH = re.compile(r"\S(?:.|\n(?!\s*\n))*")
_SENTENCE = re.compile(r"\S.*?(?:[.!?؟…][\"»”’)]*(?=\s|$)|$)", re.DOTALL)
_ABBREVIATED = re.compile(r"(?:\b[a-z]\.[a-z]|\b(?:dr|mr|mrs|ms|st|gen|col|lt|no|mme|mm))\.$")
_SIGNS = str.maketrans("’‘ʼ“”„‐‑–—−\n\t", "'''\"\"\"-----  ")


def count_words(stretch: str) -> int:
    """How many words a stretch of text has."""
    return len(re.findall(r"\w+", stretch))


class Mark(NamedTuple):
    """Where a known word stands in a plain text, and what it means."""

    start: int
    stop: int
    value: str


class Text(NamedTuple):
    """A text in plain letters, and for each of them its place in the text as it was published.

    ``words`` are those that are known of its language.
    """

    raw: str
    plain: str
    places: list[int]
    words: "Lexicon"

    def span(self, start: int, stop: int) -> tuple[int, int]:
        """The positions in the published text of a stretch of the plain one."""
        return self.places[start], self.places[stop - 1] + 1

    def published(self, start: int, stop: int) -> str:
        """A stretch of the plain text as it was published."""
        return self.raw[slice(*self.span(start, stop))]

    def find(self, kind: str, start: int = 0, stop: int | None = None) -> list[Mark]:
        """The words of a kind in a stretch of the text."""
        return self.words.find(kind, self.plain, start, stop)

    def before(self, kind: str, stop: int, start: int = 0) -> Mark | None:
        """The word of a kind that stands directly before a position."""
        return self.words.before(kind, self.plain, stop, start)


def read_text(raw: str, language: str = "") -> Text:
    """A text as its words are compared, in a language or the one that it seems to be in."""
    plain, places = _plain_letters(raw)
    return Text(raw, plain, places, lexicon(language or guess_language(plain)))


def in_plain_letters(raw: str) -> str:
    """A text without case, marks and variants of letters.

    >>> in_plain_letters("Tué – مدنياً")
    'tue - مدني'
    """
    return _plain_letters(raw)[0]


def _plain_letters(raw: str) -> tuple[str, list[int]]:
    """A text in plain letters, and the place of each; behind the last that of the end."""
    plain, places = [], []
    for match in re.finditer("اً|ًا|.", raw, re.DOTALL):
        if len(match[0]) == 2:  # an ending that only some write
            continue
        sign = match[0]
        if sign < "ɐ":
            sign = unicodedata.normalize("NFD", sign)[0]
        elif sign.isspace():
            sign = " "
        elif sign.isdecimal():
            sign = str(unicodedata.decimal(sign))
        elif unicodedata.category(sign) in ("Mn", "Cf") or sign == "ـ":
            continue
        plain.append(sign.translate(LETTERS).translate(_SIGNS).lower()[0])
        places.append(match.start())
    joined = re.sub(r"[\xa0\u2009\u202f]", " ", "".join(plain))
    return joined, [*places, len(raw)]


def sentences(text: Text) -> list[tuple[int, int, int]]:
    """Paragraph, counted from 1, first and last position of each sentence, in the plain text."""
    found: list[tuple[int, int, int]] = []
    position = {place: at for at, place in reversed([*enumerate(text.places)])}
    for number, paragraph in enumerate(PARAGRAPH.finditer(text.raw), 1):
        inside = [position[at] for at in range(*paragraph.span()) if at in position]
        first, last = inside[0], inside[-1] + 1
        begin = first
        for part in _SENTENCE.finditer(text.plain, first, last):
            if not _ABBREVIATED.search(text.plain, begin, part.end()) or part.end() == last:
                found.append((number, begin, part.end()))
                begin = part.end()
    return found


class Lexicon:
    """The words of one language, by kind; in Arabic with what may be joined to them in front."""

    def __init__(self, language: str) -> None:
        self.language, self.rows = language, {}
        self.prefix = "(?:[بلك]?(?:ال|لل?)?)" if language == "ar" else ""
        self.edge = r"(?<!\w)[وف]?" if language == "ar" else r"(?<!\w)"
        path = Path(__file__).with_name(f"{language}.csv")
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                forms = (in_plain_letters(form.strip()) for form in row["words"].split("|"))
                self.rows.setdefault(row["kind"], []).extend((each, row["value"]) for each in forms)
        self._patterns: dict[str, re.Pattern] = {}

    def pattern(self, kind: str) -> str:
        """One expression that matches each word of a kind, each in a group of its own."""
        forms = sorted(enumerate(self.rows[kind]), key=lambda row: _rank(row[1][0]))
        return "|".join(
            f"(?P<w{number}>{self.prefix}{self._form(form)}{self._ending(kind, form)})"
            for number, (form, _) in forms
        )

    def _ending(self, kind: str, form: str) -> str:
        """What an Arabic noun may end in besides: case, a plural, a pronoun."""
        nouns = self.language == "ar" and kind in ("harm", "group", "thing")
        return "(?:ات|ا|هم|هن|ها|ه)?" if nouns and len(form) > 2 and form[-1] != "*" else ""

    def plain_pattern(self, kind: str, prefix: str = "") -> str:
        """The same without groups, to be part of another expression."""
        forms = sorted((form for form, _ in self.rows[kind]), key=_rank)
        return f"{prefix}(?:{'|'.join(map(self._form, forms))})"

    def _form(self, form: str) -> str:
        """What matches a form."""
        pattern = re.escape(form).replace(r"\ ", r"\s+").replace(r"\*", r"\w*")
        if "{unit}" in form:
            few = rf"(?:وال|ال|و)?(?:\d+|{self.plain_pattern('few')})"
            unit = self.plain_pattern("unit", self.prefix if form.startswith("{unit}") else "")
            pattern = pattern.replace(r"\s+\{n\}", rf"(?:\s+{few}){{0,3}}")
            pattern = pattern.replace(r"\{n\}\s+", rf"(?:{few}[\s-]+){{0,3}}")
            pattern = pattern.replace(r"\{number\}\s+", rf"(?:{few}[\s-]+){{1,3}}")
            pattern = pattern.replace(r"\{unit\}", unit)
        return pattern

    def find(self, kind: str, plain: str, start: int = 0, stop: int | None = None) -> list[Mark]:
        """The words of a kind in a stretch of a plain text."""
        if kind not in self.rows:
            return []
        if kind not in self._patterns:
            self._patterns[kind] = re.compile(f"{self.edge}(?:{self.pattern(kind)})(?!\\w)")
        found = self._patterns[kind].finditer(plain, start, len(plain) if stop is None else stop)
        return [Mark(*each.span(each.lastgroup), self.value(kind, each)) for each in found]

    def value(self, kind: str, match: re.Match) -> str:
        """What the word means that was matched by :meth:`pattern`."""
        return self.rows[kind][int(match.lastgroup[1:])][1]

    def exactly(self, kind: str, words: str) -> bool:
        """Whether a stretch of words is one of a kind, and nothing besides."""
        return any(each.stop - each.start == len(words.strip()) for each in self.find(kind, words))

    def opens(self, kind: str, words: str) -> bool:
        """Whether a stretch of words begins with one of a kind."""
        return any(not words[: each.start].strip() for each in self.find(kind, words))

    def without(self, kind: str, words: str) -> str:
        """A stretch of words with spaces in place of those of a kind."""
        for mark in self.find(kind, words):
            words = words[: mark.start] + " " * (mark.stop - mark.start) + words[mark.stop :]
        return words

    def before(self, kind: str, plain: str, stop: int, start: int = 0) -> Mark | None:
        """The word of a kind that stands directly before a position."""
        marks = self.find(kind, plain, max(start, stop - 60), stop)
        near = [each for each in marks if re.fullmatch(r"[\s(\"«'-]*", plain[each.stop : stop])]
        return near[-1] if near else None


def _rank(form: str) -> tuple[bool, int]:
    """Longer forms first, those that are written out before those with a number."""
    return "{" in form, -len(form)


@cache
def lexicon(language: str) -> Lexicon:
    """The words of a language, read once."""
    return Lexicon(language)


def guess_language(plain: str) -> str:
    """``en``, ``ar`` or ``fr``, by the small words that a text is full of.

    >>> guess_language("the toll of the attack rose and the search went on")
    'en'
    """
    found = {code: len(lexicon(code).find("function", plain)) for code in LANGUAGES}
    best = max(found, key=lambda code: found[code])
    if found[best] < 2 or found[best] * 25 < len(plain.split()):
        raise ValueError("the text is not English, Arabic or French; draft reads only these")
    return best
