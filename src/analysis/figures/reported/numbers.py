"""Numbers of the toll as reported: each published total, by the people and days that it counts.

Totals that a source counts from the same first day form its running total. A month or other period
is not part of it, but may have been recounted.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from analysis.bounds.vintages import vintages
from analysis.data.dataset import Dataset
from analysis.data.notices import taken_back_together
from analysis.data.outcome import nesting
from analysis.data.problems import NothingToDrawError
from analysis.data.publication import published_times, read_days
from analysis.data.statements import LOWERED
from analysis.figures import figure, panels
from analysis.figures.reported import known_days
from analysis.figures.reported.known_days import PEOPLE

COLUMNS = ["panel", "tally_id", "source_original", "harm", "count_kind", "event_id", "date_start"]
COLUMNS += ["date_end", "count", "low", "high", "status", "published_from", "published_until"]
COLUMNS += ["ended", "recounted"]
_PANELS = 4
"""So many panels are drawn."""
SOURCES = 6
"""So many sources of a panel have a sign of their own."""
_EPOCH = pd.Timestamp("1970-01-01")
_DAY, _OPEN = pd.Timedelta(days=1), pd.Timestamp("1900-01-01").as_unit("us")
"""The first day of a total that names none is before all others."""


@dataclass(frozen=True)
class Reported(figure.FigureData):
    """``panels`` are totals by the people and days that they count, in order of publication.

    Where days are ``asked`` about, a row is what was known of them by a day.
    ``grid`` are days that were counted again, where they are too many for panels.
    """

    asked: bool = False
    grid: pd.DataFrame | None = None


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    parties: Collection[str] | None = None,
    tallies: Collection[str] | None = None,
    days: tuple[date | str, date | str] | None = None,
) -> Reported:
    """How the toll came to be what it is: each published total on its day of publication.

    A panel for each people that are counted, with a line a source: the total that stood, which
    ends where it was lowered or withdrawn. A month or other span that was counted again has a
    panel of its own, as has what is counted besides (injured, missing). With ``days`` (first,
    last) bars say instead what was known of these days at each publication. ``parties`` are the
    people counted; without ``tallies``, those that count everybody are drawn. Nothing is drawn
    where no total was published twice.

    Examples
    --------
    >>> import analysis
    >>> dataset = analysis.load("data/fortnight")
    >>> figure = analysis.plot_reported(dataset, tallies=["sohr_islamic_state"])
    >>> figure.numbers["low"].tolist()
    [133, 231, 256, 283, 292]
    """
    asked = panels.tallies_of(dataset, parties, tallies, harm)["tally_id"]
    rows = _totals(dataset)
    rows = rows[rows["tally_id"].isin(asked)]
    if rows.empty:
        raise NothingToDrawError("nothing to draw: no total was published")
    main = panels.main_harm(rows["harm"])
    chosen = _usual(dataset, rows) if tallies is None else tallies
    rows = rows[rows["tally_id"].isin(chosen)]
    if days is not None:
        return _of_days(dataset, rows[rows["harm"] == main], main, read_days(days))
    found = [own for own in _panels(rows) if len(own) > 1]
    if not found:
        raise NothingToDrawError(_why_nothing(rows, main))
    found, grid = _split(_in_order(panels.in_order(dataset, found, main), main))
    shown, left_out = panels.shown(found, _PANELS)
    kept = {at: _with_signs(own) for at, own in shown.items()}
    left_out += sum(own["tally_id"].nunique() for own in shown.values())
    left_out -= sum(own["tally_id"].nunique() for own in kept.values())
    drawn = panels.numbered(kept if grid is None else {**kept, len(kept): grid})
    event_ids = drawn["event_ids"].str.split(";").explode()
    event_ids = [*dict.fromkeys([*event_ids, *drawn["because"][drawn["ended"].notna()]])]
    span = drawn["published_from"].min().normalize(), drawn["published_until"].max().normalize()
    about = {"panels": kept, "left_out": left_out, "grid": grid}
    return Reported(dataset, drawn[COLUMNS], event_ids, main, span, **about)


def _with_signs(rows: pd.DataFrame) -> pd.DataFrame:
    """A panel without the sources that there are no signs for: those that published least go."""
    weight = rows.groupby("tally_id")["low"].agg(["size", "max"])
    kept = weight.sort_values(["size", "max"], ascending=False).index[:SOURCES]
    return rows[rows["tally_id"].isin(kept)].reset_index(drop=True)


def is_main(rows: pd.DataFrame, harm: str) -> bool:
    """Whether a panel is what the figure is about: a running total of its harm."""
    return bool(rows["harm"].iloc[0] == harm and not rows["recounted"].iloc[0])


def _in_order(found: list[pd.DataFrame], harm: str) -> list[pd.DataFrame]:
    """Running totals of a harm, its days counted again, other harms; of many the highest first."""
    many = sum(is_main(own, harm) for own in found) > _PANELS

    def rank(own: pd.DataFrame) -> tuple:
        standing = own.loc[own["ended"].isna(), "low"]
        height = standing.max() if many and len(standing) else 0
        return own["harm"].iloc[0] != harm, own["recounted"].iloc[0], -height

    return sorted(found, key=rank)


def _why_nothing(rows: pd.DataFrame, harm: str) -> str:
    """What an error says: that there is one total, or that none goes on from another."""
    tolls = rows[rows["count_kind"] == "toll"]
    if (tolls.groupby("tally_id").size() > 1).any():
        return (
            f"nothing to draw: no total ({harm}) goes on from another or counts its days again; "
            "see plot_by_period for months and other days one after the other"
        )
    return f"nothing to draw: no total ({harm}) was published twice"


def _split(found: list[pd.DataFrame]) -> tuple[list[pd.DataFrame], pd.DataFrame | None]:
    """Panels, and in one frame the days of the first tally that are too often counted again."""
    first = found[0]["tally_id"].iloc[0]
    recounted = [
        own for own in found if own["recounted"].iloc[0] and own["tally_id"].iloc[0] == first
    ]
    if len(recounted) < _PANELS or found[0]["recounted"].iloc[0]:
        return found, None
    others = [own for own in found if not any(own is each for each in recounted)]
    return others, pd.concat(recounted)


def _of_days(dataset: Dataset, rows: pd.DataFrame, harm: str, days: known_days.Days) -> Reported:
    """What was known of some days at each publication, in place of totals."""
    known, left_out = panels.shown(known_days.find_known(dataset, rows, days), _PANELS)
    drawn = panels.numbered(known)[known_days.COLUMNS]
    most = known_days.most_bars(len(known))
    left_out += sum(max(0, len(own) - most) for own in known.values())
    events = dataset.events[dataset.events["low"].notna()]
    events = events[events["tally_id"].isin(drawn["tally_id"])]
    about = {"panels": known, "left_out": left_out, "asked": True}
    return Reported(dataset, drawn, [*events["event_id"]], harm, days, **about)


def _totals(dataset: Dataset) -> pd.DataFrame:
    """Published totals, stocks and updated incidents in order of publication.

    Incidents are updated where another number was published of the same people; they are left out
    of tallies with totals. Columns say whom each number counts, and when it was published.
    ``at`` is where a total stands on the axis (days since 1970): its hour, or the middle of its
    day; it was published ``since`` then at the earliest. ``ended`` is when it stopped to stand.
    """
    rows = vintages(dataset)
    tallies = dataset.tallies.set_index("tally_id")
    rows = rows.join(tallies[[*PEOPLE, "source_original"]], on="tally_id")
    earliest, latest = (days_since(rows[f"published_{end}"]) for end in ("from", "until"))
    whole = latest - earliest > 0.9
    at = latest.where(~whole, latest // 1 + 0.5)
    since = earliest.where(~whole | (latest - earliest > 1), at)
    event_id = rows["event_ids"].str.split(";").str[0]
    when = dataset.events.set_index("event_id")["report_id"].map(_report_times(dataset))
    gone = rows["status"].isin(LOWERED) & ~event_id.isin(taken_back_together(dataset).keys())
    ended = pd.to_datetime(rows["because"].map(when).where(gone))
    rows = rows.assign(event_id=event_id, at=at, since=since, ended=ended, stated=rows["count"])
    rows["inferred"] = _are_inferred(dataset, rows["event_ids"])
    updated = rows.groupby(["tally_id", "incident"])["low"].transform("nunique") > 1
    totals = rows.groupby("tally_id")["count_kind"].transform(lambda kind: (kind == "toll").any())
    shown = (rows["count_kind"] != "incident") | (updated & ~totals)
    return rows[shown].sort_values(["at", "date_end", "low"], ignore_index=True)


def _are_inferred(dataset: Dataset, event_ids: pd.Series) -> list[bool]:
    """Whether no telling of a count states its days."""
    basis = dataset.events.set_index("event_id")["date_basis"]
    return [all(basis[name] == "inferred" for name in cell.split(";")) for cell in event_ids]


def _report_times(dataset: Dataset) -> pd.Series:
    """When each report (index) was published: its minute, or its day."""
    times = published_times(dataset)
    last = times["latest"] - pd.Timedelta("1min")
    return last.where(times["latest"] - times["earliest"] < pd.Timedelta("1D"), last.dt.normalize())


def days_since(times: pd.Series) -> pd.Series:
    """Times as days since 1970, the hour as a fraction."""
    return (times - _EPOCH) / pd.Timedelta(days=1)


def _usual(dataset: Dataset, rows: pd.DataFrame) -> list[str]:
    """For each party and harm of each source the widest tallies, first those published twice."""
    wholes, found = nesting(dataset).wholes, []
    everybody = rows[rows["victim_group"].isna()]
    rows = everybody if len(everybody) else rows
    for _, own in rows.groupby(["party_id", "harm", "source_original"], dropna=False, sort=False):
        times = own.groupby("tally_id", sort=False)["at"].nunique()
        names = [*(times[times > 1] if (times > 1).any() else times).index]
        found += [name for name in names if not wholes[name] & {*names}]
    return found


def _panels(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Totals by whom they count, ``recounted`` being of days that were counted again."""
    tallies = rows.groupby(["tally_id", "count_kind"], sort=False)
    split = [own for (_, kind), of_kind in tallies for own in _by_days(of_kind, kind)]
    if not split:
        return
    keys = [*PEOPLE, "recounted", "group"]
    for _, own in pd.concat(split).groupby(keys, dropna=False, sort=False):
        yield own.sort_values(["at", "date_end", "low"], kind="stable", ignore_index=True)


