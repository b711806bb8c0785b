"""Numbers of the toll as reported: each published total, by the people and days that it counts."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pandas as pd

from analysis.bounds.vintages import vintages
from analysis.data.dataset import Dataset
from analysis.data.nesting import nesting
from analysis.data.notices import taken_back_together
from analysis.data.problems import NothingToDrawError
from analysis.data.publication import published_times, read_days
from analysis.figures import common, panels
from analysis.figures.reported import known_days
from analysis.figures.reported.threads import PEOPLE, find_panels

COLUMNS = ["panel", "tally_id", "source_original", "harm", "count_kind", "event_id", "date_start"]
COLUMNS += ["date_end", "count", "low", "high", "status", "published_from", "published_until"]
COLUMNS += ["ended", "again"]
_ENDED = ("taken_back", "withdrawn")
_PANELS = 4
"""So many panels are drawn."""
SOURCES = 6
"""So many sources of a panel have signs by which they are told apart."""
_EPOCH = pd.Timestamp("1970-01-01")


@dataclass(frozen=True)
class Reported(common.FigureData):
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
    last) bars say instead what was known of these days at each publication. ``parties`` are those
    who are counted, ``tallies`` those of everybody with totals where nothing is said. There is
    nothing to draw where no total was published twice.

    Examples
    --------
    >>> import analysis
    >>> dataset = analysis.load("data/fortnight")
    >>> figure = analysis.plot_reported(dataset, tallies=["sohr_islamic_state"])
    >>> figure.numbers["low"].tolist()
    [133, 231, 256, 283, 292]
    """
    rows = _asked_for(dataset, _totals(dataset), harm, parties, tallies)
    main = panels.main_harm(rows["harm"])
    chosen = _usual(dataset, rows) if tallies is None else [*dict.fromkeys(tallies)]
    rows = rows[rows["tally_id"].isin(chosen)]
    if days is not None:
        return _of_days(dataset, rows[rows["harm"] == main], main, days)
    found = [own for own in find_panels(rows) if len(own) > 1]
    found = _in_order(panels.in_order(dataset, found, main), main)
    if not found:
        raise NothingToDrawError(_why_nothing(rows, main))
    found, grid = _split(found)
    shown, left_out = panels.shown(found, _PANELS)
    kept = _told_apart(shown)
    left_out += sum(
        own["tally_id"].nunique() - kept[at]["tally_id"].nunique() for at, own in shown.items()
    )
    shown = kept
    drawn = panels.numbered(shown if grid is None else {**shown, len(shown): grid})
    event_ids = [name for cell in drawn["event_ids"] for name in cell.split(";")]
    event_ids = [*dict.fromkeys([*event_ids, *drawn["because"][drawn["ended"].notna()]])]
    span = drawn["published_from"].min().normalize(), drawn["published_until"].max().normalize()
    about = {"panels": shown, "left_out": left_out, "grid": grid}
    return Reported(dataset, drawn[COLUMNS], event_ids, main, span, **about)


def _told_apart(shown: dict) -> dict:
    """Panels without the sources that there are no signs for: those that said least go."""
    found = {}
    for at, own in shown.items():
        weight = own.groupby("tally_id").agg(told=("low", "size"), most=("low", "max"))
        kept = weight.sort_values(["told", "most"], ascending=False).index[:SOURCES]
        found[at] = own[own["tally_id"].isin(kept)].reset_index(drop=True)
    return found


def _in_order(found: list[pd.DataFrame], harm: str) -> list[pd.DataFrame]:
    """Running totals of a harm, then days counted again; of many the highest come first."""

    def is_main(own: pd.DataFrame) -> bool:
        return own["harm"].iloc[0] == harm and not own["again"].iloc[0]

    many = sum(map(is_main, found)) > _PANELS

    def rank(own: pd.DataFrame) -> tuple:
        height = own.loc[own["ended"].isna(), "low"].max() if many else 0
        return own["harm"].iloc[0] != harm, own["again"].iloc[0], -height

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
    again = [own for own in found if own["again"].iloc[0] and own["tally_id"].iloc[0] == first]
    if len(again) < _PANELS or found[0]["again"].iloc[0]:
        return found, None
    return [own for own in found if not any(own is each for each in again)], pd.concat(again)


def _of_days(
    dataset: Dataset, rows: pd.DataFrame, harm: str, days: tuple[date | str, date | str]
) -> Reported:
    """What was known of some days at each publication, in place of totals."""
    span = read_days(days)
    known, left_out = panels.shown(known_days.find_known(dataset, rows, span), _PANELS)
    drawn = panels.numbered(known)[known_days.COLUMNS]
    events = dataset.events[dataset.events["low"].notna()]
    events = events[events["tally_id"].isin(drawn["tally_id"])]
    about = {"panels": known, "left_out": left_out, "asked": True}
    return Reported(dataset, drawn, [*events["event_id"]], harm, span, **about)


def _totals(dataset: Dataset) -> pd.DataFrame:
    """Published totals and stocks in order of publication, with whom they count and when.

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
    gone = rows["status"].isin(_ENDED) & ~event_id.isin(taken_back_together(dataset).keys())
    ended = pd.to_datetime(rows["because"].map(when).where(gone))
    rows = rows.assign(event_id=event_id, at=at, since=since, ended=ended, stated=rows["count"])
    rows["inferred"] = _are_inferred(dataset, rows["event_ids"])
    again = rows.groupby(["tally_id", "thing"])["low"].transform("nunique") > 1
    totals = rows.groupby("tally_id")["count_kind"].transform(lambda kind: (kind == "toll").any())
    told = (rows["count_kind"] != "incident") | (again & ~totals)
    return rows[told].sort_values(["at", "date_end", "low"], ignore_index=True)


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


def _asked_for(
    dataset: Dataset,
    rows: pd.DataFrame,
    harm: str | None,
    parties: Collection[str] | None,
    tallies: Collection[str] | None,
) -> pd.DataFrame:
    """The totals asked for; a ValueError where there are none."""
    rows = rows[
        rows["tally_id"].isin(panels.tallies_of(dataset, parties, tallies, harm)["tally_id"])
    ]
    if rows.empty:
        raise NothingToDrawError("nothing to draw: no total was published")
    return rows


def _usual(dataset: Dataset, rows: pd.DataFrame) -> list[str]:
    """For each party and harm of each source the widest tallies, those told twice going first."""
    wholes, found = nesting(dataset).wholes, []
    everybody = rows[rows["victim_group"].isna()]
    rows = everybody if len(everybody) else rows
    for _, own in rows.groupby(["party_id", "harm", "source_original"], dropna=False, sort=False):
        told = own.groupby("tally_id", sort=False)["at"].nunique()
        names = [*(told[told > 1] if (told > 1).any() else told).index]
        found += [name for name in names if not wholes[name] & {*names}]
    return found
