"""The figure of bounds beside another source's events: where they fit, and where not."""

from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import pandas as pd

from analysis.bounds import comparison
from analysis.charts.bars import Range, draw_range
from analysis.charts.days import Days, day_number, days_between, draw_days
from analysis.charts.key import Sample, boxed
from analysis.charts.sheet import NORMAL, SMALL, Paper, text_width
from analysis.charts.style import GREY, INK, letters
from analysis.data.cut import rows_of_reading
from analysis.data.dataset import Dataset
from analysis.figures import common
from analysis.figures.frames import span_of
from analysis.figures.naming import (
    party_colours,
    short_names,
    shown_labels,
    source_line,
    source_names,
)
from analysis.language.languages import Language

_BAR, _ROW, _STRIP = 0.11, 0.18, 0.09
_OTHER = "#6f6f6f"
_VERDICTS = {"inside": "#a9cbe2", "open": "white", "outside": INK}


class Beside(NamedTuple):
    """Both datasets, what is drawn (``numbers`` has the columns to be shown), how it is paired."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    drawn: pd.DataFrame
    other: Dataset
    told: pd.DataFrame
    pairs: comparison.Pairs

    @property
    def panels(self) -> dict[str, pd.DataFrame]:
        """The days of each tally."""
        return dict(list(self.drawn.groupby("tally_id", sort=False)))


def numbers(dataset: Dataset, *, other: Dataset, pairs: comparison.Pairs) -> Beside:
    """Bounds on the last common day beside what another dataset's incidents add up to.

    ``other`` is an independent dataset, whose counts are incidents coded day by day, and ``pairs``
    names for each tally that is shown the tally or tallies of it that count the same people. A
    strip says of each day whether the two fit; ``numbers`` have the bounds and sums of all.
    """
    drawn = comparison.compare_over_time(dataset, other, pairs)
    told = rows_of_reading(other, "primary")
    names = {name for paired in pairs.values() for name in comparison.as_list(paired)}
    told = told[told["tally_id"].isin(names)]
    shown, rests = drawn[comparison.COLUMNS], common.rests_on(dataset, drawn)
    return Beside(dataset, shown, rests, drawn, other, told, pairs)


def words(found: Beside, say: Language) -> common.Telling:
    """What fits and what not on the days compared; the days on which it doesn't in the alt text."""
    harm = say.term("harm", comparison.paired_harm(found.dataset, found.other, found.pairs))
    other = _other(found, say)
    named = source_names(found.other, [*found.told["tally_id"]], say)
    full = say.join(named, "list") or other
    labels = shown_labels(found.dataset, [*found.pairs], say)
    days = say.window(found.told["date_start"].min(), found.told["date_end"].max())
    source = source_line(found.dataset, [*found.pairs], found.event_ids, say)
    told = count_verdicts(found.drawn)
    fits = "none" if not told["compared"] else "open" if told["open"] else "decided"
    title = say(f"title beside {fits}", other=other, **_verdicts(found.drawn))
    return common.Telling(
        title,
        [_row(rows, labels[name], say) for name, rows in found.panels.items()],
        say("what beside", harm=harm, other=other),
        span_of(found.drawn),
        notes=_longest(found, say),
        caption=[say("why outside")],
        source=f"{source} {say('source beside', sources=full, days=days)}",
    )


def _other(found: Beside, say: Language) -> str:
    tallies = found.other.tallies.set_index("tally_id").loc[[*found.told["tally_id"].unique()]]
    named = tallies["source_original"].dropna().unique()
    return say.join(map(say.source, named), "list") or say("other source")


def _longest(found: Beside, say: Language) -> list[str]:
    """The other's greatest count over several days, which leaves most of them open."""
    wide = found.told[found.told["date_start"] != found.told["date_end"]]
    if wide.empty or not (found.drawn["verdict"] == "open").any():
        return []
    row = wide.loc[wide["low"].idxmax()]
    count = say.count(row["low"], row["high"])
    window = say.window(row["date_start"], row["date_end"], year=False)
    return [say("why open", other=_other(found, say), count=count, window=window)]


def count_verdicts(drawn: pd.DataFrame) -> dict[str, int]:
    """How many days have each verdict, and how many have one (``compared``)."""
    found = {name: int((drawn["verdict"] == name).sum()) for name in comparison.VERDICTS}
    return found | {"compared": sum(found.values())}


def _verdicts(rows: pd.DataFrame) -> dict[str, str]:
    return {name: f"{days:,}" for name, days in count_verdicts(rows).items()}


