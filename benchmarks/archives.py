"""Random archives of any size: a folder of CSV files, true of one course of events.

Half of the families are running totals, the others counts of some days and single incidents; every
tenth has a part. Each has an area of its own, so that none lies in another. Numbers are drawn for
a piece of families at a time, so memory stays small.
"""

from pathlib import Path

import numpy as np
import pandas as pd

from analysis.data import codebook

EACH, DAYS, PIECE = 50, 300, 2_000
"""Statements and days of a family, and families that are drawn together."""
SOURCES, PARTIES = 40, 12
FIRST = np.datetime64("2010-01-01")


def write_random(folder: Path, families: int, seed: int = 1) -> None:
    """Write a dataset of so many families, 50 statements each."""
    folder.mkdir(parents=True)
    chance = np.random.default_rng(seed)
    parties = [f"p{at}" for at in range(PARTIES)]
    named = pd.DataFrame({"party_id": parties, "label_en": parties})
    _add(folder, "parties", named.assign(status="civilian"))
    _add(folder, "reports", _reports(np.arange(FIRST, FIRST + 4_000)))
    for start in range(0, families, PIECE):
        number = np.arange(start, min(start + PIECE, families))
        tallies, events = _families(number, chance)
        _add(folder, "tallies", tallies)
        _add(folder, "events", events)


def _add(folder: Path, table: str, rows: pd.DataFrame) -> None:
    path, rows = folder / f"{table}.csv", rows.reindex(columns=codebook.columns(table))
    rows.to_csv(path, mode="a", header=not path.exists(), index=False)


def _reports(pages: np.ndarray) -> pd.DataFrame:
    days = pages.astype("str")
    rows = pd.DataFrame({"report_id": [f"r{day}" for day in days], "source_date": days})
    return rows.assign(source_office="an office", source_date_basis="stated", language="en")


def _families(number: np.ndarray, chance: np.random.Generator) -> tuple:
    """Tallies and statements of families, by their numbers."""
    names = np.char.add("f", np.char.zfill(number.astype("str"), 7))
    daily = chance.poisson(chance.gamma(1, 1.5, (len(number), 1)), (len(number), DAYS))
    first = chance.integers(0, 3_600, len(number))
    running, parted = number % 2 == 0, number % 10 < 1
    parted |= number % 20 == 11  # of both kinds
    within = chance.binomial(daily, 0.3)
    of_part = parted[:, None] & (np.arange(EACH) >= EACH - 15)
    truth = np.stack([daily, within])
    sums = np.concatenate([np.zeros((*truth.shape[:2], 1), int), truth.cumsum(axis=2)], axis=2)
    start, stop = _windows(running, chance)
    row = np.arange(len(number))[:, None]
    low = sums[of_part * 1, row, stop] - sums[of_part * 1, row, start]
    incident = ~running[:, None] & ~of_part & (np.arange(EACH) < 15)
    day = np.argsort(chance.random((len(number), DAYS - 4)), axis=1)[:, :EACH]  # none twice
    start, stop = np.where(incident, day, start), np.where(incident, day + 1, stop)
    killed = chance.binomial(daily[row, day], 0.5)
    low = np.where(incident, killed, low)
    high = np.where(incident | (chance.random(low.shape) < 0.3), -1, low)
    tally = np.where(of_part, np.char.add(names, "c")[:, None], names[:, None])
    begin = (FIRST + first[:, None] + start).astype("str")
    end = FIRST + first[:, None] + stop - 1
    events = {
        "event_id": np.char.add(np.char.add(names, "-")[:, None], np.arange(EACH).astype("str")),
        "report_id": np.char.add("r", (end + 1).astype("str")),
        "date_start": begin,
        "date_end": end.astype("str"),
        "date_basis": np.full(low.shape, "stated"),
        "tally_id": tally,
        "count_kind": np.where(incident, "incident", "toll"),
        "low": low,
        "high": np.where(high < 0, "", high.astype("str")),
    }
    return _tallies(names, number, parted), pd.DataFrame({k: v.ravel() for k, v in events.items()})


def _windows(running: np.ndarray, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """First days of statements and the days after their last, from 0 on."""
    shape = len(running), EACH
    start = chance.integers(0, DAYS - 20, shape) * ~running[:, None]
    some, many = chance.integers(1, 21, shape), np.sort(chance.integers(1, DAYS, shape), axis=1)
    return start, start + np.where(running[:, None], many, some)


def _tallies(names: np.ndarray, number: np.ndarray, parted: np.ndarray) -> pd.DataFrame:
    whole = pd.DataFrame({"tally_id": names, "subset_of": "", "victim_group": ""})
    whole["area"] = np.char.add("around ", names)  # in words: no family lies in another
    whole["source_original"] = [f"source {at % SOURCES}" for at in number]
    whole["party_id"] = [f"p{at // SOURCES % PARTIES}" for at in number]
    part = whole[parted].assign(victim_group="children", subset_of=names[parted])
    both = pd.concat([whole, part.assign(tally_id=np.char.add(names[parted], "c"))])
    return both.assign(harm="killed", label_en=both["tally_id"])


def write_ged(path: Path, events: int, seed: int = 1) -> None:
    """Write a file of made-up events in the layout of UCDP GED 25, best estimates adding up."""
    chance = np.random.default_rng(seed)
    number, dyad = np.arange(events), chance.integers(0, 2_000, events)
    start = np.datetime64("1989-01-01") + np.sort(chance.integers(0, 13_000, events))
    end = np.minimum(start + chance.integers(0, 7, events), _end_of_year(start))
    deaths = chance.poisson([1.5, 2, 1, 0.3], (events, 4))
    deaths[:, 0] += deaths.sum(axis=1) == 0
    best = deaths.sum(axis=1)
    kind = dyad % 3 + 1
    rows = pd.DataFrame(
        {
            "id": number,
            "relid": np.char.add("REL-", number.astype("str")),
            "year": start.astype("datetime64[Y]").astype("str"),
            "type_of_violence": kind,
            "conflict_new_id": dyad // 3,
            "dyad_new_id": dyad,
            "dyad_name": [f"Group {at} - Group {at}b" for at in dyad],
            "side_a_new_id": dyad,
            "side_a": [f"Group {at}" for at in dyad],
            "side_b_new_id": 5_000 + dyad,
            "side_b": np.where(kind == 3, "Civilians", [f"Group {at}b" for at in dyad]),
            "number_of_sources": 1,
            "source_article": "An agency, "
            + pd.Series(end.astype("str"))
            + ", a headline of a day",
            "source_office": "An agency",
            "source_date": end.astype("str"),
            "where_prec": 1,
            "where_coordinates": "a town",
            "adm_1": [f"Province {at}" for at in dyad % 50],
            "latitude": 32.5,
            "longitude": 36.1,
            "country": "a country",
            "date_prec": np.where(end == start, 1, 3),
            "date_start": start.astype("str"),
            "date_end": end.astype("str"),
            "event_clarity": 1,
        }
    )
    names = [f"deaths_{part}" for part in ("a", "b", "civilians", "unknown")]
    rows[names] = deaths
    spread = chance.integers(0, 3, (2, events))
    rows["best"], rows["high"] = best, best + spread[0]
    rows["low"] = np.maximum(best - spread[1], 0)
    rows.to_csv(path, index=False)


def _end_of_year(days: np.ndarray) -> np.ndarray:
    return (days.astype("datetime64[Y]") + 1).astype("datetime64[D]") - 1
