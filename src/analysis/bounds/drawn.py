"""The numbers that figures draw: one tidy frame a figure, the same that is exported as CSV."""

from collections.abc import Callable, Collection

import pandas as pd

from analysis.bounds.contradictions import solvable
from analysis.bounds.ledger import cut_ledger
from analysis.bounds.standing import (
    as_stated,
    holders,
    kept_parts,
    kept_wholes,
    roots,
    standing,
    standing_rows,
    status_of,
)
from analysis.bounds.totals import daily_totals
from analysis.data.dataset import Dataset, once
from analysis.data.links import chain, links
from analysis.data.nesting import nesting
from analysis.data.outcome import READINGS
from analysis.data.problems import NothingToDrawError

WHO = ["source_original", "party_id", "victim_group", "harm", "subset_of"]


def main_harm(dataset: Dataset) -> str:
    """``killed`` where anything is stated of people killed, else what is counted first.

    Raises ValueError when the dataset counts nobody.
    """
    harms = _stated_harms(dataset)
    if not harms:
        raise NothingToDrawError("nothing to draw: no statement of the dataset has a count")
    return "killed" if "killed" in harms else harms[0]


def stated_roots(dataset: Dataset) -> dict[str, str]:
    """Tallies that some reading counts people of, each with the outermost it is part of."""
    stated = {name for each in READINGS for name in standing_rows(dataset, each)["tally_id"]}
    return {name: root for name, root in roots(dataset).items() if name in stated}


def _stated_harms(dataset: Dataset) -> list[str]:
    """What is counted, each once, a part counting what its whole does."""
    harm = _whom(dataset)["harm"]
    return [*dict.fromkeys(harm[root] for root in stated_roots(dataset).values())]


def _whom(dataset: Dataset) -> pd.DataFrame:
    """Whom each tally counts, index ``tally_id``; ``subset_of`` is the one it is drawn inside."""
    whole = dataset.tallies["tally_id"].map(holders(dataset)).astype("str")
    return dataset.tallies.assign(subset_of=whole).set_index("tally_id")[WHO]


def _harmed(dataset: Dataset, harm: str) -> pd.DataFrame:
    """Tallies of a harm and their parts: whom they count."""
    harms = _stated_harms(dataset)
    if harm not in harms:
        there = ", ".join(harms) or "nothing"
        raise ValueError(f"no count of people {harm!r} in the dataset; it counts: {there}")
    tallies = _whom(dataset)
    return tallies[tallies["harm"].reindex(tallies.index.map(roots(dataset))).to_numpy() == harm]


def whole_of(dataset: Dataset, harm: str | None = None) -> list[str]:
    """Tallies of a harm that are part of no other, and that they or their parts are stated."""
    told, nested = {*stated_roots(dataset)}, nesting(dataset)
    harmed = {*_harmed(dataset, harm or main_harm(dataset)).index}
    outer = [name for name in nested.outermost() if name in harmed]
    return [name for name in outer if told & {name, *nested.parts[name]}]


def inside(dataset: Dataset, tally_ids: Collection[str]) -> list[str]:
    """Some tallies and all their parts, at any depth, in the order of ``tallies``."""
    parts = nesting(dataset).parts
    held = {*tally_ids}.union(*(parts[name] for name in tally_ids if name in parts))
    return [name for name in dataset.tallies["tally_id"] if name in held]


def chains_drawn(numbers: pd.DataFrame) -> dict[str, list[str]]:
    """Each tally of some rows, then what it is part of as far as that has rows, nearest first."""
    rows = numbers.drop_duplicates("tally_id")
    whole = links(rows[rows["subset_of"].isin(rows["tally_id"])], "tally_id", "subset_of")
    return {name: chain(name, whole) for name in rows["tally_id"]}


def with_parts(numbers: pd.DataFrame, tally_id: str) -> pd.DataFrame:
    """Rows of a tally and its parts alone."""
    own = [name for name, of in chains_drawn(numbers).items() if tally_id in of]
    return numbers[numbers["tally_id"].isin(own)]


