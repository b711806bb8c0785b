"""The command line: ``python -m analysis new FOLDER``, ``check FOLDER`` and others."""

import argparse
import os
import sys
from pathlib import Path

import pandas as pd

from analysis.bounds.totals import totals
from analysis.commands.new import start
from analysis.commands.trace import trace_lines
from analysis.commands.watch import check, watch
from analysis.data import codebook
from analysis.data.dataset import load
from analysis.data.problems import ContradictionError, DatasetError, Problem
from analysis.exchange import (
    export_acled,
    export_datapackage,
    export_ged,
    export_hxl,
    import_ged,
)
from analysis.exchange.datapackage import FILE
from analysis.exchange.losses import Loss
from analysis.figures import naming
from analysis.language import words
from analysis.language.languages import language_of
from analysis.page.settings import settings

FORMATS = (".png", ".svg", ".pdf", ".csv")
EXPORTS = {"ged": export_ged, "hxl": export_hxl, "acled": export_acled}


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when something is wrong with a dataset."""
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    new = commands.add_parser("new", help="start a dataset: four tables with a worked example")
    new.add_argument("folder", type=Path, help="a folder for it; nothing there is overwritten")
    new.add_argument("--excel", action="store_true", help="one workbook (.xlsx) instead of CSV")
    checked = commands.add_parser("check", help="check a dataset and name every problem")
    checked.add_argument("folder", type=Path, help="folder with the four CSV files, or a workbook")
    checked.add_argument("--watch", action="store_true", help="check again at every save")
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
    _add_exchange(commands)
    asked = parser.parse_args(arguments)
    if asked.command == "codebook":
        print(codebook.codebook_markdown())
        return 0
    if asked.command == "summary":
        return _summary()
    if asked.command == "trace":
        return _trace(asked.folder, asked.text)
    if asked.command == "new":
        return _new(asked.folder, asked.excel)
    if asked.command == "check":
        return _check(asked.folder, asked.watch)
    return _exchange(asked)


def _add_exchange(commands: argparse._SubParsersAction) -> None:
    package = commands.add_parser("datapackage", help="write datapackage.json (Frictionless)")
    package.add_argument("folder", type=Path, help="folder with the four CSV files")
    ged = commands.add_parser("import-ged", help="make a dataset of a UCDP GED file")
    ged.add_argument("file", type=Path, help="GED as CSV, version 17 to 25")
    ged.add_argument("folder", type=Path, help="folder to write the four CSV files to")
    ged.add_argument("--published", help="day the file was published, YYYY-MM-DD")
    export = commands.add_parser("export", help="write a dataset for other tools")
    export.add_argument("folder", type=Path, help="folder with the four CSV files")
    export.add_argument("--to", choices=[*EXPORTS], required=True)
    export.add_argument("--output", type=Path, required=True, help="CSV file to write, a new one")


def _exchange(asked: argparse.Namespace) -> int:
    """0 when all is written, 1 when nothing is, or rows of a GED file were left out."""
    try:
        broken, done, losses = _exchanged(asked)
    except DatasetError as error:
        print(*error.problems, sep="\n")
        return 1
    except (ContradictionError, OSError) as error:
        print(error)
        return 1
    for problem in broken:
        print(f"left out, breaks a rule of UCDP: {problem}")
    print(f"{done}; what it cannot hold or leaves out:", *losses, sep="\n- ")
    return 1 if broken else 0


def _exchanged(asked: argparse.Namespace) -> tuple[list[Problem], str, list[Loss]]:
    if asked.command == "datapackage":
        return [], f"{asked.folder / FILE}: written", export_datapackage(asked.folder)
    if asked.command == "export":
        losses = EXPORTS[asked.to](load(asked.folder), asked.output)
        return [], f"{asked.output}: written", losses
    made = import_ged(asked.file, asked.folder, asked.published)
    counts, rows = made.dataset.events["low"].count(), {each.line for each in made.problems}
    done = f"{made.events} events of UCDP as {counts} counts, {len(rows)} rows left out"
    return made.problems, f"{asked.folder}: {done}", made.losses


def _summary() -> int:
    place = settings()
    dataset = load(place.data)
    labels = dataset.parties.set_index("party_id")
    for row in totals(dataset).itertuples():
        who = naming.label(labels, row.party_id, language_of("en"))
        source = "no source named" if pd.isna(row.source_original) else row.source_original
        said = words.count(row.low, row.high, "en")
        print(f"{who}, {row.harm}: {said} ({source}; all numbers added: {row.naive_sum})")
    files = sorted(path for path in place.figures.rglob("*") if path.suffix in FORMATS)
    formats = ", ".join(
        f"{sum(path.suffix == each for path in files)} {each[1:].upper()}" for each in FORMATS
    )
    print(f"{len(files)} files in {os.path.relpath(place.figures)}: {formats}")
    return 0


def _new(folder: Path, excel: bool) -> int:
    try:
        written = start(folder, excel)
    except OSError as error:
        print(error)
        return 1
    print(*written, sep="\n")
    print(f"Next: python -m analysis check {folder} --watch")
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


def _check(path: Path, keep_watching: bool) -> int:
    if keep_watching:
        watch(path)
        return 0
    found, fine = check(path)
    print(*(found or [fine]), sep="\n")
    return 1 if found else 0


