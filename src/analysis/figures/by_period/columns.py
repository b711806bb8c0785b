"""Columns of the figure of periods: what is known of each period of a tally, and of none.

The unit is the shortest one that the statements are usually about.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from analysis.bounds.solutions import Readings, Span, family_of
from analysis.bounds.totals import tally_totals
from analysis.charts.days import day_number
from analysis.data.counts import read_count
from analysis.data.dataset import Dataset
from analysis.data.nesting import nesting

UNITS = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}
"""Periods, the shortest first, as pandas calls them."""
_LEAST, _MOST, _USUAL = {"day": 1, "week": 5, "month": 27, "year": 350}, 62, 1 / 3
"""Days that a count of a unit has at least; so many periods are drawn at most; the share of
statements that lie in periods of a unit which is the usual one."""
TOGETHER = "together"
"""Kind of a number that stands by itself, though with others it is more than a later total."""
_PERIOD = ["period_start", "period_end", "said", "kind", "low", "high", "event_id"]


def usual_unit(rows: pd.DataFrame) -> str:
    """The shortest unit that many statements are about, in several periods but not too many."""
    known = rows[rows["date_start"].notna()]
    length, best, crowded = (known["date_end"] - known["date_start"]).dt.days + 1, {}, False
    for unit, least in _LEAST.items():
        first, last = (periods_of(known[f"date_{end}"], unit) for end in ("start", "end"))
        within = (first == last) & ((length >= least) | crowded)
        periods = last[within].unique()
        best[unit] = int(within.sum()) if 1 < len(periods) <= _MOST else 0
        if best[unit] >= max(2, _USUAL * len(rows)):
            return unit
        crowded |= len(periods) > _MOST
    return max(best, key=best.get) if any(best.values()) else "month"


def periods_of(days: pd.Series, unit: str) -> pd.Series:
    """The period that each day lies in."""
    return days.dt.to_period(UNITS[unit])


def span_of(rows: pd.DataFrame, unit: str) -> pd.PeriodIndex:
    """The periods from the first to the last of which something is stated by itself."""
    first, last = (periods_of(rows[f"date_{end}"], unit) for end in ("start", "end"))
    within = last[(first == last) & rows["date_start"].notna()]
    if within.empty:
        return pd.PeriodIndex([], freq=UNITS[unit])
    return pd.period_range(within.min(), within.max(), freq=UNITS[unit])


def find_columns(
    dataset: Dataset, rows: pd.DataFrame, tally_id: str, span: pd.PeriodIndex
) -> pd.DataFrame | None:
    """Periods of which something is known of a tally, and what no period is given of.

    None where its statements contradict one another, or nothing is stated of it.
    """
    family = family_of(dataset, tally_id, "primary")
    total = tally_totals(dataset).set_index("tally_id")
    if family is None or family.contradictions or tally_id not in total.index:
        return None
    parts = nesting(dataset).parts[tally_id]
    own, of_parts = rows[rows["tally_id"] == tally_id], rows[rows["tally_id"].isin(parts)]
    found = [*_known(own, of_parts, span, _ends(family, tally_id, span))]
    days, (low, high) = family.spans([tally_id, *parts])[0], total.loc[tally_id, ["low", "high"]]
    is_limit = pd.notna(high) and (low == high or _is_total(own, days))  # not that of a whole
    told, reach = sum(_told(row) for row in found), sum(row[5] for row in found)
    outside = _outside(family, tally_id, found, (days.since, days.stop))
    least, most = left_of((low, high if is_limit else np.inf), told, reach, outside)
    if most or not found:
        found.append((pd.NaT, pd.NaT, None, None, least, most, None))
    frame = pd.DataFrame(found, columns=_PERIOD).assign(tally_id=tally_id)
    frame = frame.assign(high=frame["high"].where(np.isfinite(frame["high"].astype(float))))
    kinds = dict.fromkeys(["low", "high"], "Int64") | dict.fromkeys(_PERIOD[:2], "datetime64[us]")
    about = own[["source_original", "harm", "party_id"]].iloc[0].to_dict()
    for name, day in {"since": days.first, "until": days.stop - 1}.items():
        about[name] = pd.Timestamp(day, unit="D").as_unit("us")
    about |= {"total_low": int(low), "total_high": high}
    about |= {"opened": days.since < days.first}
    about |= _fewer_later(own, found)
    return frame.astype(kinds).assign(**about)


def _fewer_later(own: pd.DataFrame, found: list[tuple]) -> dict[str, object]:
    """What periods add up to of whose days a later total was less, and that total; else nothing."""
    for row in own[own["together"]].sort_values("later_total", ascending=False).itertuples():
        told = sum(
            _told(each)
            for each in found
            if pd.notna(each[0])
            and row.later_start <= day_number(each[0])
            and day_number(each[1]) <= row.later_end
        )
        if told > row.later_total:
            return {"told": told, "later_total": row.later_total}
    return {"told": None, "later_total": None}


def left_of(
    total: tuple[int, float], told: int, reach: float, outside: int = 0
) -> tuple[int, float]:
    """Least and most of a total's people of whom no period is given; (0, 0) if nothing is known.

    Numbers told at different times differ by what was counted late, whenever it happened: so at
    least those whom periods that reach ``reach`` together have no room for, or who are certain
    ``outside`` them, and at most those beside the ``told``.
    """
    low, high = total
    most = max(0, high - told)
    least = min(max(0, low - reach, outside), most)
    return (0, 0) if np.isinf(most) and not least else (int(least), most)


def _is_total(own: pd.DataFrame, days: Span) -> bool:
    """Whether a total of all its days says how many a tally has at most."""
    closed = own[(own["count_kind"] == "toll") & own["binding_high"].notna()]
    since, until = (pd.Timestamp(day, unit="D") for day in (days.first, days.stop - 1))
    starts = closed["date_start"].isna() | (closed["date_start"] <= since)
    return bool((starts & (closed["date_end"] >= until)).any())


def _outside(family: Readings, tally_id: str, found: list[tuple], days: tuple[int, int]) -> int:
    """How many are certain of the days before, between and after some periods."""
    starts, stops = [days[0]], []
    for start, end in (row[:2] for row in found):
        stops.append(day_number(start))
        starts.append(day_number(end) + 1)
    gaps = [pair for pair in zip(starts, [*stops, days[1]], strict=True) if pair[0] < pair[1]]
    if not gaps:
        return 0
    return int(family.between(tally_id, *np.array(gaps).T)[0].sum())


def _ends(family: Readings, tally_id: str, span: pd.PeriodIndex) -> np.ndarray:
    """Least and greatest of a tally in each period."""
    starts = np.array([day_number(each.start_time) for each in span], int)
    stops = np.array([day_number((each + 1).start_time) for each in span], int)
    return family.between(tally_id, starts, stops)


def _known(
    own: pd.DataFrame, of_parts: pd.DataFrame, span: pd.PeriodIndex, ends: np.ndarray
) -> Iterator[tuple]:
    """Periods with a number: what was said of one alone, else what is certain of it.

    Incidents are some of a period, never its number. An upper limit is given where a total of that
    period or of more days is; any other would be the whole's.
    """
    together = {(row.date_start, row.date_end): row for row in own[own["together"]].itertuples()}
    own = own[~own["together"]]
    of_parts = of_parts[~of_parts["together"]]
    tolls, ordered = own[own["count_kind"] == "toll"], own.sort_values("count_kind", kind="stable")
    said = {(row.date_start, row.date_end, row.low): row for row in ordered.itertuples()}
    closed = tolls[tolls["binding_high"].notna()]
    late = of_parts[of_parts["count_kind"] == "incident"]
    for period, low, high in zip(span, *ends, strict=True):
        days = period.start_time, period.end_time.normalize()
        row, told = said.get((*days, low)), _within(own, days)
        if row is not None and row.count_kind == "toll":
            yield (*days, row.stated, "toll", int(low), high, row.event_id)
            continue
        if row is None and days in together:
            row = together[days]
            yield (*days, row.stated, TOGETHER, int(low), max(low, row.low), row.event_id)
            continue
        if row is None:  # what counts beside the tally's own total is linked too
            told += _within(late if told else of_parts, days)
        if told or low:
            holds = (closed["date_start"] <= days[0]) & (closed["date_end"] >= days[1])
            most = high if low == high or holds.any() else np.inf
            stated = None if row is None else row.stated
            yield (*days, stated, "incident", int(low), most, ";".join(told) or None)


def _told(row: tuple) -> int:
    """How many people were said to be of a period, or are certain of it."""
    said, kind, low = row[2:5]
    return read_count(said)[0] if kind == TOGETHER else low


def _within(rows: pd.DataFrame, days: tuple[pd.Timestamp, pd.Timestamp]) -> list[str]:
    """The statements that are about some days alone."""
    inside = (rows["date_start"] >= days[0]) & (rows["date_end"] <= days[1])
    return [*rows.loc[inside, "event_id"]]
