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
from analysis.exchange import losses
from analysis.exchange.losses import Converted, Loss, export, mark

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
_OURS = {"statement": "event_id", "place": "where_description", "governorate": "adm_1"}
_OURS |= {"source": "source_original", "publisher": "source_office", "published": "source_date"}

CANNOT_HOLD = (
    "which count is inside which (rows inside another of their column are left out)",
    "readings, derived counts, whether a date is stated or inferred, sides, attribution",
    "statements without a count, positions in the text, Arabic labels, notes",
)


def export_hxl(dataset: Dataset, output: str | Path) -> list[Loss]:
    """Write the killed, children, dates, places and sources, one row a counted statement.

    See :func:`.losses.export`; statements without a point value are listed as well.
    """
    return export(dataset, output, _convert, [[*HASHTAGS], [*HASHTAGS.values()]], CANNOT_HOLD)


def _convert(rows: pd.DataFrame, label: dict[str, str]) -> Converted:
    child = (rows["victim_group"] == "children") & (rows["whole_group"] != "children")
    bounds = {
        losses.OPEN: "at least: in +min, no point value",
        losses.RANGE: "a range: in +min and +max",
    }
    found = rows["obstacle"]
    out = mark(
        found.mask(found.isin([*bounds])),
        (losses.NOT_KILLED, rows["harm"] != "killed"),
        (losses.PART, rows["partial"] & ~child),
    )
    held = rows[out.isna()]
    lost = out.fillna(found.map(bounds)).dropna()
    pairs = [*zip(lost, rows.loc[lost.index, "event_id"], strict=True)]
    return Converted([_row(row) for row in held.itertuples()], pairs, held)


def _row(row) -> dict:
    killed = "children_killed" if row.victim_group == "children" else "killed"
    return {
        **row._asdict(),  # columns that have one name here and there
        **{theirs: getattr(row, ours) for theirs, ours in _OURS.items()},
        killed: row.low if pd.isna(row.obstacle) else None,
        f"{killed}_at_least": row.low,
        f"{killed}_at_most": row.high,
    }
