"""The tables of the page as frames of texts: every statement, what it adds, what sources sum up."""

from collections.abc import Collection, Mapping
from functools import partial

import pandas as pd

import analysis
from analysis.bounds.drawn import default_harm, ledger_drawn
from analysis.bounds.parties import parties_of
from analysis.data.dataset import Dataset
from analysis.data.outcome import nesting
from analysis.data.problems import NothingToDrawError
from analysis.data.statements import counts, lowered_in
from analysis.figures.ledger import adds_to_total, reason_in_words
from analysis.figures.naming import label, tally_labels
from analysis.figures.wording import quoted, with_harm
from analysis.language.locales import Locale

COLUMNS = {
    "counting": ["counted people", "number", "days", "counts", "why"],
    "others": ["source", "counted people", "what", "days", "counted once", "all added"],
    "disputed": ["counted people", "number", "days", "status", "published by", "page"],
    "statements": ["what", "number", "days", "published", "published by", "source", "reading"],
    "pages": ["published", "published by", "page"],
}
"""The columns of each table, by the key of the message that heads them."""
COLUMNS["statements"] += ["paragraph", "characters", "page", "note", "figures"]


def counting(dataset: Dataset, locale: Locale) -> pd.DataFrame:
    """What each number adds to the total, and why."""
    labels, events, rows = tally_labels(dataset, locale), _as_stated(dataset.events), []
    events = events.set_index("event_id")
    try:
        numbers = ledger_drawn(dataset, default_harm(dataset))
    except NothingToDrawError:
        numbers = pd.DataFrame()
    for row in numbers.itertuples():
        event, why = events.loc[row.event_id], reason_in_words(row, numbers, labels, locale)
        apart = row.counted and not adds_to_total(row, numbers)
        counted = "" if apart else locale.number(row.counted)
        count, days = quoted(event, locale), _days(event, locale)
        rows.append([labels[row.tally_id], count, days, counted, why])
    return pd.DataFrame(rows, columns=COLUMNS["counting"])


def statements(
    dataset: Dataset, locale: Locale, shown: Mapping[str, Collection[str]]
) -> pd.DataFrame:
    """Every statement by its ``event_id``; ``figures`` are those that ``shown`` has it in."""
    events = _as_stated(dataset.events).set_index("event_id")
    tallies = dataset.tallies.set_index("tally_id")
    labels, harms = tally_labels(dataset, locale), tallies["harm"]
    if len({*harms}) > 1:
        labels = {name: with_harm(each, harms[name], locale) for name, each in labels.items()}
    event_types = events["event_type"].fillna("").map(partial(locale.term, "event type"))
    counted = events["tally_id"].where(events["low"].notna())
    sources = tallies["source_original"].map(locale.source, na_action="ignore")
    lowered = events.index.isin(lowered_in(dataset, "primary"))
    readings = events["reading"].mask(lowered, "corrected")
    rows = [*events.itertuples()]
    table = pages(dataset, locale).loc[events["report_id"]].set_index(events.index)
    return table.assign(
        what=counted.map(labels).astype("str").fillna(event_types),
        number=["" if pd.isna(row.low) else quoted(row, locale) for row in rows],
        days=[_days(row, locale) for row in rows],
        source=counted.map(sources).astype("str").fillna(""),
        reading=["" if pd.isna(each) else locale(f"page reading {each}") for each in readings],
        paragraph=events["paragraph"].astype("str").fillna(""),
        characters=[_characters(row, locale) for row in rows],
        note=events["note"].fillna(""),
        figures=[[each for each, names in shown.items() if name in names] for name in events.index],
    )[COLUMNS["statements"]]


def _characters(row, locale: Locale) -> str:
    """Where the words of a statement are in the text."""
    if pd.isna(row.char_start):
        return ""
    return locale("range", low=str(row.char_start), high=str(row.char_end))


def others(dataset: Dataset, locale: Locale) -> pd.DataFrame:
    """The sum of each source's numbers of a party, its days, and how many it counts on one day.

    How many there are on a day adds up to nothing.
    """
    parties, rows = dataset.parties.set_index("party_id"), []
    for row in parties_of(dataset).wholes().itertuples():
        who, harm = label(parties, row.party_id, locale), locale.term("harm", row.harm)
        days, count = locale.window(row.date_start, row.date_end), locale.count(row.low, row.high)
        source = _source(row.source_original, locale)
        rows.append([source, who, harm, days, count, locale.number(row.naive_sum)])
    labels = tally_labels(dataset, locale, sourced=False)
    tallies = dataset.tallies.set_index("tally_id")
    table = _as_stated(counts(dataset, "primary"))
    whole = table["tally_id"].map(nesting(dataset).roots) == table["tally_id"]
    stands = (table["count_kind"] == "stock") & (table["status"] == "stands")
    for row in table[whole & stands].itertuples():
        tally = tallies.loc[row.tally_id]
        source, harm = _source(tally["source_original"], locale), locale.term("harm", tally["harm"])
        day = locale.day(row.date_end)
        rows.append([source, labels[row.tally_id], harm, day, quoted(row, locale), ""])
    return pd.DataFrame(rows, columns=COLUMNS["others"])


def disputed(dataset: Dataset, locale: Locale) -> pd.DataFrame:
    """Statements that are set aside, or that contradict one another."""
    labels, published, rows = tally_labels(dataset, locale), pages(dataset, locale), []
    report_of = dataset.events.set_index("event_id")["report_id"]
    table = _as_stated(counts(dataset, "primary"))
    table = table.assign(event_id=table["event_ids"].str.split(";")).explode("event_id")
    clashing = table["event_id"].isin(analysis.contradictions(dataset)["event_id"])
    for row in table[clashing | (table["status"] == "aside")].itertuples():
        status = locale("page reading aside") if row.status == "aside" else ""
        _, office, address = published.loc[report_of[row.event_id]]
        count, days = quoted(row, locale), _days(row, locale)
        rows.append([labels[row.tally_id], count, days, status, office, address])
    return pd.DataFrame(rows, columns=COLUMNS["disputed"])


def pages(dataset: Dataset, locale: Locale) -> pd.DataFrame:
    """When each page was published, by whom and where, the earliest first, by ``report_id``."""
    reports = dataset.reports.sort_values("source_date", kind="stable").set_index("report_id")
    offices = reports["source_office"].fillna("").map(partial(locale.term, "office"))
    columns = reports["source_date"].map(locale.day), offices, reports["url"].fillna("")
    return pd.DataFrame(dict(zip(COLUMNS["pages"], columns, strict=True)))


def _as_stated(table: pd.DataFrame) -> pd.DataFrame:
    """Rows whose counts can be worded by :func:`analysis.figures.wording.quoted`."""
    return table.rename(columns={"count": "stated"})


def _source(name: object, locale: Locale) -> str:
    return locale.term("source", name) if pd.notna(name) else locale("no source")


def _days(row, locale: Locale) -> str:
    """The days that a statement is about, where it names any."""
    return "" if pd.isna(row.date_end) else locale.window(row.date_start, row.date_end)
