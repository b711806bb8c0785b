"""Every statement beside the words it was coded from.

A dataset points into the text of its reports with positions and says by SHA-256 which copy it
means. Whoever holds that copy can see here, statement by statement, whether the number is among
the words. The text itself is only read, and nothing of it is kept.
"""

import hashlib
import re
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.draft.words import PARAGRAPH
from analysis.language.locales import locale_of
from analysis.language.number_words import find_numbers, place_numbers


class Trace(NamedTuple):
    """A statement, the words it points at, and what is wrong with them.

    ``heading`` names the statement, its paragraph, days and count (persons).
    """

    heading: str
    words: str
    warnings: list[str]

    def lines(self, terminal: bool) -> list[str]:
        """What is printed of it.

        For a ``terminal``, right-to-left words stand in Unicode isolates, which keep the
        quotation marks around them in place.
        """
        words = re.sub(r"[\s\x00-\x1f\x7f-\x9f]+", " ", self.words).strip()
        if terminal and re.search("[\u0590-\u08ff]", words):
            words = f"\u2068{words}\u2069"
        below = [f"“{words}”"] if self.words else []
        below += [f"warning: {warning}" for warning in self.warnings]
        return [self.heading, *(f"    {line}" for line in below)]


def trace_lines(dataset: Dataset, paths: list[Path], terminal: bool) -> tuple[list[str], int]:
    """What ``python -m analysis trace`` prints, and the number of warnings in it."""
    texts, warnings = _match_texts(dataset, paths)
    lines = [f"warning: {warning}" for warning in warnings]
    traces, uncovered = [], []
    for name, text in texts.items():
        found, left = find_traces(dataset, name, text), find_uncovered(dataset, name, text)
        lines.append(f"report {name}: the text has the SHA-256 that the dataset names")
        lines += [line for trace in found for line in trace.lines(terminal)]
        lines += [f"not covered: {each}" for each in left]
        traces += found
        uncovered += left
    number = len(warnings) + sum(len(trace.warnings) for trace in traces)
    result = f"{number} warning{'s' * (number != 1)}" if number else "no warning"
    done = f"{len(traces)} of {len(dataset.events)} statements traced; {result}"
    return [*lines, f"{done}; {len(uncovered)} numbers of the text in no statement"], number


def _match_texts(dataset: Dataset, paths: list[Path]) -> tuple[dict[str, str], list[str]]:
    """The texts of reports, found by their SHA-256, and a warning for each that has none."""
    expected = dict(dataset.reports.set_index("report_id")["text_sha256"].str.lower())
    texts, warnings = {}, []
    for path in paths:
        try:
            content = path.read_bytes()
            text = content.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            warnings.append(f"{path} cannot be read as UTF-8 text: {error}")
            continue
        found = hashlib.sha256(content).hexdigest()
        reports = [name for name, sha256 in expected.items() if sha256 == found]
        texts |= dict.fromkeys(reports, text)
        if not reports:
            warnings.append(f"{path} is the text of no report; its SHA-256 is {found}")
    for name in [name for name in expected if name not in texts]:
        sha256 = "no text_sha256" if pd.isna(expected[name]) else f"SHA-256 {expected[name]}"
        warnings.append(f"report {name} has no text here; the dataset names {sha256}")
    return texts, warnings


def find_traces(dataset: Dataset, report_id: str, text: str) -> list[Trace]:
    """The statements of a report with their words, in the order of ``events``."""
    rows = dataset.events[dataset.events["report_id"] == report_id]
    paragraphs = [match.span() for match in PARAGRAPH.finditer(text)]
    locale, traces = locale_of("en"), []
    for row in rows.itertuples():
        paragraph = "no paragraph" if pd.isna(row.paragraph) else f"paragraph {row.paragraph}"
        dated, counted = pd.notna(row.date_end), pd.notna(row.low)
        window = locale.window(row.date_start, row.date_end) if dated else "no date"
        count = locale.count(row.low, row.high) if counted else "no count"
        words = "" if pd.isna(row.char_start) else text[row.char_start : row.char_end]
        warnings = [_find_position_problem(row, len(text), paragraphs)]
        warnings += [_find_missing_counts(row.low, row.high, words)] if words else []
        heading = " | ".join([row.event_id, paragraph, window, count])
        traces.append(Trace(heading, words, [*filter(None, warnings)]))
    return traces


def find_uncovered(dataset: Dataset, report_id: str, text: str) -> list[str]:
    """Numbers of a report's text that no statement covers: each with its place and words."""
    rows = dataset.events[dataset.events["report_id"] == report_id]
    spans = [*rows[["char_start", "char_end"]].dropna().itertuples(index=False, name=None)]
    found = []
    for number, paragraph in enumerate(PARAGRAPH.finditer(text), 1):
        for value, start, stop in place_numbers(paragraph[0]):
            first, last = paragraph.start() + start, paragraph.start() + stop
            if not any(begin < last and first < end for begin, end in spans):
                place = f"paragraph {number}, {first} to {last}"
                found.append(f"{value:,} ({place}: {text[first:last]})")
    return found


def _find_position_problem(row: tuple, size: int, paragraphs: list[tuple[int, int]]) -> str:
    start, stop, number = row.char_start, row.char_end, row.paragraph
    if pd.isna(start):
        return "no position in the text"
    if stop > size:
        return f"the positions {start} to {stop} are outside the text, which ends at {size}"
    if pd.isna(number):
        return ""
    first, last = paragraphs[number - 1] if number <= len(paragraphs) else (size, 0)
    inside = first <= start and stop <= last
    return "" if inside else f"paragraph {number} does not hold the positions {start} to {stop}"


def _find_missing_counts(low: int | None, high: int | None, words: str) -> str:
    """What the words lack of ``low`` and ``high``; a zero, as in "up to 37", need not be said."""
    found = find_numbers(words)
    expected = dict.fromkeys(count for count in (low, high) if pd.notna(count))
    missing = " and ".join(f"{count:,}" for count in expected if count and count not in found)
    numbers = ", ".join(f"{number:,}" for number in found) or "no number"
    return f"not among these words: {missing} (there is {numbers})" if missing else ""
