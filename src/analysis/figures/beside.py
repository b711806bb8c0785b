"""The figure of bounds beside another source's events: where they fit, and where not."""

from dataclasses import dataclass

import pandas as pd

from analysis.bounds import comparison
from analysis.bounds.standing import standing_rows
from analysis.charts.bars import Range, Row, Rows
from analysis.charts.days import day_number, days_between, draw_days
from analysis.charts.key import Draw, boxed
from analysis.charts.sheet import SMALL, Paper, text_width
from analysis.charts.style import GREY, INK
from analysis.data.dataset import Dataset
from analysis.figures import common, naming, readings
from analysis.language.languages import Language

_STRIP, _OTHER = 0.09, "#6f6f6f"
_VERDICTS = {"inside": "#a9cbe2", "open": "white", "outside": INK}
_EDGE = {"edgecolor": GREY, "linewidth": 0.5}


@dataclass(frozen=True)
class Beside(common.Found):
    """Bounds and verdicts, how both datasets are paired, what is ``told`` by the other."""

    other: Dataset
    told: pd.DataFrame
    pairs: comparison.Pairs


def numbers(dataset: Dataset, *, other: Dataset, pairs: comparison.Pairs) -> Beside:
    """Bounds on the last common day beside what another dataset's incidents add up to.

    ``other`` is an independent dataset, whose counts are incidents coded day by day, and ``pairs``
    names for each tally that is shown the tally or tallies of it that count the same people. A
    strip says of each day whether the two fit; ``numbers`` have the bounds and sums of all.
    """
    drawn = comparison.compare_over_time(dataset, other, pairs)[comparison.COLUMNS]
    told = standing_rows(other, "primary")
    names = {name for paired in pairs.values() for name in comparison.as_list(paired)}
    told = told[told["tally_id"].isin(names)]
    harm, rests = comparison.paired_harm(dataset, other, pairs), common.rests_on(dataset, drawn)
    panels, days = dict([*drawn.groupby("tally_id", sort=False)]), readings.span_of(drawn)
    return Beside(dataset, drawn, rests, harm, days, other, told, pairs, panels=panels)


def words(found: Beside, say: Language) -> common.Telling:
    """What fits and what not on the days compared; the days on which it doesn't in the alt text."""
    other, labels = _other(found, say), naming.tally_labels(found.dataset, say, found.pairs)
    full = say.join(naming.source_names(found.other, found.told["tally_id"], say), "list") or other
    days = say.window(found.told["date_start"].min(), found.told["date_end"].max())
    source = naming.source_line(found.dataset, [*found.pairs], found.event_ids, say)
    told = count_verdicts(found.numbers)
    fits = "none" if not told["compared"] else "open" if told["open"] else "decided"
    counts = {"outside": told["outside"], "open": told["open"], "number": told["compared"]}
    title = say(f"title beside {fits}", other=other, **counts)
    if found.dataset.events["reading"].eq("wide").any():  # compared is what the primary one says
        title = say("strictly", title=title)
    return common.Telling(
        title,
        [_row_in_words(rows, labels[name], say) for name, rows in found.panels.items()],
        "what beside",
        {"other": other},
        _longest(found, say),
        [say("why outside")],
        f"{source} {say('source beside', sources=full, days=days)}",
    )


def _other(found: Beside, say: Language) -> str:
    tallies = found.other.tallies.set_index("tally_id").loc[[*found.told["tally_id"].unique()]]
    named = tallies["source_original"].dropna().unique()
    return say.join(map(say.source, named), "list") or say("other source")


def _longest(found: Beside, say: Language) -> list[str]:
    """The other's greatest count over several days, which leaves most of them open."""
    wide = found.told[found.told["date_start"] != found.told["date_end"]]
    if wide.empty or not (found.numbers["verdict"] == "open").any():
        return []
    row = wide.loc[wide["low"].idxmax()]
    count = say.count(row["low"], row["high"])
    window = say.window(row["date_start"], row["date_end"], year=False)
    return [say("why open", other=_other(found, say), count=count, window=window)]


def count_verdicts(drawn: pd.DataFrame) -> dict[str, int]:
    """How many days have each verdict, and how many have one (``compared``)."""
    found = {name: int((drawn["verdict"] == name).sum()) for name in comparison.VERDICTS}
    return found | {"compared": sum(found.values())}


