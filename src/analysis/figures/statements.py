"""The figure of what the report states: each number as a bar over the days its words allow."""

from datetime import date

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from analysis.bounds.drawn import days_spanned, statements_drawn
from analysis.charts import sheet
from analysis.charts import style as theme
from analysis.charts.bars import Bar, Days, Group, Span, arrow_out, draw_group
from analysis.charts.days import axis_room, date_axis, day_number
from analysis.charts.sheet import SIDE, Chart, Line, Sample
from analysis.data.cut import first_tellings, superseded
from analysis.data.dataset import Dataset
from analysis.data.links import origin
from analysis.figures.common import Found, Telling, count_in_words, make, rests_on, telling_of
from analysis.figures.naming import party_colours, tally_labels
from analysis.language.languages import Language

_HEAD, _THIN = 0.19, 0.17
_THIN_LINE = {"color": "#8a8a8a", "linewidth": 1.6}
_THIN_LINE |= {"solid_capstyle": "butt", "dash_capstyle": "butt"}
_WORDS = ["report_id", "tally_id", "place"]
"""Which words a number was coded from; two readings of the same words are drawn as one bar."""


def plot_statements(
    dataset: Dataset, language: str = "en", width: str = "page", *, as_of: date | str | None = None
) -> Chart:
    """What the report states: each number as a bar over its window, by party.

    Statements without a number stand below, as thin bars. A window without a first day comes
    from the edge. Parameters as for :func:`~analysis.figures.common.make`.
    """
    return make("statements", (numbers, words, draw), dataset, language, width, as_of)


def numbers(dataset: Dataset) -> Found:
    """Every counted statement, in all readings."""
    drawn = statements_drawn(dataset)
    return Found(dataset, drawn, rests_on(dataset, drawn))


def words(found: Found, say: Language) -> Telling:
    """How many numbers there are and how few of single days; each of them in the alt text."""
    drawn = found.numbers
    stated = (drawn["count_basis"].fillna("stated") == "stated") & (drawn["reading"] != "wide")
    stated = drawn[stated]
    single = (stated["date_start"] == stated["date_end"]).sum()
    reports = stated["report_id"].nunique()
    name = "title statements" if reports < 2 else "title statements several"
    title = say(name, number=len(stated), days=single, reports=reports)
    labels = tally_labels(found.dataset, say)
    rows = []
    for row in drawn.itertuples():
        count = count_in_words(row, say)
        count = say("wide", count=count) if row.reading == "wide" else count
        window = say.window(row.date_start, row.date_end, year=False)
        count = say("windowed", count=count, window=window)
        rows.append(say("labelled", label=labels[row.tally_id], count=count))
    first, last = (say.day(day) for day in days_spanned(drawn))
    return telling_of("statements", title, rows, found, say, first=first, last=last)


def draw(chart: Chart, found: Found, telling: Telling) -> None:
    """A group of bars a tally, and the statements without a number below."""
    first, last = days_spanned(found.numbers)
    days = Days(chart, day_number(first), day_number(last) + 1)
    groups = _groups(days, found)
    others = _uncounted(found.dataset, first, last, chart.say)
    tall = sum(group.tall for group in groups) + 0.1 * len(groups)
    tall += (_HEAD + _THIN * len(others)) * bool(others)
    below = axis_room(chart, first, last) + 0.06
    box, notes = (SIDE, chart.across, tall), [chart.say("bounds")]
    samples = _key(found.numbers, chart.say)
    axes, paper = sheet.lay_out(chart, telling.subtitle, notes, samples, box, below)
    ticks = date_axis(axes, chart, first, last)
    axes.vlines([*ticks, days.stop], 0, tall, theme.LIGHT, linewidth=0.5, zorder=0)
    top = tall
    for group in groups:
        draw_group(axes, days, group, top)
        top -= group.tall + 0.1
    if others:
        _draw_uncounted(axes, days, others, top)
    sheet.key(chart, paper, samples, -below)


