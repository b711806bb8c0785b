"""The figure of sources side by side: what each says of the same days, contradictions marked."""

from datetime import date
from typing import NamedTuple

import pandas as pd

from analysis.bounds.drawn import main_harm, wholes_of
from analysis.bounds.sources import contradictory_pairs, listed, sources_drawn
from analysis.charts.sheet import NORMAL, SMALL, Chart, Paper, text_width
from analysis.charts.signs import Range, Sample, draw_range
from analysis.charts.style import GREY, INK, LIGHT, tint
from analysis.data.dataset import Dataset
from analysis.figures.common import (
    Telling,
    cited,
    count_in_words,
    key_of_ranges,
    link_to,
    make,
    telling_of,
)
from analysis.figures.naming import label, party_colours, tally_labels
from analysis.language.languages import Language

_BAR, _ROW = 0.12, 0.2


def plot_sources(
    dataset: Dataset,
    language: str = "en",
    width: str = "page",
    harm: str | None = None,
    *,
    party_id: str | None = None,
    windows: list[tuple[str | None, str]] | None = None,
    cause: str | None = None,
    reading: str = "primary",
    as_of: date | str | None = None,
) -> Chart:
    """Sources side by side: for each window what every source allows, contradictions explained.

    Parameters as for :func:`~analysis.figures.common.make`, and:

    Parameters
    ----------
    party_id : str, optional
        Whom they count; the first party that several sources count.
    windows : list of (str or None, str), optional
        First and last day of each, YYYY-MM-DD; a first day of None is before any that is
        named. The whole span of the statements where nothing is said.
    cause : str, optional
        Only counts of this cause; those of every cause and part where nothing is said.
    reading : {"primary", "wide"}

    Raises
    ------
    ValueError
        When fewer than two sources count such people, or none of them in the windows.
    """
    asked = {"harm": harm, "party_id": party_id, "windows": windows, "cause": cause}
    steps = numbers, words, draw
    return make("sources", steps, dataset, language, width, as_of, **asked, reading=reading)


class Row(NamedTuple):
    """A source in a window: its bounds, its name, its count, what is said of it, since when."""

    low: int
    high: int | None
    name: str
    count: str
    said: str
    published: str
    against: bool
    event_id: str | None


class Block(NamedTuple):
    """The sources of a window by tally, pairs (limiting, other) that contradict, and why.

    ``notes`` are texts, each with whether it is of a contradiction. ``taken`` says for a limiting
    tally what its limit is made of: a total, and how many of it are of other days.
    """

    window: str
    rows: dict[str, Row]
    pairs: list[tuple[str, str]]
    notes: list[tuple[str, bool]]
    taken: dict[str, tuple[int, int, str]]


