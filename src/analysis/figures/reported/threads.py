"""Which totals of a tally go on from one another, and which days were counted again.

The totals of a source that counts from one first day are a thread: its running total. A month or
other span that it counts by itself is none, but can have been counted again.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

_DAY, _OPEN = pd.Timedelta(days=1), pd.Timestamp("1900-01-01").as_unit("us")
"""The first day of a total that names none is before all others."""
PEOPLE = ["party_id", "harm", "victim_group", "cause", "attributed_to", "area"]


def find_panels(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Totals by whom they count, ``again`` being of days that were counted again."""
    split = [own for name in rows["tally_id"].unique() for own in _courses(rows, name)]
    if not split:
        return
    keys = [*PEOPLE, "again", "group"]
    for _, own in pd.concat(split).groupby(keys, dropna=False, sort=False):
        yield own.sort_values(["at", "date_end", "low"], kind="stable", ignore_index=True)


def _courses(rows: pd.DataFrame, tally_id: str) -> Iterator[pd.DataFrame]:
    """The running total of a tally, and each span of days that was counted again."""
    own = rows[rows["tally_id"] == tally_id]
    for kind, of_kind in own.groupby("count_kind", sort=False):
        if kind != "toll":
            yield of_kind.assign(again=False, group=of_kind["thing"] + kind)
            continue
        running = of_kind[_is_running(of_kind)]
        yield running.assign(again=False, group=kind)
        others = of_kind.drop(running.index)
        for days in others[["date_start", "date_end"]].drop_duplicates().itertuples(index=False):
            since = _OPEN if pd.isna(days.date_start) else days.date_start
            same = of_kind["date_end"] == days.date_end
            same &= of_kind["date_start"].fillna(_OPEN) == since
            if len(of_kind.loc[same, "low"].unique()) > 1:
                yield of_kind[same].assign(again=True, group=f"{days}")


def _is_running(rows: pd.DataFrame) -> np.ndarray:
    """Which totals of a tally go on from one another: the same first day, a last day no earlier.

    Of several such threads the longest; none where no total goes on and none holds all others.
    Months of a monthly report are no thread, nor is the first of them the beginning of one.
    """
    start = _first_days(rows)
    threads = []
    for since in start.unique():
        taken = _thread(rows, start, since)
        own = rows[taken]
        goes_on = len(own) > 1 and not (_is_again(own) and _reach_beyond(rows, own))
        holds = not _reach_beyond(rows, own)
        if goes_on or holds:
            threads.append((goes_on, own["date_end"].max() - since, taken))
    if not threads:
        return np.zeros(len(rows), bool)
    return max(threads, key=lambda each: each[:2])[2]


def _first_days(rows: pd.DataFrame) -> pd.Series:
    """The first day of each total; where none is named it is before all others.

    An inferred one is the earliest that the words allow: where a later total that goes on longer
    names its first day, the source counts from there.
    """
    start = rows["date_start"].fillna(_OPEN)
    named = start[~rows["inferred"] & (start > _OPEN)].min()
    longest = rows.loc[start == named, "date_end"].max()
    same = rows["inferred"] & (start > _OPEN) & (start < named)
    same &= (rows["date_end"] >= named) & (rows["date_end"] <= longest)
    return start.mask(same, named)


def _thread(rows: pd.DataFrame, start: pd.Series, since: pd.Timestamp) -> np.ndarray:
    """Totals from a first day on, or from no day that is named: of one page that of most days."""
    report = rows["published_until"].astype("str") + rows["at"].astype("str")
    fits = (start == since) | (start == _OPEN)
    fits &= ~_in_series(rows, start)
    last = rows["date_end"].where(fits).groupby(report).transform("max")
    taken, until = [], None
    for fit, ends, most in zip(fits, rows["date_end"], last, strict=True):
        goes_on = fit and ends == most and (until is None or ends >= until)
        taken.append(bool(goes_on))
        until = ends if goes_on else until
    return np.array(taken)


def _in_series(rows: pd.DataFrame, start: pd.Series) -> np.ndarray:
    """Which totals are periods of a series: days as long follow, told before any that go on."""
    found = []
    for since, row in zip(start, rows.itertuples(), strict=True):
        length = row.date_end - since + _DAY
        follow = (start == row.date_end + _DAY) & (rows["date_end"] - start + _DAY >= length / 2)
        longer = (start == since) & (rows["date_end"] > row.date_end)
        first = rows.loc[follow, "at"].min()
        found.append(bool(follow.any() and not (rows.loc[longer, "at"] <= first).any()))
    return np.array(found)


def _is_again(rows: pd.DataFrame) -> bool:
    """Whether totals are all of the same days."""
    return len(rows[["date_start", "date_end"]].drop_duplicates()) == 1


def _reach_beyond(rows: pd.DataFrame, own: pd.DataFrame) -> bool:
    """Whether any total is about days that some do not hold."""
    if own.empty:
        return True
    since, until = own["date_start"].fillna(_OPEN).min(), own["date_end"].max()
    return bool(((rows["date_start"].fillna(since) < since) | (rows["date_end"] > until)).any())
