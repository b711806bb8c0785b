"""Counts of people killed as rows of UCDP GED, in the columns of versions 20 to 25.

GED adds up: one row is one event whose best estimate is the sum of four figures. So only exact
counts of whole parties go there that are inside no other. Figures of one imported event come
together again under UCDP's id; other rows have their ``event_id`` in ``relid``, since ids of
events, conflicts and dyads are UCDP's to give. A zero means, as in GED, that none is recorded.

Sources as in :mod:`analysis.exchange.ged_rules`.
"""

from pathlib import Path

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.links import split_ids
from analysis.exchange.exporting import Converted, export, first_obstacle
from analysis.exchange.ged_rules import COLUMNS, DEATHS, LONGEST, VIOLENCE
from analysis.exchange.importing import Loss

CANNOT_HOLD = (
    "counts without an upper limit, ranges without a best estimate, counts inside others",
    "readings, parts of a party such as children, harm other than death",
    "statements without a death, positions in the text, Arabic labels, notes",
    "left empty, as the dataset does not say it: conflict, dyad, coordinates, country",
)
_ID = r"^ged-(\d+)(?:-(?:a|b|civilians|unknown))?$"


def export_ged(dataset: Dataset, output: str | Path) -> list[Loss]:
    """Write what GED can hold of a dataset: :func:`.exporting.export`."""
    return export(dataset, output, _convert, CANNOT_HOLD)


def _convert(rows: pd.DataFrame) -> Converted:
    start, end = rows["date_start"], rows["date_end"]
    days = (end - start).dt.days.where(start.dt.year == end.dt.year)
    found = rows.assign(
        id=rows["event_id"].str.extract(_ID, expand=False),
        part=[_part(row) for row in rows.itertuples()],
        date_prec=pd.cut(days, [0, *LONGEST.values()], right=False, labels=[*LONGEST]),
    )
    out = first_obstacle(
        found["obstacle"],
        ("killed are neither civilians nor one of the two sides", found["part"].isna()),
        ("window without a first day, longer than a year or in two years", days.isna()),
        ("nobody killed, no event of GED", found["high"] == 0),
    )
    event, _ = pd.factorize(found["id"].fillna("own " + found["event_id"]))
    found = found.assign(event=event, out=out).sort_values("event", kind="stable")
    twice = found[found["out"].isna()].duplicated(["event", "part"], keep=False)
    found.loc[twice.index[twice], "out"] = "one of two figures of a part under one id of UCDP"
    whole = found["out"].isna().groupby(found["event"]).transform("all")
    held = found[whole].drop_duplicates("event")
    lost = found["out"].fillna("left out with another figure of its event").mask(whole)
    nameless = held["side_a"].isna() | held["side_b"].isna()
    lost[held.index[nameless]] = "a side left empty, nobody named"
    return Converted(_table(held, found[whole]), lost.to_frame(), out.isna())


def _table(held: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """Rows of GED; columns that have one name here and there are as they are."""
    deaths = {
        name: figures["low"].where(figures["part"] == part, 0).groupby(figures["event"]).sum()
        for part, name in DEATHS.items()
    }
    total, ours, place = sum(deaths.values()), held["id"].isna(), held["where_description"]
    columns = {
        "relid": held["event_id"].where(ours),
        "year": held["date_start"].dt.year,
        "type_of_violence": held["event_type"].map({name: kind for kind, name in VIOLENCE.items()}),
        "where_coordinates": place.mask(ours),
        "where_description": place.where(ours),
    }
    for side in "ab":
        number = held[f"side_{side}"].str.extract(r"^ucdp-(\d+)$", expand=False)
        columns[f"side_{side}_new_id"] = number
        columns[f"side_{side}"] = held[f"names_{side}"].str.join(", ")
    rows = held.assign(**columns).set_index("event")
    return rows.assign(**deaths, low=total, best=total, high=total).reindex(columns=[*COLUMNS])


def _part(row) -> str | None:
    """The part of GED's best estimate that a count belongs to, where the dataset says it."""
    sides = {"a": row.side_a, "b": row.side_b}
    own = [side for side, cell in sides.items() if row.party_id in split_ids(cell)]
    known = {"civilian": "civilians", "unknown": "unknown"}
    return known.get(row.status, own[0] if len(own) == 1 else None)
