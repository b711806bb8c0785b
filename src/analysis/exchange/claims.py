"""From a table of claims, columns as in :mod:`.claim_rules`, to a dataset and questions.

What a claim leaves open becomes a question, with what was done meanwhile; so does a claim that can
be no row, so that none is lost.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

import pandas as pd

from analysis.data.counts import read_count
from analysis.data.dataset import load
from analysis.data.links import origin
from analysis.data.problems import DatasetError, Problem
from analysis.exchange.claim_rules import COLUMNS, VAGUE, Claim, limits, read_claims
from analysis.exchange.importing import (
    Imported,
    Loss,
    UniqueIds,
    in_persons,
    new_dataset,
    write_table,
)
from analysis.exchange.reading import PLAIN, ReadOptions, Record, Table, open_table

_PAGE = ("publisher", "published", "report_url")
_TALLY = ("attributed_source", "victim_party", "subgroup", "measure", "cause", "place")
_NARROWER = ("subgroup", "cause", "place")
_CELLS = {
    "reports": "report_id source_office=publisher source_date=published url=report_url "
    "source_date_basis=published_basis",
    "parties": "party_id label_en=party",
    "tallies": "tally_id source_original=attributed_source party_id victim_group=subgroup "
    "harm=measure cause area=place subset_of label_en=tally",
    "events": "event_id=claim_id report_id date_start date_end where_description=place tally_id "
    "count_kind count=written low high same_as note",
}
"""Columns of the tables, and the claim's own name of each where that is another."""

Ask = Callable[[Claim, str, str, str], None]
"""Asks about a claim: what is unclear, what was done meanwhile, where an answer goes."""


def import_claims(path: str | Path, folder: str | Path, options: ReadOptions = PLAIN) -> Imported:
    """Make a dataset of a table of claims and write it to a folder, with QUESTIONS.md.

    A DatasetError names every cell that cannot be read, or asks what is unclear where no claim
    can be a row; a FileExistsError, nothing being written, where one of the files is in the folder.
    """
    table = open_table(Path(path), COLUMNS, options)
    return write_claims(table, table.records, folder, [])


def write_claims(
    table: Table, records: Iterable[Record], folder: str | Path, questions: list[str]
) -> Imported:
    """Make a dataset of claims; ``questions`` are those that are open about them already."""
    claims = read_claims(table, records)
    own: list[str] = []

    def ask(claim: Claim, unclear: str, meanwhile: str, where: str) -> None:
        unclear += "" if unclear.endswith("?") else "."
        own.append(f"{claim['claim_id']}: {unclear} Meanwhile {meanwhile}. To change: {where}.")

    tables = _claims_by_table(claims, ask)
    if not tables["events"]:
        raise DatasetError([Problem(table.name, None, None, each) for each in own], table.name)
    questions = [f"{at}. {text}" for at, text in enumerate([*questions, *own], start=1)]
    with new_dataset(Path(folder), "QUESTIONS.md") as trial:
        for name, rows in tables.items():
            cells = [cell.split("=") for cell in _CELLS[name].split()]
            rows = [{names[0]: claim.get(names[-1]) for names in cells} for claim in rows]
            write_table(trial, name, rows)
        text = "\n".join(["# Questions", "", *(questions or ["None."]), ""])
        (trial / "QUESTIONS.md").write_bytes(text.encode())
        dataset = load(trial)
    written = {claim["claim_id"] for claim in tables["events"]}
    left_out = in_persons(each["count"] for each in claims if each["claim_id"] not in written)
    others = [name for name in table.columns if name not in COLUMNS]
    lost = [Loss(f"columns not read: {', '.join(others)}")] if others else []
    what = f"claims as {len(written)} rows"
    return Imported(len(claims), what, [], left_out, lost, table.notes, questions, dataset)


def _claims_by_table(claims: list[Claim], ask: Ask) -> dict[str, list[Claim]]:
    """Claims with the cells of each table; reports and tallies of those without a row are there."""
    _name(claims, "report_id", _PAGE, shown=2)
    _name(claims, "party_id", _TALLY[1:2])
    _name(claims, "tally_id", _TALLY)
    by_id = {claim["claim_id"]: claim for claim in claims}
    events = [each for each in claims if _is_row(each, by_id.get(each["contained_in"]), ask)]
    for claim in events:
        _state(claim, ask)
    _link(events, ask)
    wholes = _wholes(claims, by_id, ask)
    for claim in claims:
        claim["party"], claim["tally"] = _label(claim, _TALLY[1:2]), _label(claim, _TALLY[1:])
        claim["subset_of"] = wholes.get(claim["tally_id"])
    tallies = [*{claim["tally_id"]: claim for claim in claims[::-1]}.values()][::-1]
    return {
        "reports": claims,
        "parties": claims,
        "tallies": [*_together(tallies, ask), *claims],
        "events": events,
    }


def _name(claims: list[Claim], column: str, parts: tuple[str, ...], shown: int = 9) -> None:
    """Give what differs in some parts a name of its own, in readable words."""
    unique_id = UniqueIds()
    for claim in claims:
        key = tuple(claim[part] for part in parts)
        words = re.sub(r"\W+", "-", " ".join(key[:shown]).lower()).strip("-")
        claim[column] = unique_id(key, words or column)


def _label(claim: Claim, parts: tuple[str, ...]) -> str:
    label = ", ".join(claim[part].replace("_", " ") for part in parts if claim[part])
    return label[0].upper() + label[1:]


