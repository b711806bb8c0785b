"""Statements as rows of other formats: HXL, UCDP GED and ACLED.

Each has its columns, a list of what no file of its kind can hold, and a function that makes its
table of the rows that :mod:`.exporting` joins. Columns of one name here and there are as they are.

Sources: HXL 1.1 tagging conventions (https://hxlstandard.org/standard/1-1final/tagging/) and
hashtag dictionary (https://hxlstandard.org/standard/1-1final/dictionary/); of the others as in
:mod:`.ged` and :mod:`.acled`.
"""

from pathlib import Path

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.links import split_ids
from analysis.exchange import acled, exporting, ged
from analysis.exchange.exporting import Converted, export, first_obstacle
from analysis.exchange.importing import Loss


def export_hxl(dataset: Dataset, output: str | Path) -> list[Loss]:
    """Write counted statements with HXL hashtags, for humanitarian tools: :func:`.export`.

    ``#affected+killed`` holds exact counts only; ``+min`` and ``+max`` hold what open-ended counts
    and ranges say, which are listed as well. Children have columns of their own, as they are among
    those counted in others; of each column no row is inside another row, so a column can be added
    up.
    """
    cannot_hold = (
        "which count is inside which (rows inside another of their column are left out)",
        "readings, whether a date is stated or inferred, sides, attribution",
        "statements without a count, positions in the text, Arabic labels, notes",
    )
    return export(dataset, output, _as_hxl, cannot_hold)


HASHTAGS = {
    "statement": "#event+code",
    "event_type": "#event+type",
    "date_start": "#date+start",
    "date_end": "#date+end",
    "place": "#loc+name",
    "governorate": "#adm1+name",
    "victims": "#group+name",
    "killed": "#affected+killed",
    "killed_at_least": "#affected+killed+min",
    "killed_at_most": "#affected+killed+max",
    "children_killed": "#affected+killed+children",
    "children_killed_at_least": "#affected+killed+children+min",
    "children_killed_at_most": "#affected+killed+children+max",
    "source": "#meta+source",
    "publisher": "#org+name",
    "published": "#date+reported",
}
_IN_HXL = {"event_id": "statement", "where_description": "place", "adm_1": "governorate"}
_IN_HXL |= {"source_original": "source", "source_office": "publisher", "source_date": "published"}


def _as_hxl(rows: pd.DataFrame) -> Converted:
    children = rows["victim_group"] == "children"
    bounds = {
        exporting.OPEN: "at least: in +min, no point value",
        exporting.RANGE: "a range: in +min and +max",
    }
    found = rows["obstacle"]
    out = first_obstacle(
        found.mask(found.isin([*bounds, exporting.PART])),
        (exporting.NOT_KILLED, rows["harm"] != "killed"),
        (exporting.PART, rows["part"] & ~(children & ~rows["in_children"].fillna(value=False))),
    )
    held, children = rows[out.isna()], children[out.isna()]
    counts = {"": held["low"].mask(held["obstacle"].isin([*bounds]))}
    counts |= {"_at_least": held["low"], "_at_most": held["high"]}
    columns = {f"killed{end}": count.where(~children) for end, count in counts.items()}
    columns |= {f"children_killed{end}": count.where(children) for end, count in counts.items()}
    table = held.rename(columns=_IN_HXL).assign(**columns)[[*HASHTAGS]]
    table.columns = pd.MultiIndex.from_tuples(HASHTAGS.items())
    return Converted(table, out.fillna(found.map(bounds)).to_frame(), out.isna())


def export_ged(dataset: Dataset, output: str | Path) -> list[Loss]:
    """Write counts of people killed in the columns of UCDP GED 20 to 25: :func:`.export`.

    GED adds up: one row is one event whose best estimate is the sum of four figures. So only exact
    counts of whole parties go there that are inside no other. Figures of one imported event come
    together again under UCDP's id; other rows have their ``event_id`` in ``relid``, since ids of
    events, conflicts and dyads are UCDP's to give. A zero means, as in GED, that none is recorded.
    """
    cannot_hold = (
        "counts without an upper limit, ranges without a best estimate, counts inside others",
        "readings, parts of a party such as children, harm other than death",
        "statements without a death, positions in the text, Arabic labels, notes",
        "left empty, as the dataset does not say it: conflict, dyad, coordinates, country",
    )
    return export(dataset, output, _as_ged, cannot_hold)


_GED_ID = r"^ged-(\d+)(?:-(?:a|b|civilians|unknown))?$"