def _by_days(rows: pd.DataFrame, kind: str) -> Iterator[pd.DataFrame]:
    """A tally's running total and each span counted again; else each incident, or all stocks."""
    if kind != "toll":
        yield rows.assign(recounted=False, group=rows["incident"] + kind)
        return
    running = _is_running(rows)
    yield rows[running].assign(recounted=False, group=kind)
    spans = rows["date_start"].fillna(_OPEN).astype("str") + rows["date_end"].astype("str")
    for span in spans[~running].unique():
        same = rows[spans == span]
        if len(same["low"].unique()) > 1:
            yield same.assign(recounted=True, group=span)


def _is_running(rows: pd.DataFrame) -> np.ndarray:
    """Which totals of a tally go on from one another: the same first day, a last day no earlier.

    Of several such threads the longest; none where no total goes on and none holds all others.
    Months of a monthly report are no thread, nor is the first of them the beginning of one.
    """
    start, best = _first_days(rows), ((False,), np.zeros(len(rows), bool))
    for since in start.unique():
        taken = _thread(rows, start, since)
        own = rows[taken]
        same_days = len(own[["date_start", "date_end"]].drop_duplicates()) == 1
        holds = not _reach_beyond(rows, own)
        goes_on = len(own) > 1 and (holds or not same_days)
        rank = goes_on, own["date_end"].max() - since
        if (goes_on or holds) and rank > best[0]:
            best = rank, taken
    return best[1]


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
    """Which totals are periods of a series: days as long follow, known before any that go on."""
    found, starts = [], {*start}
    for since, row in zip(start, rows.itertuples(), strict=True):
        if row.date_end + _DAY not in starts:
            found.append(False)
            continue
        length = row.date_end - since + _DAY
        follow = (start == row.date_end + _DAY) & (rows["date_end"] - start + _DAY >= length / 2)
        longer = (start == since) & (rows["date_end"] > row.date_end)
        first = rows.loc[follow, "at"].min()
        found.append(bool(follow.any() and not (rows.loc[longer, "at"] <= first).any()))
    return np.array(found)


def _reach_beyond(rows: pd.DataFrame, own: pd.DataFrame) -> bool:
    """Whether any total is about days that some do not hold."""
    if own.empty:
        return True
    since, until = own["date_start"].fillna(_OPEN).min(), own["date_end"].max()
    return bool(((rows["date_start"].fillna(since) < since) | (rows["date_end"] > until)).any())
