"""Counts of people killed as rows of UCDP GED, in the columns of versions 20 to 25.

GED adds up: one row is one event whose best estimate is the sum of four figures. So only exact
counts of whole parties go there that are inside no other. Figures of one imported event come
together again under UCDP's id; other rows have their ``event_id`` in ``relid``, since ids of
events, conflicts and dyads are UCDP's to give. A zero means, as in GED, that none is recorded.

Sources as in :mod:`analysis.exchange.ged_rules`.
"""

import re
from pathlib import Path

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.exchange import losses
from analysis.exchange.ged_import import VIOLENCE
from analysis.exchange.ged_rules import DEATHS, LONGEST
from analysis.exchange.losses import Converted, Loss, export, mark, parties_in

COLUMNS = """
    id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id
    conflict_name dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a
    side_b_dset_id side_b_new_id side_b number_of_sources source_article source_office source_date
    source_headline source_original where_prec where_coordinates where_description adm_1 adm_2
    latitude longitude geom_wkt priogrid_gid country country_id region event_clarity date_prec
    date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high low gwnoa gwnob
""".split()  # noqa: SIM905, a list would be a line a name

CANNOT_HOLD = (
    "counts without an upper limit, ranges without a best estimate, counts inside others",
    "readings, derived counts, parts of a party such as children, harm other than death",
    "statements without a death, positions in the text, Arabic labels, notes",
    "left empty, as the dataset does not say it: conflict, dyad, coordinates, country",
)
_ID = re.compile(r"ged-(\d+)(?:-(?:a|b|civilians|unknown))?")


def export_ged(dataset: Dataset, output: str | Path) -> list[Loss]:
    """Write what GED can hold of a dataset: :func:`.losses.export`."""
    return export(dataset, output, _convert, [COLUMNS], CANNOT_HOLD)


def _convert(rows: pd.DataFrame, label: dict[str, str]) -> Converted:
    rows = rows.assign(
        ucdp=[match[1] if (match := _ID.fullmatch(name)) else "" for name in rows["event_id"]],
        part=[_part(row) for row in rows.itertuples()],
        prec=[_precision(row.date_start, row.date_end) for row in rows.itertuples()],
    )
    rows["obstacle"] = mark(
        rows["obstacle"],
        (losses.NOT_KILLED, rows["harm"] != "killed"),
        (losses.PART, rows["partial"]),
        ("killed are neither civilians nor one of the two sides", rows["part"].isna()),
        ("window without a first day, longer than a year or in two years", rows["prec"].isna()),
        ("nobody killed, no event of GED", rows["high"] == 0),
    )
    events: dict[str, list] = {}
    for row in rows.itertuples():
        events.setdefault(row.ucdp or f"own {row.event_id}", []).append(row)
    lost, written = [], []
    other = "left out with another figure of its event"
    for event in events.values():
        if all(pd.isna(row.obstacle) for row in event):
            written.append(_row(event, label))
            if pd.isna(event[0].side_a) or pd.isna(event[0].side_b):
                lost.append(("a side left empty, nobody named", event[0].event_id))
        else:
            whys = [other if pd.isna(row.obstacle) else row.obstacle for row in event]
            lost += zip(whys, [row.event_id for row in event], strict=True)
    return Converted(written, lost, rows[rows["obstacle"].isna()])


def _part(row) -> str | None:
    """The part of GED's best estimate that a count belongs to, where the dataset says it."""
    sides = {"a": row.side_a, "b": row.side_b}
    own = [side for side, cell in sides.items() if row.party_id in parties_in(cell)]
    known = {"civilian": "civilians", "unknown": "unknown"}
    return known.get(row.status, own[0] if len(own) == 1 else None)


def _precision(start: pd.Timestamp, end: pd.Timestamp) -> str | None:
    """The ``date_prec`` whose windows are long enough, within one calendar year."""
    if pd.isna(start) or start.year != end.year:
        return None
    return next(prec for prec, days in LONGEST.items() if (end - start).days < days)


def _row(event: list, label: dict[str, str]) -> dict:
    first = event[0]
    figures = dict.fromkeys(DEATHS.values(), 0) | {DEATHS[row.part]: row.low for row in event}
    kinds = {name: kind for kind, name in VIOLENCE.items()}
    place = {"where_coordinates": first.where_description, "where_description": None}
    return {
        **first._asdict(),  # columns that have one name here and there
        "id": first.ucdp,
        "relid": "" if first.ucdp else first.event_id,
        "year": first.date_start.year,
        "type_of_violence": kinds.get(first.event_type),
        **_side(first.side_a, "a", label),
        **_side(first.side_b, "b", label),
        **(place if first.ucdp else {}),
        "date_prec": first.prec,
        **figures,
        **dict.fromkeys(("low", "best", "high"), sum(figures.values())),
    }


def _side(cell: str, side: str, label: dict[str, str]) -> dict:
    parties = parties_in(cell)
    number = re.fullmatch(r"ucdp-(\d+)", parties[0]) if len(parties) == 1 else None
    name = ", ".join(map(label.get, parties))
    return {f"side_{side}": name, f"side_{side}_new_id": number[1] if number else ""}
