"""Statements with a number as bars: which share a lane, which stand inside which."""

from typing import NamedTuple

import pandas as pd

from analysis import drawn, theme, words
from analysis.charts.dates import day_number
from analysis.charts.sheet import SIDE, Chart, Line, broken, text_width
from analysis.dataset import Dataset
from analysis.links import origin

BAR, PART, GAP = 0.21, 0.16, 0.06
"""Heights of a bar, of a part inside it and of the space below, in inches."""


class Bar(NamedTuple):
    """One number over its window: days since 1970, what is written on it, what is inside it.

    ``still_open``: no first day is given, the bar comes from the edge.
    """

    start: int
    stop: int
    text: str
    look: dict
    wide: tuple[int, int] | None = None
    parts: tuple["Bar", ...] = ()
    still_open: bool = False

    @property
    def tall(self) -> float:
        """Height in inches."""
        return BAR + PART * len(self.parts)


class Group(NamedTuple):
    """The bars of one tally, in lanes where they do not meet."""

    head: list[Line]
    colour: str
    lanes: list[list[Bar]]

    @property
    def tall(self) -> float:
        """Height in inches, heading included."""
        bars = sum(max(bar.tall for bar in lane) + GAP for lane in self.lanes)
        return sum(line.tall for line in self.head) + 0.04 + bars


def find_groups(chart: Chart, dataset: Dataset, numbers: pd.DataFrame) -> list[Group]:
    """Bars of each tally: a statement with its loosest reading, and with its parts inside."""
    language, across = chart.language, chart.get_figwidth() - 2 * SIDE - 0.1
    colours = theme.party_colours(dataset.parties)
    labels = words.tally_labels(dataset, language)
    wide = numbers[numbers["reading"] == "wide"]
    shown = numbers[numbers["reading"] != "wide"]
    looser = {_words_of(row): row for _, row in wide.iterrows() if pd.notna(row["char_start"])}
    paired = {_words_of(row) for _, row in shown.iterrows()}
    alone = [_words_of(row) not in paired for _, row in wide.iterrows()]
    shown = pd.concat([shown, wide[alone]])
    shown = shown.assign(since=shown["date_start"].fillna(drawn.days_spanned(numbers)[0]))
    nested = _nested(shown)
    groups = []
    for tally_id in dataset.tallies["tally_id"]:
        rows = shown[(shown["tally_id"] == tally_id) & ~shown["event_id"].isin(nested)]
        if rows.empty:
            continue
        bars = []
        for _, row in rows.sort_values("low", ascending=False, kind="stable").iterrows():
            parts = shown[shown["event_id"].map(nested) == row["event_id"]]
            inner = [part for _, part in parts.iterrows()]
            wider = None if row["reading"] == "wide" else looser.get(_words_of(row))
            if wider is not None:
                wider = wider.fillna({"date_start": row["since"]})
            bars.append(_bar(row, wider, colours, labels, language, inner))
        harm = words.harm_word(rows["harm"].iloc[0], language)
        label = words.phrase("harmed by", language, label=labels[tally_id], harm=harm)
        colour = colours[rows["party_id"].iloc[0]]
        long = [
            part
            for bar in bars
            for part in bar.parts
            if text_width(chart, part.text, 7) > across / 2
        ]
        head = [Line(label, 8, "bold", colour), *(Line(part.text, 7) for part in long)]
        bars = [
            bar._replace(parts=tuple(p._replace(text="") if p in long else p for p in bar.parts))
            for bar in bars
        ]
        groups.append(Group(broken(chart, head, across), colour, _lanes(bars)))
    return groups


def _words_of(row: pd.Series) -> tuple:
    """Which words a number was coded from; two readings of the same words are drawn as one bar."""
    start = row["event_id"] if pd.isna(row["char_start"]) else row["char_start"]
    return row["report_id"], start, row["tally_id"]


def _nested(shown: pd.DataFrame) -> dict[str, str]:
    """Numbers of a part drawn inside a toll of its whole, of the same report and days.

    A part of a part stands inside the outermost bar.
    """
    tolls = shown[shown["count_kind"] == "toll"]
    nested = {}
    for row in shown[shown["subset_of"].notna()].itertuples():
        around = tolls[
            (tolls["tally_id"] == row.subset_of)
            & (tolls["report_id"] == row.report_id)
            & (tolls["since"] == row.since)
            & (tolls["date_end"] == row.date_end)
        ]
        if len(around):
            nested[row.event_id] = around["event_id"].iloc[0]
    return {event_id: origin(event_id, nested) for event_id in nested}


def _bar(
    row: pd.Series,
    wide: pd.Series | None,
    colours: dict[str, str],
    labels: dict[str, str],
    language: str,
    parts: list[pd.Series],
) -> Bar:
    colour = colours[row["party_id"]]
    single = row["date_start"] == row["date_end"]
    look = theme.solid(colour) if single else theme.hatched(colour)
    if row["count_basis"] == "derived":
        look = theme.dotted(colour)
    if row["reading"] == "wide":
        look = theme.loose(colour)
    text = words.count(row["low"], row["high"], language)
    if row["reading"] == "wide":
        text = words.phrase("wide", language, count=text)
    loose = None
    if wide is not None:
        loose = (day_number(wide["date_start"]), day_number(wide["date_end"]) + 1)
        looser = words.count(wide["low"], wide["high"], language)
        if looser != text:
            said = words.phrase("wide", language, count=looser)
            text = words.phrase("windowed", language, count=text, window=said)
    inner = tuple(
        _bar(part, None, colours, labels, language, [])._replace(
            text=words.phrase(
                "of them",
                language,
                label=labels[part["tally_id"]],
                count=words.count(part["low"], part["high"], language),
            ),
        )
        for part in parts
    )
    return Bar(
        day_number(row["since"]),
        day_number(row["date_end"]) + 1,
        text,
        look,
        loose,
        inner,
        pd.isna(row["date_start"]),
    )


def _lanes(bars: list[Bar]) -> list[list[Bar]]:
    """Bars that do not meet share a lane."""
    lanes: list[list[Bar]] = []
    for bar in bars:
        for lane in lanes:
            if not (bar.parts or bar.wide) and not any(other.wide or other.parts for other in lane):
                apart = all(bar.start >= other.stop or bar.stop <= other.start for other in lane)
                if apart and all(other.stop - other.start > 0 for other in lane):
                    lane.append(bar)
                    break
        else:
            lanes.append([bar])
    return lanes
