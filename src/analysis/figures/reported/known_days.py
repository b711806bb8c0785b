"""What was known of some days at each publication: bars of the figure of the toll as reported.

One question, how many on these days, answered from what was published by each report that
changed the answer.
"""

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.windows import window_bounds
from analysis.charts.bars import Range, Row, Rows
from analysis.charts.sheet import Paper
from analysis.data.dataset import Dataset
from analysis.data.nesting import nesting
from analysis.data.problems import ContradictionError, NothingToDrawError
from analysis.data.publication import published_times
from analysis.figures import common, naming, wording
from analysis.language.languages import Language

COLUMNS = ["panel", "tally_id", "source_original", "harm", "known_by", "low", "high"]
Days = tuple[pd.Timestamp, pd.Timestamp]


def find_known(dataset: Dataset, rows: pd.DataFrame, span: Days) -> dict[int, pd.DataFrame]:
    """For each tally of some totals what was known of the days, where it was something new."""
    panels = {}
    for at, (name, own) in enumerate(rows.groupby("tally_id", sort=False)):
        found = pd.DataFrame(_answers(dataset, name, span))
        if len(found) > 1 and _is_told(dataset, name, span):
            first = own[["source_original", "harm", "party_id", "victim_group"]].iloc[0]
            found = found.astype({"low": "Int64", "high": "Int64"})
            panels[at] = found.assign(panel=at, tally_id=name, **first)
    if not panels:
        raise NothingToDrawError("nothing to draw: of these days one thing alone was known")
    return panels


def _is_told(dataset: Dataset, tally_id: str, span: Days) -> bool:
    """Whether a tally, or a part of it, was counted in any of the days: else only its whole was."""
    events, held = dataset.events, nesting(dataset).parts[tally_id] | {tally_id}
    told = events[events["tally_id"].isin(held) & events["low"].notna()]
    told = told[told["date_end"] >= span[0]]
    return bool((told["date_start"].isna() | (told["date_start"] <= span[1])).any())


def _answers(dataset: Dataset, tally_id: str, span: Days) -> Iterator[dict]:
    """Bounds on a tally in some days as of each publication that changed them."""
    held = nesting(dataset).parts[tally_id] | nesting(dataset).wholes[tally_id] | {tally_id}
    events, before = dataset.events, None
    told = events[events["tally_id"].isin(held)]
    told = told[told["date_start"].isna() | (told["date_start"] <= span[1])]
    times = published_times(dataset).loc[told["report_id"].unique(), "latest"]
    for day in sorted((times - pd.Timedelta("1min")).dt.normalize().unique()):
        try:
            low, high = window_bounds(dataset, tally_id, *span, as_of=day)
        except ContradictionError:
            continue
        if (low, high) != before and (low or high is not None):
            yield {"known_by": day, "low": low, "high": high}
            before = low, high


def words(found: common.Found, names: list[str], say: Language) -> common.Telling:
    """What was first and what is now known of the days asked about."""
    window, rows, title, years = say.window(*found.days), [], "", _years(found)
    for name, own in zip(names, found.panels.values(), strict=True):
        days = [say.day(day, years) for day in own["known_by"]]
        known = [say.count(row.low, row.high) for row in own.itertuples()]
        said = [
            say("count known by", count=count, date=day)
            for count, day in zip(known, days, strict=True)
        ]
        rows.append(say("labelled", label=name, count=say.join(said)))
        certain = [say.count(*wording.certain(row.low, row.high)) for row in own.itertuples()]
        ends = [*zip(certain, days, strict=True)]
        parts = dict(zip(("first", "by", "last", "until"), (*ends[0], *ends[-1]), strict=True))
        parts |= {"window": window}
        parts["who"] = wording.who(found.dataset, own["tally_id"].iloc[0], say)
        title = title or say("title days known", **parts)
    single = found.days[0] == found.days[1]
    note = say("note as reported") if single else say("note as reported span")
    days = [own["known_by"] for own in found.panels.values()]
    published = say.window(min(map(min, days)), max(map(max, days)))
    when = say("published", days=published)
    return common.Telling(title, rows, "what days known", {"window": window}, [note], when=when)


def draw(paper: Paper, found: common.Found, names: list[str]) -> None:
    """A block for each people: a bar for each publication that changed what was known."""
    say, colours, blocks = paper.say, naming.party_colours(found.dataset), []
    for own in found.panels.values():
        colour = colours[own["party_id"].iloc[0]]
        blocks.append([_bar(row, colour, _years(found), say) for row in own.itertuples()])
    rows = Rows(paper, [row for block in blocks for row in block])
    for name, block in zip(names, blocks, strict=True):
        if len(blocks) > 1:
            paper.heading(name, block[0].colour)
        for row in block:
            rows.draw(row)


def _years(found: common.Found) -> bool:
    """Whether days of publication are said with their year."""
    known = [day for own in found.panels.values() for day in own["known_by"]]
    return len({day.year for day in (*known, *found.days)}) > 1


def _bar(row, colour: str, years: bool, say: Language) -> Row:
    name = say("known by", date=say.day(row.known_by, years))
    return Row(Range.of(row.low, row.high), say.count(row.low, row.high), colour, name)
