"""What a spreadsheet cell means, as the text that a CSV file would hold.

A cell that can mean one thing only is read so (4.0 as 4, 24/07/2018 as 24 July, because there is
no month 24); one that can mean two things (1,000 or 03/07/2018) is named, and so is one that the
spreadsheet has made into something else. What is plainly wrong stays for :mod:`.cells` to name.
"""

import datetime
import re
from contextlib import suppress

from analysis.data.codebook import Kind

_INVISIBLE = r"[\s\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]+"
_EDGES = re.compile(f"^{_INVISIBLE}|{_INVISIBLE}$")
_MIDNIGHT = r"(?:[ T]00:00(?::00(?:\.0+)?)?)?"
_YEAR_FIRST = re.compile(r"(\d{4})([./-])(\d{1,2})\2(\d{1,2})" + _MIDNIGHT)
_YEAR_LAST = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})" + _MIDNIGHT)
_SERIAL = re.compile(r"\d{5}")  # 1927 to 2173; fewer or more digits are a year, or a slip
_GROUPED = re.compile(r"(\d{1,3}([,.٬'’\s])\d{3}(?:\2\d{3})*)(?:(?!\2)[.,٫]0+)?")
_TWO_COUNTS = re.compile(r"\d{1,3}[,.]\d{3}")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # control characters in XML of Office
_ZERO_DECIMALS = re.compile(r"(\d+)[.,٫]0+")

_FIRST_DAY = datetime.datetime(1899, 12, 30)  # of Excel, but in files of old Macs

Text = tuple[str, str | None]
"""The text of a cell, and what is to be said of it (None: it is read as meant)."""


def cell_text(value: object, kind: Kind, epoch: datetime.datetime = _FIRST_DAY) -> Text:
    """What a cell means in a column of a kind.

    ``epoch`` is the day from which the workbook counts days.

    >>> cell_text(4.0, "int"), cell_text("24/07/2018", "date")
    (('4', None), ('2018-07-24', None))
    >>> cell_text("03/07/2018", "date")
    ('03/07/2018', "'03/07/2018' can be 2018-03-07 or 2018-07-03; write YYYY-MM-DD")
    """
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta)):
        text = str(value).removesuffix(" 00:00:00")
        if kind == "time" and isinstance(value, datetime.datetime):
            return text.removesuffix(":00").replace(" ", "T"), None
        if kind in ("date", "time"):
            return text, None
        what = "date" if isinstance(value, datetime.date) else "time"
        wanted = "number" if kind in ("int", "number") else "text"
        mend = f"format it as {wanted} and write what is meant"
        return text, f"the spreadsheet holds a {what} here, {text}; {mend}"
    text = _plain(value)
    if kind == "text":
        return text.strip(), None
    text = _EDGES.sub("", text)
    if kind in ("date", "time"):
        return _date(text, epoch)
    return _count(text) if kind == "int" else (text, None)


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    text = "" if value is None else str(value)
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def _date(text: str, epoch: datetime.datetime) -> Text:
    if _SERIAL.fullmatch(text):
        return str((epoch + datetime.timedelta(days=int(text))).date()), None
    orders = []
    if found := _YEAR_FIRST.fullmatch(text):
        orders = [(found[1], found[3], found[4])]
    elif found := _YEAR_LAST.fullmatch(text):
        orders = [(found[4], found[3], found[1]), (found[4], found[1], found[3])]
    days = set()
    for order in orders:
        with suppress(ValueError):
            days.add(str(datetime.date(*map(int, order))))
    if len(days) > 1:
        return text, f"{text!r} can be {' or '.join(sorted(days))}; write YYYY-MM-DD"
    return (days or {text}).pop(), None


def _count(text: str) -> Text:
    if _TWO_COUNTS.fullmatch(text):
        whole, part = re.split("[,.]", text)
        other = f"{whole}.{part}".rstrip("0").rstrip(".")
        return text, f"{text!r} can be {whole}{part} or {other}; write digits without {text[-4]!r}"
    found = _GROUPED.fullmatch(text) or _ZERO_DECIMALS.fullmatch(text)
    return re.sub(r"\D", "", found[1]) if found else text, None