class Compared(NamedTuple):
    """What sources allow of whom, by window, and the statements that the bounds rest on."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str
    reading: str
    party_id: str


def numbers(dataset: Dataset, harm: str | None, reading: str, **asked: object) -> Compared:
    """Bounds of every source in every window."""
    harm = harm or main_harm(dataset)
    drawn = sources_drawn(dataset, harm, reading=reading, **asked)
    cells = [*drawn["low_from"], *drawn["high_from"]]
    event_ids = dict.fromkeys(name for cell in cells for name in listed(cell))
    parties = dataset.tallies.set_index("tally_id")["party_id"]
    party_id = parties[drawn["tally_id"].iloc[0]]
    return Compared(dataset, drawn, [*event_ids], harm, reading, party_id)


def words(found: Compared, say: Language) -> Telling:
    """The contradiction in the title, where there is one; every count in the alt text."""
    blocks = find_blocks(found, say)
    against = sum(bool(block.pairs) for block in blocks)
    title, parts = _title(found, against, len(blocks), say)
    parties = found.dataset.parties.set_index("party_id")
    parts |= {"label": label(parties, found.party_id, say), "harm": say.term("harm", found.harm)}
    title = say.capital(say(title, **parts))
    if found.numbers.query("against != narrow").empty and contradictory_pairs(found.numbers):
        title = say("strictly", title=title)
    causes = found.numbers["cause"].unique()
    what = say("what sources")
    if len(causes) == 1 and pd.notna(causes[0]):
        what = say("what sources cause", cause=say.term("cause", causes[0]))
    if found.reading == "wide":
        what = say.join([what, say("key loosest")], "list")
    rows = []
    for block in sorted(blocks, key=lambda block: not block.pairs):
        counts = [say("labelled", label=row.name, count=row.said) for row in block.rows.values()]
        counts += [text.rstrip(".") for text, _ in block.notes]
        rows.append(say("labelled", label=block.window, count=". ".join(counts)))
    last = found.numbers["window_last"].max()
    days = found.numbers["window_first"].min(), last
    also = {"notes": [_note(found, blocks, say)], "days": days}
    also["source"] = cited(found.dataset, found.event_ids, say)
    return telling_of(title, rows, found, say, what=what, **also)


def _title(found: Compared, against: int, windows: int, say: Language) -> tuple[str, dict]:
    """The title's message and what fills it: the only contradiction, or how many periods."""
    pairs = contradictory_pairs(found.numbers)
    if len(pairs) == 1:
        ((limiting, other),) = pairs
        later = "" if pd.isna(day := limiting.counted_after) else say.day(day, year=False)
        return f"title side by side {'later' if limiting.differs else 'pair'}", {
            "day": later,
            "window": say.window(other.window_first, other.window_last, year=False),
            "limiting": say.source(limiting.source_original),
            "other": say.source(other.source_original),
            "most": f"{limiting.high:,}",
            "count": say.count(other.low, other.high),
        }
    if not against and pairs:
        return "title side by side differ", {}
    among = " against" if windows == 1 else " one" if against == 1 else " some"
    parts = {"number": against, "windows": windows}
    return f"title side by side{among if against else ''}", parts


def _note(found: Compared, blocks: list[Block], say: Language) -> str:
    """Why counts of sources can differ, and that nothing is decided between them."""
    against = any(block.pairs for block in blocks)
    judged = (found.numbers["within"] != "").all()
    said = [say("note sources judged" if judged else "note sources")]
    return " ".join([*said, *[say("note sources against")] * against])


def find_blocks(found: Compared, say: Language) -> list[Block]:
    """The windows in their order; the first day is missing where there is none."""
    windows = found.numbers.groupby(["window_first", "window_last"], sort=False, dropna=False)
    return [_block(found.dataset, rows, say) for _, rows in windows]


def _block(dataset: Dataset, block: pd.DataFrame, say: Language) -> Block:
    """The rows of one window, whom they contradict, and which sources say nothing."""
    window = say.window(block["window_first"].iloc[0], block["window_last"].iloc[0])
    names, others = (_names(dataset, block, say, name) for name in ("no source", "unnamed source"))
    rows = {}
    for row in block.dropna(subset=["low"]).itertuples():
        count = said = say.count(row.low, row.high)
        for message, cell in (("contradicts", row.against), ("differs", row.differs)):
            if cell:
                listing = say.join([others[name] for name in listed(cell)], "list")
                said = say.join([said, say(message, others=listing)], "list")
        high = None if pd.isna(row.high) else int(row.high)
        published = say("as of", date=say.day(row.published, year=False))
        rests = [*listed(row.low_from), *listed(row.high_from)]
        words = (
            names[row.tally_id],
            count,
            said,
            published,
            bool(row.against),
            next(iter(rests), None),
        )
        rows[row.tally_id] = Row(int(row.low), high, *words)
    pairs, exceeding, taken = [], {}, {}
    for limiting, other in contradictory_pairs(block):
        if other.tally_id in listed(limiting.against):
            pairs.append((limiting.tally_id, other.tally_id))
        if (parts := _taken(dataset, limiting, say)) is not None:
            taken[limiting.tally_id] = parts
        beyond = say("labelled", label=others[other.tally_id], count=rows[other.tally_id].count)
        exceeding.setdefault(limiting.tally_id, (limiting, []))[1].append(beyond)
    notes = []
    for limiting, beyond in exceeding.values():
        room = {"others": say.capital(say.join(beyond, "list")), "most": f"{limiting.high:,}"}
        room["source"] = say.capital(others[limiting.tally_id])
        because = _because(dataset, listed(limiting.high_from), say)
        explained = _explained(limiting, room["source"], say)
        notes.append((" ".join([say("room", **room, because=because), *explained]), True))
    quiet = [others[name] for name in block.loc[block["low"].isna(), "tally_id"]]
    if quiet:
        notes.append((say("silent", sources=say.join(quiet, "list")), False))
    return Block(say.capital(window), rows, pairs, notes, taken)


