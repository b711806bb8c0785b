"""What was known of some days at each publication: bars of the figure of the toll as reported.

One question, how many on these days, answered from what was published by each report that
changed the answer.
"""

from collections.abc import Iterator

import pandas as pd

from analysis.bounds.windows import window_bounds
from analysis.charts.bars import Range, Row, draw_blocks
from analysis.charts.sheet import Paper
from analysis.data.dataset import Dataset
from analysis.data.nesting import ATTRIBUTES
from analysis.data.notices import taken_back_together
from analysis.data.outcome import nesting
from analysis.data.problems import ContradictionError, NothingToDrawError
from analysis.data.publication import published_times
from analysis.data.statements import statements
from analysis.figures import figure, wording
from analysis.figures.colours import party_colours
from analysis.language.locales import Locale

COLUMNS = ["panel", "tally_id", "source_original", "harm", "known_by", "low", "high", "status"]
PEOPLE = ["party_id", "harm", *ATTRIBUTES]
"""What totals of the same people have in common."""
_BARS = 12
"""So many bars are drawn in all panels together, and three of each at least."""
Days = tuple[pd.Timestamp, pd.Timestamp]


def find_known(dataset: Dataset, rows: pd.DataFrame, span: Days) -> list[pd.DataFrame]:
    """For each tally of some totals what was known of the days, where it was something new.

    Other sources of the same people are there with one number too. The highest come first.
    """
    found, changed = [], set()
    for tally_id, own in rows.groupby("tally_id", sort=False):
        known = pd.DataFrame(_answers(dataset, tally_id, span))
        if known.empty or not _is_counted(dataset, tally_id, span):
            continue
        known = known.astype({"low": "Int64", "high": "Int64"})
        known["status"] = _became(dataset, tally_id, known)
        known = known[known["low"].gt(0) | known["high"].notna()]
        people = tuple(own[PEOPLE].iloc[0].astype("str"))
        if len(known) > 1 or (known["status"] != "stands").any():
            changed.add(people)
        first = own[["source_original", "harm", "party_id", "victim_group"]].iloc[0]
        found.append((people, known.assign(tally_id=tally_id, **first)))
    found = [known for people, known in found if people in changed]
    if not found:
        raise NothingToDrawError("nothing to draw: of these days one thing alone was known")
    return sorted(found, key=lambda known: -known["low"].iloc[-1])


