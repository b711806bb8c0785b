"""Whose numbers are set side by side: what is asked of :mod:`.sources`."""

from collections.abc import Collection, Iterator, Mapping

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.nesting import nesting

Names = str | Collection[str]


def check_options(harm: object, parties: object, pairs: object, other: object) -> None:
    """Whether options fit together; a ValueError says what to write."""
    if isinstance(parties, str):
        raise ValueError(f"parties is {parties!r}; write a list")
    if pairs is not None and not isinstance(pairs, Mapping):
        raise ValueError(
            f"pairs is {pairs!r}; write tallies and those of the same people: {{a: b}}"
        )
    if pairs and (harm or parties):
        raise ValueError("pairs name who is compared; leave out harm and parties")
    if other is not None and not isinstance(other, Dataset):
        raise ValueError(f"other is {other!r}; write a dataset, as load gives it")


def wanted(rows: pd.DataFrame, harm: str | None, parties: Collection[str] | None) -> pd.DataFrame:
    """What is published of the harm and parties asked for; a ValueError where there are none."""
    asked = {"harm": None if harm is None else [harm], "party_id": parties}
    for column, names in asked.items():
        if names is None:
            continue
        known = [*rows[column].unique()]
        if missing := [name for name in names if name not in known]:
            raise ValueError(f"no count of {column} {missing[0]!r}; there are: {', '.join(known)}")
        rows = rows[rows[column].isin(names)]
    return rows


def paired(
    rows: pd.DataFrame, both: list[Dataset], pairs: Mapping[str, Names]
) -> Iterator[pd.DataFrame]:
    """What is published of each tally and of those paired with it, of the other dataset first."""
    for name, names in pairs.items():
        chosen = [(0, name)]
        for each in _as_list(names):
            chosen.append((int(each in {*both[-1].tallies["tally_id"]}) * (len(both) - 1), each))
        own = [_of_tally(rows, both[at], at, each) for at, each in dict.fromkeys(chosen)]
        if len(harms := {*pd.concat(own)["harm"]}) > 1:
            raise ValueError(f"tallies count different things: {', '.join(sorted(harms))}")
        for at, each in chosen:
            for whole in sorted(nesting(both[at]).wholes[each]):
                if (at, whole) in chosen:
                    raise ValueError(f"tally {each!r} is part of {whole!r}; name one of them")
        yield pd.concat(own)


def _of_tally(rows: pd.DataFrame, dataset: Dataset, at: int, name: str) -> pd.DataFrame:
    rows = rows[(rows["tally_id"] == name) & (rows["of_other"] == bool(at))]
    if rows.empty:
        there = ", ".join(dataset.tallies["tally_id"])
        raise ValueError(f"pairs: nothing is told of a tally {name!r}; there are: {there}")
    return rows


def with_relies(rows: pd.DataFrame, relies: Mapping[str, Names]) -> pd.DataFrame:
    """With those on whom a source relies as the user says."""
    known = [*rows["source_original"].dropna().unique()]
    for source, named in relies.items():
        others = _as_list(named)
        if missing := [name for name in [source, *others] if name not in known]:
            raise ValueError(f"relies: no source {missing[0]!r}; there are: {', '.join(known)}")
        rows.loc[rows["source_original"] == source, "relies_on"] = ";".join(others)
    return rows


def _as_list(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else [*names]
