"""The figure of what the report states: each number at the start of a row, its days beside it."""

import pandas as pd

from analysis.bounds.drawn import days_spanned, statements_drawn
from analysis.charts import style as theme
from analysis.charts.days import Days, day_number, days_between, draw_days, draw_window
from analysis.charts.sheet import LARGE, NORMAL, SMALL, Paper, text_width
from analysis.data.dataset import Dataset
from analysis.data.links import origin
from analysis.data.tellings import first_tellings, superseded
from analysis.figures import common, naming, readings
from analysis.language.languages import Language

_MOST = 40
"""So many rows are drawn of each tally."""
_SHARE = {"page": 0.3, "column": 0.36}
"""How much of the width numbers and names take at most."""
_WORDS = ["report_id", "tally_id", "place"]
"""Which words a number was coded from; two readings of the same words are one row."""


def numbers(dataset: Dataset) -> common.Found:
    """What the report states: each number as a row, its window beside it, by party.

    Statements without a number stand on top, as a lane of events. A window without a first day
    comes from before the axis.
    """
    drawn = statements_drawn(dataset)
    rests, days = common.rests_on(dataset, drawn), days_spanned(drawn)
    return common.Found(dataset, drawn, rests, "", days)


def words(found: common.Found, say: Language) -> common.Telling:
    """How many numbers there are and how few of single days; the first of them in the alt text."""
    drawn = found.numbers
    stated = drawn[drawn["reading"] != "wide"]
    single = int((stated["date_start"] == stated["date_end"]).sum())
    reports = stated["report_id"].nunique()
    counts = say("counts stated", number=len(stated))
    days = say("for one day", number=single) if single else say("for no day")
    name = "title statements" if reports < 2 else "title statements several"
    told = say(name, counts=counts, days=days, reports=reports)
    labels = naming.tally_labels(found.dataset, say)
    rows = []
    for row in drawn[drawn["reading"] != "wide"].itertuples():
        window = say.window(row.date_start, row.date_end, year=False)
        count = say("windowed", count=readings.count_in_words(row, say), window=window)
        rows.append(say("labelled", label=labels[row.tally_id], count=count))
    notes = naming.corrected_in_words(found.dataset, say)
    return common.Telling(told, rows, "what statements", notes=notes)


def draw(paper: Paper, found: common.Found) -> None:
    """The lane of what has no number, then a block a tally."""
    say, dataset = paper.say, found.dataset
    labels, shown = naming.tally_labels(dataset, say), rows_shown(dataset, found.numbers)
    room = max(text_width(count_told(row, say), LARGE, True) for row in shown.itertuples())
    parts = shown.loc[shown["inside"].notna(), "tally_id"].unique()
    room = max([room, *(0.5 + text_width(say.capital(labels[name]), SMALL) for name in parts)])
    room = min(room + 0.12, paper.across * _SHARE[paper.chart.width])
    days, bands = days_between(*found.days, paper.left + room, paper.across - room), []
    uncounted = _uncounted(dataset, *found.days)
    if len(uncounted):
        paper.paragraph(say("uncounted"), SMALL, colour=theme.GREY)
        top = paper.top
        _draw_lanes(paper, days, uncounted, found.days[0])
        bands.append((top, paper.top))
    for tally_id in dataset.tallies["tally_id"]:
        rows = shown[(shown["tally_id"] == tally_id) & shown["inside"].isna()]
        if rows.empty:
            continue
        colour, top = draw_heading(paper, dataset, tally_id), paper.top
        rows = rows.sort_values("low", ascending=False, kind="stable")
        for row in rows[:_MOST].itertuples():
            _draw_row(paper, days, row, colour, "")
            for part in shown[shown["inside"] == row.event_id].itertuples():
                _draw_row(paper, days, part, colour, say.capital(labels[part.tally_id]))
        bands.append((top, paper.top))
        if len(rows) > _MOST:
            text = say("more counts", number=len(rows) - _MOST)
            paper.paragraph(text, SMALL, colour=theme.GREY)
    draw_days(paper, days, bands)


