"""Numbers that figures draw, and which tallies they are of: tidy frames, exported as CSV."""

from collections.abc import Collection
from itertools import product

import pandas as pd

from analysis.bounds.contradictions import check_consistent
from analysis.bounds.ledger import ledger_of
from analysis.bounds.parties import parties_of
from analysis.bounds.windows import bounds_frame, days_of_tallies
from analysis.data.dataset import Dataset, cached
from analysis.data.links import chain, links
from analysis.data.nesting import ATTRIBUTES
from analysis.data.outcome import READINGS, nesting
from analysis.data.problems import NothingToDrawError, check_known
from analysis.data.statements import as_stated, standing, standing_rows

_WHO = ["source_original", "party_id", "victim_group", "harm", "subset_of"]


def default_harm(dataset: Dataset) -> str:
    """``killed`` where anything is stated of people killed, else what is counted first.

    Raises ValueError when the dataset counts nobody.
    """
    harms = _stated_harms(dataset)
    if not harms:
        raise NothingToDrawError("nothing to draw: no statement of the dataset has a count")
    return "killed" if "killed" in harms else harms[0]


def roots_of_stated(dataset: Dataset) -> dict[str, str]:
    """Tallies that some reading counts people of, each with the outermost it is part of."""
    stated = {name for each in READINGS for name in standing_rows(dataset, each)["tally_id"]}
    return {name: root for name, root in nesting(dataset).roots.items() if name in stated}


def _stated_harms(dataset: Dataset) -> list[str]:
    """What is counted, each once, a part counting what its whole does."""
    harm = dataset.tallies.set_index("tally_id")["harm"]
    return [*dict.fromkeys(harm[root] for root in roots_of_stated(dataset).values())]


def _whom(dataset: Dataset) -> pd.DataFrame:
    """Whom each tally counts, index ``tally_id``; ``subset_of`` is the one it is drawn inside."""
    whole = dataset.tallies["tally_id"].map(nesting(dataset).holders).astype("str")
    return dataset.tallies.assign(subset_of=whole).set_index("tally_id")[_WHO]


def _check_harm(dataset: Dataset, harm: str) -> None:
    """Raise an error where nobody is counted so."""
    harms = _stated_harms(dataset)
    if harm not in harms:
        check_counted(dataset, dataset.tallies.loc[dataset.tallies["harm"] == harm, "tally_id"])
        check_known("count of people", [harm], harms)


def check_counted(dataset: Dataset, tallies: Collection[str]) -> None:
    """Raise a NothingToDrawError where some tallies have numbers of single days alone."""
    rows = dataset.events[dataset.events["tally_id"].isin(tallies) & dataset.events["low"].notna()]
    if len(rows) and (rows["count_kind"] == "stock").all():
        harms = ", ".join(dataset.tallies.set_index("tally_id")["harm"][rows["tally_id"]].unique())
        raise NothingToDrawError(
            f"nothing to draw: of people {harms} it is said how many there are on a day (stock), "
            "which adds up to nothing; see plot_reported"
        )


def outermost_counted(dataset: Dataset, harm: str) -> list[str]:
    """Tallies of a harm that are part of no other, of which or of whose parts a count is stated."""
    _check_harm(dataset, harm)
    harms = dataset.tallies.set_index("tally_id")["harm"]
    stated, nested = {*roots_of_stated(dataset)}, nesting(dataset)
    return [
        name
        for name in nested.outermost()
        if harms[name] == harm and stated & {name, *nested.parts[name]}
    ]


def with_descendants(dataset: Dataset, tally_ids: Collection[str] | None) -> list[str]:
    """Some tallies and all their parts, at any depth, in the order of ``tallies``; None are all."""
    if tally_ids is None:
        return [*dataset.tallies["tally_id"]]
    parts = nesting(dataset).parts
    held = {*tally_ids}.union(*(parts[name] for name in tally_ids if name in parts))
    return [name for name in dataset.tallies["tally_id"] if name in held]


def counted_tallies(dataset: Dataset) -> list[str]:
    """Tallies that are counted, or whose parts are, in the reading that is drawn."""
    found = days_of_tallies(dataset, READINGS[0], nesting(dataset).parts)
    return [tally_id for _, tally_id, _ in found]


def rows_with_descendants(numbers: pd.DataFrame, tally_id: str) -> pd.DataFrame:
    """Rows of a tally and of its parts, as far as the chain of their wholes has rows."""
    rows = numbers.drop_duplicates("tally_id")
    whole = links(rows[rows["subset_of"].isin(rows["tally_id"])], "tally_id", "subset_of")
    own = [name for name in rows["tally_id"] if tally_id in chain(name, whole)]
    return numbers[numbers["tally_id"].isin(own)]


def statements_drawn(dataset: Dataset) -> pd.DataFrame:
    """Every counted statement, in all readings: its tally, window, count (persons) and kind.

    Those lowered, withdrawn or set aside are left out: they count in no reading.
    """
    default_harm(dataset)
    columns = ["event_id", "report_id", "char_start", "tally_id", "date_start", "date_end"]
    columns += ["count_kind", "low", "high", "reading", "same_as"]
    counted = dataset.events.loc[as_stated(dataset), columns]
    return counted.join(_whom(dataset), on="tally_id")


