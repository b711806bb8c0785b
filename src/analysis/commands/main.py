"""The command line: ``python -m analysis new FOLDER``, ``check FOLDER`` and others.

Each command imports what it needs when it runs, so that ``check`` does not wait for what draws.
What a command raises about a dataset is printed here, one problem a line.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import analysis
from analysis.data.files import temporary, write_whole
from analysis.data.problems import summed_up
from countbounds import Undecided

_SOON = 100_000
"""So many statements of an archive are asked for contradictions and doubts at once."""

_DRAFT = """Find the numbers of a news text (English, Arabic or French) and propose what they say:
who, what happened, when, who counted. The proposals stand in FOLDER/draft.csv. Answer the
questions there, write yes into confirm, and run it again with --take: only confirmed rows enter
the tables. docs/draft.md has an example."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when something is wrong with a dataset."""
    asked = _parser().parse_args(arguments)
    try:
        return asked.run(asked) or 0
    except KeyboardInterrupt:
        print("Interrupted.")
        return 130
    except BrokenPipeError:  # as when its output goes to head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (OSError, ValueError, ImportError, Undecided) as error:  # DatasetError too
        _tell(getattr(error, "problems", [error]), getattr(error, "folder", "."))
        return 1


def _tell(found: list, about: str | Path, lead: str = "") -> None:
    """Print problems, and where all of them stand if not all are printed.

    The same file each time for what they are about, elsewhere: a dataset is only read.
    """
    if not found:
        return
    lines = [f"{lead}{line}" for line in summed_up(found)]
    if len(lines) < len(found):
        path = temporary(Path(about), ".txt")
        write_whole(path, "".join(f"{each}\n" for each in found).encode())
        lines.append(f"all {len(found):,}: {path}")
    print(*lines, sep="\n")


def _parser() -> argparse.ArgumentParser:
    said = __doc__.partition("\n")[0]
    parser = argparse.ArgumentParser(prog="python -m analysis", description=said)
    commands = parser.add_subparsers(dest="command", required=True)

    def command(
        run: Callable[[argparse.Namespace], int | None], said: str, more: str = ""
    ) -> Callable[..., Any]:
        """Add what ``run`` does, called as it is; gives what adds an argument to it."""
        name = run.__name__[1:].replace("_", "-")
        added = commands.add_parser(name, help=said, description=more or said)
        added.set_defaults(run=run)
        return added.add_argument

    csv = {"type": Path, "help": "folder with the four CSV files"}
    new = command(_new, "start a dataset: four tables with a worked example")
    new("folder", type=Path, help="a folder for it; nothing there is overwritten")
    new("--excel", action="store_true", help="one workbook (.xlsx) instead of CSV")
    draft = command(_draft, "read texts into rows that a person confirms", _DRAFT)
    texts = "a text in UTF-8, - for standard input; none with --take"
    draft("texts", type=Path, nargs="*", metavar="TEXT", help=texts)
    draft("folder", type=Path, metavar="FOLDER", help="the dataset; begun where it is not there")
    once = {"action": "append", "default": []}
    draft("--date", help="when a text was published, YYYY-MM-DD or YYYY-MM-DDTHH:MM", **once)
    draft("--report", help="name of a report, where it is not that of the file", **once)
    draft("--take", action="store_true", help="move rows confirmed in draft.csv into the tables")
    check = command(_check, "check a dataset and name every problem")
    check("folder", type=Path, help="folder with the four CSV files, or a workbook")
    check("--watch", action="store_true", help="check again at every save")
    trace = command(_trace, "print every statement beside its words")
    trace("folder", **csv)
    text = "text of a report, found by its SHA-256; give it once for each report"
    trace("--text", type=Path, action="append", required=True, metavar="FILE", help=text)
    other = {"nargs": "?", "help": "a dataset of one's own; else CASUALTY_DATA, or the example"}
    summary = command(_summary, "the headline numbers, and the figures there are")
    summary("folder", **other)
    summary("--as-of", metavar="TIME", help="only what was published by then, YYYY-MM-DD[THH:MM]")
    page = command(_page, "write the page in each language, figures/report.<language>.html")
    page("folder", **other)
    page("--figures", action="store_true", help="write all figures too, each drawn once")
    command(_codebook, "print the codebook as Markdown")
    command(_datapackage, "write datapackage.json (Frictionless)")("folder", **csv)
    imported = command(_import_ged, "make a dataset of a UCDP GED file")
    imported("file", type=Path, help="GED as CSV, version 17 to 25")
    imported("folder", type=Path, help="folder to write the four CSV files to")
    imported("--published", help="day the file was published, YYYY-MM-DD")
    claimed = command(_import_claims, "make a dataset of a table of claims")
    claimed("file", type=Path, help="CSV, a claim a row")
    claimed("folder", type=Path, help="folder to write the four CSV files and QUESTIONS.md to")
    archive = command(_archive, "write datasets of any size as one archive, for Dask")
    archive("input", type=Path, nargs="+", help="folders, workbooks, or GED as CSV")
    archive("folder", type=Path, help="a new folder for the archive")
    pictures = command(_pictures, "draw an archive by year, and the months it covers")
    pictures("folder", type=Path, help="an archive; gets a folder figures/")
    pictures("--harm", help="what happened to the people: killed where nothing is said")
    pictures("--source", help="only people whom this source counted, by year")
    pictures("--as-of", help="only what was published by a day, YYYY-MM-DD")
    export = command(_export, "write a dataset for other tools")
    export("folder", **csv)
    export("--to", choices=["ged", "hxl", "acled"], required=True)
    export("--output", type=Path, required=True, help="CSV file to write, a new one")
    return parser