def draw_heading(paper: Paper, dataset: Dataset, tally_id: str) -> str:
    """Who is counted and what happened to them; gives their colour, grey where it did no harm."""
    harm = dataset.tallies.set_index("tally_id")["harm"][tally_id]
    colour = naming.tally_colours(dataset)[tally_id] if harm in common.CASUALTIES else theme.GREY
    label, said = naming.tally_labels(dataset, paper.say)[tally_id], paper.say.term("harm", harm)
    paper.heading(paper.say("harmed by", label=label, harm=said), colour)
    return colour


def _draw_row(paper: Paper, days: Days, row, colour: str, part: str) -> None:
    """A number and its days; a part smaller, behind its name."""
    say, ink, room = paper.say, theme.letters(colour), days.x - paper.left - 0.08
    link, text, indent = common.link_to(say, row.event_id), count_told(row, say), 0.12 * bool(part)
    size = LARGE if colour != theme.GREY and text_width(text, LARGE, True) <= room else NORMAL
    if part:
        text, size = say("labelled", label=part, count=text), SMALL
    before = paper.top
    paper.top += 0.01
    look = {"x": paper.left + indent, "across": room - indent, "bold": not part}
    paper.paragraph(text, size, colour=ink, link=link, **look)
    paper.top += 0.01
    middle = (before + paper.top) / 2
    window = common.window_of(row, "", say, "-")
    start, stop = draw_window(paper, days, window, middle, ink, 0.8 if part else 1.1)
    wide = row.date_start_wide, row.date_end_wide
    if pd.notna(wide[1]) and wide != (row.date_start, row.date_end):
        since = row.since if pd.isna(wide[0]) else wide[0]
        first, last = days.at(day_number(since)), days.at(day_number(wide[1]) + 1)
        look = {"colour": ink, "thick": 0.8, "linestyle": theme.DASHES}
        for one, other in ((first, start), (stop, last)):
            if one < other:
                paper.line([one, other], [middle, middle], "loosest", **look)


def count_told(row, say: Language) -> str:
    """A count as its row says it: how many pages tell it, what the loosest reading says."""
    count, text = say.count(row.low, row.high), readings.count_in_words(row, say)
    if row.tellings > 1:
        text = say("told by", count=text, number=int(row.tellings))
    if row.reading == "wide":
        return say("wide", count=text)
    if pd.notna(row.date_end_wide):
        wide = say.count(row.low_wide, row.high_wide)
        if wide != count:
            text = say("windowed", count=text, window=say("wide short", count=wide))
    return text


def rows_shown(dataset: Dataset, numbers: pd.DataFrame) -> pd.DataFrame:
    """A row a number, ``inside`` the statement that it is part of, ``…_wide`` its loosest reading.

    Numbers of a part stand behind a toll of its whole, of the same report and days; a part of a
    part behind the outermost. The loosest reading of words that have no other is a row too.
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


def _uncounted(dataset: Dataset, first: pd.Timestamp, last: pd.Timestamp) -> pd.DataFrame:
    """Dated statements without a number, of these days."""
    events = dataset.events
    single = events["same_as"].isna() & (events["reading"] != "aside") & ~superseded(dataset)
    rows = events[events["low"].isna() & events["date_end"].notna() & single]
    rows = rows.fillna({"date_start": first, "event_type": "Background"})
    return rows[(rows["date_end"] >= first) & (rows["date_start"] <= last)]


def _draw_lanes(paper: Paper, days: Days, rows: pd.DataFrame, first: pd.Timestamp) -> None:
    """Thin grey marks over the days of each type of event, behind its name."""
    for name, lane in rows.groupby("event_type", sort=False):
        label, earliest = paper.say.term("event type", name), lane["date_start"].min()
        if earliest < first:
            since = paper.say.day(earliest, year=earliest.year != first.year)
            label = paper.say("since", label=label, date=since)
        before = paper.top
        paper.paragraph(label, SMALL, across=days.x - paper.left - 0.06, colour=theme.GREY)
        middle = (before + paper.top) / 2
        for row in lane.itertuples():
            start, stop = days.at(day_number(row.date_start)), days.at(day_number(row.date_end) + 1)
            look = {"colour": "#9a9a9a", "thick": 1.6}
            paper.line([start + 0.02, stop - 0.02], [middle, middle], "event", **look)


plot_statements = common.figure("statements", numbers, words, draw)
