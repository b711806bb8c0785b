"""The command line: ``python -m analysis check FOLDER``, ``trace``, ``summary``, ``codebook``."""

import argparse
import os
import sys
from pathlib import Path

import pandas as pd

from analysis import codebook, words
from analysis.bounds import find_contradictions
from analysis.dataset import load
from analysis.problems import DatasetError
from analysis.settings import settings
from analysis.statements import READINGS
from analysis.totals import totals
from analysis.trace import trace_lines

FORMATS = (".png", ".svg", ".pdf", ".csv")


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when something is wrong with a dataset."""
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check a dataset and name every problem")
    check.add_argument("folder", type=Path, help="folder with the four CSV files")
    trace = commands.add_parser("trace", help="print every statement beside its words")
    trace.add_argument("folder", type=Path, help="folder with the four CSV files")
    trace.add_argument(
        "--text",
        type=Path,
        action="append",
        required=True,
        metavar="FILE",
        help="text of a report, found by its SHA-256; give it once for each report",
    )
    commands.add_parser("summary", help="the headline numbers, and the figures there are")
    commands.add_parser("codebook", help="print the codebook as Markdown")
    asked = parser.parse_args(arguments)
    if asked.command == "codebook":
        print(codebook.codebook_markdown())
        return 0
    if asked.command == "summary":
        return _summary()
    if asked.command == "trace":
        return _trace(asked.folder, asked.text)
    return _check(asked.folder)


def _summary() -> int:
    place = settings()
    dataset = load(place.data)
    labels = dataset.parties.set_index("party_id")
    for row in totals(dataset).itertuples():
        who = words.label(labels, row.party_id, "en")
        source = "no source named" if pd.isna(row.source_original) else row.source_original
        said = words.count(row.low, row.high, "en")
        print(f"{who}, {row.harm}: {said} ({source}; all numbers added: {row.naive_sum})")
    files = sorted(path for path in place.figures.rglob("*") if path.suffix in FORMATS)
    formats = ", ".join(
        f"{sum(path.suffix == each for path in files)} {each[1:].upper()}" for each in FORMATS
    )
    print(f"{len(files)} files in {os.path.relpath(place.figures)}: {formats}")
    return 0


def _check(folder: Path) -> int:
    try:
        dataset = load(folder)
    except DatasetError as error:
        print(*error.problems, sep="\n")
        return 1
    clashes = {}
    for reading in READINGS:
        for error in find_contradictions(dataset, reading):
            clashes.setdefault((*error.event_ids,), f"in the {reading} reading {error}")
    if clashes:
        print(*clashes.values(), sep="\n")
        return 1
    counted = dataset.events["low"].notna().sum()
    sizes = [f"{len(getattr(dataset, table))} {table}" for table in codebook.TABLES]
    print(f"{folder}: {', '.join(sizes)} ({counted} with a count); no problem found")
    return 0


def _trace(folder: Path, texts: list[Path]) -> int:
    try:
        dataset = load(folder)
    except DatasetError as error:
        print(*error.problems, sep="\n")
        return 1
    lines, warnings = trace_lines(dataset, texts, terminal=sys.stdout.isatty())
    print(*lines, sep="\n")
    return 1 if warnings else 0


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack letters
    sys.exit(main())
