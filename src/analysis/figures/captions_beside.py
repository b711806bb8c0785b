"""What the figure of bounds beside another source's events says in words, from what it draws."""

import pandas as pd

from analysis.bounds.comparison import VERDICTS, Pairs, as_list, paired_harm
from analysis.bounds.statements import rows_of_reading
from analysis.data.dataset import Dataset
from analysis.figures import naming
from analysis.figures.captions import Telling
from analysis.language import words


def tell_beside(
    dataset: Dataset, other: Dataset, pairs: Pairs, drawn: pd.DataFrame, language: str
) -> Telling:
    """Title, subtitle, caption and alt text, from the frame of ``compare_over_time``."""
    harm = words.harm_word(paired_harm(dataset, other, pairs), language)
    own = _named(dataset, [*pairs], language, "no source")
    names = {"other": _named(other, other_tallies(pairs), language)}
    title = words.phrase("title beside", language, **names, **_said_verdicts(drawn))
    title = title[0].upper() + title[1:]
    subtitle = words.phrase("sub beside", language, harm=harm, own=own, **names)
    why = words.phrase("why outside", language)
    sources = source_lines(dataset, other, pairs, language)
    labels = naming.shown_labels(dataset, [*pairs], language)
    rows = [
        _row(rows, labels[tally_id], language)
        for tally_id, rows in drawn.groupby("tally_id", sort=False)
    ]
    listed = words.join(rows, language)
    alt = words.phrase("alt beside", language, harm=harm, rows=listed)
    caption = f"{title}. {subtitle} {why} {sources}"
    return Telling(title, subtitle, caption, f"{title}. {alt}")


def source_lines(dataset: Dataset, other: Dataset, pairs: Pairs, language: str) -> str:
    """Who counted, in the one dataset and in the other."""
    names = other_tallies(pairs)
    told = rows_of_reading(other, "primary")
    counted = told[told["tally_id"].isin(names)]
    days = words.window(counted["date_start"].min(), counted["date_end"].max(), language)
    sources = _named(other, names, language)
    beside = words.phrase("source beside", language, sources=sources, days=days)
    return f"{naming.source_line(dataset, [*pairs], language)} {beside}"


def other_tallies(pairs: Pairs) -> list[str]:
    """All tallies of the other dataset that are compared, each once."""
    return [*dict.fromkeys(name for names in pairs.values() for name in as_list(names))]


def count_verdicts(drawn: pd.DataFrame) -> dict[str, int]:
    """How many days have each verdict, and how many have one (``compared``)."""
    found = {name: int((drawn["verdict"] == name).sum()) for name in VERDICTS}
    return found | {"compared": sum(found.values())}


def said_days(rows: pd.DataFrame, language: str) -> str:
    """How many days of a tally are inside, undecided and outside."""
    name = "beside days" if count_verdicts(rows)["compared"] else "beside none"
    return words.phrase(name, language, **_said_verdicts(rows))


def _said_verdicts(rows: pd.DataFrame) -> dict[str, str]:
    return {name: f"{days:,}" for name, days in count_verdicts(rows).items()}


def said_counts(rows: pd.DataFrame, language: str) -> str:
    """The bounds of a tally by its last day, and what the other's events add up to."""
    last = rows.iloc[-1]
    own = words.count(last.cumulative_low, last.cumulative_high, language)
    other = words.count(last.other_low, last.other_high, language)
    return words.phrase("beside counts", language, own=own, other=other)


def _row(rows: pd.DataFrame, label: str, language: str) -> str:
    days = said_days(rows, language)
    outside = rows.loc[rows["verdict"] == "outside", "date"]
    if len(outside):
        run = (outside.diff().dt.days != 1).cumsum()
        windows = [
            words.window(dates.min(), dates.max(), language, year=False)
            for _, dates in outside.groupby(run)
        ]
        listed = words.join(windows, language, "list")
        days = words.phrase("alt outside", language, days=days, windows=listed)
    date = words.day(rows["date"].iloc[-1], language, year=False)
    counts = said_counts(rows, language)
    return words.phrase(
        "alt beside row", language, label=label, date=date, counts=counts, days=days
    )


def _named(
    dataset: Dataset, tally_ids: list[str], language: str, nobody: str = "other source"
) -> str:
    named = naming.source_names(dataset, tally_ids, language)
    return words.join(named, language, "list") or words.phrase(nobody, language)
