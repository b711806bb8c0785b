"""The figure of sources side by side: what each says of the same days, contradictions marked."""

from dataclasses import dataclass

import pandas as pd

from analysis.bounds.drawn import main_harm
from analysis.bounds.sources import contradictory_pairs, listed, sources_drawn
from analysis.charts.bars import Range, Row, Rows
from analysis.charts.sheet import SMALL, Paper
from analysis.charts.style import GREY, INK, LIGHT, tint
from analysis.data.dataset import Dataset
from analysis.data.nesting import nesting
from analysis.figures import common, naming, readings
from analysis.language.languages import Language


@dataclass(frozen=True)
class Compared(common.Found):
    """What sources allow of whom, a panel a window, which may lack its first day."""

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
    days = drawn["window_first"].min(), drawn["window_last"].max()
    windows = drawn.groupby(["window_first", "window_last"], sort=False, dropna=False)
    about = {"panels": dict([*windows]), "reading": reading}
    rests = [*event_ids] or common.rests_on(dataset, drawn)
    return Compared(dataset, drawn, rests, harm, days, party_id, **about)


def words(found: Compared, say: Language) -> common.Telling:
    """The contradiction in the title, where there is one; every count in the alt text."""
    parties = found.dataset.parties.set_index("party_id")
    whom = naming.label(parties, found.party_id, say)
    message, parts = _title(found, say)
    title = say(message, label=whom, harm=say.term("harm", found.harm), **parts)
    if found.numbers.query("against != narrow").empty and contradictory_pairs(found.numbers):
        title = say("strictly", title=say.capital(title))
    causes = found.numbers["cause"].unique()
    what, parts = "what sources", {}
    if len(causes) == 1 and pd.notna(causes[0]):
        what, parts = "what sources cause", {"cause": say.term("cause", causes[0])}
    rows = []
    blocks = found.panels.items()
    for days, block in sorted(blocks, key=lambda each: not (each[1]["against"] != "").any()):
        names = _names(found.dataset, block, say)
        counts = [
            say("labelled", label=names[row.tally_id], count=_said(found, block, row, say))
            for row in block.dropna(subset=["low"]).itertuples()
        ]
        counts += [text.rstrip(".") for text, _ in _notes(found, block, say)]
        told = ". ".join(map(say.capital, counts))
        rows.append(say("labelled", label=say.capital(say.window(*days)), count=told))
    judged = (found.numbers["within"] != "").all()
    notes = [say("note sources judged" if judged else "note sources")]
    notes += [say("note sources against")] * bool((found.numbers["against"] != "").any())
    return common.Telling(title, rows, what, parts, [" ".join(notes)])


def _title(found: Compared, say: Language) -> tuple[str, dict]:
    """The title's message and what fills it: the only contradiction, or how many periods."""
    pairs = contradictory_pairs(found.numbers)
    if len(pairs) == 1:
        ((limiting, other),) = pairs
        return "title side by side pair", {
            "window": say.window(other.window_first, other.window_last, year=False),
            "limiting": say.source(limiting.source_original),
            "other": say.source(other.source_original),
            "most": int(limiting.high),
            "count": say.count(other.low, other.high),
        }
    against = sum(bool((block["against"] != "").any()) for block in found.panels.values())
    among = " against" if len(found.panels) == 1 else " one" if against == 1 else " some"
    parts = {"number": against, "windows": len(found.panels)}
    return f"title side by side{among if against else ''}", parts


def _names(
    dataset: Dataset, block: pd.DataFrame, say: Language, missing: str = "no source"
) -> dict[str, str]:
    """Short name of the source of every tally; behind it what it counts, where that differs."""
    labels = naming.tally_labels(dataset, say, sourced=False)
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
            behind = naming.label(areas, row.area, say)
        names[row.tally_id] = say("windowed", count=name, window=behind) if behind else name
    return names


def _said(found: Compared, block: pd.DataFrame, row, say: Language) -> str:
    """What a source counts, and whom it contradicts."""
    names = _names(found.dataset, block, say, "unnamed source")
    said = [say.count(row.low, row.high)]
    if row.against:
        others = say.join([names[name] for name in listed(row.against)], "list")
        said.append(say("contradicts", others=others))
    return say.join(said, "list")


def _notes(found: Compared, block: pd.DataFrame, say: Language) -> list[tuple[str, bool]]:
    """Why counts do not fit, and whose are missing, each with whether it is a contradiction."""
    names, exceeding = _names(found.dataset, block, say, "unnamed source"), {}
    for limiting, other in contradictory_pairs(block):
        count = say.count(other.low, other.high)
        beyond = say("labelled", label=names[other.tally_id], count=count)
        exceeding.setdefault(limiting.tally_id, (limiting, []))[1].append(beyond)
    notes = []
    for limiting, beyond in exceeding.values():
        source = say.capital(names[limiting.tally_id])
        because = _because(found.dataset, listed(limiting.high_from), say)
        others, most = say.capital(say.join(beyond, "list")), int(limiting.high)
        said = [say("room", others=others, source=source, most=most, because=because)]
        said += [say("room loosest")] * bool(limiting.narrow)
        notes.append((" ".join(said), True))
    quiet = block.loc[block["low"].isna() & block["source_original"].notna(), "tally_id"]
    if len(quiet):
        notes.append((say("silent", sources=say.listed(names[name] for name in quiet)), False))
    return notes


