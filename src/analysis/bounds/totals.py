"""Totals that count nobody twice.

A total adds the tallies of one source that lie in no other; running totals, repeats and parts are
already inside. Tallies of one family that may share people are counted together, not added. The
naive sum of all numbers stands beside it to show what adding up the text would give.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

import pandas as pd

from analysis.bounds.contradictions import check_consistent
from analysis.bounds.coverage import coverage_of
from analysis.bounds.solutions import FamilyBounds, Span, find_families, widest
from analysis.bounds.windows import bounds_frame, days_of_tallies, period_edges
from analysis.data.counts import whole_numbers
from analysis.data.dataset import Dataset, cached
from analysis.data.labels import labelled
from analysis.data.nesting import BY
from analysis.data.outcome import READINGS, check_reading, counted_rows, nesting
from analysis.data.publication import published_by

GROUP = ["source_original", "party_id", "harm"]
PERIODS = ("month", "year")
_ALLOWED = (*PERIODS, *BY)
"""What ``by`` can be."""


def totals(
    dataset: Dataset,
    *,
    reading: str = "primary",
    as_of: date | str | None = None,
    by: str | None = None,
    labels: bool | str = False,
) -> pd.DataFrame:
    """Bounds on the people harmed, by source, party and harm.

    Parameters
    ----------
    dataset : Dataset
    reading, as_of
        As for :func:`analysis.casualty_bounds`.
    by : {"month", "year", "attributed_to", "area", "victim_group", "cause"}, optional
        For each month or year in which something is stated of the tallies that are added; or for
        each party held responsible, area, group or cause that tallies name.
    labels : bool or str
        Whether names stand behind the ids: True in English, or a language code.

    Returns
    -------
    pandas.DataFrame
        ``source_original`` (missing where the report cites nobody), ``party_id``, ``harm``,
        ``low``, ``high`` (persons, Int64; a missing high means no upper bound; of tallies that may
        share people the sum of theirs) and ``naive_sum`` (persons: every published number added,
        as it should not be); by month or year in its place ``date``, the first day of each; by
        anything else also a column of that name.

    Raises
    ------
    ContradictionError
        When statements published at one time cannot all be true.
    ValueError
        When there is no such reading, language or ``by``, or the day is none.

    Examples
    --------
    >>> import analysis
    >>> totals = analysis.totals(analysis.load("data/report"))
    >>> totals.query("harm == 'killed'")["low"].sum().item()
    145
    """
    published = published_by(dataset, as_of)
    check_reading(reading)
    check_consistent(published, reading)
    return labelled(dataset, as_totals(summands(dataset, reading, as_of, by)), labels)


def summands(
    dataset: Dataset, reading: str, as_of: date | str | None, by: str | None
) -> pd.DataFrame:
    """What totals of a dataset, or of parts of it put together, are made of."""
    if by is not None and by not in _ALLOWED:
        raise ValueError(f"by is one of {', '.join(_ALLOWED)}, or None, not {by!r}")
    return summands_of(published_by(dataset, as_of), reading, by).copy()


@cached
def summands_of(dataset: Dataset, reading: str, by: str | None) -> pd.DataFrame:
    """Rows that :func:`totals` is made of.

    By period with ``tallies`` (how many) and a row without date for all of them.
    """
    return added_up(added_rows(dataset, reading, by).drop(columns="tally_ids"))


@cached
def added_rows(dataset: Dataset, reading: str, by: str | None) -> pd.DataFrame:
    """One row per group of tallies counted together (``tally_ids``), with bounds and naive sum.

    By period one row a period, with ``date`` and ``tallies`` in place of the naive sum.
    """
    added = [*_added_together(dataset, reading, by if by in BY else None)]
    if by in PERIODS:
        found = [row for each in added for row in _by_period(*each, by)]
        names = ["tally_ids", "date", "low", "high", "tallies"]
    else:
        naive = naive_sums(dataset, reading, [names for _, names in added], by is not None)
        sums = (over_all_days(family, names) for family, names in added)
        found = [(names, *ends, naive[names]) for (_, names), ends in zip(added, sums, strict=True)]
        names = ["tally_ids", "low", "high", "naive_sum"]
    rows = pd.DataFrame(found, columns=names)
    counts = [name for name in ("low", "high", "tallies", "naive_sum") if name in rows]
    rows = rows.astype(dict.fromkeys(counts, "Int64"))
    if "date" in rows:
        rows["date"] = rows["date"].astype("datetime64[s]")
    group = [*GROUP, *([by] if by in BY else [])]
    said = dataset.tallies.set_index("tally_id")[group]
    said = said.reindex([names[0] for names in rows["tally_ids"]]).reset_index(drop=True)
    return said.join(rows)


def _added_together(
    dataset: Dataset, reading: str, by: str | None
) -> Iterator[tuple[FamilyBounds, tuple[str, ...]]]:
    """The tallies that are added: of one family those of one group together.

    By an attribute those that name it and lie in no other with the same.
    """
    tallies = dataset.tallies.set_index("tally_id")
    said = tallies[by].to_dict() if by else {}
    group = dict(zip(tallies.index, tallies[GROUP].itertuples(index=False, name=None), strict=True))
    for family in find_families(dataset, reading):
        wholes = family.relations.wholes
        together: dict[tuple, list[str]] = defaultdict(list)
        for name in () if family.contradictions else family.tallies:
            if by is None:
                outer = not wholes[name]
            else:
                outer = pd.notna(said[name]) and not any(
                    said[whole] == said[name] for whole in wholes[name]
                )
            if outer and family.spans_with_parts([name]):
                together[*map(str, group[name]), said.get(name)].append(name)
        yield from ((family, tuple(names)) for names in together.values())


def over_all_days(
    family: FamilyBounds, names: tuple[str, ...], spans: Iterable[Span] | None = None
) -> tuple:
    """Least and greatest of each reading over its own days, or over others."""
    pairs = zip(family.bounded, spans or family.spans_with_parts(names), strict=True)
    low, high = widest([one.together(names, [span.since], [span.stop]) for one, span in pairs])
    return whole_numbers(low)[0], whole_numbers(high)[0]


def _by_period(family: FamilyBounds, names: tuple[str, ...], by: str) -> Iterator[tuple]:
    """A row a period of the tallies, and one without date that says how many there are."""
    spans = family.spans_with_parts(names)
    start, stop = period_edges(min(s.first for s in spans), max(s.stop for s in spans), by)
    low, high = map(whole_numbers, family.together(names, start, stop))
    dates = start.astype("datetime64[D]")
    yield from ((names, *row, 1) for row in zip(dates, low, high, strict=True))
    yield names, pd.NaT, 0, 0, 1


def naive_sums(
    dataset: Dataset, reading: str, added: Iterable[tuple[str, ...]], by: bool = True
) -> dict[tuple[str, ...], int]:
    """All published numbers of tallies added together and of what lies in them, copies too.

    A number that lies in several counts with the first, unless they are sums ``by`` something.
    """
    parts, seen = nesting(dataset).parts, set()
    stated = counted_rows(dataset, reading).groupby("tally_id")["low"].sum().to_dict()
    found = {}
    for names in added:
        inside = {*names}.union(*(parts[name] for name in names)) - seen
        found[names] = sum(int(stated.get(name, 0)) for name in inside)
        if not by:
            seen |= inside
    return found


def as_totals(found: pd.DataFrame) -> pd.DataFrame:
    """Totals of what they are made of; by period none is closed that lacks one of the tallies."""
    if "tallies" not in found:
        return found
    whole = found["date"].isna()
    every = found.loc[whole, [*GROUP, "tallies"]].rename(columns={"tallies": "every"})
    found = found[~whole].merge(every, on=GROUP, how="left")
    found["high"] = found["high"].mask(found["tallies"] < found["every"])
    return found.drop(columns=["tallies", "every"])


def added_up(rows: pd.DataFrame) -> pd.DataFrame:
    """Counts (Int64) of rows that are alike in all else as sums: missing where one is."""
    group = [*rows.columns[rows.dtypes != "Int64"]]
    each = rows.groupby(group, dropna=False, sort=False)
    sums = each.sum()
    return sums.mask(each.count().lt(each.size(), axis=0)).reset_index()


@cached
def tally_totals(dataset: Dataset, reading: str = "primary") -> pd.DataFrame:
    """Bounds on everybody of each tally over its days and those of its parts.

    ``tally_id``, ``low``, ``high`` (persons, Int64, a missing high meaning no upper bound), without
    the families whose statements contradict one another. So no whole is less than a part.
    """
    found = bounds_frame(days_of_tallies(dataset, reading, nesting(dataset).parts), by=None)
    ends = {"cumulative_low": "low", "cumulative_high": "high"}
    return found[["tally_id", *ends]].rename(columns=ends)


class Sums(NamedTuple):
    """Sums of what was published by a day, contradictory families left out.

    ``years`` and ``whole`` are what totals by year and of all days are made of, in the primary
    reading; ``months`` how many counts each source gives of each month.
    """

    as_of: date | None
    years: pd.DataFrame
    whole: pd.DataFrame
    months: pd.DataFrame


def sums_of(dataset: Dataset) -> Sums:
    """The sums of a dataset as it is cut."""
    years, whole = (summands_of(dataset, READINGS[0], by) for by in ("year", None))
    return Sums(dataset.as_of, years, whole, coverage_of(dataset))


def sums_together(parts: Iterable[Sums]) -> Sums:
    """The sums of parts that share no family, added up."""
    as_of, *frames = zip(*parts, strict=True)
    return Sums(as_of[0], *(added_up(pd.concat(each, ignore_index=True)) for each in frames))
