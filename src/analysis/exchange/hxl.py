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
from analysis.exchange import exporting
from analysis.exchange.exporting import Converted, export, first_obstacle
from analysis.exchange.importing import Loss

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
_THEIRS = {"event_id": "statement", "where_description": "place", "adm_1": "governorate"}
_THEIRS |= {"source_original": "source", "source_office": "publisher", "source_date": "published"}

CANNOT_HOLD = (
    "which count is inside which (rows inside another of their column are left out)",
    "readings, whether a date is stated or inferred, sides, attribution",
    "statements without a count, positions in the text, Arabic labels, notes",
)


def export_hxl(dataset: Dataset, output: str | Path) -> list[Loss]:
    """Write the killed, children, dates, places and sources, one row a counted statement.

    See :func:`.exporting.export`; statements without a point value are listed as well.
    """
    return export(dataset, output, _convert, CANNOT_HOLD)


def _convert(rows: pd.DataFrame) -> Converted:
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
    table = held.rename(columns=_THEIRS).assign(**columns)[[*HASHTAGS]]
    table.columns = pd.MultiIndex.from_tuples(HASHTAGS.items())
    return Converted(table, out.fillna(found.map(bounds)).to_frame(), out.isna())
