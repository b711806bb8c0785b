"""A table of one row a person becomes claims: how many there are of each day and place.

Names, ages and other cells about a person are read to find repeated rows, and go nowhere.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from analysis.exchange.claim_rules import COLUMNS
from analysis.exchange.claims import write_claims
from analysis.exchange.importing import Imported, Loss
from analysis.exchange.reading import PLAIN, ReadOptions, Record, Table, open_table

NAMES = ("name", "full_name", "victim_name", "name_en", "name_ar", "en_name", "nom", "الاسم")
_DAY = ("date", "date_of_death", "death_date", "date_killed", "day", "التاريخ")
_PLACE = ("location", "governorate", "province", "city", "place_of_death", "المكان")
_COLUMNS = COLUMNS | {
    "window_start": COLUMNS["window_start"]._replace(other_names=_DAY),
    "place": COLUMNS["place"]._replace(other_names=_PLACE),
}
_NUMBERS = ("id", "no", "number", "#", "index", "الرقم")
"""Columns that number rows, and so say nothing of a person."""


def import_persons(path: str | Path, folder: str | Path, options: ReadOptions = PLAIN) -> Imported:
    """Make a dataset of a list of persons and write it to a folder, as :func:`import_claims`.

    It says neither who published it and when nor who the victims are: values do, or columns.
    """
    table = open_table(Path(path), _COLUMNS, options)
    columns = [*table.columns, "claim_id", "count"]
    questions: list[str] = []
    counted = _counted(table, questions)
    missing = {"publisher", "published", "victim_party"} - {*columns}
    records = counted if missing else [*counted]  # questions first
    made = write_claims(table._replace(columns=columns), records, folder, questions)
    persons = f"persons as {len(made.dataset.events)} counts, one a day and place"
    own = ", ".join(name for name in table.columns if name not in COLUMNS)
    lost = Loss(f"of each person, read to tell repeated rows and not copied: {own}")
    rows = int(made.dataset.events["low"].sum())
    return made._replace(rows=rows, what=persons, losses=[lost])


def _counted(table: Table, questions: list[str]) -> Iterator[Record]:
    """A record for all persons whose cells are the same in the columns of claims."""
    lines: dict[tuple, list[int]] = defaultdict(list)
    known: dict[tuple, int] = {}
    for line, row, faults in table.records:
        faults = [each for each in faults if each[0] in (None, *COLUMNS)]
        if faults:
            yield Record(line, row | {"claim_id": f"row-{line}", "count": "1"}, faults)
            continue
        person = _person(row)
        if earlier := known.get(person):
            questions.append(
                f"row {line}: is it the person of row {earlier}? All cells are the same. Meanwhile "
                "they are counted once. To change: count in events.csv."
            )
            continue
        known[person or (line,)] = line
        group = tuple((name, cell) for name, cell in row.items() if name in COLUMNS)
        lines[group].append(line)
    for group, (line, *others) in lines.items():
        row = dict(group)
        end = row.get("window_end") or row.get("window_start", "")
        own = {"window_end": end, "claim_id": f"row-{line}", "count": str(1 + len(others))}
        yield Record(line, row | own, [])


def _person(row: dict[str, str]) -> tuple:
    """The cells that describe a person; none where the name is missing."""
    named = any(row.get(name) for name in NAMES)
    return tuple(item for item in row.items() if item[0] not in _NUMBERS) if named else ()