def _because(dataset: Dataset, event_ids: list[str], say: Language) -> str:
    """Statements that together set a limit: those inside another stand behind it."""
    rows = [*dataset.events.set_index("event_id").loc[event_ids].itertuples()]
    wholes, said = nesting(dataset).wholes, []
    for row in rows:
        if not any(_holds(other, row, wholes) for other in rows):
            text = _stated(row, say)
            among = [_stated(other, say) for other in rows if _holds(row, other, wholes)]
            inside = say.join(among, "list")
            said.append(say("among", count=text, inside=inside) if among else text)
    return say.join(said)


def _holds(outer, inner, wholes: dict[str, frozenset[str]]) -> bool:
    """Whether the people of one statement are among those of another, the days being fewer."""
    # Days without a first start before any that is named.
    start, first = (
        pd.Timestamp.min if pd.isna(row.date_start) else row.date_start for row in (outer, inner)
    )
    around = start <= first and inner.date_end <= outer.date_end
    fewer = (start, outer.date_end) != (first, inner.date_end)
    return around and fewer and outer.tally_id in {inner.tally_id, *wholes[inner.tally_id]}


def _stated(row, say: Language) -> str:
    window = say.window(row.date_start, row.date_end, year=False)
    name = "on day" if row.date_start == row.date_end else "windowed"
    return say(name, count=readings.count_in_words(row, say), window=window)


def draw(paper: Paper, found: Compared) -> None:
    """A row a source, window by window; a line where one contradicts another."""
    bars = {
        row.Index: _row(found, block, row, paper.say)
        for block in found.panels.values()
        for row in block.dropna(subset=["low"]).itertuples()
    }
    taken = {}
    for limiting, _ in contradictory_pairs(found.numbers):
        if (parts := _taken(found.dataset, limiting, paper.say)) is not None:
            taken[limiting.Index] = parts
    rows = Rows(paper, bars.values(), reach=max([1, *(total for total, *_ in taken.values())]))
    for days, block in found.panels.items():
        paper.heading(paper.say.capital(paper.say.window(*days)))
        middles = {}
        for at in block.index.intersection([*bars], sort=False):
            middles[at] = rows.draw(bars[at])
            if at in taken:
                _draw_taken(rows, taken[at], bars[at].colour)
        for limiting, other in contradictory_pairs(block):
            if other.tally_id in listed(limiting.against):
                x = rows.start + limiting.high * rows.scale
                first, last = sorted((middles[limiting.Index], middles[other.Index]))
                ends = [first - rows.tall / 2, last + rows.tall / 2 + 0.02]
                paper.line([x, x], ends, "edge", thick=1.1, zorder=5)
        for text, against in _notes(found, block, paper.say):
            paper.paragraph(text, SMALL, colour=INK if against else GREY)


def _row(found: Compared, block: pd.DataFrame, row, say: Language) -> Row:
    """The bar of a source, its words leading to the first statement that it rests on."""
    rests = [*listed(row.low_from), *listed(row.high_from)]
    name = say.capital(_names(found.dataset, block, say)[row.tally_id])
    colour = naming.party_colours(found.dataset)[found.party_id]
    said, link = _said(found, block, row, say), common.link_to(say, (*rests, None)[0])
    return Row(Range.of(row.low, row.high), said, colour, name, link=link)


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


def _draw_taken(rows: Rows, parts: tuple[int, int, str], colour: str) -> None:
    """The total, what of it is of other days (grey), and what that leaves for these."""
    (total, others, said), paper, tall = parts, rows.paper, 0.07
    left, y, start = total - others, paper.top, rows.start
    paper.box(start, y, left * rows.scale, tall, tint(colour), "left")
    paper.box(start + left * rows.scale, y, others * rows.scale, tall, LIGHT, "taken")
    end = start + total * rows.scale
    paper.line([end, end], [y - 0.02, y + tall + 0.02], colour=GREY, thick=0.8)
    text = paper.say("subtraction", total=int(total), others=said, left=int(left))
    paper.top += tall
    rows.write(end + 0.08, y + tall / 2, text, SMALL, colour=GREY)
    paper.top += 0.05 * (paper.top == y + tall)  # where nothing had to stand below


plot_sources = common.figure("sources", numbers, words, draw)
