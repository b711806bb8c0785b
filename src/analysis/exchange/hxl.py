"""Counted statements as a table with HXL hashtags, for humanitarian tools.

``#affected+killed`` holds exact counts only; ``+min`` and ``+max`` hold what open-ended counts
and ranges say. Children have columns of their own, as they are among those counted in others;
of each column no row is inside another row, so a column can be added up.

Sources: HXL 1.1 tagging conventions (https://hxlstandard.org/standard/1-1final/tagging/) and
hashtag dictionary (https://hxlstandard.org/standard/1-1final/dictionary/).
"""

from pathlib import Path

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.exchange.losses import (
    OPEN,
    RANGE,
    Loss,
    find_obstacles,
    grouped,
    several_sources,
    statements,
    write_new,
)

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

CANNOT_HOLD = [
    Loss("which count is inside which (rows inside another of their column are left out)"),
    Loss("readings, derived counts, whether a date is stated or inferred, sides, attribution"),
    Loss("statements without a count, positions in the text, Arabic labels, notes"),
]


def export_hxl(dataset: Dataset, output: str | Path) -> list[Loss]:
    """Write the killed, children, dates, places and sources, one row a counted statement.

    Returns
    -------
    list of Loss
        What this table cannot hold, and every statement left out or without a point value.

    Raises
    ------
    ContradictionError
        When statements cannot all be true.
    FileExistsError
        When there is such a file; it stays as it is.
    """
    rows = statements(dataset)
    found = find_obstacles(dataset)
    child = (rows["victim_group"] == "children").fillna(value=False).astype(bool)
    group = dataset.tallies.set_index("tally_id")["victim_group"]
    child &= rows["subset_of"].map(group) != "children"
    part = (rows["victim_group"].notna() | rows["subset_of"].notna()) & ~child
    held = found.isna() | found.isin([OPEN, RANGE])
    other = rows["harm"] != "killed"
    for what, here in (("harm other than death", other), ("part of a party", part)):
        found = found.mask(held & here, what)
        held &= ~here
    written = [_row(row, point=pd.isna(found[row.Index])) for row in rows[held].itertuples()]
    write_new(Path(output), written, [*HASHTAGS], before=([*HASHTAGS.values()],))
    bounds = {OPEN: "at least: in +min, no point value", RANGE: "a range: in +min and +max"}
    lost = found[found.notna()].replace(bounds)
    pairs = [*zip(lost, rows.loc[lost.index, "event_id"], strict=True)]
    return [*CANNOT_HOLD, *several_sources(rows[held]), *grouped(pairs)]


def _row(row, *, point: bool) -> dict:
    killed = "children_killed" if row.victim_group == "children" else "killed"
    return {
        "statement": row.event_id,
        "event_type": row.event_type,
        "date_start": "" if pd.isna(row.date_start) else f"{row.date_start:%Y-%m-%d}",
        "date_end": f"{row.date_end:%Y-%m-%d}",
        "place": row.where_description,
        "governorate": row.adm_1,
        "victims": row.victims,
        killed: row.low if point else None,
        f"{killed}_at_least": row.low,
        f"{killed}_at_most": row.high,
        "source": row.source_original,
        "publisher": row.source_office,
        "published": f"{row.source_date:%Y-%m-%d}",
    }
