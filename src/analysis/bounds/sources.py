"""The numbers that the figure of sources side by side draws.

A row is what one source's own statements allow in a window of days. Sources are set beside each
other and never added; two of them contradict each other where the one leaves no room for the
least number of the other.
"""

import pandas as pd

from analysis.bounds.drawn import inside, wholes_of
from analysis.bounds.families import find_families
from analysis.bounds.intervals import find_limits, window_bounds
from analysis.data.cut import day_of, rows_of_reading, stated_only
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError

Window = tuple[pd.Timestamp | None, pd.Timestamp]
COLUMNS = ["window_first", "window_last", "tally_id", "source_original", "cause"]
COLUMNS += ["attributed_to", "low", "high"]


def sources_drawn(
    dataset: Dataset,
    harm: str,
    party_id: str | None = None,
    windows: list[tuple[str | None, str]] | None = None,
    cause: str | None = None,
    reading: str = "primary",
) -> pd.DataFrame:
    """What each source allows in each window, and which of them contradict each other.

    The party is the first one that several sources count where none is asked for; the window goes
    over all their statements. One row a window and tally: ``COLUMNS`` (persons; both numbers are
    missing where the source gives no count for these days, the high where nothing bounds from
    above), ``against`` (tallies that it contradicts), ``because`` (statements that say so),
    ``low_from`` and ``high_from`` (statements that set its bounds), each with ``;`` between and
    empty where there is none. Raises ValueError when fewer than two sources count such people, or
    none of them in the windows.
    """
    chosen = _compared(_counting(dataset, harm, cause, reading), dataset, harm, party_id)
    days = [_days(window) for window in windows] if windows else [_span(dataset, chosen, reading)]
    rows = [
        (*window, *tally, *_bounds(dataset, tally.Index, window, reading))
        for window in days
        for tally in chosen[["source_original", "cause", "attributed_to"]].itertuples()
    ]
    numbers = pd.DataFrame(rows, columns=[*COLUMNS, "low_from", "high_from"])
    if numbers["low"].isna().all():
        raise NothingToDrawError("nothing to draw: no source gives a count for these days")
    days = dict.fromkeys(["window_first", "window_last"], "datetime64[us]")
    return _with_contradictions(numbers.astype(days | {"low": "Int64", "high": "Int64"}))


def _counting(dataset: Dataset, harm: str, cause: str | None, reading: str) -> pd.DataFrame:
    """Tallies of everybody of a party that is stated of, each inside no other of them."""
    tallies = dataset.tallies.set_index("tally_id")
    wanted = (tallies["harm"] == harm) & tallies["victim_group"].isna()
    if cause is not None:
        known = ", ".join(tallies.loc[wanted, "cause"].dropna().unique())
        wanted &= tallies["cause"] == cause
        if not wanted.any():
            raise ValueError(f"no count of the cause {cause!r}; there are: {known or 'none'}")
    stated = [name for family in find_families(dataset, reading) for name in family.tallies]
    found = tallies[wanted & tallies.index.isin(stated)]
    party = found["party_id"]
    outermost = [
        name
        for name in found.index
        if party[name] not in {party.get(each) for each in wholes_of(name, tallies["subset_of"])}
    ]
    return found.loc[outermost]


def _compared(
    counting: pd.DataFrame, dataset: Dataset, harm: str, party_id: str | None
) -> pd.DataFrame:
    """Those of the party asked for, or of the first one that several sources count."""
    if party_id is not None and party_id not in {*dataset.parties["party_id"]}:
        raise ValueError(f"no party {party_id!r} in the dataset")
    sources = counting.groupby("party_id")["source_original"].nunique(dropna=False)
    several = [name for name in dataset.parties["party_id"] if sources.get(name, 0) > 1]
    if party_id is None and several:
        party_id = several[0]
    if party_id not in several:
        whom = "any party" if party_id is None else repr(party_id)
        nothing = "nothing to set side by side: not more than one source counts"
        raise NothingToDrawError(f"{nothing} {whom}, {harm}")
    return counting[counting["party_id"] == party_id]


def _days(window: tuple[str | None, str]) -> Window:
    if isinstance(window, str) or len(window) != 2:
        raise ValueError(f"a window is {window!r}; write two days, the first and the last")
    first, last = (None if day is None else day_of(day, "a day of a window") for day in window)
    if last is None or (first is not None and last < first):
        raise ValueError(f"{window!r} is no window; write its first and last day as YYYY-MM-DD")
    return first, last


def _span(dataset: Dataset, chosen: pd.DataFrame, reading: str) -> Window:
    """From the first to the last day of the statements, without a first where one has none."""
    rows = rows_of_reading(dataset, reading)
    rows = rows[rows["tally_id"].isin(inside(dataset, chosen.index))]
    if rows.empty:
        raise NothingToDrawError("nothing to draw: no source gives a count")
    still_open = rows["date_start"].isna().any()
    return None if still_open else rows["date_start"].min(), rows["date_end"].max()


def _bounds(dataset: Dataset, tally_id: str, window: Window, reading: str) -> tuple:
    """Low, high, and the statements that set each; nothing where nothing bounds the number."""
    low, high = window_bounds(dataset, tally_id, *window, reading)

    def limits(least: int, most: int | None) -> str:
        """What leaves no room for these counts, among the stated rows where those are enough."""
        asked = (tally_id, *window, least, most, reading)
        return ";".join(find_limits(stated_only(dataset), *asked) or find_limits(dataset, *asked))

    silent = low == 0 and high is None
    low_from = limits(0, low - 1) if low > 0 else ""
    high_from = "" if high is None else limits(high + 1, None)
    return None if silent else low, high, low_from, high_from


def _with_contradictions(numbers: pd.DataFrame) -> pd.DataFrame:
    against, because = ([[] for _ in numbers.index] for _ in range(2))
    for limiting, other in contradictory_pairs(numbers):
        against[limiting.Index].append(other.tally_id)
        against[other.Index].append(limiting.tally_id)
        because[limiting.Index] += listed(limiting.high_from)
        because[other.Index] += listed(other.low_from)
    for name, cells in (("against", against), ("because", because)):
        numbers[name] = [";".join(dict.fromkeys(names)) for names in cells]
    return numbers[[*COLUMNS, "against", "because", "low_from", "high_from"]]


def contradictory_pairs(numbers: pd.DataFrame) -> list[tuple]:
    """Rows of one window that cannot both be true: the one that leaves too little room first.

    A source that counts one cause, or those whom one side harmed, leaves room for others, so it
    contradicts only counts of the same; one that counts all of them contradicts any.
    """
    rows = [row for row in numbers.itertuples() if pd.notna(row.low)]
    return [
        (limiting, other)
        for limiting in rows
        for other in rows
        if pd.notna(limiting.high) and limiting.high < other.low and _comparable(limiting, other)
    ]


def _comparable(limiting, other) -> bool:
    """Whether two rows are of one window and two sources, the first counting all of the second."""
    names = ("window_first", "window_last", "source_original", "cause", "attributed_to")
    one, two = (
        [None if pd.isna(cell) else cell for cell in (getattr(row, name) for name in names)]
        for row in (limiting, other)
    )
    counts_all = all(own in (None, others) for own, others in zip(one[3:], two[3:], strict=True))
    return one[:2] == two[:2] and one[2] != two[2] and counts_all


def listed(names: str) -> list[str]:
    """Names that stand in one cell.

    >>> listed("a;b"), listed("")
    (['a', 'b'], [])
    """
    return [name for name in names.split(";") if name]
