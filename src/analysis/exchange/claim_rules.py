"""Read a table of claims: a CSV file, one number of one page a row, with these columns.

claim_id           name of the claim, becomes its event_id
publisher          who published the page
published          the day of that, the latest that it can be
victim_party       who was harmed
count              persons in digits, or a range: 10-12, 10 to 12
report_url         tells pages of one publisher and day apart
published_basis    stated or inferred
attributed_source  who counted
subgroup           part of the party: children, women
measure            what happened to them; killed where empty
qualifier          exact where empty; at least, more than, at most, fewer than, about and others
window_start       first day that the words allow
window_end         last day that the words allow
cumulative         true: all that the source counts in these days (toll), else an incident
cause              in what they were harmed
contained_in       the claim_id of the people that these are among
place              where, or the territory that is counted
note               anything else

The first five are needed. Days are YYYY-MM-DD; columns with other names are not read.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from analysis.data.cells import fault
from analysis.data.codebook import Column
from analysis.data.problems import DatasetError, Problem
from analysis.exchange.files import Row, read_rows

Claim = Row

_KINDS = {"claim_id": "id", **dict.fromkeys(("published", "window_start", "window_end"), "date")}
_ALLOWED = {"published_basis": ("stated", "inferred"), "cumulative": ("true", "false")}
_COLUMNS = {
    name: Column(name, _KINDS.get(name, "text"), "", at < 5, _ALLOWED.get(name, ()))
    for at, name in enumerate(re.findall(r"^([a-z_]+)  ", __doc__, re.M))
}
_COUNT = re.compile(r"(\d{1,12})(?:\s*(?:-|–|to)\s*(\d{1,12}))?")
VAGUE = ("about", "around", "nearly", "almost", "some", "approximately", "roughly", "circa", "~")
_LIMITS = {
    "|exact|exactly|=": lambda low, high: (low, high),
    "at least|no fewer than|no less than|not less than|>=|≥": lambda low, _: (low, None),
    "more than|over|above|>": lambda low, _: (low + 1, None),
    "at most|up to|no more than|not more than|<=|≤": lambda _, high: (0, high),
    "fewer than|less than|under|below|<": lambda _, high: (0, high - 1),
}
"""Least and greatest number by qualifier, of the two numbers of a range or twice the same."""


def read_claims(path: Path) -> tuple[list[Claim], list[str]]:
    """Claims, an empty cell where a column is missing, and the columns that are not read.

    A DatasetError names every cell that cannot be read.
    """
    columns, rows, problems = read_rows(path, _find_wrong_columns)
    claims = {line: _as_meant(row) for line, row in rows if any(row.values())}
    ids = Counter(claim["claim_id"] for claim in claims.values())
    for line, claim in claims.items():
        problems += [Problem(path.name, line, *what) for what in _find_wrong(claim, ids)]
    if problems or not claims:
        raise DatasetError(problems or [Problem(path.name, None, None, "holds no claim")], path)
    return [*claims.values()], [name for name in columns if name not in _COLUMNS]


def _find_wrong_columns(names: list[str]) -> list[tuple[str, str]]:
    needed = [name for name, column in _COLUMNS.items() if column.required]
    missing = [(name, "the column is missing") for name in needed if name not in names]
    twice = [name for name in _COLUMNS if names.count(name) > 1]
    return missing + [(name, "the column is there twice") for name in twice]


def _as_meant(row: Row) -> Claim:
    """A claim with all columns, words in one spelling, and how it says its number."""
    claim = dict.fromkeys(_COLUMNS, "") | row
    claim |= {name: claim[name].lower() for name in _ALLOWED}
    qualifier = re.sub(r"[\s_-]+", " ", claim["qualifier"].lower())
    said = f"{qualifier} {claim['count']}".strip().removeprefix("exact ")
    measure = claim["measure"] or "killed"
    return claim | {"qualifier": qualifier, "measure": measure, "said": said}


def _find_wrong(claim: Claim, ids: Counter) -> Iterator[tuple[str, str]]:
    """Columns of a claim that cannot be read, and why."""
    faults = {name: fault(column, claim[name]) for name, column in _COLUMNS.items()}
    yield from ((name, said) for name, said in faults.items() if said)
    if claim["claim_id"] and ids[claim["claim_id"]] > 1:
        yield "claim_id", f"{claim['claim_id']!r} is there twice; give each claim its own"
    if claim["contained_in"] and claim["contained_in"] not in ids:
        yield "contained_in", f"{claim['contained_in']!r} is no claim_id of this table"
    if "" != claim["window_end"] < claim["window_start"] and not any(faults.values()):
        yield "window_end", f"{claim['window_end']} is before {claim['window_start']}"
    numbers = _COUNT.fullmatch(claim["count"])
    if claim["count"] and not numbers:
        yield "count", f"{claim['count']!r} is no number of persons; write 12, 10-12 or 10 to 12"
    elif numbers and (int(numbers[1]) > int(numbers[2] or numbers[1]) or limits(claim) == (0, -1)):
        yield "count", f"{claim['said']} can be no number of persons; write the lower one first"


def limits(claim: Claim) -> tuple[int, int | None] | None:
    """Least and greatest number of a claim; None where its qualifier is not known to bind.

    >>> limits({"qualifier": "more than", "count": "300"})
    (301, None)
    """
    low, high = _COUNT.fullmatch(claim["count"]).groups()
    known = (bind for names, bind in _LIMITS.items() if claim["qualifier"] in names.split("|"))
    return next((bind(int(low), int(high or low)) for bind in known), None)
