"""Match the statements of two codings of the same texts, and count where they agree.

Statements are matched by the words that they point at, else by what they count and when; counts
and days are compared by overlap too, because "41" and "at least 41" differ less than 41 and 4.
"""

from typing import NamedTuple

import pandas as pd

from analysis.data.dataset import Dataset

_EVENT = ("event_type", "date_basis", "side_a", "side_b", "count_kind", "reading")
_TALLY = ("source_original", "party_id", "victim_group", "harm", "attributed_to", "part")
RANGES = {"days": ("date_start", "date_end"), "count": ("low", "high")}
COLUMNS = (*RANGES, *_EVENT, *_TALLY)
"""What is compared: days and counts by their ends and by overlap, all else as it is written."""

OPEN = 10**9
"""An end that is not stated, in persons or days: further than any that is."""


class Comparison(NamedTuple):
    """Pairs of matched statements, and those of one coding alone.

    ``pairs`` has the columns of both codings, those of the second ending in ``_second``.
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


def match(first: Dataset, second: Dataset) -> Comparison:
    """Match the statements of two codings: those that share most first, none twice."""
    one, other = _statements(first), _statements(second)
    one, other = _same_reports(first, second, one, other)
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
    """Statements with what their tallies say; empty text where nothing is said."""
    tallies = dataset.tallies.assign(
        part=dataset.tallies["subset_of"].notna().map({True: "yes", False: ""})
    )
    rows = dataset.events.merge(tallies[["tally_id", *_TALLY]], on="tally_id", how="left")
    texts = [*_EVENT, *_TALLY]
    return rows.assign(**{name: rows[name].fillna("").map(_in_order) for name in texts})


def _in_order(cell: str) -> str:
    """Ids of a cell in alphabetical order, a space or none behind the semicolon."""
    return ";".join(sorted(map(str.strip, cell.split(";"))))


def _same_reports(
    first: Dataset, second: Dataset, one: pd.DataFrame, other: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Name the report of each statement alike: by its text, else by its name."""
    names = []
    for dataset in (first, second):
        reports = dataset.reports.set_index("report_id")
        names.append(reports["text_sha256"].str.lower().to_dict())
    known = {text: name for name, text in names[0].items() if pd.notna(text)}
    report = other["report_id"].map(lambda name: known.get(names[1][name], name))
    if not {*report} & {*one["report_id"]}:
        raise ValueError("the codings have no report in common, by text_sha256 or report_id")
    return one.assign(report=one["report_id"]), other.assign(report=report)


def _shared(pairs: pd.DataFrame) -> pd.Series:
    """How much two statements share: characters of the text, else what they count and when."""
    ends = pairs[["char_end", "char_end_second"]].min(axis=1)
    characters = ends - pairs[["char_start", "char_start_second"]].max(axis=1)
    alike = sum((pairs[name] == pairs[f"{name}_second"]).astype(int) for name in (*_EVENT, *_TALLY))
    overlap = sum(_overlap(pairs, name) for name in RANGES)
    same_harm = (pairs["harm"] == pairs["harm_second"]) & (_overlap(pairs, "days") > 0)
    by_meaning = (alike + 10 * overlap).where(same_harm, 0)
    return characters.astype("float64").fillna(by_meaning)


def _overlap(pairs: pd.DataFrame, name: str) -> pd.Series:
    """The share of days or numbers that both say among those that either says, 0 to 1."""
    ends = [_ends(pairs, name, suffix) for suffix in ("", "_second")]
    (low, high), (other_low, other_high) = ends
    both = pd.concat([high, other_high], axis=1).min(axis=1) + 1
    both -= pd.concat([low, other_low], axis=1).max(axis=1)
    either = pd.concat([high, other_high], axis=1).max(axis=1) + 1
    either -= pd.concat([low, other_low], axis=1).min(axis=1)
    return (both / either).clip(lower=0)


def _ends(pairs: pd.DataFrame, name: str, suffix: str) -> tuple[pd.Series, pd.Series]:
    """First and last day, or least and greatest number, as numbers."""
    columns = [pairs[f"{column}{suffix}"] for column in RANGES[name]]
    if name == "days":
        columns = [(column - pd.Timestamp(0)) / pd.Timedelta(days=1) for column in columns]
    low, high = (column.astype("float64") for column in columns)
    return low.fillna(-OPEN if name == "days" else 0), high.fillna(OPEN)


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
    for name in COLUMNS:
        said = [_said(pairs, name, suffix) for suffix in ("", "_second")]
        either, both = said[0] | said[1], said[0] & said[1]
        overlap = int(((_overlap(pairs, name) > 0) & both).sum()) if name in RANGES else pd.NA
        rows.append((name, int((same(pairs, name) & either).sum()), overlap, int(either.sum())))
    columns = ["column", "same", "overlap", "of"]
    return pd.DataFrame(rows, columns=columns).astype({"overlap": "Int64"})


def _said(pairs: pd.DataFrame, name: str, suffix: str) -> pd.Series:
    if name in RANGES:
        return pairs[[f"{column}{suffix}" for column in RANGES[name]]].notna().any(axis=1)
    return pairs[f"{name}{suffix}"] != ""


def same(pairs: pd.DataFrame, name: str) -> pd.Series:
    """Whether both statements of each pair say the same in what is compared."""
    columns = RANGES.get(name, (name,))
    same = [
        (pairs[each] == pairs[f"{each}_second"]).fillna(False)
        | (pairs[each].isna() & pairs[f"{each}_second"].isna())
        for each in columns
    ]
    return pd.concat(same, axis=1).all(axis=1)
