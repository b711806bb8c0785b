"""The tables of the page, as rows of texts: every statement, what it adds, what sources sum up."""

import pandas as pd

import analysis
from analysis.bounds.drawn import ledger_drawn, main_harm
from analysis.bounds.parties import parties_of
from analysis.bounds.wholes import roots
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError
from analysis.data.statements import counts, lowered_in
from analysis.figures.ledger import adds_to_total, reason_in_words
from analysis.figures.naming import label, tally_labels
from analysis.figures.wording import quoted, with_harm
from analysis.language.locales import Locale

Rows = list[list[str]]
"""The cells of a table on the page."""
COLUMNS = {
    "counting": ["counted people", "number", "days", "counts", "why"],
    "others": ["source", "counted people", "what", "days", "counted once", "all added"],
    "disputed": ["counted people", "number", "days", "status", "published by", "page"],
    "statements": ["what", "number", "days", "published", "published by", "source", "reading"],
    "pages": ["published", "published by", "page"],
}
COLUMNS["statements"] += ["paragraph", "characters", "page", "note", "figures"]


def counting(dataset: Dataset, locale: Locale) -> Rows:
    """What each number adds to the total, and why."""
    labels, events, rows = tally_labels(dataset, locale), _rows(dataset.events, "event_id"), []
    try:
        numbers = ledger_drawn(dataset, main_harm(dataset))
    except NothingToDrawError:
        return []
    for row in numbers.itertuples():
        why = reason_in_words(row, numbers, labels, locale)
        count = _said(events.get(row.event_id, {}), locale)
        days = _days(events.get(row.event_id, {}), locale)
        apart = row.counted and not adds_to_total(row, numbers)
        counted = "" if apart else locale.number(row.counted)
        rows.append([labels[row.tally_id], count, days, counted, why])
    return rows


def statements(
    dataset: Dataset, locale: Locale, shown: dict[str, list[str]]
) -> list[dict[str, object]]:
    """Every statement: its identifier, its cells, and the figures that it is in."""
    labels, found = tally_labels(dataset, locale), []
    harms = dataset.tallies.set_index("tally_id")["harm"]
    if len({*harms}) > 1:
        labels = {name: with_harm(each, harms[name], locale) for name, each in labels.items()}
    cited = dataset.tallies.set_index("tally_id")["source_original"].dropna().to_dict()
    lowered = dataset.events["event_id"].isin(lowered_in(dataset, "primary"))
    readings = dataset.events["reading"].mask(lowered, "corrected")
    reports, inside = _rows(dataset.reports, "report_id"), _figures_of(shown)
    for row, reading in zip(dataset.events.to_dict("records"), readings, strict=True):
        what, number = locale.term("event type", _text(row["event_type"])), ""
        source = span = ""
        if pd.notna(row["low"]):
            what, number = labels[row["tally_id"]], _said(row, locale)
            source = locale.source(cited[row["tally_id"]]) if row["tally_id"] in cited else ""
        reading = locale(f"page reading {reading}") if pd.notna(reading) else ""
        if pd.notna(row["char_start"]):
            span = locale("range", low=str(row["char_start"]), high=str(row["char_end"]))
        day, office, address = _told_by(reports[row["report_id"]], locale)
        cells = [what, number, _days(row, locale), day, office, source, reading]
        cells += [_text(row["paragraph"]), span, address, _text(row["note"])]
        name = row["event_id"]
        found.append({"id": f"s-{name}", "cells": cells, "figures": inside.get(name, [])})
    return found


def _figures_of(shown: dict[str, list[str]]) -> dict[str, list[str]]:
    """The figures that each statement is in."""
    inside: dict[str, list[str]] = {}
    for figure, event_ids in shown.items():
        for name in event_ids:
            inside.setdefault(name, []).append(figure)
    return inside


def of_several(dataset: Dataset, locale: Locale) -> dict[str, Rows]:
    """Sums of several pages, each source counted once; what is set aside and why; the pages."""
    reports = dataset.reports.sort_values("source_date", kind="stable").to_dict("records")
    return {
        "others": _sums(dataset, locale),
        "disputed": _disputed(dataset, locale),
        "pages": [_told_by(row, locale) for row in reports],
    }


def _sums(dataset: Dataset, locale: Locale) -> Rows:
    """What each source's numbers of a party come to and of which days, and what it counts on one.

    How many there are on a day adds up to nothing.
    """
    parties, rows = dataset.parties.set_index("party_id"), []
    for row in parties_of(dataset).wholes().itertuples():
        counted = [label(parties, row.party_id, locale), locale.term("harm", row.harm)]
        days = locale.window(row.date_start, row.date_end)
        rows.append([*counted, days, locale.count(row.low, row.high), locale.number(row.naive_sum)])
        rows[-1].insert(0, _source(row.source_original, locale))
    tallies, labels = (
        dataset.tallies.set_index("tally_id"),
        tally_labels(dataset, locale, sourced=False),
    )
    stocks = counts(dataset, "primary")
    stocks = stocks[(stocks["count_kind"] == "stock") & (stocks["status"] == "stands")]
    for row in stocks[stocks["tally_id"].map(roots(dataset)) == stocks["tally_id"]].itertuples():
        tally = tallies.loc[row.tally_id]
        counted = [
            labels[row.tally_id],
            locale.term("harm", tally["harm"]),
            locale.day(row.date_end),
        ]
        source = _source(tally["source_original"], locale)
        rows.append([source, *counted, _said(row._asdict(), locale), ""])
    return rows


def _said(row: dict, locale: Locale) -> str:
    """A count as its page says it."""
    return quoted(pd.Series(row | {"stated": row["count"]}), locale)


def _source(name: object, locale: Locale) -> str:
    return locale.term("source", name) if pd.notna(name) else locale("no source")


def _disputed(dataset: Dataset, locale: Locale) -> Rows:
    """Statements that are set aside, or that contradict one another."""
    labels, rows = tally_labels(dataset, locale), []
    clashing = {*analysis.contradictions(dataset)["event_id"]}
    report_of = dataset.events.set_index("event_id")["report_id"].to_dict()
    reports = _rows(dataset.reports, "report_id")
    for row in counts(dataset, "primary").itertuples():
        aside = row.status == "aside"
        for name in row.event_ids.split(";") if aside or clashing else ():
            if aside or name in clashing:
                number = [labels[row.tally_id], _said(row._asdict(), locale)]
                days = locale.window(row.date_start, row.date_end)
                status = locale("page reading aside") if aside else ""
                rows.append(
                    [*number, days, status, *_told_by(reports[report_of[name]], locale)[1:]]
                )
    return rows


def _rows(table: pd.DataFrame, key: str) -> dict[str, dict]:
    """The rows of a table by their identifier."""
    return {row[key]: row for row in table.to_dict("records")}


def _days(row: dict, locale: Locale) -> str:
    """The days that a statement is about, where it says any."""
    if pd.isna(row.get("date_end")):
        return ""
    return locale.window(row["date_start"], row["date_end"])


def _told_by(report: dict, locale: Locale) -> list[str]:
    """When a page was published, by whom, and where it stands."""
    office = locale.term("office", _text(report["source_office"]))
    return [locale.day(report["source_date"]), office, _text(report["url"])]


def _text(cell: object) -> str:
    return "" if pd.isna(cell) else str(cell)
