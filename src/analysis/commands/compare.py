"""The command ``compare``: two codings of the same texts side by side.

Statements are matched by the words that they point at, else by what they count and when. Counts and
days are compared by overlap too, because "41" and "at least 41" differ less than 41 and 4. What
differs stands in the order of what it changes in the totals of the first coding.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from analysis.bounds.totals import totals
from analysis.data.dataset import Dataset
from analysis.data.outcome import READINGS
from analysis.data.problems import ContradictionError
from analysis.language.locales import locale_of

_EVENT = ("event_type", "date_basis", "side_a", "side_b", "count_kind", "reading")
_TALLY = ("source_original", "party_id", "victim_group", "harm", "attributed_to", "part")
_RANGES = {"days": ("date_start", "date_end"), "count": ("low", "high")}
_COLUMNS = (*_RANGES, *_EVENT, *_TALLY)
"""What is compared: days and counts by their ends and by overlap, all else as it is written."""

_OPEN = 10**9
"""An end that is not stated, in persons or days: further than any that is."""

Change = tuple[int, str]
"""By how many persons totals change, and what the first of them becomes, in words."""


class Comparison(NamedTuple):
    """Statements of two codings, and pairs of them with the columns of both.

    The columns of the second coding end in ``_second``.
    """

    first: pd.DataFrame
    second: pd.DataFrame
    pairs: pd.DataFrame

    @property
    def alone(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Statements of the first coding and of the second that the other has not."""
        return (
            self.first[~self.first["event_id"].isin(self.pairs["event_id"])],
            self.second[~self.second["event_id"].isin(self.pairs["event_id_second"])],
        )


def compare_lines(first: Dataset, second: Dataset) -> list[str]:
    """What ``python -m analysis compare`` prints of two codings."""
    found = match(first, second)
    only_first, only_second = map(len, found.alone)
    return [
        f"The first has {len(found.first)} statements, the second {len(found.second)}; "
        f"{len(found.pairs)} are in both, {only_first} in the first alone, {only_second} in the "
        "second.",
        "",
        "| column | same | overlap | of |",
        "|---|---|---|---|",
        *(
            f"| `{row.column}` | {row.same} | {'' if pd.isna(row.overlap) else row.overlap} "
            f"| {row.of} |"
            for row in agreement(found.pairs).itertuples()
        ),
        "",
        "To settle, in the order of what it changes in the totals:",
        *(f"- {each}" for each in to_settle(found, first, second)),
    ]


def match(first: Dataset, second: Dataset) -> Comparison:
    """Match the statements of two codings: those that share most first, none twice.

    Reports are the same by their text, else by their name.
    """
    one, other = _statements(first), _statements(second)
    known = one.dropna(subset="text_sha256").set_index("text_sha256")["report_id"].to_dict()
    one["report"] = one["report_id"]
    texts = zip(other["text_sha256"], other["report_id"], strict=True)
    other["report"] = [known.get(text, name) for text, name in texts]
    if not {*other["report"]} & {*one["report"]}:
        raise ValueError("the codings have no report in common, by text_sha256 or report_id")
    pairs = one.merge(other, on="report", suffixes=("", "_second"))
    pairs = pairs[pairs["low"].notna() == pairs["low_second"].notna()]
    pairs = pairs.assign(
        same_reading=pairs["reading"] == pairs["reading_second"], shared=_shared(pairs)
    )
    pairs = pairs[pairs["shared"] > 0]
    pairs = pairs.sort_values(["same_reading", "shared"], ascending=False, kind="stable")
    chosen, taken = [], set()
    for row in pairs.itertuples():
        if not {row.event_id, (row.event_id_second,)} & taken:
            taken |= {row.event_id, (row.event_id_second,)}
            chosen.append(row.Index)
    return Comparison(one, other, pairs.loc[sorted(chosen)].reset_index(drop=True))


