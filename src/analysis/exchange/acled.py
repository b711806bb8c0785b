"""Statements of a single day under ACLED's column names.

ACLED dates an event to one day and gives it one number of fatalities, zero for none. A statement
that leaves the day open would need a day made up, so it stays out; a number that is not exact,
or inside another, leaves ``fatalities`` empty, which is not zero. ``event_id_cnty`` holds the
ids of the dataset, not ACLED's.

Source: ACLED Codebook (https://acleddata.com/methodology/acled-codebook); columns since 2023
(https://acleddata.com/knowledge-base/guide-to-2023-acled-column-changes).
"""

from pathlib import Path

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.exchange.losses import (
    ASIDE,
    NO_COUNT,
    REPEAT,
    WIDE,
    Loss,
    find_obstacles,
    grouped,
    parties_in,
    party_labels,
    several_sources,
    statements,
    write_new,
)

COLUMNS = [
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type",
    "sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2",
    "interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3",
    "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes",
    "fatalities", "tags", "timestamp",
]  # fmt: skip

EVENT_TYPES = {
    "Air/drone strike": "Explosions/Remote violence",
    "Shelling/artillery/missile attack": "Explosions/Remote violence",
    "Armed clash": "Battles",
    "Government regains territory": "Battles",
    "Attack": "Violence against civilians",
    "Agreement": "Strategic developments",
}
"""ACLED's event type of each of its sub-event types that the codebook uses."""

CANNOT_HOLD = [
    Loss("windows of several days, counts without an upper limit, ranges, counts inside others"),
    Loss("whose dead they are (one number an event), parts of a party such as children"),
    Loss("harm other than death, readings, derived counts, attribution, positions, notes"),
    Loss("left empty, as the dataset does not say it: actor types, country, coordinates"),
]


def export_acled(dataset: Dataset, output: str | Path) -> list[Loss]:
    """Write what ACLED's columns can hold of a dataset.

    Returns
    -------
    list of Loss
        What they cannot hold, every statement left out, every count left out of its row.

    Raises
    ------
    ContradictionError
        When statements cannot all be true.
    FileExistsError
        When there is such a file; it stays as it is.
    """
    rows = statements(dataset)
    obstacles, label = find_obstacles(dataset), party_labels(dataset)
    found, written = [], []
    for row, obstacle in zip(rows.itertuples(), obstacles, strict=True):
        out = _left_out(row, obstacle)
        why = None if out else _not_fatalities(row, obstacle)
        if out:
            found.append((f"left out: {out}", row.event_id))
        else:
            written.append(_row(row, label, None if why else row.low))
        if why and why != NO_COUNT:
            found.append((f"fatalities left empty: {why}", row.event_id))
        if not out and row.event_type not in EVENT_TYPES:
            found.append(("type left empty: not one of ACLED's", row.event_id))
    write_new(Path(output), written, COLUMNS)
    counted = rows[rows["event_id"].isin([r["event_id_cnty"] for r in written if r["fatalities"]])]
    return [*CANNOT_HOLD, *several_sources(counted), *grouped(found)]


def _left_out(row, obstacle: str) -> str | None:
    if pd.notna(obstacle) and obstacle in (ASIDE, WIDE, REPEAT):
        return obstacle
    if pd.isna(row.date_end):
        return "undated"
    return "day not known" if row.date_start != row.date_end else None


def _not_fatalities(row, obstacle: str) -> str | None:
    if pd.notna(obstacle):
        return obstacle
    if row.harm != "killed":
        return "harm other than death"
    return "part of a party" if pd.notna(row.victim_group) or pd.notna(row.subset_of) else None


def _row(row, label: dict[str, str], fatalities: int | None) -> dict:
    kind = EVENT_TYPES.get(row.event_type)
    disorder = kind if kind == "Strategic developments" else "Political violence"
    actors = [[*map(label.get, parties_in(cell)), ""] for cell in (row.side_a, row.side_b)]
    return {
        "event_id_cnty": row.event_id,
        "event_date": f"{row.date_start:%Y-%m-%d}",
        "year": row.date_start.year,
        "time_precision": 1,
        "disorder_type": disorder if kind else None,
        "event_type": kind,
        "sub_event_type": row.event_type if kind else None,
        "actor1": actors[0][0],
        "assoc_actor_1": "; ".join(actors[0][1:-1]),
        "actor2": actors[1][0],
        "assoc_actor_2": "; ".join(actors[1][1:-1]),
        "admin1": row.adm_1,
        "location": row.where_description,
        "source": row.source_office if pd.isna(row.source_original) else row.source_original,
        "fatalities": fatalities,
    }