def days_spanned(statements: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day of a timeline of statements; one without a first day has only a last."""
    known = statements["date_start"].fillna(statements["date_end"])
    return known.min(), statements["date_end"].max()


def no_primary_count(dataset: Dataset, harm: str) -> NothingToDrawError:
    """What is raised where only the loosest reading says anything.

    Where all that could be drawn contradicts itself, that is raised.
    """
    check_consistent(dataset, READINGS[0])
    return NothingToDrawError(f"nothing to draw: no count stated in the primary reading ({harm})")


@cached
def last_stated(dataset: Dataset) -> dict[str, str]:
    """``event_id`` of the latest and greatest count of each tally."""
    counted = dataset.events[standing(dataset) & (dataset.events["reading"] != "wide")]
    latest = counted.sort_values(["date_end", "low"]).drop_duplicates("tally_id", keep="last")
    return dict(zip(latest["tally_id"], latest["event_id"], strict=True))


def ledger_drawn(
    dataset: Dataset, harm: str, tallies: Collection[str] | None = None
) -> pd.DataFrame:
    """The ledger (persons) of those whose statements do not contradict one another.

    Of some tallies and their parts alone, where they are named.
    """
    _check_harm(dataset, harm)
    own = None if tallies is None else frozenset(with_descendants(dataset, tallies))
    return ledger_of(dataset, harm, READINGS[0], own).join(_whom(dataset), on="tally_id")


def chosen_harm(dataset: Dataset, tallies: Collection[str], harm: str | None = None) -> str:
    """What the tallies of a figure count.

    Raises ValueError when there is no such tally, nothing is stated of it, or they do not count the
    same harm.
    """
    default_harm(dataset)  # raises where nothing is counted
    root, stated = nesting(dataset).roots, roots_of_stated(dataset)
    check_known("tally", tallies, root)
    for name in tallies:
        if not stated.keys() & with_descendants(dataset, [name]):
            raise NothingToDrawError(f"nothing to draw: nothing is stated of the tally {name!r}")
    known = dataset.tallies.set_index("tally_id")["harm"]
    harms = [*dict.fromkeys(known[root[name]] for name in tallies)]
    if len(harms) != 1 or harm not in (None, harms[0]):
        wanted = "one harm" if harm is None else f"people {harm!r}"
        raise ValueError(f"a figure shows {wanted}; these tallies count: {', '.join(harms)}")
    return harms[0]


def chosen_drawn(dataset: Dataset, tallies: Collection[str]) -> pd.DataFrame:
    """Daily and cumulative bounds (persons) of chosen tallies and their parts in each reading.

    The days go on as long as anything is stated of a tally or its parts. ``reading`` says in which;
    whom a tally counts stands beside it.
    """
    bounded = {
        (each[1], reading): each
        for reading in READINGS
        for each in days_of_tallies(dataset, reading, nesting(dataset).parts)
    }
    found = [bounds_frame([]).assign(reading="")]
    for name, reading in product(with_descendants(dataset, tallies), READINGS):
        if (name, reading) in bounded:
            found.append(bounds_frame([bounded[name, reading]]).assign(reading=reading))
    return pd.concat(found, ignore_index=True).join(_whom(dataset), on="tally_id")


# Which source is drawn of each party where several count it: sources are never added


def by_source(
    dataset: Dataset, harm: str, parties: Collection[str] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Rows of (some) parties: of the source that is drawn of each, of others, of other harms."""
    rows = parties_of(dataset).wholes()
    is_drawn = _leading(dataset, rows[rows["harm"] == harm], parties)
    if parties is not None:
        rows = rows[rows["party_id"].isin(parties)]
    own, apart = rows[rows["harm"] == harm], rows[rows["harm"] != harm]
    return own[is_drawn[own.index]], own[~is_drawn[own.index]], apart


def _leading(dataset: Dataset, wholes: pd.DataFrame, parties: Collection[str] | None) -> pd.Series:
    """Which rows are those of the source that is drawn of each party.

    One source that counts most parties, everybody of them where it can, up to the latest day and
    from the earliest; of a party that it doesn't count, another chosen in the same way. A party
    that is part of another one shown (of ``parties``, else of all) is no row beside it under
    another source.
    """
    if wholes.empty:
        return pd.Series(False, wholes.index, dtype=bool)
    rows = wholes.assign(source=wholes["source_original"].fillna(""))
    everybody = rows[rows[[*ATTRIBUTES]].drop(columns="area").isna().all(axis=1)]
    each = rows.groupby("source")
    ranks = {
        "whole": everybody.groupby("source")["party_id"].nunique(),
        "parties": each["party_id"].nunique(),
        "until": each["date_end"].max(),
        "days": each["date_end"].max() - each["date_start"].min(),
    }
    rows = rows.assign(**{name: rows["source"].map(rank) for name, rank in ranks.items()})
    ranked = rows.sort_values([*ranks, "low"], ascending=False, kind="stable")
    best = ranked.drop_duplicates("party_id").set_index("party_id")["source"]
    leads = rows["source"] == rows["party_id"].map(best)
    part_of = links(dataset.parties, "party_id", "part_of")
    shown = {*best.index} if parties is None else {*best.index} & {*parties}
    inside_other = [
        any(best[whole] != best[name] for whole in chain(name, part_of)[1:] if whole in shown)
        for name in rows["party_id"]
    ]
    return leads & ~pd.Series(inside_other, rows.index)


def leading_tallies(
    dataset: Dataset, harm: str, parties: Collection[str] | None = None
) -> list[str]:
    """The tallies of those sources that are drawn, in the order of the table."""
    drawn = {*by_source(dataset, harm, parties)[0]["tally_ids"].explode()}
    return [name for name in dataset.tallies["tally_id"] if name in drawn]
