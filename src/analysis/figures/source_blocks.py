"""Sources in one window: what each is called and counts, whom it contradicts and why."""

from typing import NamedTuple

import pandas as pd

from analysis.bounds.drawn import wholes_of
from analysis.bounds.sources import contradictory_pairs, listed
from analysis.data.dataset import Dataset
from analysis.figures.common import count_in_words
from analysis.figures.naming import label, tally_labels
from analysis.language.languages import Language


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


def find_blocks(dataset: Dataset, numbers: pd.DataFrame, say: Language) -> list[Block]:
    """The windows in their order; the first day is missing where there is none."""
    windows = numbers.groupby(["window_first", "window_last"], sort=False, dropna=False)
    return [_block(dataset, rows, say) for _, rows in windows]


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