def _taken(dataset: Dataset, limiting, say: Language) -> tuple[int, int, str] | None:
    """A total that a limit is made of, and how many of it are of other days; None if of more."""
    events = dataset.events.set_index("event_id").loc[listed(limiting.high_from)]
    whole = events[events["high"].notna()].nlargest(1, "high")
    rest = events.drop(whole.index)
    others = rest["low"].sum()
    if len(whole) and others and whole["high"].iloc[0] - others == limiting.high:
        said = say.count(others, rest["high"].sum(skipna=False))
        return int(whole["high"].iloc[0]), int(others), said
    return None


def _explained(limiting, source: str, say: Language) -> list[str]:
    """That the loosest reading has room, and that later counting may be why."""
    if not limiting.narrow and not limiting.differs:
        return []
    if pd.isna(limiting.counted_after):
        return [say("room loosest")]
    date = say.day(limiting.counted_after, year=False)
    explained = [say("room counted on", source=source, date=date)]
    return explained + [say("may explain")] * bool(limiting.differs)


def _names(dataset: Dataset, block: pd.DataFrame, say: Language, missing: str) -> dict[str, str]:
    """Short name of the source of every tally; behind it what it counts, where that differs."""
    labels = tally_labels(dataset, say, sourced=False)
    several = block["source_original"].duplicated(keep=False)
    differ, areas = len(block["cause"].unique()) > 1, dataset.areas.set_index("area_id")
    apart = len({*block["within"]}) > 1
    names = {}
    for row, repeated in zip(block.itertuples(), several, strict=True):
        name, behind = say.source(row.source_original, missing), None
        if repeated:
            behind = labels[row.tally_id]
        elif differ and pd.notna(row.cause):
            behind = say.term("cause", row.cause)
        elif apart and row.within and missing == "no source":  # where its row begins
            behind = label(areas, row.area, say)
        names[row.tally_id] = say("windowed", count=name, window=behind) if behind else name
    return names


def _because(dataset: Dataset, event_ids: list[str], say: Language) -> str:
    """Statements that together set a limit: those inside another stand behind it."""
    rows = [*dataset.events.set_index("event_id").loc[event_ids].itertuples()]
    whole = dataset.tallies.set_index("tally_id")["subset_of"]
    said = []
    for row in rows:
        if not any(_holds(other, row, whole) for other in rows):
            text = _stated(row, say)
            among = [_stated(other, say) for other in rows if _holds(row, other, whole)]
            inside = say.join(among, "list")
            said.append(say("among", count=text, inside=inside) if among else text)
    return say.join(said)


def _holds(outer, inner, whole: pd.Series) -> bool:
    """Whether the people of one statement are among those of another, the days being fewer."""
    days = ((row.date_start, row.date_end) for row in (outer, inner))
    # Days without a first start before any that is named.
    days = ((pd.Timestamp.min if pd.isna(start) else start, end) for start, end in days)
    (start, end), (first, last) = days
    around = start <= first and last <= end and (start, end) != (first, last)
    return around and outer.tally_id in {inner.tally_id, *wholes_of(inner.tally_id, whole)}


