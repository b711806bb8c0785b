"""Rows of parties: their names, their bars, and the notes on counts that have no bar."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pandas as pd

from analysis.charts.bars import Range
from analysis.charts.named_bars import NamedBar
from analysis.figures import figure, naming, readings, wording
from analysis.figures.colours import row_colour
from analysis.language.locales import Locale

_MOST_ADDED = 5
"""The certain number carries the ink: all numbers added are drawn up to so many times as long."""
_LISTED = 3
"""Most counts that a note lists."""
_MANY, _MOSTLY = 4, 0.75
"""Least number of rows, and share of calculated ones, where one note replaces their marks."""


@dataclass(frozen=True)
class ByParty(figure.FigureData):
    """Rows of parties with their parts; ``summed`` is what the title adds up, each person once.

    ``others`` are rows of sources that are not drawn, ``apart`` those of other harms. ``by`` says
    what there is a row for each value of, behind everybody.
    """

    others: pd.DataFrame = field(default_factory=pd.DataFrame)
    apart: pd.DataFrame = field(default_factory=pd.DataFrame)
    by: str | None = None

    @property
    def wholes(self) -> pd.DataFrame:
        """The rows that lie in no other."""
        return self.numbers[self.numbers["depth"] == 0]


def name_of(found: ByParty, row, locale: Locale) -> str:
    """Whom a row counts: the value of what the figure is by, else who they are."""
    value = getattr(row, found.by, None) if found.by else None
    if value is not None and pd.notna(value):
        return naming.name_by(found.dataset, found.by, value, locale)
    return naming.row_name(found.dataset, row, locale)


def all_added(found: ByParty) -> int:
    """Every published number of the parties shown as one sum; 0 where it is not drawn.

    That is where no number repeats another, and of long series of totals, which nobody would add.
    """
    low, added = int(found.summed["low"].sum()), int(found.summed["naive_sum"].sum())
    return added if not found.by and low < added <= _MOST_ADDED * low else 0


def bars_of(found: ByParty, locale: Locale) -> list[NamedBar]:
    """A bar a row, each with its days where they are not those around it."""
    dataset, bars, before = found.dataset, [], None
    around = found.numbers.set_index("tally_id")[["date_start", "date_end"]]
    added, is_marked = all_added(found), not _calculated_note(found, locale)
    for row in found.numbers.itertuples():
        calculated = locale("calculated") if row.calculated and is_marked else ""
        days = _own_days(found, row, around.loc[row.subset_of] if row.depth else found.days, locale)
        pale = int(row.naive_sum) if added and not row.depth and row.naive_sum > row.low else 0
        heading = before if row.depth else _heading(found, row, locale)
        value = getattr(row, found.by) if found.by else None
        bar = NamedBar(
            name_of(found, row, locale),
            wording.count(dataset, row, locale),
            Range(row.low, row.high),
            row_colour(dataset, row.party_id, found.by, value),
            more=locale.join(filter(None, [days if row.depth else "", calculated]), "list"),
            pale=pale,
            pale_count=locale("all added", count=pale) if pale else "",
            depth=row.depth,
            link=figure.link_to_last(dataset, row.tally_id.split(";")[0], locale),
            above=heading if heading != before else "",
            below="" if row.depth else days,
        )
        bars.append(bar)
        before = heading
    return bars


def _heading(found: ByParty, row, locale: Locale) -> str:
    """What stands above a whole: its source and party, where those of the figure differ."""
    parts = []
    if not readings.one_source(found.wholes):
        parts.append(locale.capital(wording.source(row.source_original, locale)))
    if found.by and len(found.summed) > 1:
        parts.append(
            naming.label(found.dataset.parties.set_index("party_id"), row.party_id, locale)
        )
    return locale.join(parts, "list")


def _own_days(found: ByParty, row, around: Iterable, locale: Locale) -> str:
    """The days of a row where they are not those around it."""
    days = row.date_start, row.date_end
    same = locale.window(*days) == locale.window(*around)
    return "" if same else locale.window(*days, found.spans_years)


def notes_of(found: ByParty, locale: Locale) -> list[str]:
    """The loosest reading, what other sources count, and who is counted for something else."""
    others = [_of_other_source(found, row, locale) for row in found.others.itertuples()]
    apart = [_of_other_harm(found, row, locale) for row in found.apart.itertuples()]
    notes = [("also counted", others), ("apart", apart)]
    return [
        *_calculated_note(found, locale),
        *_loosest(found, locale),
        *(locale(name, counts=locale.join(_few(each, locale))) for name, each in notes if each),
    ]


def _calculated_note(found: ByParty, locale: Locale) -> list[str]:
    """One line that numbers are calculated, where most are: of which of them it does not hold."""
    rows = found.numbers
    if len(rows) < _MANY or rows["calculated"].mean() < _MOSTLY:
        return []
    stated = rows.loc[~rows["calculated"].astype(bool), "low"]
    if rows["low"].isin(stated).sum() > len(stated):  # one would not know which is meant
        return []
    if stated.empty:
        return [locale("all calculated")]
    return [locale("most calculated", counts=locale.listed(map(locale.number, stated)))]


def _loosest(found: ByParty, locale: Locale) -> list[str]:
    """One line of what the loosest reading of the words allows, where that differs."""
    counts, before = [], False
    for row in found.numbers.itertuples():
        differs = readings.is_looser(row)
        if differs and not (row.depth and before):
            name = _in_sentence(found, row._replace(subset_of=None), locale)
            counts.append(locale("headline row", label=name, count=readings.loosest(row, locale)))
        before = differs or bool(row.depth and before)
    if not counts:
        return []
    counts = _few(counts, locale)
    low, high = readings.sum_of(found.summed, "wide_")
    if low < found.summed["low"].sum() and len(found.summed) > 1:
        counts.append(locale("in all", count=locale.count(low, high)))
    return [locale("note loosest", rows=locale.join(counts))]


def _of_other_source(found: ByParty, row, locale: Locale) -> str:
    """A count of another source, with its days where they are not the figure's."""
    who, count = _in_sentence(found, row, locale), wording.count(found.dataset, row, locale)
    days = _own_days(found, row, found.days, locale)
    behind = locale.join(filter(None, [wording.source(row.source_original, locale), days]), "list")
    pair = locale("headline row", label=who, count=count)
    return locale("windowed", count=pair, window=behind)


def _of_other_harm(found: ByParty, row, locale: Locale) -> str:
    """How many something else happened to, and who counted where it is another source."""
    people, behind = locale.people(row.harm, row.low, row.high), []
    status = found.dataset.parties.set_index("party_id")["status"]
    if status[row.party_id] != "unknown":
        behind.append(_in_sentence(found, row, locale))
    source = row.source_original
    if ("" if pd.isna(source) else source) not in {*found.summed["source_original"].fillna("")}:
        behind.append(locale.source(source))
    return (
        locale("windowed", count=people, window=locale.join(behind, "list")) if behind else people
    )


def _few(counts: list[str], locale: Locale) -> list[str]:
    """The first few of a list, and how many more there are."""
    more = len(counts) - _LISTED
    return [*counts[:_LISTED], *[locale("more counts", number=more)] * (more > 0)]


def _in_sentence(found: ByParty, row, locale: Locale) -> str:
    """Whom a row counts, inside a sentence."""
    return naming.name_in_sentence(found.dataset, row, naming.row_name(found.dataset, row, locale))