def _is_row(claim: Claim, whole: Claim | None, ask: Ask) -> bool:
    """Whether a claim can be a row, else a question."""
    unclear = None
    last = max(claim["window_start"], claim["window_end"])
    if limits(claim) is None:
        vague = claim["qualifier"] in VAGUE
        unclear = f"{claim['said']} binds nothing" if vague else f"what does {claim['said']} bind?"
    elif last > claim["published"][:10]:
        unclear = f"the window goes on to {last}, its page is of {claim['published']}"
    elif whole and whole["tally_id"] == claim["tally_id"]:
        # in one tally only a toll can hold other counts, those of other days or some people
        compared = ("cumulative", "window_start", "window_end")
        if whole["cumulative"] != "true" or all(whole[each] == claim[each] for each in compared):
            unclear = f"it is among those of {whole['claim_id']}, and of the same tally"
    if unclear:
        named = ", ".join(f"{name} {claim[name]}" for name in ("report_id", "tally_id"))
        ask(claim, unclear, "it has no row", f"events.csv, a new row {claim['claim_id']}, {named}")
    return not unclear


def _state(claim: Claim, ask: Ask) -> None:
    """Give a claim the days, kind and count of its row."""
    start, end = claim["window_start"], claim["window_end"]
    row, toll = f"events.csv, row {claim['claim_id']}", claim["cumulative"] == "true"
    if not end:
        unclear = f"the window has {f'a first, {start},' if start else 'no first'} and no last day"
        start, end = "", claim["published"][:10]
        ask(claim, unclear, f"it binds from below, up to {end}", f"{row}, date_start and date_end")
    elif "" != start < end and not toll:
        unclear = f"is {claim['said']} all from {start} to {end}, a toll, or some people?"
        ask(claim, unclear, "it is an incident, some people", f"{row}, count_kind")
    toll |= not start  # without a first day it binds from below only, and adds to no other
    claim |= {"date_start": start, "date_end": end, "count_kind": "toll" if toll else "incident"}
    claim["limits"] = limits(claim)
    try:
        in_words = read_count(claim["said"]) == claim["limits"]
    except ValueError:
        in_words = False
    numbers = dict(zip(("low", "high"), claim["limits"], strict=True))
    claim |= {"written": claim["said"]} if in_words else numbers


def _link(events: list[Claim], ask: Ask) -> None:
    """Ask what other pages say of the same days; as many equal numbers as one page has differ."""
    first, times, others = {}, Counter(), defaultdict(list)
    # days at their beginning; without offsets as UTC
    for claim in sorted(events, key=lambda each: pd.to_datetime(each["published"], utc=True)):
        days = tuple(claim[name] for name in ("tally_id", "date_start", "date_end", "count_kind"))
        page, row = claim["report_id"], f"events.csv, row {claim['claim_id']}"
        count = (*days, claim["limits"])
        times[count, page] += 1
        earlier = first.setdefault((count, times[count, page]), claim)["claim_id"]
        if earlier != claim["claim_id"]:
            claim["same_as"] = earlier
            ask(claim, f"does it repeat {earlier}?", "it does (same_as)", f"{row}, same_as")
            continue
        there = [one["claim_id"] for one in others[days] if one["report_id"] != page]
        others[days].append(claim)
        if there and claim["count_kind"] == "incident":
            unclear = f"another number than {', '.join(there)}, of the same tally and days"
            choice = "same_as (repeated or recounted) or apart_from (other people)"
            ask(claim, unclear, "they are added up", f"{row}, {choice}")


def _wholes(claims: list[Claim], by_id: dict[str, Claim], ask: Ask) -> dict[str, str]:
    """The tally that each is part of, by the claims that contain those of the tally."""
    found: dict[str, dict[str, Claim]] = defaultdict(dict)
    for claim in claims:
        whole = by_id.get(claim["contained_in"], claim)
        if whole["attributed_source"] != claim["attributed_source"]:
            unclear = f"it is among those of {whole['claim_id']}, which another source counts"
            where = f"tallies.csv, row {claim['tally_id']}, subset_of"
            ask(claim, unclear, "neither is part of the other", where)
        elif whole["tally_id"] != claim["tally_id"]:
            found[claim["tally_id"]].setdefault(whole["tally_id"], claim)
    wholes: dict[str, str] = {}
    for name, candidates in found.items():
        whole, *others = candidates
        if not others and origin(whole, wholes) != name:
            wholes[name] = whole
            continue
        of = ", ".join(f"{claim['claim_id']} in {whole}" for whole, claim in candidates.items())
        last, unclear = [*candidates.values()][-1], f"what is its tally part of ({of})?"
        ask(last, unclear, "none is written down", f"tallies.csv, row {name}, subset_of")
    return wholes


def _together(tallies: list[Claim], ask: Ask) -> list[Claim]:
    """A tally around those of one source and party that nothing nests, so that none are added."""
    alike, made = defaultdict(list), []
    for claim in tallies:
        alike[claim["attributed_source"], claim["victim_party"], claim["measure"]].append(claim)
    for own in alike.values():
        outer = [one for one in own if not one["subset_of"] and not _is_narrower(one, own)]
        if len(outer) < 2:
            continue
        whole = outer[0] | dict.fromkeys((*_NARROWER, "subset_of"), "")
        whole["tally_id"] = f"{outer[0]['tally_id']}-together"
        whole["tally"] = f"{_label(whole, _TALLY[1:])}, all together"
        made.append(whole)
        for claim in outer:
            claim["subset_of"] = whole["tally_id"]
        names = ", ".join(each["tally_id"] for each in outer)
        where = "tallies.csv, subset_of and division of these rows"
        meanwhile = f"they are parts of {whole['tally_id']} and not added"
        ask(outer[0], f"do these tallies share people ({names})?", meanwhile, where)
    return made


def _is_narrower(claim: Claim, tallies: list[Claim]) -> bool:
    """Whether another tally says the same and less, and so holds that of a claim."""
    return any(
        all(other[name] in ("", claim[name]) for name in _NARROWER)
        for other in tallies
        if other is not claim
    )
