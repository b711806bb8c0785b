"""The command ``compare``: two codings of the same texts side by side.

How far they agree, a row a column, and what differs, in the order of what it changes in the totals
of the first coding.
"""

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from analysis.bounds.totals import totals
from analysis.commands.matching import COLUMNS, OPEN, RANGES, Comparison, agreement, match, same
from analysis.data.dataset import Dataset
from analysis.data.outcome import READINGS
from analysis.data.problems import ContradictionError
from analysis.language.locales import locale_of


def compare_lines(first: Dataset, second: Dataset) -> list[str]:
    """What ``python -m analysis compare`` prints of two codings."""
    found = match(first, second)
    table = agreement(found.pairs)
    alone = [len(rows) for rows in found.alone]
    lines = [
        f"The first has {len(found.first)} statements, the second {len(found.second)}; "
        f"{len(found.pairs)} are in both, {alone[0]} in the first alone, {alone[1]} in the second.",
        "",
        *agreement_markdown(table),
        "",
        "To settle, in the order of what it changes in the totals:",
    ]
    return [*lines, *(f"- {each}" for each in to_settle(found, first, second))]


def agreement_markdown(table: pd.DataFrame) -> Iterator[str]:
    """The lines of a table of agreement."""
    yield "| column | same | overlap | of |"
    yield "|---|---|---|---|"
    for row in table.itertuples():
        overlap = "" if pd.isna(row.overlap) else row.overlap
        yield f"| `{row.column}` | {row.same} | {overlap} | {row.of} |"


def to_settle(found: Comparison, first: Dataset, second: Dataset) -> list[str]:
    """What differs, in words: first what changes the totals of the first coding by most persons."""
    before = _totals(first)
    settled = [_of_pair(row, first, second, before) for _, row in found.pairs.iterrows()]
    only_first, only_second = found.alone
    for row in only_first.itertuples():
        left = first.events["event_id"] != row.event_id
        change = _change(replace(first, events=first.events[left]), before)
        settled.append((change, f"{row.event_id}: only in the first"))
    tallies = dict(zip(found.pairs["tally_id_second"], found.pairs["tally_id"], strict=True))
    for row in only_second.itertuples():
        change = (0, "")
        if pd.notna(row.low) and row.tally_id in tallies:
            added = second.events[second.events["event_id"] == row.event_id]
            change = _change(_with_row(first, added, row.report, tallies[row.tally_id]), before)
        elif pd.notna(row.low):
            change = (int(row.low), f"{row.low} {row.harm} of a tally that the first has not")
        settled.append((change, f"{row.event_id}: only in the second"))
    settled = sorted((each for each in settled if each), key=lambda each: -each[0][0])
    return [f"{said} ({change[1] or 'no total changes'})" for change, said in settled]


def _of_pair(
    row: pd.Series, first: Dataset, second: Dataset, before: dict
) -> tuple[tuple[int, str], str] | None:
    """What a pair differs in, and what it changes to take the second coding's word for it."""
    pair = row.to_frame().T.infer_objects()
    differs = [name for name in COLUMNS if not same(pair, name).item()]
    if not differs:
        return None
    said = "; ".join(
        f"{name} {_words(row, name)} or {_words(row, name, '_second')}" for name in differs
    )
    events, tallies = first.events.copy(), first.tallies.copy()
    at = events["event_id"] == row["event_id"]
    theirs = second.events.set_index("event_id").loc[row["event_id_second"]]
    for name in differs:
        for column in RANGES.get(name, (name,)):
            if column in events and column not in ("side_a", "side_b"):
                events.loc[at, column] = theirs[column]
            elif column in ("source_original", "victim_group", "harm"):
                of_tally = tallies["tally_id"] == row["tally_id"]
                tallies.loc[of_tally, column] = row[f"{column}_second"] or None
    change = _change(replace(first, events=events, tallies=tallies), before)
    return change, f"{row['event_id']}, {row['event_id_second']}: {said}"


def _words(row: pd.Series, name: str, suffix: str = "") -> str:
    """What a coding says in a column."""
    if name not in RANGES:
        return row[f"{name}{suffix}"] or "empty"
    low, high = (row[f"{column}{suffix}"] for column in RANGES[name])
    if name == "count":
        return locale_of("en").count(low, None if pd.isna(high) else high)
    days = [day.date().isoformat() for day in (low, high) if pd.notna(day)]
    return " to ".join(dict.fromkeys(days)) or "undated"


def _with_row(first: Dataset, row: pd.DataFrame, report: str, tally: str) -> Dataset:
    links = dict.fromkeys(("same_as", "supersedes", "apart_from", "counted_in"))
    added = row.assign(report_id=report, tally_id=tally, event_id="added", **links)
    events = pd.concat([first.events, added.astype(first.events.dtypes)], ignore_index=True)
    return replace(first, events=events)


def _totals(dataset: Dataset) -> dict[tuple, tuple[int, int | None]]:
    """Least and greatest number of people by reading, source, party and harm."""
    return {
        (reading, row.source_original, row.party_id, row.harm): (row.low, row.high)
        for reading in READINGS
        for row in totals(dataset, reading=reading).fillna({"source_original": ""}).itertuples()
    }


def _change(changed: Dataset, before: dict) -> tuple[int, str]:
    """By how many persons totals change, and what the first of them becomes, in words."""
    try:
        after = _totals(changed)
    except ContradictionError:
        return OPEN, "then the statements contradict one another"
    english, persons, said = locale_of("en"), 0, ""
    for key in {**before, **after}:
        old, new = before.get(key, (0, 0)), after.get(key, (0, 0))
        moved = sum(_apart(*ends) for ends in zip(old, new, strict=True))
        if moved and not said:
            numbers = [
                english.count(low, None if pd.isna(high) else high) for low, high in (old, new)
            ]
            said = f"{key[2]} {key[3]}, {key[0]}: {' becomes '.join(numbers)}"
        persons += moved
    return persons, said


def _apart(one: int | None, other: int | None) -> int:
    """How far two ends are apart; one that is open is as far as the other is large."""
    if pd.isna(one) and pd.isna(other):
        return 0
    if pd.isna(one) or pd.isna(other):
        return int(other if pd.isna(one) else one)
    return abs(int(one) - int(other))
