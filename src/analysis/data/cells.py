"""From the text of a cell to its value: what a column of each kind may hold, and what is wrong.

A table is a frame whose index is the line in the file. Each different text of a column goes once
through the reader of the column's kind, however many rows have it; a reader gives the value or
raises a ValueError that says what is wrong and what to write.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pandas as pd
from pandas.api.extensions import ExtensionArray

from analysis.data import codebook
from analysis.data.counts import ascii_digits, read_count
from analysis.data.problems import Problem

YEARS = 1800, 2199
"""First and last year of the days that a dataset may hold."""
_REORDERING = "\u202a-\u202e\u2066-\u2069"
"""They show a text in another order than it is written; the marks of Arabic text do not."""
_CONTROL = f"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff{_REORDERING}"
_IN_TEXT, _IN_NAME = re.compile(f"[{_CONTROL}]"), re.compile(f"[{_CONTROL}\t\n\r]")
_TWINS = str.maketrans("аеорсухіїјѕѵԁһκοαρτνυ" + "ىةأإآٱیک", "aeopcyxiijsvdhkoaptvu" + "يهاااايك")
"""Letters of Cyrillic, Greek and Arabic script, as the letter that each is taken for."""

_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_OFFSET = "Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9]"
_TIME = f"{_DAY}(T[0-9]{{2}}:[0-9]{{2}}({_OFFSET})?)?"
_ALMOST_TIME = re.compile(f"({_DAY})[T ]+([0-9]{{1,2}}):([0-9]{{2}})(?::[0-9]{{2}})?({_OFFSET})?")
_MIDNIGHT = re.compile(f"{_DAY}T00:00")
_NO_DATE = "is not a date; write YYYY-MM-DD, such as 2018-07-24"
_HIJRI_YEAR = re.compile(r"(?<!\d)1[34]\d\d(?!\d)")
_LAST_SOLAR_YEAR = 1420
"""Later years of the solar Hijri calendar are still to come."""

Typed = tuple[pd.DataFrame, list[Problem]]
"""The cells of a table as pandas types, NA where one is empty or wrong, and what is wrong."""


def read_cells(table: str, rows: pd.DataFrame) -> Typed:
    """Values of text cells, without the blanks around them, numbers and dates in any digits.

    Wrong is a cell that is empty where it must not be, misspelt, repeated or not an allowed value.
    """
    typed, problems = {}, []
    empty = pd.Series("", rows.index, dtype=object)
    for column in codebook.TABLES[table]:
        codes, texts = pd.factorize(rows.get(column.name, empty).to_numpy())
        values, faults = _read_texts(column, [text.strip() for text in texts])
        for name, array in _arrays(column, values).items():
            typed[name] = array if len(array) == len(rows) else array.take(codes)
        if column.name in rows:
            problems += problems_in(table, pd.Series(codes, rows.index, name=column.name), faults)
    typed = pd.DataFrame(typed, rows.index, copy=False)
    names = typed[codebook.key(table)]
    repeats = names[names.duplicated() & names.notna()]
    faults = {name: repeated(name) for name in repeats}
    return typed, [*problems_in(table, repeats, faults), *problems]


def repeated(name: str) -> str:
    """What is wrong with a row whose name an earlier one has."""
    return f"{name!r} stands on an earlier line already; give each row a name of its own"


def problems_in(table: str, cells: pd.Series, faults: dict) -> Iterator[Problem]:
    """A problem for each cell of a column that has a fault."""
    if faults:
        wrong = cells.astype(object).isin([*faults])  # also quick where every cell is wrong
        for line, cell in cells[wrong].items():
            yield Problem(f"{table}.csv", line, cells.name, faults[cell])


def fault(column: codebook.Column, text: str) -> str | None:
    """What is wrong with a text in a column."""
    try:
        _read_text(column, text)
    except ValueError as error:
        return str(error)
    return None


def _arrays(column: codebook.Column, values: list) -> dict[str, ExtensionArray]:
    """Values as a column; of times also the minutes that their clocks are ahead of UTC."""
    offsets = [value and value.utcoffset() for value in values] if column.kind == "time" else []
    arrays = {}
    if any(offset is not None for offset in offsets):
        values = [value and value.replace(tzinfo=None) for value in values]
        minutes = pd.to_timedelta(offsets) // timedelta(minutes=1)
        arrays[f"{column.name}_offset"] = pd.array(minutes, dtype="Int64")
    return arrays | {column.name: pd.array(values, dtype=_DTYPES.get(column.kind, "str"))}


def _read_texts(column: codebook.Column, texts: list[str]) -> tuple[list, dict[int, str]]:
    """Values of a column's texts, None where one is empty; what is wrong, by place in the list."""
    if column.kind in _DTYPES:
        texts = [ascii_digits(text) for text in texts]
    elif _is_plain(column, texts):  # as most are, so that they need not be read one by one
        return [text or None for text in texts], {}
    values, faults = [], {}
    for at, text in enumerate(texts):
        try:
            values.append(_read_text(column, text))
        except ValueError as error:
            faults[at] = str(error)
            values.append(None if column.kind in _DTYPES else text or None)
    return values, faults


