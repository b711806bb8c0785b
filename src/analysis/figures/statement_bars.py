"""Statements with a number as bars: which share a lane, which stand inside which."""

from typing import NamedTuple

import pandas as pd

from analysis.bounds import drawn
from analysis.charts import style as theme
from analysis.charts.days import day_number
from analysis.charts.sheet import SIDE, Chart, Line, broken, text_width
from analysis.data.dataset import Dataset
from analysis.data.links import first_tellings, origin
from analysis.figures import naming
from analysis.language import words

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


class Days(NamedTuple):
    """The axis of days: its ends (days since 1970), how wide a day is in inches, and the chart."""

    chart: Chart
    first: int
    stop: int
    inches: float

    @classmethod
    def of(cls, chart: Chart, numbers: pd.DataFrame) -> "Days":
        """The axis that holds all windows, over the width of the figure."""
        first, last = (day_number(date) for date in drawn.days_spanned(numbers))
        across = chart.get_figwidth() - 2 * SIDE
        return cls(chart, first, last + 1, across / (last + 1 - first))

    def place(
        self, span: tuple[float, float], text: str, size: float, weight: str = "normal"
    ) -> tuple[float, float, bool]:
        """Where a text begins and ends, and whether on its bar.

        Where the bar is too short it stands after it, or before it at the far end, or else as far
        on as it goes.
        """
        wide = (text_width(self.chart, text, size, weight) + 0.08) / self.inches
        start, stop = max(span[0], self.first), min(span[1], self.stop)
        if wide <= stop - start:
            return start, start + wide, True
        if stop + wide <= self.stop:
            return stop, stop + wide, False
        if start - wide >= self.first:
            return start - wide, start, False
        return max(self.stop - wide, self.first), self.stop, False

    def taken(self, bar: Bar) -> tuple[float, float]:
        """The days that a bar and its text take."""
        start, stop, _ = self.place((bar.start, bar.stop), bar.text, 8, "bold")
        return min(start, bar.start), max(stop, bar.stop)


def find_groups(chart: Chart, dataset: Dataset, numbers: pd.DataFrame) -> list[Group]:
    """Bars of each tally: a statement with its loosest reading, and with its parts inside."""
    language, across = chart.language, chart.get_figwidth() - 2 * SIDE - 0.1
    colours = theme.party_colours(dataset.parties)
    labels = naming.tally_labels(dataset, language)
    numbers = _told_once(dataset, numbers)
    wide = numbers[numbers["reading"] == "wide"]
    shown = numbers[numbers["reading"] != "wide"]
    looser = {_words_of(row): row for _, row in wide.iterrows()}
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
        lanes = _lanes(bars, Days.of(chart, numbers))
        groups.append(Group(broken(chart, head, across), colour, lanes))
    return groups


def _told_once(dataset: Dataset, numbers: pd.DataFrame) -> pd.DataFrame:
    """Tellings of one thing with the same days and count as one row, ``tellings`` says how many.

    ``turn`` tells rows of one report, tally and reading apart, so that readings of the same words
    find each other where their place in the text is not given.
    """
    turn = numbers.groupby(["report_id", "tally_id", "reading"], dropna=False).cumcount()
    first = numbers["event_id"].map(first_tellings(dataset.events))
    numbers = numbers.assign(turn=turn, first=first, tellings=1)
    same = ["first", "date_start", "date_end", "low", "high", "reading"]
    numbers["tellings"] = numbers.groupby(same, dropna=False)["report_id"].transform("nunique")
    return numbers[~numbers.duplicated(same)]


def _words_of(row: pd.Series) -> tuple:
    """Which words a number was coded from; two readings of the same words are drawn as one bar."""
    place = row["char_start"]
    if pd.isna(place):
        place = row["event_id"] if pd.isna(row["reading"]) else f"reading {row['turn']}"
    return row["report_id"], place, row["tally_id"]


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
    if row["tellings"] > 1:
        text = words.phrase("told by", language, count=text, number=row["tellings"])
    if row["reading"] == "wide":
        text = words.phrase("wide", language, count=text)
    loose = None
    if wide is not None:
        loose = (day_number(wide["date_start"]), day_number(wide["date_end"]) + 1)
        looser = words.count(wide["low"], wide["high"], language)
        if looser != words.count(row["low"], row["high"], language):
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


def _lanes(bars: list[Bar], days: Days) -> list[list[Bar]]:
    """Bars that do not meet, nor what is written beside them, share a lane."""
    lanes: list[list[Bar]] = []
    for bar in bars:
        for lane in lanes:
            layered = any(each.wide or each.parts for each in (bar, *lane))
            if not layered and all(_apart(days.taken(bar), days.taken(other)) for other in lane):
                lane.append(bar)
                break
        else:
            lanes.append([bar])
    return lanes


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] >= other[1] or one[1] <= other[0]
