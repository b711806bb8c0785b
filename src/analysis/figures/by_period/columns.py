"""Columns of the figure of periods: what is known of each period of a tally, and of none.

The unit is the shortest one that the statements are usually about.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.bounds.solutions import FamilyBounds, Span, family_of
from analysis.bounds.totals import Sums, as_totals, tally_totals
from analysis.charts.days import day_number
from analysis.data.counts import read_count
from analysis.data.dataset import Dataset
from analysis.data.outcome import nesting
from analysis.data.problems import NothingToDrawError
from analysis.figures import panels

UNITS = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}
"""Periods, the shortest first, as pandas calls them."""
_LEAST, _MOST, _USUAL = {"day": 1, "week": 5, "month": 27, "year": 350}, 62, 1 / 3
"""Days that a count of a unit has at least; so many periods are drawn at most; the share of
statements that lie in periods of a unit which is the usual one."""
TOGETHER = "together"
"""Kind of a number that stands by itself, though with others it is more than a later total."""
_KINDS = dict.fromkeys(["period_start", "period_end"], "datetime64[us]")
_KINDS |= {"low": "Int64", "high": "Int64"}


class Period(NamedTuple):
    """A column: what its page ``said`` of a period, else at least and at most how many (inf)."""

    period_start: pd.Timestamp
    period_end: pd.Timestamp
    said: str | None
    kind: str | None
    low: int
    high: float
    event_id: str | None = None

    @property
    def counted(self) -> int:
        """How many people were said to be of it, or are certain of it."""
        return read_count(self.said)[0] if self.kind == TOGETHER else self.low


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
    if all((rows["count_kind"] == "incident").all() for rows in (own, of_parts)):
        outside = int(low) - sum(period.low for period in found)  # each is of other people
    else:
        outside = _outside(family, tally_id, found, (days.since, days.stop))
    frame = _with_rest(found, (low, high if is_limit else np.inf), outside)
    about = own[["source_original", "harm", "party_id"]].iloc[0].to_dict()
    for name, day in {"since": days.first, "until": days.stop - 1}.items():
        about[name] = pd.Timestamp(day, unit="D").as_unit("us")
    about |= {"total_low": int(low), "total_high": high, "hides_days": days.since < days.first}
    return frame.assign(tally_id=tally_id, **about, **_fewer_later(own, found))


def _fewer_later(own: pd.DataFrame, found: list[Period]) -> dict[str, object]:
    """What periods add up to of whose days a later total was less, and that total; else nothing."""
    for row in own[own["together"]].sort_values("later_total", ascending=False).itertuples():
        inside = [
            period.counted
            for period in found
            if row.later_start <= day_number(period.period_start)
            and day_number(period.period_end) <= row.later_end
        ]
        if sum(inside) > row.later_total:
            return {"counted": sum(inside), "later_total": row.later_total}
    return {"counted": None, "later_total": None}


def _with_rest(found: list[Period], total: tuple[int, float], outside: int = 0) -> pd.DataFrame:
    """Append a row (NaT) with the people whose period is unknown; ``in_periods`` are the others.

    Numbers published at different times differ by what was counted late, whenever it happened: so
    at least those whom all periods have no room for, or of whom it is certain that they are
    ``outside`` or that no period is given, and at most those whom they do not count.
    """
    (low, high), counted = total, sum(period.counted for period in found)
    most = max(0, high - counted)
    reach = sum(period.high for period in found)
    least = int(min(max(0, low - reach, outside), most))
    if np.isinf(most) and not least:
        most = 0
    if most or not found:
        found = [*found, Period(pd.NaT, pd.NaT, None, None, least, most)]
    frame = pd.DataFrame(found, columns=Period._fields)
    frame["high"] = frame["high"].where(np.isfinite(frame["high"].astype(float)))
    return frame.astype(_KINDS).assign(in_periods=counted)


def columns_of_sums(
    sums: Sums, harm: str | None, parties: Collection[str] | None, source: str | None
) -> list[pd.DataFrame]:
    """For each source and party of an archive, the highest first: years, and what is of none.

    An archive's sums name no statements: they know how many a source counted of a party in a year.
    """
    years, whole = as_totals(sums.years), sums.whole
    harm = harm or (panels.main_harm(whole["harm"]) if len(whole) else None)
    years, whole = (rows[rows["harm"] == harm] for rows in (years, whole))
    if whole.empty:
        raise NothingToDrawError(f"nothing to draw: no count of people {harm or 'harmed'}")
    if source is not None and source not in {*whole["source_original"]}:
        there = ", ".join(whole["source_original"].dropna().unique())
        raise ValueError(f"no source {source!r} of people {harm}; it is {there}")
    if source is not None:
        whole = whole[whole["source_original"] == source]
    if parties is not None:
        whole = whole[whole["party_id"].isin(parties)]
    ranked = whole.sort_values("low", ascending=False, kind="stable")
    found = [_columns_of_sum(row, years) for row in ranked.itertuples()]
    return [own for own in found if own["period_start"].notna().any()]


def _columns_of_sum(total, years: pd.DataFrame) -> pd.DataFrame:
    """Years of which something is known of one party by one source, and what is of none."""
    source = "" if pd.isna(total.source_original) else total.source_original
    own = years[(years["party_id"] == total.party_id)]
    own = own[own["source_original"].fillna("") == source].sort_values("date")
    own = own[(own["low"] > 0) | own["high"].notna()]
    highs = own["high"].astype(float).fillna(np.inf)
    ends = own["date"] + pd.offsets.YearEnd(0)
    found = [
        Period(start, end, None, "calculated", int(low), high)
        for start, end, low, high in zip(own["date"], ends, own["low"], highs, strict=True)
    ]
    most = np.inf if pd.isna(total.high) else int(total.high)
    about = {"total_low": int(total.low), "total_high": total.high, "hides_days": True}
    about |= {"source_original": total.source_original, "harm": total.harm}
    about |= {"party_id": total.party_id, "tally_id": None}
    about |= {"since": own["date"].min(), "until": ends.max()}
    return _with_rest(found, (int(total.low), most)).assign(**about)


def _is_total(own: pd.DataFrame, days: Span) -> bool:
    """Whether a total of all its days says how many a tally has at most."""
    closed = own[(own["count_kind"] == "toll") & own["binding_high"].notna()]
    since, until = (pd.Timestamp(day, unit="D") for day in (days.first, days.stop - 1))
    starts = closed["date_start"].isna() | (closed["date_start"] <= since)
    return bool((starts & (closed["date_end"] >= until)).any())


def _outside(
    family: FamilyBounds, tally_id: str, found: list[Period], days: tuple[int, int]
) -> int:
    """How many are certain of the days before, between and after some periods.

    In order; ``days`` are the first and the one after the last.
    """
    starts = [days[0], *(day_number(period.period_end) + 1 for period in found)]
    stops = [*(day_number(period.period_start) for period in found), days[1]]
    gaps = np.array([pair for pair in zip(starts, stops, strict=True) if pair[0] < pair[1]])
    return int(family.between(tally_id, *gaps.T)[0].sum()) if len(gaps) else 0


def _ends(family: FamilyBounds, tally_id: str, span: pd.PeriodIndex) -> np.ndarray:
    """Least and greatest of a tally in each period."""
    starts = np.array([day_number(each.start_time) for each in span], int)
    stops = np.array([day_number((each + 1).start_time) for each in span], int)
    return family.between(tally_id, starts, stops)


def _known(
    own: pd.DataFrame, of_parts: pd.DataFrame, span: pd.PeriodIndex, ends: np.ndarray
) -> Iterator[Period]:
    """Periods with a number: what was said of one alone, else what is certain of it.

    Incidents are some of a period, never its number. An upper limit is given where a total of that
    period or of more days is; any other would be the whole's.
    """
    together = {(row.date_start, row.date_end): row for row in own[own["together"]].itertuples()}
    own, of_parts = own[~own["together"]], of_parts[~of_parts["together"]]
    ordered = own.sort_values("count_kind", kind="stable")
    said = {(row.date_start, row.date_end, row.low): row for row in ordered.itertuples()}
    closed = own[(own["count_kind"] == "toll") & own["binding_high"].notna()]
    late = of_parts[of_parts["count_kind"] == "incident"]
    lows, highs = ends[0].astype(int).tolist(), ends[1].tolist()
    for period, low, high in zip(span, lows, highs, strict=True):
        days = period.start_time, period.end_time.normalize()
        row = said.get((*days, low))
        if row is not None and row.count_kind == "toll":
            yield Period(*days, row.stated, "toll", low, high, row.event_id)
        elif row is None and days in together:
            row = together[days]
            yield Period(*days, row.stated, TOGETHER, low, max(low, row.low), row.event_id)
        elif (named := _within(own, days)) or low or _within(of_parts, days):
            if row is None:  # what counts beside the tally's own total is linked too
                named += _within(late if named else of_parts, days)
            holds = (closed["date_start"] <= days[0]) & (closed["date_end"] >= days[1])
            most = high if low == high or holds.any() else np.inf
            stated = None if row is None else row.stated
            yield Period(*days, stated, "incident", low, most, ";".join(named) or None)


def _within(rows: pd.DataFrame, days: tuple[pd.Timestamp, pd.Timestamp]) -> list[str]:
    """The statements that are about some days alone."""
    inside = (rows["date_start"] >= days[0]) & (rows["date_end"] <= days[1])
    return [*rows.loc[inside, "event_id"]]
