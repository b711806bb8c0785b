"""What each command does, by its name.

Each imports what it needs when it runs, so that ``check`` does not wait for what draws; 1 is given
where something is wrong.
"""

import os
import sys
from pathlib import Path

import analysis
from analysis.data.files import temporary, write_whole
from analysis.data.problems import problem_lines, program_name

_SOON = 100_000
"""So many statements of an archive are asked for contradictions and doubts at once."""


def print_problems(found: list, about: str | Path, lead: str = "") -> None:
    """Print problems, and where all of them stand if not all are printed.

    The same file each time for what they are about, elsewhere: a dataset is only read.
    """
    if not found:
        return
    lines = [f"{lead}{line}" for line in problem_lines(found)]
    if len(lines) < len(found):
        path = temporary(Path(about), ".txt")
        write_whole(path, "".join(f"{each}\n" for each in found).encode())
        lines.append(f"all {len(found):,}: {path}")
    print(*lines, sep="\n")


def new(folder: Path, excel: bool, like: str, full: bool) -> None:
    """Start a dataset."""
    from analysis.commands.new import start

    print(*start(folder, excel, like, full), sep="\n")
    program = program_name().replace("python", os.path.relpath(sys.executable))
    print(f"Next: {program} check {folder} --watch")


def draft(texts: list[Path], folder: Path, date: list[str], report: list[str], take: bool) -> None:
    """Read texts into rows, or take those that are confirmed."""
    if take == bool(texts):
        raise ValueError("name texts and then a folder, or --take and a folder alone")
    lines = _take_lines(folder) if take else _draft_lines(texts, folder, date, report)
    print(*lines, sep="\n")


def _draft_lines(paths: list[Path], folder: Path, dates: list[str], names: list[str]) -> list[str]:
    """What is printed of each text: its numbers, the questions, what is not coded."""
    from analysis.draft.draft import draft as draft_text
    from analysis.draft.tables import FILE

    reports = [*names, *(path.stem for path in paths[len(names) :])]
    if len(dates) not in (1, len(paths)):
        more = "; a date for each text, in their order" if len(paths) > 1 else ""
        raise ValueError(f"when was it published? add --date YYYY-MM-DD{more}")
    if "-" in reports:
        raise ValueError("a text from standard input has no name: add --report NAME")
    lines = []
    for path, report, date in zip(paths, reports, dates * len(paths), strict=False):
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        rows, left = draft_text(content, folder, report, date)
        lines.append(
            f"{report}: {len(rows)} numbers of people harmed, {len(left)} others not coded"
        )
        lines += [line for row in rows for line in _row_lines(row)]
        lines += [f"{row['note']}: {row['words']}" for row in left]
    lines.append(f"{folder / FILE}: answer there, write yes into confirm, then:")
    return [*lines, f"{program_name()} draft --take {folder}"]


def _row_lines(row: dict[str, str]) -> list[str]:
    who = " ".join(filter(None, [row["victim_group"] or row["party_id"], row["harm"]]))
    who += "".join(f", {row[name]}" for name in ("cause", "attributed_to") if row[name])
    days = f"{row['date_start'] or '…'} to {row['date_end']}"
    source = row["source_original"] or "nobody cited"
    first = f"{row['event_id']}: {row['count']} {who}, {days}, {source}"
    return [first, f"    {row['words']}", f"    {row['question']}"]


def _take_lines(folder: Path) -> list[str]:
    """What is printed of what was taken."""
    from analysis.draft.tables import FILE, take

    taken, left = take(folder)
    lines = [f"{folder}: {taken} statements taken into the tables, {len(left)} not confirmed"]
    lines += [f"left out: {row['event_id']}: {row['words']}" for row in left]
    if not left:
        lines.append(f"{folder / FILE} holds words of the text: delete it before you publish")
    return [*lines, f"Next: {program_name()} check {folder}"]


def check(folder: Path, watch: bool) -> int | None:
    """Check a dataset, once or at every save."""
    from analysis.data.files import find_place

    place = find_place(folder)
    if watch:
        from analysis.commands import watch as watching

        return watching.watch(place)
    from analysis.commands.check import check as check_dataset

    found, fine, _ = check_dataset(place)
    print_problems(found, place) if found else print(*fine, sep="\n")
    return 1 if found else 0


def compare(first: Path, second: Path) -> None:
    """Compare two codings."""
    from analysis.commands.compare import compare_lines

    print(*compare_lines(analysis.load(first), analysis.load(second)), sep="\n")


def trace(folder: Path, text: list[Path]) -> int:
    """Print statements beside their words."""
    from analysis.commands.trace import trace_lines

    dataset = analysis.load(folder)
    lines, warnings = trace_lines(dataset, text, terminal=sys.stdout.isatty())
    print(*lines, sep="\n")
    return 1 if warnings else 0


