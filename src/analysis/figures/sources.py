"""The figure of sources side by side: what each says of the same days, contradictions marked."""

from typing import NamedTuple

import pandas as pd

from analysis.bounds.drawn import main_harm
from analysis.bounds.sources import contradictory_pairs, listed, sources_drawn
from analysis.charts.bars import Range, draw_range
from analysis.charts.sheet import NORMAL, SMALL, Paper, text_width
from analysis.charts.style import GREY, INK, LIGHT, tint
from analysis.data.dataset import Dataset
from analysis.figures.common import (
    Telling,
    cited,
    figure,
    link_to,
)
from analysis.figures.naming import label, party_colours
from analysis.figures.source_blocks import Block, find_blocks
from analysis.language.languages import Language

_BAR, _ROW = 0.12, 0.2


class Compared(NamedTuple):
    """What sources allow of whom, by window, and the statements that the bounds rest on."""

    dataset: Dataset
    numbers: pd.DataFrame
    event_ids: list[str]
    harm: str
    reading: str
    party_id: str


def numbers(
    dataset: Dataset,
    harm: str | None = None,
    *,
    party_id: str | None = None,
    windows: list[tuple[str | None, str]] | None = None,
    cause: str | None = None,
    reading: str = "primary",
) -> Compared:
    """Sources side by side: for each window what every source allows, contradictions explained.

    ``party_id`` is whom they count, else the first party that several sources count. Each of
    ``windows`` has a first and a last day, YYYY-MM-DD; a first day of None is before any that is
    named. Without, it is the whole span of the statements. Of ``cause`` only, where it is given,
    and in the ``reading`` "primary" or "wide". Raises ValueError when fewer than two sources count
    such people, or none of them in the windows.
    """
    harm = harm or main_harm(dataset)
    drawn = sources_drawn(dataset, harm, party_id, windows, cause, reading)
    cells = [*drawn["low_from"], *drawn["high_from"]]
    event_ids = dict.fromkeys(name for cell in cells for name in listed(cell))
    parties = dataset.tallies.set_index("tally_id")["party_id"]
    party_id = parties[drawn["tally_id"].iloc[0]]
    return Compared(dataset, drawn, [*event_ids], harm, reading, party_id)


def words(found: Compared, say: Language) -> Telling:
    """The contradiction in the title, where there is one; every count in the alt text."""
    blocks = find_blocks(found.dataset, found.numbers, say)
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
    source = cited(found.dataset, found.event_ids, say)
    return Telling(title, rows, what, days, [_note(found, blocks, say)], source=source)


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


def draw(paper: Paper, found: Compared) -> None:
    """A row a source, window by window; dashed lines where they contradict each other."""
    blocks = find_blocks(found.dataset, found.numbers, paper.say)
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
        paper.line([at, at], [ends[0] - _BAR / 2, ends[1] + _BAR / 2 + 0.02], "edge", **look)


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


plot_sources = figure("sources", numbers, words, draw)