def statements_drawn(dataset: Dataset) -> pd.DataFrame:
    """Every counted statement, in all readings: its tally, window, count (persons) and kind.

    Those lowered, withdrawn or set aside are left out: they count in no reading.
    """
    main_harm(dataset)
    columns = ["event_id", "report_id", "char_start", "tally_id", "date_start", "date_end"]
    columns += ["count_kind", "low", "high", "reading", "same_as"]
    counted = dataset.events.loc[as_stated(dataset), columns]
    return counted.join(_whom(dataset), on="tally_id")


def days_spanned(statements: pd.DataFrame) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day of a timeline of statements; one without a first day has only a last."""
    known = statements["date_start"].fillna(statements["date_end"])
    return known.min(), statements["date_end"].max()


def over_time_drawn(dataset: Dataset, harm: str) -> pd.DataFrame:
    """Daily and cumulative bounds of all tallies of a harm: columns of ``both_readings``.

    The days of a tally's parts are its own. One that nothing is stated of itself is there where
    several parts lie in it; else that part says all.
    """
    harmed, told = _harmed(dataset, harm), {*stated_roots(dataset)}
    found, wholes = both_readings(dataset, daily_totals), kept_wholes(dataset)
    shown = []
    for name in harmed.index:
        parts = told & kept_parts(dataset)[name]
        nearest = [part for part in parts if not wholes[part] & parts]
        if name in told or len(nearest) > 1:
            shown.append(name)
    return found[found["tally_id"].isin(shown)]


def both_readings(dataset: Dataset, find: Callable[..., pd.DataFrame], *asked) -> pd.DataFrame:
    """Daily and cumulative bounds (persons) in each reading; ``reading`` says in which.

    ``find`` gives them for a dataset, a reading and what is ``asked``; whom a tally counts stands
    beside it.
    """
    found = [find(dataset, reading, *asked).assign(reading=reading) for reading in READINGS]
    return pd.concat(found, ignore_index=True).join(_whom(dataset), on="tally_id")


def nothing_strictly(dataset: Dataset, harm: str) -> NothingToDrawError:
    """What is raised where only the loosest reading says anything.

    Where all that could be drawn contradicts itself, that is raised.
    """
    solvable(dataset, READINGS[0])
    return NothingToDrawError(f"nothing to draw: no count stated in the primary reading ({harm})")


@once
def last_stated(dataset: Dataset) -> dict[str, str]:
    """``event_id`` of the latest and greatest count of each tally."""
    counted = dataset.events[standing(dataset) & (dataset.events["reading"] != "wide")]
    latest = counted.sort_values(["date_end", "low"]).drop_duplicates("tally_id", keep="last")
    return dict(zip(latest["tally_id"], latest["event_id"], strict=True))


def ledger_drawn(dataset: Dataset, harm: str) -> pd.DataFrame:
    """The ledger (persons) of those whose statements do not contradict one another."""
    _harmed(dataset, harm)
    return cut_ledger(dataset, harm, READINGS[0]).join(_whom(dataset), on="tally_id")


def statement_table(dataset: Dataset, counted: bool = True) -> pd.DataFrame:
    """Statements for people to read: where their words stand, days, count, who is cited, why so.

    Returns
    -------
    pandas.DataFrame
        Index ``event_id``; ``paragraph``, ``characters`` (of the report's text), ``date_start``,
        ``date_end``; with a count ``low``, ``high`` (persons), ``count_kind``,
        ``reading`` (``taken_back`` or ``withdrawn`` where its source did so), ``tally_id``,
        ``source``, else ``event_type``; and ``note``.
    """
    status = dataset.events["event_id"].map(status_of(dataset, READINGS[0]))
    gone = status.isin(["taken_back", "withdrawn"])
    reading = dataset.events["reading"].mask(gone, status)
    events = dataset.events.assign(reading=reading).set_index("event_id")
    events = events[events["low"].notna() == counted]
    span = events["char_start"].astype("str") + "-" + events["char_end"].astype("str")
    shown = events.assign(characters=span.where(events["char_start"].notna()))
    source = dataset.tallies.set_index("tally_id")["source_original"]
    shown["source"] = shown["tally_id"].map(source)
    numbers = ["low", "high", "count_kind", "reading", "tally_id", "source"]
    columns = ["paragraph", "characters", "date_start", "date_end"]
    columns += [*(numbers if counted else ["event_type"]), "note"]
    text = shown[columns].select_dtypes("str").columns
    return shown[columns].fillna(dict.fromkeys(text, ""))
