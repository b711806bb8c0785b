"""Rows of parties and their parts as bars: names, counts, days where they differ, colours."""

import pandas as pd

from analysis.charts.bars import Range
from analysis.charts.named_bars import NamedBar
from analysis.figures import common, naming, readings, wording
from analysis.figures.colours import row_colour
from analysis.figures.party_notes import name_of
from analysis.language.locales import Locale

_MOST_ADDED = 5
"""The certain number carries the ink: all numbers added are drawn up to so many times as long."""


def all_added(found: common.FigureData) -> int:
    """Every published number of the parties shown as one sum; 0 where it is not drawn.

    That is where nothing is told twice, and of long series of totals, which nobody would add.
    """
    low, added = int(found.summed["low"].sum()), int(found.summed["naive_sum"].sum())
    return added if not found.by and low < added <= _MOST_ADDED * low else 0


def bars_of(found: common.FigureData, locale: Locale) -> list[NamedBar]:
    """A bar a row; a whole whose days are not the figure's has them below its name."""
    years = pd.notna(found.days[0]) and found.spans_years
    blocks, before, bars = not readings.one_source(found.wholes), None, []
    tops = found.numbers.set_index("tally_id")[["date_start", "date_end"]]
    parties = found.dataset.parties.set_index("party_id")
    several, added = bool(found.by) and len(found.summed) > 1, all_added(found)
    for row in found.numbers.itertuples():
        around = found.days if not row.depth else tuple(tops.loc[row.subset_of])
        more, days = [locale("calculated")] * bool(row.calculated), ""
        if _days(row) != _same(around):
            days = locale.window(row.date_start, row.date_end, years)
        if row.depth and days:
            more.insert(0, days)
        source = wording.source(row.source_original, locale)
        heads = [*[locale.capital(source)] * blocks]
        heads += [naming.label(parties, row.party_id, locale)] * several
        above = locale.join(heads, "list") if not row.depth and heads != before else ""
        before = heads
        pale = int(row.naive_sum) if added and not row.depth and row.naive_sum > row.low else 0
        links = common.link_to_last(found.dataset, row.tally_id.split(";")[0], locale)
        bars.append(
            NamedBar(
                name_of(found, row, locale),
                locale.count(row.low, row.high),
                Range(row.low, float("nan") if pd.isna(row.high) else row.high),
                row_colour(
                    found.dataset, row.party_id, found.by, getattr(row, found.by or "", None)
                ),
                locale.join(more, "list"),
                pale,
                locale("all added", count=pale) if pale else "",
                row.depth,
                links,
                above,
                days if not row.depth else "",
            )
        )
    return bars


def _days(row) -> tuple:
    return _same((row.date_start, row.date_end))


def _same(days: tuple) -> tuple:
    """Days that compare equal where none is given."""
    return tuple(None if pd.isna(day) else day for day in days)