def _stated(row, say: Language) -> str:
    window = say.window(row.date_start, row.date_end, year=False)
    name = "on day" if row.date_start == row.date_end else "windowed"
    return say(name, count=count_in_words(row, say), window=window)


def draw(paper: Paper, found: Compared, telling: Telling) -> list[Sample]:
    """A row a source, window by window; dashed lines where they contradict each other."""
    say, blocks = paper.say, find_blocks(found, paper.say)
    rows = [row for block in blocks for row in block.rows.values()]
    colour = party_colours(found.dataset)[found.party_id]
    reach = max(
        [row.high or row.low for row in rows]
        + [each[0] for block in blocks for each in block.taken.values()]
        + [1]
    )
    named = max((text_width(row.name) for row in rows), default=0) + 0.1
    beside = max((text_width(row.said, NORMAL, row.against) for row in rows), default=0) + 0.4
    one_line = paper.across - named - beside >= 1.3
    start = paper.left + (named if one_line else 0)
    scale = (paper.across - (named + beside if one_line else 0.4)) / reach
    for block in blocks:
        paper.top += 0.07
        paper.paragraph(block.window, NORMAL, bold=True)
        _draw_block(paper, block, (start, scale, one_line), colour)
        for text, against in block.notes:
            paper.paragraph(text, SMALL, colour=INK if against else GREY)
    ranges = [Range.of(row.low, row.high) for row in rows]
    return key_of_ranges(say, ranges, edge=any(block.pairs for block in blocks))


def _draw_block(paper: Paper, block: Block, place: tuple[float, float, bool], colour: str) -> None:
    """The rows of one window; the sum that a limit is made of stands under its bar."""
    (start, scale, one_line), bases = place, {}
    for name, row in block.rows.items():
        link = link_to(paper.say, row.event_id)
        look = {"bold": row.against, "link": link}
        if not one_line:
            text = paper.say("labelled", label=paper.say.capital(row.name), count=row.said)
            paper.paragraph(text, NORMAL, **look)
        middle = paper.top + _ROW / 2
        counts = Range.of(row.low, row.high)
        end = draw_range(paper, (start, middle - _BAR / 2), scale, counts, colour, _BAR, link)
        if one_line:
            paper.write(paper.left, middle, paper.say.capital(row.name))
            paper.write(end + 0.07, middle, row.said, **look)
        bases[name] = middle
        paper.top += _ROW
        if name in block.taken:
            _draw_taken(paper, block.taken[name], (start, scale), colour)
    for limiting, other in block.pairs:
        at = start + block.rows[limiting].high * scale
        ends = sorted((bases[limiting], bases[other]))
        look = {"colour": INK, "thick": 1.1, "zorder": 5}
        paper.line([at, at], [ends[0] - _BAR / 2, ends[1] + _BAR / 2 + 0.02], "limit", **look)


def _draw_taken(
    paper: Paper, parts: tuple[int, int, str], place: tuple[float, float], colour: str
) -> None:
    """The total, what of it is of other days (grey), and what that leaves for these."""
    (total, others, said), (start, scale), tall = parts, place, 0.07
    left, y = total - others, paper.top
    paper.box(start, y, left * scale, tall, tint(colour), "left")
    paper.box(start + left * scale, y, others * scale, tall, LIGHT, "taken")
    end = start + total * scale
    paper.line([end, end], [y - 0.02, y + tall + 0.02], colour=GREY, thick=0.8)
    text = paper.say("subtraction", total=f"{total:,}", others=said, left=f"{left:,}")
    paper.top += tall
    if end + 0.08 + text_width(text, SMALL) <= paper.left + paper.across:
        paper.write(end + 0.08, y + tall / 2, text, SMALL, colour=GREY)
        paper.top += 0.05
    else:
        paper.paragraph(text, SMALL, x=start, colour=GREY)
