"""Sources in one window: what each is called and counts, whom it contradicts and why."""

from typing import NamedTuple

import pandas as pd

from analysis.bounds.sources import contradictory_pairs, listed, wholes_of
from analysis.data.dataset import Dataset
from analysis.figures.common import count_in_words
from analysis.figures.naming import tally_labels
from analysis.language.languages import Language


class Row(NamedTuple):
    """A source in a window: its bounds, its name, the same on a bar, and what is written of it."""

    low: int
    high: int | None
    name: str
    title: str
    count: str
    said: str

    @property
    def end(self) -> int:
        """How far its bar reaches, in persons."""
        return self.low if self.high is None else self.high

    @property
    def weight(self) -> str:
        """Bold where it contradicts another."""
        return "normal" if self.said == self.count else "bold"


class Block(NamedTuple):
    """The sources of one window, their contradictions (limiting row, other row) and why."""

    window: str
    rows: list[Row]
    pairs: list[tuple[int, int]]
    reasons: list[str]
    silent: list[str]


def find_blocks(dataset: Dataset, numbers: pd.DataFrame, say: Language) -> list[Block]:
    """The windows in their order; the first day is missing where there is none."""
    days = ["window_first", "window_last"]
    return [
        _block(dataset, rows, say) for _, rows in numbers.groupby(days, sort=False, dropna=False)
    ]


def _block(dataset: Dataset, block: pd.DataFrame, say: Language) -> Block:
    """The rows of one window, whom they contradict, and which sources say nothing."""
    window = say.window(block["window_first"].iloc[0], block["window_last"].iloc[0])
    names = _names(dataset, block, say)
    others = _names(dataset, block, say, "unnamed source")
    rows = {}
    for row in block.dropna(subset=["low"]).itertuples():
        count = said = say.count(row.low, row.high)
        if row.against:
            listing = say.join([others[name] for name in listed(row.against)], "list")
            said = say.join([count, say("contradicts", others=listing)], "list")
        high = None if pd.isna(row.high) else int(row.high)
        name = names[row.tally_id]
        rows[row.tally_id] = Row(int(row.low), high, name, say.capital(name), count, said)
    exceeding: dict[str, list] = {}
    found = contradictory_pairs(block)
    for limiting, other in found:
        exceeding.setdefault(limiting.tally_id, [limiting]).append(other)
    reasons = [_room(dataset, *some, names=names, say=say) for some in exceeding.values()]
    quiet = [others[name] for name in block.loc[block["low"].isna(), "tally_id"]]
    silent = [say("silent", sources=say.join(quiet, "list"))] if quiet else []
    at = {tally_id: place for place, tally_id in enumerate(rows)}
    pairs = [(at[one.tally_id], at[other.tally_id]) for one, other in found]
    return Block(say.capital(window), [*rows.values()], pairs, reasons, silent)


def _names(
    dataset: Dataset, block: pd.DataFrame, say: Language, missing: str = "no source"
) -> dict[str, str]:
    """Short name of the source of every tally; behind it what it counts, where that differs."""
    labels = tally_labels(dataset, say, sourced=False)
    several = block["source_original"].duplicated(keep=False)
    differ = len(block["cause"].unique()) > 1
    names = {}
    for row, repeated in zip(block.itertuples(), several, strict=True):
        name, behind = say.source(row.source_original, missing), None
        if repeated:
            behind = labels[row.tally_id]
        elif differ and pd.notna(row.cause):
            behind = say.term("cause", row.cause)
        names[row.tally_id] = say("windowed", count=name, window=behind) if behind else name
    return names


def block_in_words(block: Block, say: Language) -> str:
    """A window, the count of every source in it, and what contradicts what."""
    counts = [say("labelled", label=row.name, count=row.count) for row in block.rows]
    said = [say.join(counts, "list")] if counts else []
    said += [line.rstrip(".") for line in (*block.reasons, *block.silent)]
    return say("labelled", label=block.window, count=". ".join(said))


def _room(dataset: Dataset, limiting, *others, names: dict[str, str], say: Language) -> str:
    """Why a source leaves no room for the counts of others."""
    counts = [
        say("labelled", label=names[other.tally_id], count=say.count(other.low, other.high))
        for other in others
    ]
    return say(
        "room",
        others=say.capital(say.join(counts, "list")),
        source=say.capital(names[limiting.tally_id]),
        most=f"{limiting.high:,}",
        because=_because(dataset, listed(limiting.high_from), say),
    )


def _because(dataset: Dataset, event_ids: list[str], say: Language) -> str:
    """Statements that together set a limit: those inside another stand behind it."""
    rows = [*dataset.events.set_index("event_id").loc[event_ids].itertuples()]
    whole = dataset.tallies.set_index("tally_id")["subset_of"]
    said = []
    for row in rows:
        if any(_holds(other, row, whole) for other in rows):
            continue
        text = _stated(row, say)
        among = [_stated(other, say) for other in rows if _holds(row, other, whole)]
        if among:
            text = say("among", count=text, inside=say.join(among, "list"))
        said.append(text)
    return say.join(said)


def _holds(outer, inner, whole: pd.Series) -> bool:
    """Whether the people of one statement are among those of another, the days being fewer."""
    if outer.tally_id not in {inner.tally_id, *wholes_of(inner.tally_id, whole)}:
        return False
    return _around(outer, inner) and not _around(inner, outer)


def _around(outer, inner) -> bool:
    """Whether days hold others; those without a first day start before any that is named."""
    opens = pd.isna(outer.date_start)
    starts = opens or (pd.notna(inner.date_start) and outer.date_start <= inner.date_start)
    return bool(starts and inner.date_end <= outer.date_end)


def _stated(row, say: Language) -> str:
    window = say.window(row.date_start, row.date_end, year=False)
    name = "on day" if row.date_start == row.date_end else "windowed"
    return say(name, count=count_in_words(row, say), window=window)
