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
from analysis.exchange.files import Loss
from analysis.exchange.losses import Converted, export, mark

COLUMNS = """
    event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
    assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region
    country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale
    notes fatalities tags timestamp
""".split()  # noqa: SIM905, a list would be a line a name

QUIET = "Strategic developments"
EVENT_TYPES = {
    "Air/drone strike": "Explosions/Remote violence",
    "Shelling/artillery/missile attack": "Explosions/Remote violence",
    "Armed clash": "Battles",
    "Government regains territory": "Battles",
    "Attack": "Violence against civilians",
    "Agreement": QUIET,
}
"""ACLED's event type of each of its sub-event types that the codebook uses."""
_THEIRS = {"event_id": "event_id_cnty", "date_start": "event_date"}
_THEIRS |= {"adm_1": "admin1", "where_description": "location"}

CANNOT_HOLD = (
    "windows of several days, counts without an upper limit, ranges, counts inside others",
    "whose dead they are (one number an event), parts of a party such as children",
    "harm other than death, readings, attribution, positions, notes",
    "left empty, as the dataset does not say it: actor types, country, coordinates",
)


def export_acled(dataset: Dataset, output: str | Path) -> list[Loss]:
    """Write what ACLED's columns can hold of a dataset: :func:`.losses.export`."""
    return export(dataset, output, _convert, CANNOT_HOLD)


def _convert(rows: pd.DataFrame) -> Converted:
    out = mark(
        rows["obstacle"].where(rows["obstacle"].isin([losses.ASIDE, losses.WIDE, losses.REPEAT])),
        ("undated", rows["date_end"].isna()),
        ("day not known", rows["date_start"] != rows["date_end"]),
    )
    why = rows["obstacle"]
    kind = rows["event_type"].map(EVENT_TYPES)
    kept = out.isna()
    lost = {
        "out": "left out: " + out,
        "why": ("fatalities left empty: " + why).where(kept & (why != losses.NO_COUNT)),
        "kind": pd.Series("type left empty: not one of ACLED's", kind.index)[kept & kind.isna()],
    }
    rows = rows.assign(kind=kind, fatalities=rows["low"].where(why.isna()))
    counted = kept & why.isna() & (rows["low"] > 0)
    return Converted(_table(rows[kept]), pd.DataFrame(lost, rows.index), counted)


def _table(rows: pd.DataFrame) -> pd.DataFrame:
    kind = rows["kind"]
    table = rows.rename(columns=_THEIRS).assign(
        year=rows["date_start"].dt.year,
        time_precision=1,
        disorder_type=kind.where(kind.isna() | (kind == QUIET), "Political violence"),
        event_type=kind,
        sub_event_type=rows["event_type"].where(kind.notna()),
        source=rows["source_original"].fillna(rows["source_office"]),
        actor1=rows["names_a"].str[0],
        assoc_actor_1=rows["names_a"].str[1:].str.join("; "),
        actor2=rows["names_b"].str[0],
        assoc_actor_2=rows["names_b"].str[1:].str.join("; "),
    )
    return table.reindex(columns=COLUMNS)
