"""Words for figures of chosen tallies, of statements on staircases, and of what was known when.

As in :mod:`analysis.figures.captions` they are made from the numbers that the picture draws.
"""

import pandas as pd

from analysis.bounds.drawn import root_of
from analysis.data.dataset import Dataset
from analysis.figures import naming
from analysis.figures.captions import Telling, bounds_rows, certain_of_day, summed_title, telling_of
from analysis.language import words


def tell_chosen(
    dataset: Dataset, drawn: pd.DataFrame, tallies: list[str], harm: str, language: str
) -> Telling:
    """Words for the figure over time of chosen tallies."""
    primary = drawn[drawn["reading"] == "primary"]
    chosen = primary[primary["tally_id"].isin(tallies)]
    last = chosen.groupby("tally_id", sort=False).tail(1)
    title = words.phrase("title shared", language, harm=words.harm_word(harm, language))
    root = root_of(dataset.tallies.set_index("tally_id")["subset_of"])
    if root[tallies].is_unique:  # parts of one tally can have people in common
        title = summed_title(
            "title chosen",
            last["source_original"],
            last["cumulative_low"],
            last["cumulative_high"],
            harm,
            language,
            known=f"{certain_of_day(drawn[drawn['tally_id'].isin(tallies)]):,}",
        )
    rows = bounds_rows(primary, naming.shown_labels(dataset, drawn["tally_id"], language), language)
    harmed = words.harm_word(harm, language)
    return telling_of(
        "over time", title, rows, dataset, [*drawn["tally_id"].unique()], language, harm=harmed
    )


def with_marks(
    telling: Telling,
    dataset: Dataset,
    marks: pd.DataFrame,
    labels: dict[str, str],
    language: str,
) -> Telling:
    """The same words, and in the alt text the statements that are marked."""
    if marks.empty:
        return telling
    owner = dataset.events.set_index("event_id")["tally_id"]
    rows = [
        words.phrase(
            "windowed",
            language,
            count=words.phrase(
                "labelled",
                language,
                label=labels[owner[row.event_id]],
                count=words.count(row.stated_low, row.stated_high, language),
            ),
            window=words.window(row.date_start, row.date, language, year=False),
        )
        for row in marks.drop_duplicates("event_id").itertuples()
    ]
    said = words.phrase("alt marks", language, rows=words.join(rows, language))
    return telling._replace(alt=f"{telling.alt} {said}")


def tell_known_when(dataset: Dataset, drawn: pd.DataFrame, harm: str, language: str) -> Telling:
    """Words for the figure of what was known by several days."""
    primary = drawn[drawn["reading"] == "primary"]
    harmed = words.harm_word(harm, language)
    labels = naming.shown_labels(dataset, drawn["tally_id"], language)
    rows = []
    for as_of, known in primary.groupby("as_of"):
        said = words.join(bounds_rows(known, labels, language), language)
        rows.append(words.phrase("labelled", language, label=known_by(as_of, language), count=said))
    change = find_change(primary)
    title = _change_title(change, primary, labels, harmed, language)
    names = [*drawn["tally_id"].unique()]
    loosest = _loosest(change, drawn, language)
    parts = {"harm": harmed, "loosest": loosest}
    return telling_of("known when", title, rows, dataset, names, language, **parts)


def _loosest(change: pd.Series | None, drawn: pd.DataFrame, language: str) -> str:
    """What the loosest reading says, by the last date, of the change that the title tells."""
    if change is None:
        return ""
    same = (drawn["tally_id"] == change["tally_id"]) & (drawn["date"] == change["date"])
    last = drawn[same & (drawn["as_of"] == drawn["as_of"].max()) & (drawn["reading"] == "wide")]
    counts = [
        words.count(row.cumulative_low, row.cumulative_high, language) for row in last.itertuples()
    ]
    if not counts or counts[0] == words.count(change["low_last"], change["high_last"], language):
        return ""
    return words.phrase("in the loosest", language, count=counts[0])


def known_by(as_of: pd.Timestamp, language: str) -> str:
    """The name of a row: known by a date."""
    return words.phrase("known by", language, date=words.day(as_of, language))


def _change_title(
    change: pd.Series | None,
    primary: pd.DataFrame,
    labels: dict[str, str],
    harmed: str,
    language: str,
) -> str:
    """What changed most from the first date to the last, of the day that was last known then."""
    dates = sorted(primary["as_of"].unique())
    same_year = dates[0].year == dates[-1].year
    first, last = words.day(dates[0], language, not same_year), words.day(dates[-1], language)
    if change is None:
        said = words.join([words.day(date, language) for date in dates], language, "list")
        return words.phrase("title known", language, harm=harmed, dates=said)
    return words.phrase(
        "title known change",
        language,
        label=labels[change["tally_id"]],
        harm=harmed,
        day=words.day(change["date"], language, year=False),
        before=words.count(change["low"], change["high"], language),
        after=words.count(change["low_last"], change["high_last"], language),
        first=first,
        last=last,
    )


def find_change(primary: pd.DataFrame) -> pd.Series | None:
    """The tally whose range changed most, for the last day that the first date knew of.

    An upper limit where there was none comes first (the narrowest of those), then the range that
    narrowed by most persons, then one that moved.

    Returns
    -------
    pandas.Series or None
        ``tally_id``, ``date``, ``low``, ``high`` (persons, by the first date), ``low_last`` and
        ``high_last`` (by the last); None where nothing changed.
    """
    dates = primary["as_of"]
    bounds = {"cumulative_low": "low", "cumulative_high": "high"}
    shown = primary[["tally_id", "date", *bounds]].rename(columns=bounds)
    first = shown[dates == dates.min()].groupby("tally_id", sort=False).tail(1)
    both = first.merge(shown[dates == dates.max()], on=["tally_id", "date"], suffixes=("", "_last"))
    both = both.astype(dict.fromkeys(["high", "high_last"], "Float64"))
    ends = both[["high", "high_last"]].fillna(float("inf")).astype("float64")
    lows = both[["low", "low_last"]].astype("float64")
    moved = (ends["high"] != ends["high_last"]) | (lows["low"] != lows["low_last"])
    left = ends["high_last"] - lows["low_last"]
    closed = (ends["high"] == float("inf")) & (left < float("inf"))
    narrowed = (ends["high"] - lows["low"] - left).where(left < float("inf"), 0)
    order = pd.DataFrame({"closed": closed, "left": -left.where(closed, 0)})
    order["narrowed"] = narrowed.where(~closed, 0)
    best = both.assign(**{f"_{name}": order[name] for name in order})[moved]
    if best.empty:
        return None
    ranked = best.sort_values([f"_{name}" for name in order], ascending=False, kind="stable")
    row = ranked.iloc[0]
    whole = {
        name: pd.NA if pd.isna(row[name]) else int(row[name]) for name in ("high", "high_last")
    }
    return pd.Series({**row[["tally_id", "date", "low", "low_last"]], **whole})
