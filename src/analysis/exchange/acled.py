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
from analysis.exchange import losses
from analysis.exchange.losses import Converted, Loss, export, mark, parties_in

COLUMNS = """
    event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
    assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region
    country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale
    notes fatalities tags timestamp
""".split()  # noqa: SIM905, a list would be a line a name

EVENT_TYPES = {
    "Air/drone strike": "Explosions/Remote violence",
    "Shelling/artillery/missile attack": "Explosions/Remote violence",
    "Armed clash": "Battles",
    "Government regains territory": "Battles",
    "Attack": "Violence against civilians",
    "Agreement": "Strategic developments",
}
"""ACLED's event type of each of its sub-event types that the codebook uses."""

CANNOT_HOLD = (
    "windows of several days, counts without an upper limit, ranges, counts inside others",
    "whose dead they are (one number an event), parts of a party such as children",
    "harm other than death, readings, derived counts, attribution, positions, notes",
    "left empty, as the dataset does not say it: actor types, country, coordinates",
)


def export_acled(dataset: Dataset, output: str | Path) -> list[Loss]:
    """Write what ACLED's columns can hold of a dataset: :func:`.losses.export`."""
    return export(dataset, output, _convert, [COLUMNS], CANNOT_HOLD)


def _convert(rows: pd.DataFrame, label: dict[str, str]) -> Converted:
    out = mark(
        rows["obstacle"].where(rows["obstacle"].isin([losses.ASIDE, losses.WIDE, losses.REPEAT])),
        ("undated", rows["date_end"].isna()),
        ("day not known", rows["date_start"] != rows["date_end"]),
    )
    why = mark(
        rows["obstacle"],
        (losses.NOT_KILLED, rows["harm"] != "killed"),
        (losses.PART, rows["partial"]),
    )
    lost, written = [], []
    for row in rows.assign(out=out, why=why).itertuples():
        if pd.notna(row.out):
            lost.append((f"left out: {row.out}", row.event_id))
            continue
        if pd.notna(row.why) and row.why != losses.NO_COUNT:
            lost.append((f"fatalities left empty: {row.why}", row.event_id))
        if row.event_type not in EVENT_TYPES:
            lost.append(("type left empty: not one of ACLED's", row.event_id))
        written.append(_row(row, label))
    return Converted(written, lost, rows[out.isna() & why.isna() & (rows["low"] > 0)])


def _row(row, label: dict[str, str]) -> dict:
    kind = EVENT_TYPES.get(row.event_type)
    disorder = kind if kind == "Strategic developments" else "Political violence"
    actors = [[*map(label.get, parties_in(cell)), ""] for cell in (row.side_a, row.side_b)]
    return {
        "event_id_cnty": row.event_id,
        "event_date": row.date_start,
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
        "fatalities": row.low if pd.isna(row.why) else None,
    }
