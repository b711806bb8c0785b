"""Dates that are written in another calendar than the Gregorian one."""

import re

_YEAR = re.compile(r"(?<!\d)1[34]\d\d(?!\d)")
_LAST_SOLAR = 1420
"""Later years of the solar Hijri calendar are still to come."""


def find_calendar(text: str) -> str | None:
    """What is said of a date whose year is one of the Hijri calendars; None of any other.

    The lunar year is 354 or 355 days long; the solar one, of Iran and Afghanistan, begins in March.

    >>> find_calendar("1439-11-10")
    'looks like the Hijri calendar, whose year 1439 is 2017 to 2018; write the Gregorian day'
    >>> find_calendar("2018-07-24")
    """
    found = _YEAR.search(text)
    if not found:
        return None
    year = int(found[0])
    lunar = int(year * 0.970224 + 621.5774)
    first = {"Hijri": lunar}
    if year <= _LAST_SOLAR:
        first = {"solar Hijri": year + 621, "Hijri": lunar}
    said = " or ".join(
        f"the {name} calendar, whose year {year} is {start} to {start + 1}"
        for name, start in first.items()
    )
    return f"looks like {said}; write the Gregorian day"
