"""Claims, one number of one page a row: how the cells of their columns are read.

The columns, with what each means, are in ``columns.csv``; others are not read.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from analysis.data.cells import fault
from analysis.data.counts import read_count
from analysis.data.problems import DatasetError, Problem
from analysis.exchange.reading import Record, Row, Table, columns_of

Claim = Row

COLUMNS = columns_of("claims")
OTHER_NAMES = {
    "claim_id": "id event_id event ref reference no number row",
    "publisher": "source source_office media outlet agency newspaper organisation organization",
    "published": "date report_date source_date publication_date published_on published_at day",
    "victim_party": "party victims victim who people group category",
    "count": "deaths killed dead fatalities toll number persons people casualties victims low best",
}
"""Names under which others have a column that is needed."""
VAGUE = ("about", "around", "nearly", "almost", "some", "approximately", "roughly", "circa", "~")
_VAGUE = re.compile(rf"({'|'.join(VAGUE)})\s*(?=\d)", re.I)
_EXACT = ("", "exact", "exactly", "=")
_ALIKE = {"above": "over", "below": "under"}


def read_claims(table: Table, records: Iterable[Record]) -> list[Claim]:
    """Claims, an empty cell where a column is missing.

    A DatasetError names every cell that cannot be read, and of a column that is missing those of
    the table that may be it.
    """
    if faults := [*_find_column_faults(table.columns)]:
        raise table.error(*faults)
    read = [
        (line, _as_meant(row), [each for each in faults if each[0] in (None, *COLUMNS)])
        for line, row, faults in records
    ]
    claims = [claim for _, claim, _ in read]
    ids, problems = Counter(claim["claim_id"] for claim in claims), []
    for line, claim, faults in read:
        known = {name for name, _ in faults}
        more = () if None in known else _find_faults(claim, ids)
        faults += [each for each in more if each[0] not in known]
        problems += [Problem(table.name, line, *each) for each in faults]
    if problems or not claims:
        order = [*COLUMNS, None]
        problems.sort(key=lambda each: (each.line, order.index(each.column)))
        none = Problem(table.name, None, None, "holds no claim")
        raise DatasetError(problems or [none], table.name)
    return claims


def _find_column_faults(names: list[str]) -> Iterator[tuple[str, str]]:
    """Columns that are there twice, or needed and missing, and what is wrong with each."""
    for name, column in COLUMNS.items():
        if names.count(name) > 1:
            yield name, "the column is there twice"
        if column.required and name not in names:
            others = OTHER_NAMES[name].split()
            alike = [each for each in names if each in others or name in each.split("_")]
            free = [each for each in alike if each not in COLUMNS]
            one = f"{' or '.join(free)} would do: " if free else "name yours, "
            take = f"{one}--column {name}={free[0] if free else 'YOURS'}"
            yield name, f"the column is missing; {take}; if all rows have one, --value {name}=TEXT"


def _as_meant(row: Row) -> Claim:
    """A claim with all columns, words in one spelling, and its number in words."""
    claim = dict.fromkeys(COLUMNS, "") | row
    claim |= {name: claim[name].lower() for name in COLUMNS if COLUMNS[name].allowed}
    qualifier = re.sub(r"[\s_-]+", " ", claim["qualifier"].lower())
    if not qualifier and (vague := _VAGUE.match(claim["count"])):
        qualifier, claim["count"] = vague[1].lower(), claim["count"][vague.end() :]
    said = f"{qualifier} {claim['count']}".strip().removeprefix("exact ")
    measure = claim["measure"] or "killed"
    return claim | {"qualifier": qualifier, "measure": measure, "said": said}


def _find_faults(claim: Claim, ids: Counter) -> Iterator[tuple[str, str]]:
    """Columns of a claim that cannot be read, and why."""
    faults = {name: fault(column, claim[name]) for name, column in COLUMNS.items()}
    yield from ((name, said) for name, said in faults.items() if said)
    if claim["claim_id"] and ids[claim["claim_id"]] > 1:
        yield "claim_id", f"{claim['claim_id']!r} is there twice; give each claim its own"
    if claim["contained_in"] and claim["contained_in"] not in ids:
        yield "contained_in", f"{claim['contained_in']!r} is no claim_id of this table"
    if "" != claim["window_end"] < claim["window_start"] and not any(faults.values()):
        yield "window_end", f"{claim['window_end']} is before {claim['window_start']}"
    if claim["count"] and not faults["count"]:
        try:
            limits(claim)
        except ValueError as error:
            yield "count", str(error)


def limits(claim: Claim) -> tuple[int, int | None] | None:
    """Least and greatest number of a claim; None where its qualifier is not known to bind.

    >>> limits({"qualifier": "more than", "count": "300"})
    (301, None)
    >>> limits({"qualifier": "up to", "count": "9 to 12"})
    (0, 12)
    """
    low, high = read_count(claim["count"])
    qualifier = _ALIKE.get(claim["qualifier"], claim["qualifier"])
    if qualifier in _EXACT:
        return low, high
    try:
        read_count(f"{qualifier} 5")
    except ValueError:
        return None
    least = read_count(f"{qualifier} {low}")
    return least if least[1] is None or high is None else read_count(f"{qualifier} {high}")