def _groups(days: Days, found: Found) -> list[Group]:
    """Bars of each tally: a statement with its loosest reading, and with its parts inside."""
    chart, say, dataset = days.chart, days.chart.say, found.dataset
    colours, labels = party_colours(dataset.parties), tally_labels(dataset, say)
    shown = _shown(dataset, found.numbers)
    groups = []
    for tally_id in dataset.tallies["tally_id"]:
        rows = shown[(shown["tally_id"] == tally_id) & shown["inside"].isna()]
        if rows.empty:
            continue
        colour = colours[rows["party_id"].iloc[0]]
        harm = say.term("harm", rows["harm"].iloc[0])
        head = [Line(say("harmed by", label=labels[tally_id], harm=harm), 8, "bold", colour)]
        bars = []
        for row in rows.sort_values("low", ascending=False, kind="stable").itertuples():
            parts = []
            for part in shown[shown["inside"] == row.event_id].itertuples():
                count = say.count(part.low, part.high)
                text = say("of them", label=labels[part.tally_id], count=count)
                if sheet.text_width(chart, text, 7) > (chart.across - 0.1) / 2:
                    head.append(Line(text, 7))
                    text = ""
                parts.append((_span(part.since, part.date_end), text))
            bars.append(_bar(row, colour, say)._replace(parts=tuple(parts)))
        head = sheet.broken(chart, head, chart.across - 0.1)
        groups.append(Group(head, colour, days.lanes(bars)))
    return groups


def _shown(dataset: Dataset, numbers: pd.DataFrame) -> pd.DataFrame:
    """A row a bar, ``inside`` the statement whose bar it stands in, ``…_wide`` its loosest reading.

    Numbers of a part stand inside a toll of its whole, of the same report and days; a part of a
    part inside the outermost bar. The loosest reading of words that have no other is a bar too.
    """
    told = _told_once(dataset, numbers)
    loosest = told["reading"] == "wide"
    same = pd.MultiIndex.from_frame(told[_WORDS])
    wide = told.loc[loosest, [*_WORDS, "date_start", "date_end", "low", "high"]]
    wide = wide.drop_duplicates(_WORDS, keep="last")
    shown = told[~loosest].merge(wide, on=_WORDS, how="left", suffixes=("", "_wide"))
    shown = pd.concat([shown, told[loosest & ~same.isin(same[~loosest])]], ignore_index=True)
    shown["since"] = shown["date_start"].fillna(days_spanned(numbers)[0])
    place = ["report_id", "since", "date_end", "tally_id"]
    around = shown.loc[shown["count_kind"] == "toll", [*place, "event_id"]].drop_duplicates(place)
    whole = around.set_index(place)["event_id"].reindex(
        pd.MultiIndex.from_frame(shown[[*place[:3], "subset_of"]])
    )
    inside = dict(zip(shown["event_id"], whole.to_numpy(), strict=True))
    nested = {event_id: other for event_id, other in inside.items() if pd.notna(other)}
    shown["inside"] = shown["event_id"].map({name: origin(name, nested) for name in nested})
    return shown


def _told_once(dataset: Dataset, numbers: pd.DataFrame) -> pd.DataFrame:
    """Tellings of one thing with the same days and count as one row, ``tellings`` says how many.

    Readings of the same words whose ``place`` in the text is not given find each other by their
    turn among those of one report and tally.
    """
    turn = numbers.groupby(["report_id", "tally_id", "reading"], dropna=False).cumcount()
    place = numbers["event_id"].where(numbers["reading"].isna(), "reading " + turn.astype("str"))
    place = place.where(numbers["char_start"].isna(), "at " + numbers["char_start"].astype("str"))
    first = numbers["event_id"].map(first_tellings(dataset))
    numbers = numbers.assign(place=place, first=first)
    same = ["first", "date_start", "date_end", "low", "high", "reading"]
    tellings = numbers.groupby(same, dropna=False)["report_id"].transform("nunique")
    return numbers.assign(tellings=tellings)[~numbers.duplicated(same)]


