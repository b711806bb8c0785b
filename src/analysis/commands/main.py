"""The command line: ``python -m analysis new FOLDER``, ``check FOLDER`` and others.

Here are all commands with their arguments; what each does is in :mod:`.runs`. What a command raises
about a dataset is printed here, one problem a line.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from analysis.commands import runs
from analysis.data.problems import program_name
from countbounds import Undecided

_DRAFT = """Find the numbers of a news text (English, Arabic or French) and propose what they say:
who, what happened, when, who counted. The proposals stand in FOLDER/draft.csv. Answer the
questions there, write yes into confirm, and run it again with --take: only confirmed rows enter
the tables. docs/draft.md has an example."""

_IMPORT = """Make a dataset of a table: claims (one number of one page a row), UCDP GED, an export
of ACLED, or a list with one row a person. Which it is follows from its columns. docs/formats.md
says what becomes of each."""
_IMPORTS = {
    "import-claims": "a table of claims, of persons, or as import-ged",
    "import-ged": "UCDP GED (version 17 to 25), an export of ACLED, or as import-claims",
}

_DATASET = {"type": Path, "help": "a dataset: a folder with CSV files, or a workbook"}

Add = Callable[..., Any]
"""Adds a command, or an argument to one."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when something is wrong with a dataset."""
    options = vars(_parser().parse_args(arguments))
    del options["command"]
    run = options.pop("run")
    try:
        return run(**options) or 0
    except KeyboardInterrupt:
        print("Interrupted.")
        return 130
    except BrokenPipeError:  # as when its output goes to head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (OSError, ValueError, ImportError, Undecided) as error:  # DatasetError too
        problems = getattr(error, "problems", [_in_words(error)])
        runs.print_problems(problems, getattr(error, "folder", "."))
        return 1


def _in_words(error: Exception) -> str:
    """What went wrong; of what the system refused the file and why, without its number."""
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename2 or error.filename}: {error.strerror}"  # the second is replaced
    return str(error)


def _parser() -> argparse.ArgumentParser:
    """The parser of all commands; what runs the one that is given is in ``run``."""
    description = __doc__.partition("\n")[0]
    made = argparse.ArgumentParser(prog=program_name(), description=description)
    commands = made.add_subparsers(dest="command", required=True)

    def command(name: str, text: str, more: str = "", run: str = "") -> Add:
        """Add a command, run by what is called so; gives what adds an argument to it."""
        own = commands.add_parser(name, help=text, description=more or text)
        own.set_defaults(run=getattr(runs, run or name))
        return own.add_argument

    _add_coding(command)
    _add_results(command)
    _add_exchange(command)
    return made


def _add_coding(command: Add) -> None:
    """Commands by which a dataset is made and checked."""
    new = command("new", "start a dataset: tables with a worked example")
    new("folder", type=Path, help="a folder for it; nothing there is overwritten")
    new("--excel", action="store_true", help="one workbook (.xlsx) instead of CSV")
    kinds = "one report, a toll that rises and falls, a monitor's months, a running total"
    new("--like", choices=["report", "rising", "monthly", "running"], default="report", help=kinds)
    new("--full", action="store_true", help="every column, not only those the example needs")
    draft = command("draft", "read texts into rows that a person confirms", _DRAFT)
    texts = "a text in UTF-8, - for standard input; none with --take"
    draft("texts", type=Path, nargs="*", metavar="TEXT", help=texts)
    draft("folder", type=Path, metavar="FOLDER", help="the dataset; begun where it is not there")
    repeated = {"action": "append", "default": []}
    draft("--date", help="when a text was published, YYYY-MM-DD or YYYY-MM-DDTHH:MM", **repeated)
    draft("--report", help="name of a report, where it is not that of the file", **repeated)
    draft("--take", action="store_true", help="move rows confirmed in draft.csv into the tables")
    check = command("check", "check a dataset and name every problem")
    check("folder", **_DATASET)
    check("--watch", action="store_true", help="check again at every save")
    compare = command("compare", "how far two codings of the same texts agree, and what to settle")
    compare("first", type=Path, metavar="A", help="a coding: folder or workbook")
    compare("second", type=Path, metavar="B", help="another of the same texts")


def _add_results(command: Add) -> None:
    """Commands that say what a dataset holds."""
    trace = command("trace", "print every statement beside its words")
    trace("folder", **_DATASET)
    text = "text of a report, found by its SHA-256; give it once for each report"
    trace("--text", type=Path, action="append", required=True, metavar="FILE", help=text)
    other = {"nargs": "?", "help": "a dataset of one's own; else CASUALTY_DATA, or the example"}
    summary = command("summary", "each source's latest numbers, open questions, what is left out")
    summary("folder", **other)
    by_then = "only what was published by then, YYYY-MM-DD or YYYY-MM-DDTHH:MM"
    summary("--as-of", metavar="TIME", help=by_then)
    summary("--reading", choices=["primary", "wide"], default="primary")
    page = command("page", "write the page in each language, figures/report.<language>.html")
    page("folder", **other)
    page("--figures", action="store_true", help="write all figures too, each drawn once")


def _add_import(imported: Add) -> None:
    imported("file", type=Path, help="a table: CSV, JSON or workbook (.xlsx)")
    imported("folder", type=Path, help="folder to write the tables to, and what is asked")
    pairs = {"action": "append", "type": _pair, "default": []}
    imported("--column", metavar="OURS=THEIRS", help="a column of another name", **pairs)
    imported("--value", metavar="OURS=TEXT", help="what stands in a column in all rows", **pairs)
    imported("--published", help="day the table was published, YYYY-MM-DD")
    imported("--encoding", help="of a CSV or JSON file, where it is guessed wrong: windows-1256")


def _pair(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (sign and name.strip() and value.strip()):
        raise argparse.ArgumentTypeError(f"{text!r} is no pair; write count=deaths")
    return name.strip(), value.strip()


def _add_exchange(command: Add) -> None:
    """Commands that read and write other formats, and archives."""
    command("codebook", "print the codebook as Markdown")
    package = command("datapackage", "write datapackage.json (Frictionless)")
    package("folder", type=Path, help="a folder with CSV files")
    for name, what in _IMPORTS.items():
        _add_import(command(name, f"make a dataset of {what}", _IMPORT, "import_table"))
    archive = command("archive", "write datasets of any size as one archive, for Dask")
    archive("input", type=Path, nargs="+", help="folders, workbooks, or GED as CSV")
    archive("folder", type=Path, help="a new folder for the archive")
    pictures = command("pictures", "draw an archive by year, and the months it covers")
    pictures("folder", type=Path, help="an archive; gets a folder figures/")
    pictures("--harm", help="what happened to the people: killed where nothing is said")
    pictures("--source", help="only people whom this source counted, by year")
    pictures("--as-of", help="only what was published by a day, YYYY-MM-DD")
    export = command("export", "write a dataset for other tools")
    export("folder", **_DATASET)
    export("--to", choices=["ged", "hxl", "acled"], required=True)
    export("--output", type=Path, required=True, help="CSV file to write, a new one")