def _as_ged(rows: pd.DataFrame) -> Converted:
    start, end = rows["date_start"], rows["date_end"]
    days = (end - start).dt.days.where(start.dt.year == end.dt.year)
    precisions = {"right": False, "labels": [*ged.LONGEST]}
    found = rows.assign(
        id=rows["event_id"].str.extract(_GED_ID, expand=False),
        part=[_part(row) for row in rows.itertuples()],
        date_prec=pd.cut(days, [0, *ged.LONGEST.values()], **precisions),
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
    return Converted(_ged_table(held, found[whole]), lost.to_frame(), out.isna())


def _ged_table(held: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    deaths = {
        name: figures["low"].where(figures["part"] == part, 0).groupby(figures["event"]).sum()
        for part, name in ged.DEATHS.items()
    }
    total, ours, place = sum(deaths.values()), held["id"].isna(), held["where_description"]
    kinds = {name: kind for kind, name in ged.VIOLENCE.items()}
    columns = {
        "relid": held["event_id"].where(ours),
        "year": held["date_start"].dt.year,
        "type_of_violence": held["event_type"].map(kinds),
        "where_coordinates": place.mask(ours),
        "where_description": place.where(ours),
    }
    for side in "ab":
        number = held[f"side_{side}"].str.extract(r"^ucdp-(\d+)$", expand=False)
        columns[f"side_{side}_new_id"] = number
        columns[f"side_{side}"] = held[f"names_{side}"].str.join(", ")
    rows = held.assign(**columns).set_index("event")
    return rows.assign(**deaths, low=total, best=total, high=total).reindex(columns=[*ged.COLUMNS])


def _part(row) -> str | None:
    """The part of GED's best estimate that a count belongs to, where the dataset says it."""
    sides = {"a": row.side_a, "b": row.side_b}
    own = [side for side, cell in sides.items() if row.party_id in split_ids(cell)]
    known = {"civilian": "civilians", "unknown": "unknown"}
    return known.get(row.status, own[0] if len(own) == 1 else None)


def export_acled(dataset: Dataset, output: str | Path) -> list[Loss]:
    """Write statements of a single day under ACLED's column names: :func:`.export`.

    A statement that leaves the day open would need a day made up, so it stays out; a number that is
    not exact, or inside another, leaves ``fatalities`` empty, which is not zero. ``event_id_cnty``
    holds the ids of the dataset, not ACLED's.
    """
    cannot_hold = (
        "windows of several days, counts without an upper limit, ranges, counts inside others",
        "whose dead they are (one number an event), parts of a party such as children",
        "harm other than death, readings, attribution, positions, notes",
        "left empty, as the dataset does not say it: actor types, country, coordinates",
    )
    return export(dataset, output, _as_acled, cannot_hold)


_QUIET = "Strategic developments"
_EVENT_TYPES = {
    "Air/drone strike": "Explosions/Remote violence",
    "Shelling/artillery/missile attack": "Explosions/Remote violence",
    "Armed clash": "Battles",
    "Government regains territory": "Battles",
    "Attack": "Violence against civilians",
    "Agreement": _QUIET,
}
"""ACLED's event type of each of its sub-event types that the codebook uses."""
_IN_ACLED = {
    "event_id": "event_id_cnty", "date_start": "event_date",
    "adm_1": "admin1", "where_description": "location",
}  # fmt: skip


def _as_acled(rows: pd.DataFrame) -> Converted:
    obstacle = rows["obstacle"]
    never = [exporting.ASIDE, exporting.WIDE, exporting.REPEAT]
    out = first_obstacle(
        obstacle.where(obstacle.isin(never)),
        ("undated", rows["date_end"].isna()),
        ("day not known", rows["date_start"] != rows["date_end"]),
    )
    kept, kind = out.isna(), rows["event_type"].map(_EVENT_TYPES)
    empty = "fatalities left empty: " + obstacle
    lost = {
        "out": "left out: " + out,
        "why": empty.where(kept & (obstacle != exporting.NO_COUNT)),
        "kind": pd.Series("type left empty: not one of ACLED's", kind.index)[kept & kind.isna()],
    }
    exact = rows["low"].where(obstacle.isna())
    table = _acled_table(rows.assign(kind=kind, fatalities=exact)[kept])
    return Converted(table, pd.DataFrame(lost, rows.index), kept & (exact > 0))


def _acled_table(rows: pd.DataFrame) -> pd.DataFrame:
    kind = rows["kind"]
    columns = {
        "year": rows["date_start"].dt.year,
        "time_precision": 1,
        "disorder_type": kind.where(kind.isna() | (kind == _QUIET), "Political violence"),
        "event_type": kind,
        "sub_event_type": rows["event_type"].where(kind.notna()),
        "source": rows["source_original"].fillna(rows["source_office"]),
    }
    for number, side in (("1", "a"), ("2", "b")):
        names = rows[f"names_{side}"].str
        columns[f"actor{number}"] = names[0]
        columns[f"assoc_actor_{number}"] = names[1:].str.join("; ")
    return rows.rename(columns=_IN_ACLED).assign(**columns).reindex(columns=[*acled.COLUMNS])