def _is_plain(column: codebook.Column, texts: list[str]) -> bool:
    """Whether nothing can be wrong with texts, as far as all of them together tell."""
    joined = " ".join(texts)
    if not joined.isprintable() and _control_signs(column).search(joined):
        return False
    if column.kind == "id":
        names = [text for text in texts if text or column.required]
        return ";" not in joined and joined.split() == names
    return column.kind in ("text", "ids") and not column.required and not column.allowed


def _read_text(column: codebook.Column, text: str) -> object:
    if not text:
        if column.required:
            raise ValueError("is empty; write one, every row needs it")
        return None
    if column.allowed and text not in column.allowed:
        choice = " or ".join(", ".join(column.allowed).rsplit(", ", 1))
        raise ValueError(f"{text!r} is not a value of this column; write {choice}")
    if not text.isprintable() and (sign := _control_signs(column).search(text)):
        instead = ", or write U+200E or U+200F" * bool(re.match(f"[{_REORDERING}]", sign[0]))
        wrong = f"holds a control character (U+{ord(sign[0]):04X}); delete it{instead}"
        raise ValueError(f"{text!r} {wrong}")
    return _READERS[column.kind](text) if column.kind in _READERS else text


def _in_form(form: str, text: str, otherwise: str) -> str:
    """A text that has a form; a ValueError says what else it is."""
    if not re.fullmatch(form, text):
        raise ValueError(f"{text!r} {otherwise}")
    return text


def _read_id(text: str) -> str:
    otherwise = "holds a blank or ';'; write identifiers without, such as daraa_civilians"
    return _in_form(r"[^\s;]+", text, otherwise)


def _read_int(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        wrong = "is not a whole number; write digits"
        if re.fullmatch("[-−][0-9]+", text):
            wrong = "is negative; a number here is zero or more"
        raise ValueError(f"{text!r} {wrong}")
    if len(text) > 15:
        raise ValueError(f"{text!r} is too large; write at most 15 digits")
    return int(text)


def _read_number(text: str) -> float:
    otherwise = "is not a number; write digits, such as 32.75"
    return float(_in_form(r"-?[0-9]+(\.[0-9]+)?", text, otherwise))


def _read_count(text: str) -> str:
    read_count(text)
    return text


def _read_date(text: str) -> datetime:
    _refuse_other_calendars(text)
    return _read_day(_in_form(_DAY, text, _NO_DATE))


def _read_time(text: str) -> datetime:
    _refuse_other_calendars(text)
    if parts := _ALMOST_TIME.fullmatch(text):
        meant = f"{parts[1]}T{parts[2]:0>2}:{parts[3]}{parts[4] or ''}"
        if text != meant:
            raise ValueError(f"{text!r} is not written as a time; write {meant}")
    time = _read_day(_in_form(_TIME, text, f"{_NO_DATE}, or 2018-07-24T14:00"))
    if _MIDNIGHT.match(text):
        raise ValueError(f"{text!r} is midnight, between two days; write T00:01, or the day alone")
    return time


def _read_day(text: str) -> datetime:
    """A day of the calendar, with the time where there is one."""
    day, year = None, int(text[:4])
    with suppress(ValueError):
        day = datetime.fromisoformat(text)
    if year and not day:
        raise ValueError(f"{text!r} is no day of the calendar; correct day or month")
    if not YEARS[0] <= year <= YEARS[1]:
        meant = f"{20 if text[2:4] <= '50' else 19}{text[2:]}"
        wrong = f"is not from {YEARS[0]} to {YEARS[1]}; did you mean {meant}?"
        raise ValueError(f"{text!r} {wrong}")
    return day


def _refuse_other_calendars(text: str) -> None:
    """Raise a ValueError for a date whose year is one of the Hijri calendars.

    The lunar year is 354 or 355 days long; the solar one, of Iran and Afghanistan, begins in March.
    """
    if not (written := _HIJRI_YEAR.search(text)):
        return
    year = int(written[0])
    first = {"solar Hijri": year + 621} if year <= _LAST_SOLAR_YEAR else {}
    first["Hijri"] = int(year * 0.970224 + 621.5774)
    calendars = " or ".join(
        f"the {name} calendar, whose year {year} is {start} to {start + 1}"
        for name, start in first.items()
    )
    raise ValueError(f"{text!r} looks like {calendars}; write the Gregorian day")


def _read_address(text: str) -> str:
    """A text, where it begins with http a web address."""
    if not text.startswith("http"):
        return text
    with suppress(ValueError):
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port  # one that is no number raises
        if host and not re.search(r"\s", text):
            return text
    wrong = "is no web address; copy it from the browser, or write it without http"
    raise ValueError(f"{text!r} {wrong}")


_READERS: dict[codebook.Kind, Callable[[str], object]] = {
    "id": _read_id,
    "int": _read_int,
    "number": _read_number,
    "count": _read_count,
    "date": _read_date,
    "time": _read_time,
    "address": _read_address,
}
_DTYPES = {"int": "Int64", "number": "float64"}
_DTYPES |= dict.fromkeys(("date", "time"), "datetime64[us]")
"""Types of the columns that do not stay text."""


def _control_signs(column: codebook.Column) -> re.Pattern:
    """Signs that no text, or no name on one line, may hold: they break pictures and pages."""
    one_line = column.name.startswith(("label_", "inline_", "short_"))
    return _IN_NAME if one_line else _IN_TEXT


def as_seen(name: str) -> str:
    """A name as the eye sees it: without invisible signs, and letters that look alike as one."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_TWINS)
    return "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Mn"))
