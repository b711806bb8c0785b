"""Read the cells of a table: what each means, may hold, and the identifiers it may refer to.

A table is a frame whose index is the line in the file. Each text of a column is checked once,
however many rows have it.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from analysis.data import codebook
from analysis.data.calendars import find_calendar
from analysis.data.counts import ascii_digits, read_count
from analysis.data.problems import Problem

_TURNED = "\u202a-\u202e\u2066-\u2069"
"""They show a text in another order than it is written; the marks of Arabic text do not."""
_SIGNS = f"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff{_TURNED}"
_NO_TEXT = re.compile(f"[{_SIGNS}]")
_NO_NAME = re.compile(f"[{_SIGNS}\t\n\r]")
_LOCAL = len("2018-07-24T14:00")
YEARS = 1800, 2199
"""First and last year of the days that a dataset may hold."""
_LOOKS = str.maketrans("аеорсухіїјѕѵԁһκοαρτνυ" + "ىةأإآٱیک", "aeopcyxiijsvdhkoaptvu" + "يهاااايك")
"""Letters of Cyrillic, Greek and Arabic script, as what each looks like."""
_DAY = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_FINE = {"id": rf"[^\s;{_SIGNS}]+", "int": "[0-9]{1,15}", "date": _DAY}
_OFFSET = "Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9]"
_FINE |= {"time": f"{_DAY}(T[0-9]{{2}}:[0-9]{{2}}({_OFFSET})?)?", "number": r"-?[0-9]+(\.[0-9]+)?"}
_NEARLY_TIME = re.compile(f"({_DAY})[T ]+([0-9]{{1,2}}):([0-9]{{2}})(?::[0-9]{{2}})?({_OFFSET})?")
_SAID = {
    "id": {"": "holds a blank or ';'; write identifiers without, such as daraa_civilians"},
    "int": {
        r"[0-9]+\Z": "is too large; write at most 15 digits",
        r"[-−][0-9]+\Z": "is negative; a number here is zero or more",
        "": "is not a whole number; write digits",
    },
    "date": {"": "is not a date; write YYYY-MM-DD, such as 2018-07-24"},
    "time": {"": "is not a date; write YYYY-MM-DD, such as 2018-07-24, or 2018-07-24T14:00"},
    "number": {"": "is not a number; write digits, such as 32.75"},
}
"""What is said of a text that is not fine: at the first pattern that it begins with."""


Typed = tuple[pd.DataFrame, list[Problem]]
"""The cells of a table as pandas types, NA where one is empty or wrong, and what is wrong."""


def read_cells(table: str, rows: pd.DataFrame) -> Typed:
    """What text cells mean, blanks around them stripped: counts and dates in any digits, text.

    What is wrong: a cell empty, misspelt, repeated, not among the allowed values.
    """
    typed, problems, repeats = {}, [], []
    for column in codebook.TABLES[table]:
        there = column.name in rows
        if there:
            codes, found = pd.factorize(rows[column.name].to_numpy())
        else:
            codes, found = np.zeros(len(rows), dtype="int64"), [""]
        texts = [text.strip() for text in found]
        if column.kind in ("int", "date", "time", "number"):
            texts = [ascii_digits(text) for text in texts]
        faults = _faults(column, texts) if there else {}
        if column.kind in ("date", "time"):  # a year 0 is read as a day by some, as none by others
            texts = ["" if at in faults else text for at, text in enumerate(texts)]
        if column.kind == "time" and any(len(text) > _LOCAL for text in texts):
            typed[f"{column.name}_offset"] = _offsets(texts).take(codes)
            texts = [text[:_LOCAL] for text in texts]
        values = _values(column.kind, texts)
        all_differ = len({*texts}) == len(rows)
        typed[column.name] = values if all_differ else values.take(codes)
        problems += _said(table, pd.Series(codes, rows.index, name=column.name), faults)
        if column.name == codebook.key(table) and not all_differ:
            repeats = [*_repeated_names(table, pd.Series(typed[column.name], rows.index))]
    return pd.DataFrame(typed, rows.index, copy=False), [*repeats, *problems]


def _repeated_names(table: str, names: pd.Series) -> Iterator[Problem]:
    """A problem for each row whose name an earlier one has, whatever else is wrong with it."""
    repeats = names[names.duplicated() & names.notna()].rename(codebook.key(table))
    return _said(table, repeats, {text: repeated(text) for text in repeats})


def repeated(name: str) -> str:
    """What is said of a row whose name an earlier one has."""
    return f"{name!r} stands on an earlier line already; give each row a name of its own"


def _values(kind: codebook.Kind, texts: list[str]) -> ExtensionArray:
    if kind in ("date", "time"):
        days = pd.to_datetime(texts, format="ISO8601", errors="coerce")
        return days.as_unit("us").array
    if kind == "number":
        return pd.array(pd.to_numeric(texts, errors="coerce"), dtype="float64")
    if kind == "int":
        whole = re.compile(_FINE["int"]).fullmatch
        return pd.array([int(text) if whole(text) else None for text in texts], dtype="Int64")
    return pd.array([text or None for text in texts], dtype="str")


def _offsets(texts: list[str]) -> ExtensionArray:
    """Minutes that the clocks of times are ahead of UTC, NA where it is not written."""
    zones = [datetime.fromisoformat(text).utcoffset() if text else None for text in texts]
    minutes = [zone if zone is None else zone // timedelta(minutes=1) for zone in zones]
    return pd.array(minutes, dtype="Int64")


def _said(table: str, cells: pd.Series, faults: dict) -> Iterator[Problem]:
    """A problem for each cell of a column that has a fault."""
    for line, cell in cells[cells.isin([*faults])].items() if faults else ():
        yield Problem(f"{table}.csv", line, cells.name, faults[cell])


def _faults(column: codebook.Column, texts: list[str]) -> dict[int, str]:
    """What is wrong with texts in a column, by place."""
    strict = column.required or column.allowed or column.kind in (*_FINE, "address", "count")
    together = " ".join(texts)
    plain = together.isprintable() or (not strict and not _control(column).search(together))
    names = column.kind == "id" and ";" not in together
    if plain and (not strict or (names and together.split() == texts)):
        return {}  # quickly said of many texts
    dated = column.kind in ("date", "time")  # the calendar is asked too
    sure = re.compile("(?!)" if dated else _FINE.get(column.kind, "(?!)")).fullmatch
    found = {at: fault(column, text) for at, text in enumerate(texts) if not sure(text)}
    return {at: said for at, said in found.items() if said}


def fault(column: codebook.Column, text: str) -> str | None:
    """What is wrong with a text in a column."""
    if not text:
        return "is empty; write one, every row needs it" if column.required else None
    if column.allowed and text not in column.allowed:
        choice = " or ".join(", ".join(column.allowed).rsplit(", ", 1))
        return f"{text!r} is not a value of this column; write {choice}"
    if signs := _control(column).findall(text):
        instead = ", or write U+200E or U+200F" * bool(re.match(f"[{_TURNED}]", signs[0]))
        return f"{text!r} holds a control character (U+{ord(signs[0]):04X}); delete it{instead}"
    if column.kind == "count":
        return _count_fault(text)
    if column.kind in ("date", "time") and (said := find_calendar(text)):
        return f"{text!r} {said}"
    if column.kind == "time" and (found := _NEARLY_TIME.fullmatch(text)):
        meant = f"{found[1]}T{found[2]:0>2}:{found[3]}{found[4] or ''}"
        if text != meant:
            return f"{text!r} is not written as a time; write {meant}"
    if not re.fullmatch(_FINE.get(column.kind, "(?s:.*)"), text):
        said = (said for start, said in _SAID[column.kind].items() if re.match(start, text))
        return f"{text!r} {next(said)}"
    if column.kind in ("date", "time"):
        try:
            datetime.fromisoformat(text)
        except ValueError:
            if text[:4] >= "0001":
                return f"{text!r} is no day of the calendar; correct day or month"
        if not YEARS[0] <= int(text[:4]) <= YEARS[1]:
            meant = f"{20 if text[2:4] <= '50' else 19}{text[2:]}"
            return f"{text!r} is not from {YEARS[0]} to {YEARS[1]}; did you mean {meant}?"
        if text[10:_LOCAL] == "T00:00":
            return f"{text!r} is midnight, between two days; write T00:01, or the day alone"
    if column.kind == "address" and text.startswith("http") and not _is_address(text):
        return f"{text!r} is no web address; copy it from the browser, or write it without http"
    return None


def _count_fault(text: str) -> str | None:
    try:
        read_count(text)
    except ValueError as error:
        return str(error)
    return None


def _control(column: codebook.Column) -> re.Pattern:
    """Signs that no text, or no name on one line, may hold: they break pictures and pages."""
    one_line = column.name.startswith(("label_", "inline_", "short_"))
    return _NO_NAME if one_line else _NO_TEXT


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return bool(parts.hostname) and (parts.port or 80) and not re.search(r"\s", text)
    except ValueError:
        return False


def find_reference_problems(tables: dict[str, pd.DataFrame], whole: set[str]) -> Iterator[Problem]:
    """Identifiers that no row has, and chains of rows that lead back to themselves.

    Only tables in ``whole``, read to the last row, can tell that an identifier is unknown.
    """
    for table, cells in tables.items():
        for column in codebook.TABLES[table]:
            if column.refers_to in whole and len(texts := cells[column.name].dropna()):
                known = tables[column.refers_to][codebook.key(column.refers_to)].dropna()
                yield from _said(table, texts, _unknown(texts, column, {*known}))
                if column.refers_to == table:
                    yield from _find_circles(table, cells[codebook.key(table)], texts)


def _unknown(texts: pd.Series, column: codebook.Column, known: set[str]) -> dict[str, str]:
    """Texts in a column that name a row which is not there."""
    there = f"in {column.refers_to}.csv; write a {codebook.key(column.refers_to)} that stands there"
    several = column.kind == "ids"
    faults, alike = {}, {}
    for text in texts.unique():
        names = [name.strip() for name in text.split(";")] if several else [text]
        missing = dict.fromkeys(repr(name) for name in names if name not in known)
        if missing:
            what = " and ".join(missing)
            faults[text] = f"{what} is not {there}" + ", ';' between several" * several
            alike = alike or {as_seen(name): name for name in sorted(known, reverse=True)}
            meant = [alike[as_seen(name)] for name in names if as_seen(name) in alike]
            if meant and not {*names} & known:
                odd = "" if text.isascii() else f" (it is written {text!a})"
                faults[text] += f"; did you mean {meant[0]!r}?{odd}"
    return faults


def _find_circles(table: str, names: pd.Series, targets: pd.Series) -> Iterator[Problem]:
    """Rows whose targets lead, row by row, back to themselves: each circle once.

    That one is apart from another holds both ways; it is no circle but in a row by itself.
    """
    names = names[targets.index]
    line = dict(zip(names[::-1], names.index[::-1], strict=True))
    target = {
        name: [*map(str.strip, text.split(";"))] for name, text in zip(names, targets, strict=True)
    }
    if targets.name == "apart_from":
        target = {name: [each for each in found if each == name] for name, found in target.items()}
    for way in _circles(target):
        mend = f"leave {targets.name} empty in one of these rows"
        message = f"{' → '.join(way)} leads back to itself; {mend}"
        yield Problem(f"{table}.csv", line[way[0]], targets.name, message)


def _circles(target: dict[str, list[str]]) -> Iterator[list[str]]:
    """The ways that lead back to where they began; what a name leads to is walked once."""
    walked: set[str] = set()
    for start in target:
        path = {start: iter(target[start])}
        while path and start not in walked:
            name = next(reversed(path))
            following = next(path[name], None)
            if following is None:
                walked.add(name)
                del path[name]
            elif following in path:
                way = [*path]
                yield [*way[way.index(following) :], following]
            elif following in target and following not in walked:
                path[following] = iter(target[following])


def as_seen(name: str) -> str:
    """A name as the eye sees it: without invisible signs, and letters that look alike as one."""
    plain = unicodedata.normalize("NFKC", name).casefold().translate(_LOOKS)
    return "".join(sign for sign in plain if unicodedata.category(sign) not in ("Cf", "Mn"))
