"""From a table of claims, columns as in :mod:`.claim_rules`, to a dataset and questions.

What a claim leaves open is asked, and what was done meanwhile is said; a claim that can be no row
is a question, so that none is lost.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from analysis.data.counts import read_count
from analysis.data.dataset import load
from analysis.data.links import origin
from analysis.data.problems import DatasetError, Problem
from analysis.exchange.claim_rules import COLUMNS, KINDS, VAGUE, Claim, limits, read_claims
from analysis.exchange.files import (
    Imported,
    Loss,
    Names,
    add_rows,
    in_persons,
    new_dataset,
    with_own_labels,
    without_repeats,
)
from analysis.exchange.reading import NOTHING, Asked, Record, Table, open_table

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
"""Columns of the tables, and what a claim calls them where that is another name."""

Ask = Callable[[Claim, str, str, str], None]
"""Asks of a claim: what is unclear, what was done meanwhile, where an answer goes."""


def import_claims(path: str | Path, folder: str | Path, asked: Asked = NOTHING) -> Imported:
    """Make a dataset of a table of claims and write it to a folder, with QUESTIONS.md.

    A DatasetError names every cell that cannot be read, or asks what is unclear where no claim
    can be a row; a FileExistsError, nothing being written, where one of the files is in the folder.
    """
    table = open_table(Path(path), KINDS, asked)
    return write_claims(table, table.records, folder, [])


def write_claims(
    table: Table, records: Iterable[Record], folder: str | Path, questions: list[str]
) -> Imported:
    """Make a dataset of claims; ``questions`` are those that are open about them already."""
    claims = read_claims(table, records)
    asked: list[str] = []

    def ask(claim: Claim, unclear: str, meanwhile: str, where: str) -> None:
        unclear += "" if unclear.endswith("?") else "."
        asked.append(f"{claim['claim_id']}: {unclear} Meanwhile {meanwhile}. To change: {where}.")

    tables = _tables(claims, ask)
    if not tables["events"]:
        raise DatasetError([Problem(table.name, None, None, each) for each in asked], table.name)
    questions = [f"{at}. {said}" for at, said in enumerate([*questions, *asked], start=1)]
    with new_dataset(Path(folder), "QUESTIONS.md") as trial:
        for name, rows in tables.items():
            add_rows(trial, name, rows)
        text = "\n".join(["# Questions", "", *(questions or ["None."]), ""])
        (trial / "QUESTIONS.md").write_bytes(text.encode())
        dataset = load(trial)
    rows = {row["event_id"] for row in tables["events"]}
    left_out = in_persons(each["count"] for each in claims if each["claim_id"] not in rows)
    others = [name for name in table.columns if name not in COLUMNS]
    lost = [Loss(f"columns not read: {', '.join(others)}")] if others else []
    what = f"claims as {len(rows)} rows"
    return Imported(dataset, len(claims), what, [], left_out, lost, questions, table.said)


def _tables(claims: list[Claim], ask: Ask) -> dict[str, list[dict]]:
    """Tables of a dataset; reports and tallies of claims without a row are there for a new one."""
    _name(claims, "report_id", _PAGE, 2)
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
    together = _together(without_repeats("tallies", claims), ask)
    return {
        "reports": without_repeats("reports", _rows("reports", claims)),
        "parties": with_own_labels(without_repeats("parties", _rows("parties", claims)), "parties"),
        "tallies": with_own_labels(
            _rows("tallies", together) + without_repeats("tallies", _rows("tallies", claims)),
            "tallies",
        ),
        "events": _rows("events", events),
    }


def _rows(table: str, claims: list[Claim]) -> list[dict]:
    cells = [each.split("=") for each in _CELLS[table].split()]
    return [{names[0]: claim.get(names[-1]) for names in cells} for claim in claims]


def _name(claims: list[Claim], column: str, parts: tuple[str, ...], shown: int = 9) -> None:
    """Name in readable words what these parts tell apart."""
    names = Names()
    for claim in claims:
        key = tuple(claim[part] for part in parts)
        words = re.sub(r"\W+", "-", " ".join(key[:shown]).lower()).strip("-")
        claim[column] = names(key, words or column)


def _label(claim: Claim, parts: tuple[str, ...]) -> str:
    said = ", ".join(claim[part].replace("_", " ") for part in parts if claim[part])
    return said[0].upper() + said[1:]


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
    """Give a claim the cells of its row."""
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
    numbers = dict(zip(("low", "high"), limits(claim), strict=True))
    claim |= {"date_start": start, "date_end": end, "count_kind": "toll" if toll else "incident"}
    claim |= {"written": claim["said"]} if _reads_as(claim) else numbers
    claim["limits"] = (*numbers.values(),)


def _reads_as(claim: Claim) -> bool:
    """Whether a count as it is written says by itself what the claim means."""
    try:
        return read_count(claim["said"]) == limits(claim)
    except ValueError:
        return False


def _link(events: list[Claim], ask: Ask) -> None:
    """Ask what other pages say of the same days; as many equal numbers as one page has differ."""
    first, times, others = {}, Counter(), defaultdict(list)
    for claim in sorted(events, key=_published):
        days = tuple(claim[name] for name in ("tally_id", "date_start", "date_end", "count_kind"))
        page, row = claim["report_id"], f"events.csv, row {claim['claim_id']}"
        what = (*days, claim["limits"])
        times[what, page] += 1
        told = first.setdefault((what, times[what, page]), claim)["claim_id"]
        if told != claim["claim_id"]:
            claim["same_as"] = told
            ask(claim, f"does it tell {told} again?", "it does (same_as)", f"{row}, same_as")
            continue
        there = [one["claim_id"] for one in others[days] if one["report_id"] != page]
        others[days].append(claim)
        if there and claim["count_kind"] == "incident":
            unclear = f"another number than {', '.join(there)}, of the same tally and days"
            choice = "same_as (told again or counted again) or apart_from (other people)"
            ask(claim, unclear, "they are added up", f"{row}, {choice}")


def _published(claim: Claim) -> datetime:
    """When the page of a claim was published, days at their beginning; without offsets as UTC."""
    time = datetime.fromisoformat(claim["published"])
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)


def _wholes(claims: list[Claim], by_id: dict[str, Claim], ask: Ask) -> dict[str, str]:
    """The tally that each is part of, by what its claims are contained in."""
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
    for name, told in found.items():
        whole = next(iter(told))
        if len(told) == 1 and origin(whole, wholes) != name:
            wholes[name] = whole
            continue
        of = ", ".join(f"{claim['claim_id']} in {whole}" for whole, claim in told.items())
        last, unclear = [*told.values()][-1], f"what is its tally part of ({of})?"
        ask(last, unclear, "none is written down", f"tallies.csv, row {name}, subset_of")
    return wholes


def _together(tallies: list[Claim], ask: Ask) -> list[Claim]:
    """A tally around those of one source and party that nothing nests, so that none are added."""
    alike, made = defaultdict(list), []
    for claim in tallies:
        key = (claim["attributed_source"], claim["victim_party"], claim["measure"])
        alike[key].append(claim)
    for own in alike.values():
        some = [one for one in own if not one["subset_of"] and not _holders(one, own)]
        if len(some) < 2:
            continue
        whole = some[0] | dict.fromkeys((*_NARROWER, "subset_of"), "")
        whole["tally_id"] = f"{some[0]['tally_id']}-together"
        whole["tally"] = f"{_label(whole, _TALLY[1:])}, all together"
        made.append(whole)
        for claim in some:
            claim["subset_of"] = whole["tally_id"]
        names = ", ".join(each["tally_id"] for each in some)
        where = "tallies.csv, subset_of and division of these rows"
        meanwhile = f"they are parts of {whole['tally_id']} and not added"
        ask(some[0], f"do these tallies share people ({names})?", meanwhile, where)
    return made


def _holders(claim: Claim, tallies: list[Claim]) -> list[Claim]:
    """Tallies that say the same and less, and so hold that of a claim."""
    return [
        each
        for each in tallies
        if each is not claim and all(each[name] in ("", claim[name]) for name in _NARROWER)
    ]
