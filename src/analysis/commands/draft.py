"""The command ``draft``: read texts, print what it found and what it asks."""

import sys
from pathlib import Path

from analysis.data.problems import called
from analysis.draft.draft import draft
from analysis.draft.tables import FILE
from analysis.draft.take import take


def draft_lines(paths: list[Path], folder: Path, dates: list[str], names: list[str]) -> list[str]:
    """Draft each text and give what is printed: its numbers, the questions, what is not coded."""
    reports = [*names, *(path.stem for path in paths[len(names) :])]
    if len(dates) not in (1, len(paths)):
        more = "; a date for each text, in their order" if len(paths) > 1 else ""
        raise ValueError(f"when was it published? add --date YYYY-MM-DD{more}")
    if "-" in reports:
        raise ValueError("a text from standard input has no name: add --report NAME")
    lines = []
    for path, report, date in zip(paths, reports, dates * len(paths), strict=False):
        content = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        rows, left = draft(content, folder, report, date)
        lines += _lines(report, rows, left)
    lines.append(f"{folder / FILE}: answer there, write yes into confirm, then:")
    return [*lines, f"{called()} draft --take {folder}"]


def _lines(report: str, rows: list, left: list) -> list[str]:
    lines = [f"{report}: {len(rows)} numbers of people harmed, {len(left)} others not coded"]
    for row in rows:
        who = " ".join(filter(None, [row["victim_group"] or row["party_id"], row["harm"]]))
        who += "".join(f", {row[name]}" for name in ("cause", "attributed_to") if row[name])
        days = f"{row['date_start'] or '…'} to {row['date_end']}"
        source = row["source_original"] or "nobody cited"
        lines += [f"{row['event_id']}: {row['count']} {who}, {days}, {source}"]
        lines += [f"    {row['words']}", f"    {row['question']}"]
    return [*lines, *(f"{row['note']}: {row['words']}" for row in left)]


def take_lines(folder: Path) -> list[str]:
    """Take what is confirmed, and give what is printed."""
    taken, left = take(folder)
    lines = [f"{folder}: {taken} statements taken into the tables, {len(left)} not confirmed"]
    lines += [f"left out: {row['event_id']}: {row['words']}" for row in left]
    if not left:
        lines.append(f"{folder / FILE} holds words of the text: delete it before you publish")
    return [*lines, f"Next: {called()} check {folder}"]