def _new(asked: argparse.Namespace) -> None:
    from analysis.commands.new import start

    print(*start(asked.folder, asked.excel), sep="\n")
    print(f"Next: {os.path.relpath(sys.executable)} -m analysis check {asked.folder} --watch")


def _draft(asked: argparse.Namespace) -> None:
    from analysis.commands.draft import draft_lines, take_lines

    if asked.take == bool(asked.texts):
        raise ValueError("name texts and then a folder, or --take and a folder alone")
    if asked.take:
        print(*take_lines(asked.folder), sep="\n")
    else:
        print(*draft_lines(asked.texts, asked.folder, asked.date, asked.report), sep="\n")


def _check(asked: argparse.Namespace) -> int | None:
    from analysis.commands.watch import check, watch

    if asked.watch:
        return watch(asked.folder)
    found, fine = check(asked.folder)
    _tell(found, asked.folder) if found else print(*fine, sep="\n")
    return 1 if found else 0


def _trace(asked: argparse.Namespace) -> int:
    from analysis.commands.trace import trace_lines

    dataset = analysis.load(asked.folder)
    lines, warnings = trace_lines(dataset, asked.text, terminal=sys.stdout.isatty())
    print(*lines, sep="\n")
    return 1 if warnings else 0


def _summary(asked: argparse.Namespace) -> None:
    from analysis.bounds.parties import parties_of
    from analysis.commands.watch import find_clashes, find_warnings
    from analysis.data.publication import published_by
    from analysis.figures.naming import row_name
    from analysis.language.languages import language_of

    place, english = analysis.settings(asked.folder), language_of("en")
    dataset = published_by(analysis.load(place.data), asked.as_of)
    table = parties_of(dataset)
    rows = table.rows_of(table.wholes()).fillna({"source_original": "no source named"})
    for row in rows[rows["depth"] == 0].itertuples():
        who, count = row_name(dataset, row, english), english.count(row.low, row.high)
        days = english.window(row.date_start, row.date_end)
        added = f"({row.source_original}; all numbers added: {row.naive_sum})"
        print(f"{who}, {row.harm}: {count} {added}, {days}")
    for clash in find_clashes(dataset):
        print(f"left out: {clash}")
    for warning in find_warnings(dataset):
        print(f"warning: {warning}")
    for name, why in analysis.chosen_figures(place.data, dataset).missing().items():
        print(f"no figure {name}: {why.removeprefix('nothing to draw: ')}")
    endings = [path.suffix for path in place.figures.rglob("*")]
    counts = {each: endings.count(f".{each.lower()}") for each in ("PNG", "SVG", "PDF", "CSV")}
    formats = ", ".join(f"{number} {each}" for each, number in counts.items())
    print(f"{sum(counts.values())} files in {os.path.relpath(place.figures)}: {formats}")


