"""A count as a report writes it: which numbers it allows, and numbers in words.

"At least 43" is 43 or more, "more than 60" 61 or more, "up to 12" 0 to 12: in English, Arabic and
French, in digits of any script. What bounds nothing ("about 40", "dozens") is no count.
"""

import re
import unicodedata
from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

MOST = 10**15 - 1
"""The greatest number that a table may hold: 15 digits."""

Ends = tuple[int, int | None]
"""Least and greatest number of persons that a count allows, None where it has no upper end."""

_FORMS: dict[Callable[..., Ends], list[str]] = {
    lambda number: (number, number): ["#"],
    lambda low, high: (low, high): [
        "#-#; # to #; from # to #; between # and #",
        "# à #; de # à #; entre # et #",
        "# إلى #; من # إلى #; بين # و#; بين # و #; ما بين # و#; ما بين # و #",
    ],
    lambda number: (number, None): [
        "≥#; >=#; #+; at least #; # at least; # or more; # and more; no fewer than #",
        "not fewer than #; no less than #; not less than #",
        "au moins #; # au moins; # ou plus; pas moins de #; au minimum #",
        "على الأقل #; # على الأقل; ما لا يقل عن #; لا يقل عن #; # أو أكثر; # فأكثر",
    ],
    lambda number: (number + 1, None): [
        ">#; more than #; over #",
        "plus de #",
        "أكثر من #; ما يزيد على #; ما يزيد عن #; يزيد على #; يزيد عن #",
    ],
    lambda number: (0, number): [
        "≤#; <=#; at most #; # at most; up to #; # or fewer; # or less; no more than #",
        "not more than #",
        "au plus #; # au plus; jusqu'à #; pas plus de #; # ou moins; au maximum #",
        "على الأكثر #; # على الأكثر; حتى #; لا يزيد على #; لا يزيد عن #; ما لا يزيد على #",
        "ما لا يزيد عن #; لا يتجاوز #; # أو أقل",
    ],
    lambda number: (0, number - 1): [
        "<#; fewer than #; less than #; under #",
        "moins de #",
        "أقل من #",
    ],
}
"""What phrases allow, and the phrases, ``#`` being a number."""

_UNSEEN = re.compile(
    r"[\u0300-\u0302\u0308\u0327\u0640\u064b-\u0655\u0670\u200b-\u200f\u061c\ufeff]"
)
"""Accents, vowel signs and signs of direction: some write them, some do not."""
_ALIKE = str.maketrans("‐‑‒–—―−’ʼى", "-------''ي")
_AROUND = re.compile(r"\s*([-+<>=≥≤])\s*")
_NUMBER = re.compile(r"\d(?:[\d,.' ٬]*\d)?")
_IN_THREES = re.compile(r"\d+|[1-9]\d{0,2}(?:([,' ٬])\d{3}(?:\1\d{3})*|(?:\.\d{3}){2,})")
_LIKE = "write it as 41, 30 to 40, at least 43, more than 60 or up to 12"
_NO_COUNT = (
    f"is no count; {_LIKE}, or put the words into note and empty count, count_kind and tally_id"
)


def ascii_digits(text: str) -> str:
    """A text with digits of any script as 0 to 9.

    >>> ascii_digits("٤١ to ४३")
    '41 to 43'
    """
    if text.isascii():
        return text
    return "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in text)


def _plain(text: str) -> str:
    """A phrase in small letters, without accents, with one kind of blank, dash and quote."""
    text = unicodedata.normalize("NFD", ascii_digits(text).casefold())
    text = _UNSEEN.sub("", text).translate(_ALIKE)
    return _AROUND.sub(r"\1", " ".join(text.split()))


_ENDS = {
    _plain(form): ends
    for ends, lines in _FORMS.items()
    for line in lines
    for form in line.split(";")
}
"""By phrase, what its numbers allow."""


def read_count(text: str) -> Ends:
    """Least and greatest number that a count allows; a ValueError says why it is none.

    >>> read_count("at least 1,043"), read_count("more than 60"), read_count("up to 12")
    ((1043, None), (61, None), (0, 12))
    >>> read_count("من ٣٠ إلى ٤٠"), read_count("moins de 5")
    ((30, 40), (0, 4))
    """
    plain = _plain(text)
    ends = _ENDS.get(_NUMBER.sub("#", plain))
    if not ends or "#" in plain:
        raise ValueError(f"{text!r} {_NO_COUNT}")
    low, high = ends(*(_whole(number) for number in _NUMBER.findall(plain)))
    if max(low, high or 0) > MOST:
        raise ValueError(f"{text!r} is too large; write at most 15 digits")
    if high is not None and low > high:
        mend = f"write {high} to {low}" if high >= 0 else "nobody is fewer than 0"
        raise ValueError(f"{text!r} has its low above its high; {mend}")
    return low, high


def _whole(written: str) -> int:
    """A number, its thousands kept apart or not."""
    if _IN_THREES.fullmatch(written):
        return int(re.sub(r"\D", "", written))
    digits = re.sub(r"\D", "", written)
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", written):
        raise ValueError(f"{written!r} can be {digits} or a fraction; write {digits}")
    raise ValueError(f"{written!r} is no whole number of persons; {_LIKE}")


def in_words(low: int, high: int | None) -> str:
    """A count in words.

    >>> in_words(41, 41), in_words(43, None), in_words(30, 40), in_words(0, 12)
    ('41', 'at least 43', '30 to 40', 'at most 12')
    """
    if high is None:
        return f"at least {low}"
    if low == high:
        return str(low)
    return f"{low} to {high}" if low else f"at most {high}"


def whole_numbers(values: ArrayLike) -> pd.arrays.IntegerArray:
    """Numbers of persons, missing where they are infinite."""
    values = np.asarray(values, "float64")
    known = np.isfinite(values)
    return pd.arrays.IntegerArray(np.where(known, values, 0).astype("int64"), ~known)


def with_counts(events: pd.DataFrame) -> pd.DataFrame:
    """Statements with ``low`` and ``high``, and ``count``, whichever of them was written.

    Where ``count`` is no count all three stay as they are. Each count is read once, however
    many rows have it.
    """
    if events["low"].notna().equals(events["count"].notna()):
        return events
    codes, texts = pd.factorize(events["count"])
    ends = [*map(_read_or_none, texts), None]  # the last of empty cells, whose code is -1
    known = np.array([each is not None for each in ends])[codes]
    if known.any():
        low, high = (pd.array([each and each[at] for each in ends], "Int64") for at in (0, 1))
        events = events.assign(
            low=events["low"].mask(known, low[codes]), high=events["high"].mask(known, high[codes])
        )
    if (codes < 0).any():
        written = events["count"].astype("str")  # a column without any text has another type
        events = events.assign(count=written.fillna(_counts_in_words(events)))
    return events


def _read_or_none(text: str) -> Ends | None:
    try:
        return read_count(text)
    except ValueError:
        return None


def _counts_in_words(events: pd.DataFrame) -> pd.Series:
    """The numbers of each row in words, each pair of them put into words once."""
    low, high = (events[name].to_numpy("float64", na_value=-1) for name in ("low", "high"))
    codes, pairs = pd.factorize(low + 1j * high)  # a pair as one number; floats hold 15 digits
    words = [
        None if low < 0 else in_words(int(low), None if high < 0 else int(high))
        for low, high in zip(pairs.real, pairs.imag, strict=True)
    ]
    return pd.Series(pd.array(words, dtype="str")[codes], events.index)
