"""How many of each party: a row a source and party as totals have it, its parts behind it.

A part has its own days. An upper end that only says how many the whole has is nobody's, and left
open. What remains of a complete division is calculated where nothing else is said of it.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd

from analysis.bounds.solutions import ReadingBounds, family_of, find_families
from analysis.bounds.totals import (
    GROUP,
    added_rows,
    naive_sums,
    over_all_days,
    summands_of,
    tally_totals,
)
from analysis.data.dataset import Dataset, cached
from analysis.data.nesting import ATTRIBUTES
from analysis.data.outcome import READINGS, nesting
from analysis.data.statements import STANDING, counts
from countbounds import EVER

_TYPES = dict.fromkeys([*GROUP, "tally_id", *ATTRIBUTES], "str")
_TYPES |= dict.fromkeys(["low", "high", "naive_sum", "wide_low", "wide_high"], "Int64")
_TYPES |= {"date_start": "datetime64[us]", "date_end": "datetime64[us]", "calculated": bool}
"""Of the columns of rows, besides ``tally_ids``."""
_TOP = {"depth": 0, "subset_of": None}


class Parties:
    """The rows of a dataset by party, as it is.

    By tally: ``about`` is whom it counts, ``parts`` are all that it holds, at any depth, ``inside``
    those of its source drawn right inside it; ``family`` is what it is solved with (none where
    statements contradict one another), ``ends`` (a frame) its bounds, ``stated`` its numbers that
    still stand, ``remainders`` the bounds of a part that nothing but a complete division counts.
    """

    def __init__(self, dataset: Dataset) -> None:
        self.dataset, self.nesting = dataset, nesting(dataset)
        self.parts = self.nesting.parts
        about = dataset.tallies.set_index("tally_id")[[*GROUP, *ATTRIBUTES]].astype(object)
        self.about = about.where(about.notna(), None).to_dict("index")
        agreeing = [each for each in find_families(dataset) if not each.contradictions]
        self.family = {name: family for family in agreeing for name in family.tallies}
        primary, wide = (tally_totals(dataset, name).set_index("tally_id") for name in READINGS)
        self.ends = primary.join(wide.add_prefix("wide_"))
        table = counts(dataset, READINGS[0])
        table = table[table["status"].isin(STANDING) & (table["count_kind"] != "stock")]
        stated = table.dropna(subset="binding_low").groupby("tally_id")["binding_low"]
        self.stated: dict[str, set[int]] = stated.agg(set).to_dict()
        self.remainders = dict(self._find_remainders())
        self.inside: dict[str, list[str]] = defaultdict(list)
        for part, whole in self.nesting.holders.items():
            if self.about[part]["source_original"] == self.about[whole]["source_original"]:
                self.inside[whole].append(part)

    def _find_remainders(self) -> Iterator[tuple[str, dict]]:
        """The ends of the one part of each complete division that no statement counts."""
        for division in self.nesting.divisions:
            whole, known = division.whole, {*self.stated}
            silent = [name for name in division.parts if not {name, *self.parts[name]} & known]
            if not division.complete or whole not in self.ends.index or len(silent) != 1:
                continue
            found = {}
            for reading, prefix in zip(READINGS, ("", "wide_"), strict=True):
                family = family_of(self.dataset, whole, reading)
                spans = family.spans([whole, *self.parts[whole]])
                low, high = over_all_days(family, (silent[0],), spans)
                found |= {f"{prefix}low": low, f"{prefix}high": high}
            if found["low"] or pd.notna(found["high"]):
                yield silent[0], found

    def wholes(self, by: str | None = None) -> pd.DataFrame:
        """A row a source, party and harm, or also a value of ``by``: columns of ``rows_of``."""
        group = [*GROUP, *([by] if by else [])]
        own = added_rows(self.dataset, "primary", by).groupby(group, dropna=False, sort=False)
        names = own["tally_ids"].agg(lambda cells: sum(cells, ())).reset_index()
        primary, wide = (summands_of(self.dataset, reading, by) for reading in READINGS)
        wide = wide.rename(columns={"low": "wide_low", "high": "wide_high"})
        found = names.merge(primary, on=group).merge(wide.drop(columns="naive_sum"), on=group)
        return self._all_described(found)

    def named(self, tallies: Collection[str]) -> pd.DataFrame:
        """A row each of some tallies that lie in no other of them."""
        names = [name for name in self.nesting.outermost(tallies) if name in self.ends.index]
        found = self.ends.loc[names].assign(tally_ids=[(name,) for name in names])
        sums = naive_sums(self.dataset, READINGS[0], found["tally_ids"])
        found = found.assign(naive_sum=pd.array([*sums.values()], dtype="Int64"))
        return self._all_described(found)

    def _all_described(self, found: pd.DataFrame) -> pd.DataFrame:
        return _as_frame([self._described(row) for row in found.to_dict("records")], "tally_ids")

    def _described(self, row: dict) -> dict:
        """A row of tallies with their days; ``calculated`` where no report states its ``low``.

        A range has no upper end where that of any of its tallies is only a whole's. Its
        attributes are empty where the tallies are several.
        """
        names, (first, last) = row["tally_ids"], self._days(row["tally_ids"])
        is_range = pd.notna(row["high"]) and row["low"] < row["high"]
        if is_range and not all(map(self.has_limit, names)):
            row = row | {"high": pd.NA, "wide_high": pd.NA}
        about = self.about[names[0]] | (dict.fromkeys(ATTRIBUTES) if len(names) > 1 else {})
        calculated = not self._is_stated(names, row["low"])
        days = {"date_start": first, "date_end": last}
        return row | about | days | {"tally_id": ";".join(names), "calculated": calculated}

    def _days(self, names: Collection[str]) -> tuple[pd.Timestamp, pd.Timestamp]:
        """First and last day of some tallies and their parts; NaT where no first day is given."""
        own = [*names, *(part for name in names for part in self.parts[name])]
        families = {id(self.family[name]): self.family[name] for name in names}
        spans = [span for each in families.values() for span in each.spans(own)[:1]]
        last = max(span.stop for span in spans) - 1
        first = min(span.since for span in spans)
        since = pd.NaT if first == EVER else pd.Timestamp(first, unit="D")
        return since, pd.Timestamp(last, unit="D")

    def _is_stated(self, names: Collection[str], low: int) -> bool:
        own = {*names}.union(*(self.parts[name] for name in names))
        return not low or any(low in self.stated.get(name, ()) for name in own)

    def together(self, rows: pd.DataFrame) -> pd.DataFrame:
        """Rows of tallies; of a source whose ``low`` do not add up, as they share people, one row.

        That row has ``low``, ``high`` and ``naive_sum`` of all; all else is of its first tally.
        """
        sums = []
        for _, own in rows.groupby("source_original", dropna=False, sort=False):
            families: dict[int, list[str]] = defaultdict(list)
            for name in own["tally_id"]:
                families[id(self.family[name])].append(name)
            ends = [self._of_family(names) for names in families.values()]
            low, high = (sum(pd.array([end[at] for end in ends], dtype="Int64")) for at in (0, 1))
            alike = own["low"].sum() == low
            all_of = {"low": low, "high": high, "naive_sum": own["naive_sum"].sum()}
            sums.append(own if alike else own.head(1).assign(**all_of, calculated=True))
        return pd.concat(sums).astype({"low": "Int64", "high": "Int64"})

    def _of_family(self, names: list[str]) -> tuple:
        """How many they are together: parts of one division share nobody, others may."""
        divisions = self.nesting.divisions
        if len(names) == 1 or any({*names} <= {*each.parts} for each in divisions):
            return tuple(self.ends.loc[names, end].sum(skipna=False) for end in ("low", "high"))
        return over_all_days(self.family[names[0]], (*names,))

    def by_value(self, wholes: pd.DataFrame, by: str) -> pd.DataFrame:
        """Rows of parties as of ``rows_of``, behind each a row for each value of ``by``.

        One that lies in another is its part. Empty where no tally of these people says any.
        """
        found, values = [], self.wholes(by).sort_values("low", ascending=False, kind="stable")
        values = values[~values["tally_id"].isin(self.remainders)]
        for whole in wholes.to_dict("records"):
            group = pd.Series(whole)[GROUP].fillna("")
            own = values[(values[GROUP].fillna("") == group).all(axis=1)]
            rest = [self._row(name, whole) | _TOP for name in self._remainders_of(whole, by)]
            inside = [*self._nested(own), *rest]
            if inside and whole["tally_id"] not in {*own["tally_id"]}:
                found.append(whole | _TOP)
                for row in inside:
                    row["subset_of"] = row["subset_of"] or whole["tally_id"]
                    row |= {"depth": row["depth"] + 1, "naive_sum": pd.NA}
            found += inside
        return _as_frame(found, "depth", "subset_of")

    def _remainders_of(self, whole: dict, by: str) -> list[str]:
        """What remains of complete divisions of a whole, where it says ``by`` and nothing else.

        Where its people are does not matter.
        """
        parts = {part for name in whole["tally_ids"] for part in self.parts[name]}
        inside = [name for name in self.remainders if name in parts]
        said = [
            {each for each in ATTRIBUTES if pd.notna(self.about[name][each])} for name in inside
        ]
        pairs = zip(inside, said, strict=True)
        return [name for name, own in pairs if by in own and own <= {by, "area"}]

    def _nested(self, rows: pd.DataFrame) -> list[dict]:
        """Rows each with those behind it that lie in it."""
        wholes, found = self.nesting.wholes, []
        outer_first = sorted(
            rows.to_dict("records"), key=lambda row: len(wholes.get(row["tally_id"], ()))
        )
        for row in outer_first:
            name = row["tally_id"]
            held = [
                at for at, other in enumerate(found) if other["tally_id"] in wholes.get(name, ())
            ]
            inside = found[held[-1]] if held else {"tally_id": None, "depth": -1}
            row |= {"depth": inside["depth"] + 1, "subset_of": inside["tally_id"]}
            place = len(found)
            if held:
                deep = range(held[-1] + 1, len(found))
                place = next((at for at in deep if found[at]["depth"] < row["depth"]), place)
            found.insert(place, row)
        return found

    def rows_of(self, wholes: pd.DataFrame) -> pd.DataFrame:
        """Rows of parties, each with its parts behind it; ``depth`` is how deep one lies.

        ``tally_id`` (of several ``;`` between), whom and what it counts, ``low``, ``high``,
        ``wide_low``, ``wide_high`` and of a whole ``naive_sum``, all published numbers added
        (persons), ``date_start`` (NaT where none is given), ``date_end``, ``calculated`` and
        ``subset_of``, the row it lies in.
        """
        found = [row for whole in wholes.to_dict("records") for row in self._tree(whole)]
        return _as_frame(found, "depth", "subset_of")

    def _tree(self, whole: dict) -> Iterator[dict]:
        names, top = whole["tally_ids"], whole | _TOP
        if len(names) > 1:
            yield top
            for name in names:
                yield from self._branch(name, 1, whole["tally_id"], whole)
            return
        first, *behind = self._branch(names[0], 0, None, whole)
        first = top if first["tally_id"] == names[0] else first
        yield first | {"naive_sum": whole["naive_sum"]}
        yield from behind

    def _branch(self, name: str, depth: int, inside: str | None, whole: dict) -> Iterator[dict]:
        """A tally and its parts; one that only stands for a part of it makes room for that."""
        parts = [part for part in self.inside[name] if self._is_known(part)]
        only = len(parts) == 1 and name not in self.stated and parts[0] not in self.remainders
        if only and name in self.ends.index:
            yield from self._branch(parts[0], depth, inside, whole)
            return
        yield self._row(name, whole) | {"depth": depth, "subset_of": inside}
        for part in parts:
            yield from self._branch(part, depth + 1, name, whole)

    def _is_known(self, name: str) -> bool:
        """Whether a tally has a row: not where other rows say all that is known of it."""
        if name in self.remainders:
            return True
        if name not in self.ends.index:
            return False
        inside = any(map(self._is_known, self.inside[name]))
        if name not in self.stated or not self.ends.loc[name, "low"]:
            return inside
        same = (self.ends.loc[part, "low"] for part in self.parts[name] if part in self.ends.index)
        return inside or self.ends.loc[name, "low"] not in same

    def _row(self, name: str, whole: dict) -> dict:
        """The row of a tally that lies in a whole; what remains of that has its days."""
        row = {"tally_ids": (name,), "naive_sum": pd.NA}
        if name not in self.remainders:
            return self._described(row | self.ends.loc[name].to_dict())
        days = {key: whole[key] for key in ("date_start", "date_end")}
        own = self.about[name] | self.remainders[name]
        return row | own | days | {"tally_id": name, "calculated": True}

    def has_limit(self, name: str) -> bool:
        """Whether the upper end of a tally, where it has one, is its own, not that of a whole."""
        family = self.family[name]
        if not self.nesting.wholes[name]:
            return True
        own = family.bounded[0].family
        about = {name, *self.parts[name]}
        counts_of = tuple(count for count in own.counts if count.tally in about)
        span = family.spans([*about])[0]
        alone = ReadingBounds(own._replace(counts=counts_of))
        high = alone.between(name, np.array([span.since]), np.array([span.stop]))[1]
        return bool(np.isfinite(high).all())


def _as_frame(rows: list[dict], *more: str) -> pd.DataFrame:
    """Rows with the columns of all and ``more``."""
    return pd.DataFrame(rows, columns=[*_TYPES, *more]).astype(_TYPES)


@cached
def parties_of(dataset: Dataset) -> Parties:
    """The rows of a dataset by party, worked out once."""
    return Parties(dataset)