def _page(asked: argparse.Namespace) -> None:
    from analysis.page.page import write_pages

    for path in write_pages(analysis.settings(asked.folder), figures=asked.figures):
        print(f"Wrote {os.path.relpath(path)}")


def _codebook(_: argparse.Namespace) -> None:
    from analysis.data.codebook import codebook_markdown

    print(codebook_markdown())


def _datapackage(asked: argparse.Namespace) -> None:
    from analysis.exchange import datapackage

    losses = datapackage.export_datapackage(asked.folder)
    _tell_losses(asked.folder / datapackage.FILE, losses)


def _export(asked: argparse.Namespace) -> None:
    from analysis import exchange

    export = getattr(exchange, f"export_{asked.to}")
    _tell_losses(asked.output, export(analysis.load(asked.folder), asked.output))


def _import_ged(asked: argparse.Namespace) -> int:
    """1 when rows of the file were left out."""
    from analysis.exchange import import_ged

    made = import_ged(asked.file, asked.folder, asked.published)
    counts = f" as {made.dataset.events['low'].count()} counts"
    return _tell_ged(asked.folder, made.events, made.problems, made.losses, counts)


def _tell_ged(path: Path, events: int, problems: list, losses: list, counts: str = "") -> int:
    """What became of a GED file; 1 when rows were left out."""
    if problems:
        _tell(problems, path, "left out, breaks a rule of UCDP: ")
    rows = len({each.line for each in problems})
    _tell_losses(path, losses, f"{events} events of UCDP{counts}, {rows} rows left out")
    return 1 if problems else 0


def _import_claims(asked: argparse.Namespace) -> int:
    """1 when claims have no row."""
    from analysis.exchange import import_claims

    made = import_claims(asked.file, asked.folder)
    if made.ignored:
        print(f"columns not read: {', '.join(made.ignored)}")
    print(*made.questions, sep="\n")
    rows, asking = len(made.dataset.events), len(made.questions)
    left = made.claims - rows
    done = f"{made.claims} claims, {rows} rows, {asking} questions (QUESTIONS.md)"
    print(f"{asked.folder}: {done}, {left} claims without a row")
    return 1 if left else 0


def _archive(asked: argparse.Namespace) -> int:
    """1 when rows of a GED file were left out, or statements contradict one another."""
    import dask

    from analysis.exchange.archive import open_archive  # says what to install
    from analysis.exchange.archive_write import write_archive

    with dask.config.set(scheduler="processes"):
        copied = write_archive(asked.input, asked.folder, lambda said: print(said, flush=True))
    left_out = [_tell_ged(Path(path), *told) for path, told in copied.items()]
    made = open_archive(asked.folder)
    parts = f"{made.parts} part{'s' * (made.parts != 1)}"
    print(f"{asked.folder}: {len(made):,} statements in {parts}")
    if len(made) > _SOON:
        print("Not asked yet: its contradictions() and doubts()")
        return max(left_out, default=0)
    contradictory, doubted = (each.compute() for each in (made.contradictions(), made.doubts()))
    _tell([*contradictory["statement"]], asked.folder, "contradiction: ")
    _tell([*doubted["doubt"]], asked.folder, "warning: ")
    return max([*left_out, int(len(contradictory) > 0)])


def _pictures(asked: argparse.Namespace) -> None:
    from analysis.exchange.archive import by_processes

    with by_processes():
        dataset, sums = analysis.open_archive(asked.folder).summary(as_of=asked.as_of)
    years = {"harm": asked.harm, "source": asked.source}
    for plot, options in ((analysis.plot_by_period, years), (analysis.plot_coverage, {})):
        options |= {"sums": sums}
        for path in analysis.export_figure(plot, dataset, asked.folder / "figures", **options):
            print(f"Wrote {os.path.relpath(path)}")


def _tell_losses(path: Path, losses: list, done: str = "written") -> None:
    print(f"{path}: {done}; what it cannot hold or leaves out:", *losses, sep="\n- ")