def _row_in_words(rows: pd.DataFrame, label: str, say: Language) -> str:
    """Both counts by the last day, and on which days they do not fit."""
    last = rows.iloc[-1]
    own = say.count(last.cumulative_low, last.cumulative_high)
    counts = say("beside counts", own=own, other=say.count(last.other_low, last.other_high))
    day = say.day(last["date"], year=False)
    said = [say("alt beside row", label=label, date=day, counts=counts)]
    if not count_verdicts(rows)["compared"]:
        said.append(say("beside none"))
    outside = [days for *days, verdict in _runs(rows) if verdict == "outside"]
    if outside:
        windows = say.join((say.window(*days, year=False) for days in outside), "list")
        said.append(say("alt outside", windows=windows))
    return say.join(said)


def draw(paper: Paper, found: Beside) -> dict[str, Draw]:
    """A block a tally: two bars on its last day, below them a strip of days."""
    others = {"other_event_ids": [*found.told["event_id"]], "other_sha256": found.other.sha256}
    paper.chart.beside |= others
    say, colours = paper.say, naming.tally_colours(found.dataset)
    labels = naming.tally_labels(found.dataset, say, found.pairs)
    pairs = [_pair(found, name, rows.iloc[-1], say) for name, rows in found.panels.items()]
    drawn = [row for pair in pairs for row in pair]
    rows = Rows(paper, drawn)
    for (name, days), pair in zip(found.panels.items(), pairs, strict=True):
        day = say.day(days["date"].iloc[-1], year=False)
        paper.heading(say.join([labels[name], say("up to", date=day)], "list"), colours[name])
        for row in pair:
            rows.draw(row)
    if found.numbers["verdict"].notna().any():
        paper.heading(say("by each day"))
        _draw_strips(paper, found)
    looks = {f"verdict_{name}": colour for name, colour in _VERDICTS.items()}
    return {sign: boxed(colour, tall=0.09, **_EDGE) for sign, colour in looks.items()}


def _pair(found: Beside, name: str, last: pd.Series, say: Language) -> list[Row]:
    """Bounds of a tally by its last day, and what the other's incidents add up to."""
    tallies = found.dataset.tallies.set_index("tally_id")
    sources = tallies.loc[[*found.pairs], "source_original"].unique()
    own = say.join(map(say.source, sources), "list")
    colour = naming.tally_colours(found.dataset)[name]
    link = common.link_to_last(found.dataset, name, say)
    low, high, *other = last[["cumulative_low", "cumulative_high", "other_low", "other_high"]]
    return [
        Row(Range.of(low, high), say.count(low, high), colour, own, link=link),
        Row(Range.of(*other), say.count(*other), _OTHER, _other(found, say)),
    ]


def _draw_strips(paper: Paper, found: Beside) -> None:
    """A box for days that fit alike; none where there is nothing to fit to."""
    names = naming.short_names(found.dataset, paper.say, found.pairs)
    room = max(text_width(name, SMALL) for name in names.values()) + 0.1
    days = days_between(*found.days, paper.left + room, paper.across - room)
    for name, rows in found.panels.items():
        top = paper.top + 0.02
        paper.write(paper.left, top + _STRIP / 2, names[name], SMALL, colour=GREY)
        for first, last, verdict in _runs(rows):
            start, stop = days.at(day_number(first)), days.at(day_number(last) + 1)
            look = _VERDICTS[verdict], f"verdict_{verdict}"
            paper.box(start, top, stop - start, _STRIP, *look, **_EDGE)
        paper.top = top + _STRIP + 0.03
    draw_days(paper, days, [])


def _runs(rows: pd.DataFrame) -> list[tuple[pd.Timestamp, pd.Timestamp, str]]:
    """Days in a row with one verdict: first, last, which."""
    rows = rows[rows["verdict"].notna()]
    fresh = rows["verdict"].ne(rows["verdict"].shift()) | rows["date"].diff().dt.days.ne(1)
    runs = rows.groupby(fresh.cumsum())
    return [(own["date"].min(), own["date"].max(), own["verdict"].iloc[0]) for _, own in runs]


plot_beside = common.figure("beside", numbers, words, draw)