def most_bars(panels: int) -> int:
    """How many bars each of so many panels has at most."""
    return max(3, _BARS // panels)


def _most_telling(known: pd.DataFrame, most: int) -> pd.DataFrame:
    """As many numbers as are drawn: the first and the last, the lowered, the great changes."""
    rank = pd.DataFrame(
        {
            "at_end": known.index.isin(known.index[[0, -1]]),
            "ended": known["status"] != "stands",
            "change": known["low"].astype(float).diff().abs(),
        }
    )
    ranked = rank.sort_values([*rank], ascending=False, kind="stable")
    return known.loc[ranked.index[:most].sort_values()]


def _became(dataset: Dataset, tally_id: str, known: pd.DataFrame) -> list[str]:
    """What became of each number: a later one is less, or its source withdrew it."""
    rows = statements(dataset)
    rows = rows[rows["tally_id"] == tally_id]
    together = rows["event_ids"].str.split(";").str[0].isin(taken_back_together(dataset).keys())
    withdrawn = {*rows.loc[rows["status"] == "withdrawn", "low"]}
    least = known["low"][::-1].cummin()[::-1]
    ended = ["withdrawn" if low in withdrawn else "taken_back" for low in known["low"]]
    less = (known["low"] > least) & ~known["low"].isin(rows.loc[together, "low"])
    return [end if is_less else "stands" for end, is_less in zip(ended, less, strict=True)]


def _is_counted(dataset: Dataset, tally_id: str, span: Days) -> bool:
    """Whether a tally, or a part of it, was counted in any of the days: else only its whole was."""
    events, held = dataset.events, nesting(dataset).parts[tally_id] | {tally_id}
    rows = events[events["tally_id"].isin(held) & events["low"].notna()]
    rows = rows[rows["date_end"] >= span[0]]
    return bool((rows["date_start"].isna() | (rows["date_start"] <= span[1])).any())


def _answers(dataset: Dataset, tally_id: str, span: Days) -> Iterator[dict]:
    """Bounds on a tally in some days as of each publication that changed them."""
    held = nesting(dataset).parts[tally_id] | nesting(dataset).wholes[tally_id] | {tally_id}
    events, before = dataset.events, None
    rows = events[events["tally_id"].isin(held)]
    rows = rows[rows["date_start"].isna() | (rows["date_start"] <= span[1])]
    back = events[events["supersedes"].isin(rows["event_id"])]  # may count nobody themselves
    reports = pd.concat([rows["report_id"], back["report_id"]]).unique()
    own = rows[(rows["tally_id"] == tally_id) & (rows["date_end"] <= span[1])]
    claimed = {*own.loc[(own["date_start"] >= span[0]).fillna(False), "high"].dropna()}
    times = published_times(dataset).loc[reports, "latest"]
    for day in sorted((times - pd.Timedelta("1min")).dt.normalize().unique()):
        try:
            low, high = window_bounds(dataset, tally_id, *span, as_of=day)
        except ContradictionError:
            continue
        if low and high is not None and high != low and high not in claimed:
            high = None  # the rest of a total of more days: nobody said so many of these
        if (low, high) != before and (low or high is not None or before):
            yield {"known_by": day, "low": low, "high": high}
            before = low, high


def words(found: figure.FigureData, labels: list[str], locale: Locale) -> figure.FigureText:
    """What was first and what is now known of the days asked about."""
    names = names_of(found, labels, locale) if len(labels) > 1 else labels
    rows = []
    for name, own in zip(names, found.panels.values(), strict=True):
        count = locale.join(_in_words(found, row, locale) for row in own.itertuples())
        rows.append(locale("labelled", label=name, count=count))
    drawn = found.numbers
    rises = drawn.groupby("tally_id")["low"].diff().gt(0).any()
    note = "note as reported" if found.days[0] == found.days[1] else "note as reported span"
    notes = [locale(note)] * bool(rises)
    notes += [locale("note struck bar")] * bool((drawn["status"] != "stands").any())
    published = locale.window(drawn["known_by"].min(), drawn["known_by"].max())
    (title, *shorter), parts = _titles(found, locale), {"window": locale.window(*found.days)}
    about = {"when": locale("published", days=published), "adds": False, "shorter": shorter}
    return figure.FigureText(title, rows, "what days known", parts, [" ".join(notes)], **about)


def _in_words(found: figure.FigureData, row, locale: Locale) -> str:
    """A number with the day by which it was known, and what became of it."""
    date, count = locale.day(row.known_by, _years(found)), locale.count(row.low, row.high)
    ended = [] if row.status == "stands" else [locale(f"told {row.status}")]
    return locale.join([locale("count known by", count=count, date=date), *ended], "list")


def _titles(found: figure.FigureData, locale: Locale) -> list[str]:
    """What sources say now, or what the one that spoke last first gave, and what it took back.

    The shorter one leaves the days to the line below it.
    """
    own = max(found.panels.values(), key=lambda each: (len(each) > 1, each["known_by"].max()))
    peak, last = own.loc[own["low"].idxmax()], own.iloc[-1]
    first = own.iloc[0] if peak["status"] == "stands" else peak
    short = wording.who(found.dataset, last["tally_id"], locale)
    both = locale.join([short, locale.window(*found.days)], "list"), short
    if peak["status"] == "stands" and _are_rivals(found):
        each = [
            locale("windowed", count=_count(row, locale), window=_source(row, locale))
            for row in (own.iloc[-1] for own in found.panels.values())
        ]
        return [locale("title by sources", who=who, rows=locale.join(each, "list")) for who in both]
    parts = {"first": _count(first, locale), "last": _count(last, locale)}
    parts["by"], parts["until"] = (
        locale.day(row["known_by"], _years(found)) for row in (first, last)
    )
    way = peak["status"] if last["status"] == "stands" else "gone"
    titles = [locale(f"title days {way}", who=who, **parts) for who in both]
    source = last["source_original"]
    named = [wording.by_source(title, source, locale, "title counted") for title in titles]
    return [*named, titles[-1]]


def _are_rivals(found: figure.FigureData) -> bool:
    """Whether several sources count the same people."""
    panels = pd.concat(own.head(1) for own in found.panels.values())
    people = panels[["party_id", "victim_group"]].drop_duplicates()
    return len(people) == 1 < panels["source_original"].nunique(dropna=False)


def _count(row: pd.Series, locale: Locale) -> str:
    return locale.count(*wording.certain(row["low"], row["high"]))


def _source(row: pd.Series, locale: Locale) -> str:
    return wording.source(row["source_original"], locale)


def _years(found: figure.FigureData) -> bool:
    """Whether days of publication are printed with their year."""
    return len({day.year for day in (*found.numbers["known_by"], *found.days)}) > 1


def names_of(found: figure.FigureData, labels: list[str], locale: Locale) -> list[str]:
    """The heading of each panel: who says so, and of whom where panels differ in it."""
    sources = [_source(own.iloc[0], locale) for own in found.panels.values()]
    if len({*labels}) == 1:
        return [*map(locale.capital, sources)]
    pairs = zip(labels, sources, strict=True)
    return [locale.capital(locale.join(pair, "list")) for pair in pairs]


def draw(paper: Paper, found: figure.FigureData, names: list[str]) -> None:
    """A block for each source: a bar for each publication that changed what was known."""
    colours, blocks = party_colours(found.dataset), []
    for own in found.panels.values():
        rows = _most_telling(own, most_bars(len(found.panels))).itertuples()
        colour = colours[own["party_id"].iloc[0]]
        blocks.append([_bar(row, colour, _years(found), paper.locale) for row in rows])
    draw_blocks(paper, names, blocks)


def _bar(row, colour: str, years: bool, locale: Locale) -> Row:
    """The bar of a number; none of one that stands no longer, which is struck through."""
    name, ended = locale("known by", date=locale.day(row.known_by, years)), row.status != "stands"
    counts = None if ended else Range(row.low, row.high)
    more = locale(f"told {row.status}") if ended else ""
    return Row(counts, locale.count(row.low, row.high), colour, name, more, struck=ended)