def _statements(dataset: Dataset) -> pd.DataFrame:
    """Statements with what their tallies and reports say; empty text where nothing is said."""
    part = dataset.tallies["subset_of"].notna().map({True: "yes", False: ""})
    tallies = dataset.tallies.assign(part=part)[["tally_id", *_TALLY]]
    reports = dataset.reports[["report_id", "text_sha256"]]
    rows = dataset.events.merge(tallies, on="tally_id", how="left").merge(reports, on="report_id")
    texts = {name: rows[name].fillna("").map(_in_order) for name in (*_EVENT, *_TALLY)}
    return rows.assign(**texts, text_sha256=rows["text_sha256"].str.lower())


def _in_order(cell: str) -> str:
    """Ids of a cell in alphabetical order, a space or none behind the semicolon."""
    return ";".join(sorted(map(str.strip, cell.split(";"))))


def _shared(pairs: pd.DataFrame) -> pd.Series:
    """How much two statements share: characters of the text, else what they count and when."""
    ends = pairs[["char_end", "char_end_second"]].min(axis=1, skipna=False)
    characters = ends - pairs[["char_start", "char_start_second"]].max(axis=1, skipna=False)
    alike = sum((pairs[name] == pairs[f"{name}_second"]).astype(int) for name in (*_EVENT, *_TALLY))
    overlap = sum(_overlap(pairs, name) for name in _RANGES)
    same_harm = (pairs["harm"] == pairs["harm_second"]) & (_overlap(pairs, "days") > 0)
    by_meaning = (alike + 10 * overlap).where(same_harm, 0)
    return characters.astype("float64").fillna(by_meaning)


def _overlap(pairs: pd.DataFrame, name: str) -> pd.Series:
    """The share of days or numbers that both say among those that either says, 0 to 1."""
    columns = [f"{column}{suffix}" for column in _RANGES[name] for suffix in ("", "_second")]
    ends = pairs[columns]
    if name == "days":
        ends = (ends - pd.Timestamp(0)) / pd.Timedelta(days=1)
    ends = ends.astype("float64")
    lows = ends[columns[:2]].fillna(-_OPEN if name == "days" else 0)
    highs = ends[columns[2:]].fillna(_OPEN)
    both = highs.min(axis=1) + 1 - lows.max(axis=1)
    either = highs.max(axis=1) + 1 - lows.min(axis=1)
    return (both / either).clip(lower=0)


def agreement(pairs: pd.DataFrame) -> pd.DataFrame:
    """How far two codings agree, a row a column.

    Parameters
    ----------
    pairs : pandas.DataFrame
        As in :class:`Comparison`.

    Returns
    -------
    pandas.DataFrame
        ``column``, ``same`` (pairs that say the same), ``overlap`` (days and counts: pairs that
        share some of them; else missing) and ``of`` (pairs in which either coding says something).
    """
    rows = []
    for name in _COLUMNS:
        one, other = _is_stated(pairs, name), _is_stated(pairs, name, "_second")
        same = (_is_same(pairs, name) & (one | other)).sum()
        overlap = (one & other & (_overlap(pairs, name) > 0)).sum() if name in _RANGES else pd.NA
        rows.append((name, same, overlap, (one | other).sum()))
    columns = ["column", "same", "overlap", "of"]
    return pd.DataFrame(rows, columns=columns).astype({"overlap": "Int64"})


def _is_stated(pairs: pd.DataFrame, name: str, suffix: str = "") -> pd.Series:
    columns = pairs[[f"{column}{suffix}" for column in _RANGES.get(name, (name,))]]
    return (columns.notna() & (columns != "")).any(axis=1)


def _is_same(pairs: pd.DataFrame, name: str) -> pd.Series:
    """Whether both statements of each pair say the same in what is compared."""
    same = pd.Series(True, pairs.index)
    for column in _RANGES.get(name, (name,)):
        one, other = pairs[column], pairs[f"{column}_second"]
        same &= (one == other).fillna(False) | (one.isna() & other.isna())
    return same


