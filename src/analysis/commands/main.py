"""The command line: ``python -m analysis new FOLDER``, ``check FOLDER`` and others.

Each command imports what it needs when it runs, so that ``check`` does not wait for what draws.
What a command raises about a dataset is printed here, one problem a line.
"""

import argparse
import os
import sys
from pathlib import Path

import analysis
from analysis.commands.arguments import parser
from analysis.data.files import temporary, write_whole
from analysis.data.problems import called, summed_up
from countbounds import Undecided

_SOON = 100_000
"""So many statements of an archive are asked for contradictions and doubts at once."""


def main(arguments: list[str] | None = None) -> int:
    """Run a command; 0 when all is well, 1 when something is wrong with a dataset."""
    options = parser(__doc__.partition("\n")[0]).parse_args(arguments)
    try:
        return _RUNS[options.command](options) or 0
    except KeyboardInterrupt:
        print("Interrupted.")
        return 130
    except BrokenPipeError:  # as when its output goes to head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (OSError, ValueError, ImportError, Undecided) as error:  # DatasetError too
        _print_problems(getattr(error, "problems", [error]), getattr(error, "folder", "."))
        return 1


def _print_problems(found: list, about: str | Path, lead: str = "") -> None:
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


def _new(options: argparse.Namespace) -> None:
    from analysis.commands.new import start

    print(*start(options.folder, options.excel, options.like, options.full), sep="\n")
    program = called().replace("python", os.path.relpath(sys.executable))
    print(f"Next: {program} check {options.folder} --watch")


def _draft(options: argparse.Namespace) -> None:
    from analysis.commands.draft import draft_lines, take_lines

    if options.take == bool(options.texts):
        raise ValueError("name texts and then a folder, or --take and a folder alone")
    if options.take:
        print(*take_lines(options.folder), sep="\n")
    else:
        print(*draft_lines(options.texts, options.folder, options.date, options.report), sep="\n")


def _check(options: argparse.Namespace) -> int | None:
    from analysis.commands.check import check
    from analysis.data.files import find_place

    folder = find_place(options.folder)
    if options.watch:
        from analysis.commands.watch import watch

        return watch(folder)
    found, fine, _ = check(folder)
    _print_problems(found, folder) if found else print(*fine, sep="\n")
    return 1 if found else 0


def _compare(options: argparse.Namespace) -> None:
    from analysis.commands.compare import compare_lines

    print(*compare_lines(analysis.load(options.first), analysis.load(options.second)), sep="\n")


def _trace(options: argparse.Namespace) -> int:
    from analysis.commands.trace import trace_lines

    dataset = analysis.load(options.folder)
    lines, warnings = trace_lines(dataset, options.text, terminal=sys.stdout.isatty())
    print(*lines, sep="\n")
    return 1 if warnings else 0


def _summary(options: argparse.Namespace) -> None:
    from analysis.commands.summary import summary_lines
    from analysis.data.publication import published_by
    from analysis.data.workbook import find_workbook, with_sheets
    from analysis.figures.choices import chosen_figures
    from analysis.page.settings import settings

    place = settings(options.folder)
    dataset = published_by(analysis.load(place.data), options.as_of)
    book = find_workbook(place.data)
    print(*(with_sheets(line, book) for line in summary_lines(dataset, options.reading)), sep="\n")
    if dataset.events["low"].isna().all():
        return
    for name, why in chosen_figures(place.data, dataset).missing().items():
        print(f"no figure {name}: {why.removeprefix('nothing to draw: ')}")
    if files := sum(path.is_file() for path in place.figures.rglob("*")):
        print(f"{files} files in {os.path.relpath(place.figures)}")


def _page(options: argparse.Namespace) -> None:
    from analysis.page.page import write_pages
    from analysis.page.settings import settings

    for path in write_pages(settings(options.folder), figures=options.figures):
        print(f"Wrote {os.path.relpath(path)}")


def _codebook(_: argparse.Namespace) -> None:
    from analysis.data.codebook import codebook_markdown

    print(codebook_markdown())


def _datapackage(options: argparse.Namespace) -> None:
    from analysis.exchange import datapackage

    losses = datapackage.export_datapackage(options.folder)
    _print_losses(options.folder / datapackage.FILE, losses)


def _export(options: argparse.Namespace) -> None:
    from analysis import exchange

    export = getattr(exchange, f"export_{options.to}")
    _print_losses(options.output, export(analysis.load(options.folder), options.output))


def _import(options: argparse.Namespace) -> int:
    """1 when rows of the table were left out."""
    from analysis.exchange import ReadOptions, import_table

    values = dict(options.value) | ({"published": options.published} if options.published else {})
    how = ReadOptions(options.encoding, dict(options.column), values)
    made = import_table(options.file, options.folder, how)
    print(*made.notes, *made.questions, sep="\n")
    if made.questions:
        print(f"{len(made.questions)} questions, also in {options.folder / 'QUESTIONS.md'}")
    _print_problems(made.problems, options.folder, "left out: ")
    done = "; ".join(filter(None, (f"{made.rows:,} {made.what}", made.left_out)))
    _print_losses(options.folder, made.losses, done)
    return 1 if made.left_out else 0


def _archive(options: argparse.Namespace) -> int:
    """1 when rows of a GED file were left out, or statements contradict one another."""
    from analysis.archive.answers import by_processes, open_archive  # says what to install
    from analysis.archive.writing import write_archive

    with by_processes():
        copied = write_archive(options.input, options.folder, lambda line: print(line, flush=True))
    for path, ged in copied.items():
        _print_problems(ged.problems, path, "left out, breaks a rule of UCDP: ")
        print(*ged.notes, sep="\n", end="\n" * bool(ged.notes))
        done = "; ".join(filter(None, (f"{ged.rows:,} events of UCDP", ged.left_out)))
        _print_losses(Path(path), ged.losses, done)
    left_out = any(ged.problems for ged in copied.values())
    made = open_archive(options.folder)
    parts = f"{made.parts} part{'s' * (made.parts != 1)}"
    print(f"{options.folder}: {len(made):,} statements in {parts}")
    if len(made) > _SOON:
        print("Not asked yet: its contradictions() and doubts()")
        return int(left_out)
    with by_processes():
        clashes = made.contradictions().compute()["statement"]
        for clash in clashes:
            print(f"contradiction: {clash}", flush=True)
        _print_problems([*made.doubts().compute()["doubt"]], options.folder, "warning: ")
    return int(left_out or len(clashes) > 0)


def _pictures(options: argparse.Namespace) -> None:
    from analysis.archive.answers import by_processes

    with by_processes():
        dataset, sums = analysis.open_archive(options.folder).summary(as_of=options.as_of)
    years = {"harm": options.harm, "source": options.source}
    figures = options.folder / "figures"
    for plot, chosen in ((analysis.plot_by_period, years), (analysis.plot_coverage, {})):
        for path in analysis.export_figure(plot, dataset, figures, sums=sums, **chosen):
            print(f"Wrote {os.path.relpath(path)}")


def _print_losses(path: Path, losses: list, done: str = "written") -> None:
    more = "; what it cannot hold or leaves out:" * bool(losses)
    print(f"{path}: {done}{more}", *losses, sep="\n- ")


_RUNS = {
    "new": _new,
    "draft": _draft,
    "check": _check,
    "compare": _compare,
    "trace": _trace,
    "summary": _summary,
    "page": _page,
    "codebook": _codebook,
    "datapackage": _datapackage,
    "import-ged": _import,
    "import-claims": _import,
    "archive": _archive,
    "pictures": _pictures,
    "export": _export,
}
"""What each command does, by its name."""
