"""Numbers over time: bounds of each row by the end of each day, and what its title adds up."""

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from analysis.bounds import drawn as bounds
from analysis.bounds.drawn import chosen_drawn, chosen_harm, outermost
from analysis.bounds.leading import leading_tallies
from analysis.bounds.parties import parties_of
from analysis.data.dataset import Dataset
from analysis.data.nesting import nesting
from analysis.data.outcome import READINGS
from analysis.data.problems import NothingToDrawError
from analysis.data.statements import standing_rows
from analysis.figures import figure, readings
from analysis.figures.panels import tallies_of

_ROWS, _CHOSEN = 5, 12
"""So many rows are drawn at most, and of tallies that are asked for."""


@dataclass(frozen=True)
class OverTime(figure.FigureData):
    """Bounds in each reading; panels of a tally and its parts each.

    ``added`` says whether the title adds up all, chosen ones, or such as may have people in common;
    where rows are left out it is about those drawn. ``ends`` are the bounds of each tally by its
    last day; tallies ``besides`` are of other sources.
    """

    added: str
    ends: pd.DataFrame
    besides: Collection[str] = ()


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    parties: Collection[str] | None = None,
    tallies: Collection[str] | None = None,
) -> OverTime:
    """Cumulative bounds: at least and at most how many by the end of each day.

    A row for each of ``tallies``, parts of others among them; else for each party (of ``parties``)
    the source that counts most parties up to the latest day. Of many rows the highest are drawn.
    Where all is of one day there is nothing to see over time.

    Examples
    --------
    >>> import analysis
    >>> figure = analysis.plot_over_time(analysis.load("data/report"), parties=["civilians"])
    >>> figure.numbers["cumulative_low"].max().item()
    41
    """
    if parties is not None:
        tallies = _leading_of(dataset, harm, parties, tallies)
    if tallies is None:
        harm = harm or bounds.main_harm(dataset)
        every, shown = bounds.whole_of(dataset, harm), leading_tallies(dataset, harm)
    else:
        shown = every = [*dict.fromkeys(tallies)]
        harm = chosen_harm(dataset, shown, harm)
    drawn = _own_limits(dataset, chosen_drawn(dataset, shown)) if shown else None
    named = [] if drawn is None else _with_numbers(drawn, shown)
    if not named:
        raise bounds.nothing_strictly(dataset, harm)
    ends = readings.last_bounds(drawn)
    kept = _highest(ends, named, _ROWS if tallies is None else _CHOSEN)
    panels = {name: bounds.with_parts(drawn, name) for name in kept}
    own = drawn[drawn["tally_id"].isin(kept)]
    days = readings.span_of(readings.primary(own))
    if days[0] == days[1]:
        raise NothingToDrawError(_why_nothing(harm, days[0]))
    whole = tallies is None and len(kept) == len(named)
    summed, loosest, added = _sums(dataset, harm, own, kept, whole=whole)
    about = {"panels": panels, "summed": summed, "loosest": loosest, "ends": ends}
    about["besides"] = [name for name in every if name not in shown]
    about["left_out"] = len(named) - len(kept)
    in_panels = {name for rows in panels.values() for name in rows["tally_id"]}
    drawn = drawn[drawn["tally_id"].isin(in_panels)]
    return OverTime(dataset, drawn, figure.rests_on(dataset, drawn), harm, days, added, **about)


def _with_numbers(drawn: pd.DataFrame, tallies: Collection[str]) -> list[str]:
    """The tallies that have numbers in the reading that is drawn."""
    strictly = {*readings.primary(drawn)["tally_id"]}
    return [name for name in tallies if name in strictly]


def _highest(ends: pd.DataFrame, tallies: list[str], most: int) -> list[str]:
    """The tallies that count most people by their last day, in their order."""
    highest = {*ends.loc[tallies, "low"].nlargest(most).index}
    return [name for name in tallies if name in highest]


def _sums(
    dataset: Dataset, harm: str, own: pd.DataFrame, kept: list[str], whole: bool
) -> tuple[pd.DataFrame, pd.DataFrame, str]:
    """What the title adds up in each reading, and how: ``whole`` parties, else the rows drawn."""
    if whole:  # those of one party can have parts in common
        sums = [_of_shown(dataset, kept, rows) for rows in readings.totals_of(dataset, harm)]
        return *sums, "all"
    alone, added = outermost(dataset, kept)
    sums = [readings.last_sums(own, reading) for reading in READINGS]
    return *sums, added if len(alone) == len(kept) else "shared"


def _leading_of(
    dataset: Dataset,
    harm: str | None,
    parties: Collection[str],
    tallies: Collection[str] | None,
) -> list[str]:
    """The tallies that are drawn of some parties, or of chosen tallies those of these parties."""
    own = {*tallies_of(dataset, parties, tallies)["tally_id"]}
    harm = harm or bounds.main_harm(dataset)
    found = [name for name in tallies or leading_tallies(dataset, harm, parties) if name in own]
    if not found:
        raise NothingToDrawError(f"nothing to draw: none of these parties is counted ({harm})")
    return found


def _of_shown(dataset: Dataset, tallies: Collection[str], totals: pd.DataFrame) -> pd.DataFrame:
    """Totals of the parties of some tallies by their sources."""
    group = ["source_original", "party_id"]
    shown = dataset.tallies.loc[dataset.tallies["tally_id"].isin(tallies), group]
    keys = pd.MultiIndex.from_frame(shown.fillna(""))
    return totals[pd.MultiIndex.from_frame(totals[group].fillna("")).isin(keys)]


def _why_nothing(harm: str, day: pd.Timestamp) -> str:
    """What an error says of an event of one day."""
    return (
        f"nothing to draw: all that is counted ({harm}) is of one day, {day.date()}; "
        "see plot_reported for how its toll changed from report to report"
    )


def _own_limits(dataset: Dataset, drawn: pd.DataFrame) -> pd.DataFrame:
    """Bounds of tallies, a part without the limits that are only its whole's size.

    A part has a limit of its own where it is known exactly, or a total of itself covers its days.
    """
    stated = standing_rows(dataset, "primary")
    closed = stated[(stated["count_kind"] == "toll") & stated["high"].notna()]
    first = closed.dropna(subset="date_start").groupby("tally_id")["date_start"].min()
    last = closed.groupby("tally_id")["date_end"].max()
    since = drawn.groupby(["tally_id", "reading"])["date"].transform("min")
    own = first.reindex(drawn["tally_id"]).to_numpy() <= since
    own &= last.reindex(drawn["tally_id"]).to_numpy() >= drawn["date"]
    has_limit = {name: parties_of(dataset).has_limit(name) for name in drawn["tally_id"].unique()}
    own &= drawn["tally_id"].map(has_limit).to_numpy(bool)
    own |= ~drawn["tally_id"].map(lambda name: bool(nesting(dataset).wholes[name]))
    found = drawn.copy()
    for end in ("", "cumulative_"):
        low, high = drawn[f"{end}low"], drawn[f"{end}high"]
        found[f"{end}high"] = high.where(own | (low == high).fillna(False))
    return found