def _bar(row, colour: str, say: Language) -> Bar:
    count = text = say.count(row.low, row.high)
    if row.tellings > 1:
        text = say("told by", count=text, number=row.tellings)
    look = theme.solid if row.date_start == row.date_end else theme.hatched
    if row.count_basis == "derived":
        look = theme.dotted
    if row.reading == "wide":
        text, look = say("wide", count=text), theme.loose
    loosest = None
    if pd.notna(row.date_end_wide):
        since = row.since if pd.isna(row.date_start_wide) else row.date_start_wide
        loosest = _span(since, row.date_end_wide)
        wide = say.count(row.low_wide, row.high_wide)
        if wide != count:
            text = say("windowed", count=text, window=say("wide", count=wide))
    span, still_open = _span(row.since, row.date_end), pd.isna(row.date_start)
    return Bar(span, text, look(colour), loosest, still_open=still_open)


def _span(first: pd.Timestamp, last: pd.Timestamp) -> Span:
    return day_number(first), day_number(last) + 1


def _uncounted(
    dataset: Dataset, first: pd.Timestamp, last: pd.Timestamp, say: Language
) -> list[tuple[str, pd.DataFrame]]:
    """Dated statements without a number, by type: label, rows."""
    events = dataset.events
    single = events["same_as"].isna() & (events["reading"] != "aside") & ~superseded(dataset)
    rows = events[events["low"].isna() & events["date_end"].notna() & single]
    rows = rows.fillna({"date_start": first})
    rows = rows[(rows["date_end"] >= first) & (rows["date_start"] <= last)]
    found = []
    for name, some in rows.groupby(rows["event_type"].fillna("Background"), sort=False):
        label, earliest = say.term("event type", name), some["date_start"].min()
        if earliest < first:
            since = say.day(earliest, year=earliest.year != first.year)
            label = say("since", label=label, date=since)
        found.append((label, some))
    return found


def _draw_uncounted(axes: Axes, days: Days, others: list, top: float) -> None:
    head = Line(days.chart.say("uncounted"), 7.5, "bold", theme.GREY)
    sheet.write(axes, days.chart, head, days.first, top, va="top", bbox=theme.plate())
    at = top - _HEAD - _THIN / 2
    for label, rows in others:
        spans = [_span(row.date_start, row.date_end) for row in rows.itertuples()]
        for (start, stop), basis in zip(spans, rows["date_basis"], strict=True):
            ends = max(start, days.first), min(stop, days.stop)
            dashes = (0, (1, 1)) if basis == "inferred" else "-"
            axes.plot(ends, [at - 0.075] * 2, linestyle=dashes, **_THIN_LINE)
        starts, stops = zip(*spans, strict=True)
        days.write(axes, (min(starts), max(stops)), at, Line(label, 7))
        at -= _THIN


def _key(numbers: pd.DataFrame, say: Language) -> list[Sample]:
    grey, start = theme.GREY, numbers["date_start"]
    single = start == numbers["date_end"]
    entries = [
        (theme.solid(grey), "key day", single),
        (theme.hatched(grey), "key window", ~single),
        (_key_arrow, "key open", start.isna()),
        (theme.dotted(grey), "key derived", numbers["count_basis"] == "derived"),
        (theme.loose(grey), "key wide", numbers["reading"] == "wide"),
    ]
    return [(look, say(name)) for look, name, there in entries if there.any()]


def _key_arrow(axes: Axes, chart: Chart, start: float, at: float) -> None:
    axes.add_patch(Rectangle((start + 0.1, at - 0.05), 0.1, 0.1, **theme.hatched(theme.GREY)))
    arrow_out(axes, start + 0.1, at, 0.1, theme.GREY)