def to_settle(found: Comparison, first: Dataset, second: Dataset) -> list[str]:
    """What differs, in words: first what changes the totals of the first coding by most persons."""
    before = _totals(first)
    settled = [*_differing_pairs(found.pairs, first, second, before)]
    only_first, only_second = found.alone
    for row in only_first.itertuples():
        left = first.events["event_id"] != row.event_id
        change = _change(replace(first, events=first.events[left]), before)
        settled.append((change, f"{row.event_id}: only in the first"))
    tallies = dict(zip(found.pairs["tally_id_second"], found.pairs["tally_id"], strict=True))
    for row in only_second.itertuples():
        change = (0, "")
        if pd.notna(row.low) and row.report not in {*first.reports["report_id"]}:
            change = (int(row.low), f"{row.low} {row.harm} of a report that the first has not")
        elif pd.notna(row.low) and row.tally_id in tallies:
            added = second.events[second.events["event_id"] == row.event_id]
            change = _change(_with_row(first, added, row.report, tallies[row.tally_id]), before)
        elif pd.notna(row.low):
            change = (int(row.low), f"{row.low} {row.harm} of a tally that the first has not")
        settled.append((change, f"{row.event_id}: only in the second"))
    settled.sort(key=lambda each: -each[0][0])
    return [f"{said} ({change[1] or 'no total changes'})" for change, said in settled]


def _differing_pairs(
    pairs: pd.DataFrame, first: Dataset, second: Dataset, before: dict
) -> Iterator[tuple[Change, str]]:
    """What pairs differ in, and what it changes to take the second coding's word for it."""
    differs = pd.DataFrame({name: ~_is_same(pairs, name) for name in _COLUMNS})
    for at, row in enumerate(pairs.to_dict("records")):
        names = [name for name in _COLUMNS if differs.loc[at, name]]
        if not names:
            continue
        words = "; ".join(
            f"{name} {_words(row, name)} or {_words(row, name, '_second')}" for name in names
        )
        change = _change(_with_other(first, second, row, names), before)
        yield change, f"{row['event_id']}, {row['event_id_second']}: {words}"


def _words(row: dict, name: str, suffix: str = "") -> str:
    """What a coding says in a column."""
    if name not in _RANGES:
        return row[f"{name}{suffix}"] or "empty"
    low, high = (row[f"{column}{suffix}"] for column in _RANGES[name])
    if name == "count":
        return locale_of("en").count(low, high)
    days = [day.date().isoformat() for day in (low, high) if pd.notna(day)]
    return " to ".join(dict.fromkeys(days)) or "undated"


def _with_other(first: Dataset, second: Dataset, row: dict, names: list[str]) -> Dataset:
    """The first coding with what the second says of a pair in some columns."""
    events, tallies = first.events.copy(), first.tallies.copy()
    theirs = second.events.set_index("event_id").loc[row["event_id_second"]]
    for column in [column for name in names for column in _RANGES.get(name, (name,))]:
        if column in ("source_original", "victim_group", "harm"):
            of_tally = tallies["tally_id"] == row["tally_id"]
            tallies.loc[of_tally, column] = row[f"{column}_second"] or None
        elif column in events and column not in ("side_a", "side_b"):
            events.loc[events["event_id"] == row["event_id"], column] = theirs[column]
    return replace(first, events=events, tallies=tallies)


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


def _change(changed: Dataset, before: dict) -> Change:
    """How the totals of the first coding change."""
    try:
        after = _totals(changed)
    except ContradictionError:
        return _OPEN, "then the statements contradict one another"
    english, persons, words = locale_of("en"), 0, ""
    for key in {**before, **after}:
        old, new = before.get(key, (0, 0)), after.get(key, (0, 0))
        moved = sum(_apart(*ends) for ends in zip(old, new, strict=True))
        if moved and not words:
            reading, _, party, harm = key
            words = (
                f"{party} {harm}, {reading}: {english.count(*old)} becomes {english.count(*new)}"
            )
        persons += moved
    return persons, words


def _apart(one: int | None, other: int | None) -> int:
    """How far two ends are apart; one that is open is as far as the other is large."""
    stated = [int(end) for end in (one, other) if pd.notna(end)]
    return max(stated, default=0) - (min(stated) if len(stated) == 2 else 0)
