"""The numbers that the figure of sources side by side draws.

A row is what one source's own statements allow in a window of days. Sources are set beside each
other and never added; two of them contradict each other where the one leaves no room for the
least number of the other. A limit that its source counted past is none.
"""

import pandas as pd

from analysis.bounds.drawn import inside
from analysis.bounds.intervals import find_limits, window_bounds
from analysis.bounds.solutions import find_families
from analysis.bounds.standing import counts, first_tellings, standing_rows
from analysis.data.dataset import Dataset
from analysis.data.links import chain, links
from analysis.data.nesting import nesting
from analysis.data.outcome import READINGS
from analysis.data.problems import ContradictionError, NothingToDrawError
from analysis.data.publication import day_of

Window = tuple[pd.Timestamp | None, pd.Timestamp]
COLUMNS = ["window_first", "window_last", "tally_id", "source_original", "cause"]
COLUMNS += ["attributed_to", "area", "within", "low", "high"]
_PAIRED = ["against", "narrow", "because"]


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
    over all their statements. ``within`` are the area and those that it lies in, where the dataset
    has areas. One row a window and tally: ``COLUMNS`` (persons; both numbers are
    missing where the source gives no count for these days, the high where nothing bounds from
    above), ``published`` (the day of the last statement that sets them), ``against`` (tallies that
    it contradicts), ``narrow`` (those of them in the primary reading only), ``because`` (statements
    that say so), ``low_from`` and ``high_from`` (statements that set its bounds), each with ``;``
    between. Raises ValueError when
    fewer than two sources count such people, or none of them in the windows.
    """
    chosen = _compared(_counting(dataset, harm, cause, reading), dataset, harm, party_id)
    whole, known = links(dataset.areas, "area_id", "part_of"), {*dataset.areas["area_id"]}
    within = [
        ";".join(chain(area, whole)) if area in known else "" for area in chosen["area"].fillna("")
    ]
    chosen = chosen.assign(within=within)
    days = [_days(window) for window in windows] if windows else [_span(dataset, chosen, reading)]
    rows = [
        (*window, *tally, *_bounds(dataset, tally.Index, window, reading))
        for window in days
        for tally in chosen[COLUMNS[3:8]].itertuples()
    ]
    numbers = pd.DataFrame(rows, columns=[*COLUMNS, "low_from", "high_from"])
    if numbers["low"].isna().all():
        raise NothingToDrawError("nothing to draw: no source gives a count for these days")
    days = dict.fromkeys(["window_first", "window_last"], "datetime64[us]")
    numbers = numbers.astype(days | {"low": "Int64", "high": "Int64"})
    return _with_contradictions(dataset, _with_days(dataset, numbers), reading)


def _counting(dataset: Dataset, harm: str, cause: str | None, reading: str) -> pd.DataFrame:
    """Tallies of everybody of a party that is stated of, each inside no other of them."""
    tallies = dataset.tallies.set_index("tally_id")
    wanted = (tallies["harm"] == harm) & tallies["victim_group"].isna()
    if cause is not None:
        known = ", ".join(tallies.loc[wanted, "cause"].dropna().unique())
        wanted &= tallies["cause"] == cause
        if not wanted.any():
            raise ValueError(f"no count of the cause {cause!r}; there are: {known or 'none'}")
    families = find_families(dataset, reading)
    stated = [name for each in families if not each.contradictions for name in each.tallies]
    found = tallies[wanted & tallies.index.isin(stated)]
    party, wholes = found["party_id"], nesting(dataset).wholes
    outermost = [
        name
        for name in found.index
        if party[name] not in {party.get(each) for each in wholes[name]}
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
    rows = standing_rows(dataset, reading)
    rows = rows[rows["tally_id"].isin(inside(dataset, chosen.index))]
    if rows.empty:
        raise NothingToDrawError("nothing to draw: no source gives a count")
    still_open = rows["date_start"].isna().any()
    return None if still_open else rows["date_start"].min(), rows["date_end"].max()


def _bounds(dataset: Dataset, tally_id: str, window: Window, reading: str) -> tuple:
    """Low, high, and the statements that set each; nothing where nothing bounds the number."""
    low, high = window_bounds(dataset, tally_id, *window, reading=reading)

    def limits(least: int, most: int | None) -> str:
        """What leaves no room for these counts, copies left out."""
        found = find_limits(dataset, tally_id, *window, least, most, reading=reading)
        return ";".join(dict.fromkeys(first_tellings(dataset)[name] for name in found))

    silent = low == 0 and high is None
    low_from = limits(0, low - 1) if low > 0 else ""
    high_from = "" if high is None else limits(high + 1, None)
    return None if silent else low, high, low_from, high_from


def _with_days(dataset: Dataset, numbers: pd.DataFrame) -> pd.DataFrame:
    """When the last of what the bounds rest on was published."""
    until = {
        name: row.published_until
        for each in READINGS
        for row in counts(dataset, each).itertuples()
        for name in row.event_ids.split(";")
    }
    cells = numbers["low_from"] + ";" + numbers["high_from"]
    latest = [max((until[name] for name in listed(cell)), default=pd.NaT) for cell in cells]
    return numbers.assign(published=pd.to_datetime(latest).normalize().astype("datetime64[us]"))


def _with_contradictions(dataset: Dataset, numbers: pd.DataFrame, reading: str) -> pd.DataFrame:
    cells = {name: [[] for _ in numbers.index] for name in _PAIRED}
    for limiting, other in contradictory_pairs(numbers):
        room = reading == "primary" and _room_in_wide(dataset, limiting, other)
        for name in ("against", "narrow")[: 1 + room]:
            cells[name][limiting.Index].append(other.tally_id)
            cells[name][other.Index].append(limiting.tally_id)
        cells["because"][limiting.Index] += listed(limiting.high_from)
        cells["because"][other.Index] += listed(other.low_from)
    for name, lists in cells.items():
        numbers[name] = [";".join(dict.fromkeys(names)) for names in lists]
    return numbers[[*COLUMNS, "published", *_PAIRED, "low_from", "high_from"]]


def _room_in_wide(dataset: Dataset, limiting, other) -> bool:
    """Whether the wide reading leaves room for both."""
    window = limiting.window_first, limiting.window_last
    try:
        _, high = window_bounds(dataset, limiting.tally_id, *window, reading="wide")
        low, _ = window_bounds(dataset, other.tally_id, *window, reading="wide")
    except ContradictionError:
        return False
    return high is None or high >= low


def contradictory_pairs(numbers: pd.DataFrame) -> list[tuple]:
    """Rows of one window that cannot both be true: the one that leaves too little room first.

    A source that counts one cause, or those whom one side harmed, leaves room for others, so it
    contradicts only counts of the same; one that counts all of them contradicts any. So does one of
    an area those of the same area and of what lies in it, where both areas are known.
    """
    cells = numbers.astype(object).where(numbers.notna(), None)
    rows = [row for row in cells.itertuples() if row.low is not None]
    return [
        (limiting, other)
        for limiting in rows
        for other in rows
        if limiting.high is not None and limiting.high < other.low and _comparable(limiting, other)
    ]


def _comparable(limiting, other) -> bool:
    """Whether two rows are of one window and two sources, the first counting all of the second."""
    days, others = ((row.window_first, row.window_last) for row in (limiting, other))
    if days != others or limiting.source_original == other.source_original:
        return False
    if limiting.within and other.within and limiting.area not in listed(other.within):
        return False
    pairs = (limiting.cause, other.cause), (limiting.attributed_to, other.attributed_to)
    return all(own in (None, counted) for own, counted in pairs)


def listed(names: str) -> list[str]:
    """Names that stand in one cell.

    >>> listed("a;b"), listed("")
    (['a', 'b'], [])
    """
    return [name for name in names.split(";") if name]