def summary(folder: str | None, as_of: str | None, reading: str) -> None:
    """Print the last words, and what figures there are and are not."""
    from analysis.commands.summary import summary_lines
    from analysis.data.publication import published_by
    from analysis.data.workbook import find_workbook, with_sheets
    from analysis.figures.choices import chosen_figures
    from analysis.page.settings import settings

    place = settings(folder)
    dataset = published_by(analysis.load(place.data), as_of)
    book = find_workbook(place.data)
    print(*(with_sheets(line, book) for line in summary_lines(dataset, reading)), sep="\n")
    if dataset.events["low"].isna().all():
        return
    for name, why in chosen_figures(place.data, dataset).missing().items():
        print(f"no figure {name}: {why.removeprefix('nothing to draw: ')}")
    if files := sum(path.is_file() for path in place.figures.rglob("*")):
        print(f"{files} files in {os.path.relpath(place.figures)}")


def page(folder: str | None, figures: bool) -> None:
    """Write the pages."""
    from analysis.page.page import write_pages
    from analysis.page.settings import settings

    for path in write_pages(settings(folder), figures=figures):
        print(f"Wrote {os.path.relpath(path)}")


def codebook() -> None:
    """Print the codebook."""
    from analysis.data.codebook import codebook_markdown

    print(codebook_markdown())


def datapackage(folder: Path) -> None:
    """Write ``datapackage.json``."""
    from analysis.exchange.datapackage import FILE, export_datapackage

    _print_losses(folder / FILE, export_datapackage(folder))


def export(folder: Path, to: str, output: Path) -> None:
    """Write a dataset for other tools."""
    from analysis import exchange

    write = getattr(exchange, f"export_{to}")
    _print_losses(output, write(analysis.load(folder), output))


def import_table(
    file: Path,
    folder: Path,
    column: list[tuple[str, str]],
    value: list[tuple[str, str]],
    published: str | None,
    encoding: str | None,
) -> int:
    """Make a dataset of a table; 1 when rows of it were left out."""
    from analysis import exchange

    values = dict(value) | ({"published": published} if published else {})
    how = exchange.ReadOptions(encoding, dict(column), values)
    made = exchange.import_table(file, folder, how)
    print(*made.notes, *made.questions, sep="\n")
    if made.questions:
        print(f"{len(made.questions)} questions, also in {folder / 'QUESTIONS.md'}")
    print_problems(made.problems, folder, "left out: ")
    done = "; ".join(filter(None, (f"{made.rows:,} {made.what}", made.left_out)))
    _print_losses(folder, made.losses, done)
    return 1 if made.left_out else 0


def archive(input: list[Path], folder: Path) -> int:
    """Write an archive; 1 when rows were left out, or statements contradict one another."""
    from analysis.archive.answers import by_processes, open_archive  # says what to install
    from analysis.archive.writing import write_archive

    with by_processes():
        copied = write_archive(input, folder, lambda line: print(line, flush=True))
    for path, ged in copied.items():
        print_problems(ged.problems, path, "left out, breaks a rule of UCDP: ")
        print(*ged.notes, sep="\n", end="\n" * bool(ged.notes))
        done = "; ".join(filter(None, (f"{ged.rows:,} events of UCDP", ged.left_out)))
        _print_losses(Path(path), ged.losses, done)
    left_out = any(ged.problems for ged in copied.values())
    made = open_archive(folder)
    parts = f"{made.parts} part{'s' * (made.parts != 1)}"
    print(f"{folder}: {len(made):,} statements in {parts}")
    if len(made) > _SOON:
        print("Not asked yet: its contradictions() and doubts()")
        return int(left_out)
    with by_processes():
        clashes = made.contradictions().compute()["statement"]
        for clash in clashes:
            print(f"contradiction: {clash}", flush=True)
        print_problems([*made.doubts().compute()["doubt"]], folder, "warning: ")
    return int(left_out or len(clashes) > 0)


def pictures(folder: Path, harm: str | None, source: str | None, as_of: str | None) -> None:
    """Draw an archive."""
    from analysis.archive.answers import by_processes

    with by_processes():
        dataset, sums = analysis.open_archive(folder).summary(as_of=as_of)
    years = {"harm": harm, "source": source}
    figures = folder / "figures"
    for plot, chosen in ((analysis.plot_by_period, years), (analysis.plot_coverage, {})):
        for path in analysis.export_figure(plot, dataset, figures, sums=sums, **chosen):
            print(f"Wrote {os.path.relpath(path)}")


def _print_losses(path: Path, losses: list, done: str = "written") -> None:
    more = "; what it cannot hold or leaves out:" * bool(losses)
    print(f"{path}: {done}{more}", *losses, sep="\n- ")