def _row(rows: pd.DataFrame, label: str, say: Language) -> str:
    """Both counts by the last day, and on which days they do not fit."""
    last = rows.iloc[-1]
    own = say.count(last.cumulative_low, last.cumulative_high)
    counts = say("beside counts", own=own, other=say.count(last.other_low, last.other_high))
    said = [
        say("alt beside row", label=label, date=say.day(last["date"], year=False), counts=counts)
    ]
    if not count_verdicts(rows)["compared"]:
        said.append(say("beside none"))
    outside = rows.loc[rows["verdict"] == "outside", "date"]
    if len(outside):
        runs = outside.groupby((outside.diff().dt.days != 1).cumsum())
        windows = [say.window(dates.min(), dates.max(), year=False) for _, dates in runs]
        said.append(say("alt outside", windows=say.join(windows, "list")))
    return say.join(said)


def draw(paper: Paper, found: Beside) -> list[Sample]:
    """A block a tally: two bars on its last day, below them a strip of days."""
    say = paper.say
    others = [*found.told["event_id"]]
    paper.chart.beside |= {"other_event_ids": others, "other_sha256": found.other.sha256}
    colours = party_colours(found.dataset)
    labels = shown_labels(found.dataset, [*found.pairs], say)
    own = say.join([say.source(name) for name in found.drawn["source_original"].unique()], "list")
    names = own, _other(found, say)
    lasts = {name: rows.iloc[-1] for name, rows in found.panels.items()}
    pairs = {
        name: [_range(last, whose) for whose in ("cumulative", "other")]
        for name, last in lasts.items()
    }
    short = short_names(found.dataset, [*found.pairs], say)
    start = paper.left + max(text_width(name, SMALL) for name in (*names, *short.values())) + 0.1
    room = paper.left + paper.across - start
    reach = max(one.reach for pair in pairs.values() for one in pair)
    counts = [say.count(int(one.low), one.high) for pair in pairs.values() for one in pair]
    scale = (room - max(text_width(text, NORMAL, True) for text in counts) - 0.4) / max(reach, 1)
    days = days_between(*span_of(found.drawn), start, room)
    for name, rows in found.panels.items():
        colour, day = colours[rows["party_id"].iloc[0]], say.day(lasts[name]["date"], year=False)
        paper.top += 0.07
        asked = say.join([labels[name], say("up to", date=day)], "list")
        paper.paragraph(asked, NORMAL, bold=True, colour=letters(colour))
        for source, one, look in zip(names, pairs[name], (colour, _OTHER), strict=True):
            middle = paper.top + _ROW / 2
            paper.write(paper.left, middle, source, SMALL, colour=GREY)
            link = common.link_to_last(found.dataset, name, say) if look == colour else None
            end = draw_range(paper, (start, middle - _BAR / 2), scale, one, look, _BAR, link)
            count = say.count(int(one.low), one.high)
            paper.write(end + 0.06, middle, count, bold=True, colour=letters(look), link=link)
            paper.top += _ROW
    if count_verdicts(found.drawn)["compared"]:
        paper.top += 0.07
        paper.paragraph(say("by each day"), NORMAL, bold=True)
        for name, rows in found.panels.items():
            _draw_strip(paper, days, rows, short[name])
        draw_days(paper, days, [])
    samples = common.key_of_ranges(say, [one for pair in pairs.values() for one in pair])
    look = {"tall": 0.09, "edgecolor": GREY, "linewidth": 0.5}
    return samples + [
        (boxed(_VERDICTS[name], **look), say(f"key verdict_{name}"))
        for name in _VERDICTS
        if (found.drawn["verdict"] == name).any()
    ]


def _range(row, whose: str) -> Range:
    return Range.of(row[f"{whose}_low"], row[f"{whose}_high"])


def _draw_strip(paper: Paper, days: Days, rows: pd.DataFrame, name: str) -> None:
    """A box for days that fit alike; none where there is nothing to fit to."""
    paper.write(paper.left, paper.top + 0.02 + _STRIP / 2, name, SMALL, colour=GREY)
    numbers = [day_number(day) for day in rows["date"]]
    y, tall = paper.top + 0.02, _STRIP
    for verdict, alike in groupby(
        zip(rows["verdict"].fillna(""), numbers, strict=True), itemgetter(0)
    ):
        (_, first), *more = alike
        if verdict:
            start, stop = days.at(first), days.at(first + len(more) + 1)
            look = {"edgecolor": GREY, "linewidth": 0.5}
            paper.box(
                start, y, stop - start, tall, _VERDICTS[verdict], f"verdict {verdict}", **look
            )
    paper.top = y + tall + 0.03


plot_beside = common.figure("beside", numbers, words, draw)
