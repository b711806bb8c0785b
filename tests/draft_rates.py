"""How well a text is drafted, measured against what a person read in it."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

from analysis.data.counts import read_count
from analysis.draft.draft import read_statements
from analysis.draft.sentence import Statement

TEXTS = Path(__file__).parent / "texts"
RATES = ("numbers", "qualifiers", "proposed", "harm and group", "windows", "cited")


def halves(language: str) -> dict[str, list[Path]]:
    """The texts that the draft was developed on, every second one, and those held out."""
    paths = sorted(TEXTS.joinpath(language).glob("*.txt"))
    return {"developed on": paths[1::2], "held out": paths[::2]}


COLUMNS = ("counts in them", *RATES, "proposed in error", "in neither list")
"""What is measured; rates are whole per cents, rounded down."""


def table(report: Counter | None = None) -> str:
    """The rates as Markdown, a row a language and half; ``report`` is the real report."""
    lines = [f"| texts | {' | '.join(COLUMNS)} |", "|---" * (len(COLUMNS) + 1) + "|"]
    found = {
        f"{language}, {half}": sum((measure(path) for path in paths), Counter())
        for language in ("en", "ar", "fr")
        for half, paths in halves(language).items()
    }
    for name, each in (found | ({"the report of `data/report`": report} if report else {})).items():
        rates = (f"{100 * each[rate] // each['gold']} %" for rate in RATES)
        cells = [str(each["gold"]), *rates, str(each["not counts"]), str(each["invented"])]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def held_out() -> str:
    """What is wrong in the texts that were held out, in words."""
    found, misses = Counter(), []
    for language in ("en", "ar", "fr"):
        for path in halves(language)["held out"]:
            found += measure(path, misses)
    proposed = [wrong for _, wrong, count, each in misses if count and each and not each.reason]
    off = sum(bool({"harm and group", "windows"} & {*wrong}) for wrong in proposed)
    left = found["gold"] - found["proposed"]
    wrongly = found["not counts"] + found["invented"]
    return (
        f"of {found['gold']} counts {left} stood among those not coded, {off} had another harm, "
        f"group or other days than their reader gave, and {wrongly} "
        "numbers that count nobody harmed were proposed"
    )


def measure(path: Path, misses: list | None = None) -> Counter:
    """How many counts of a text there are, and what of them is right; what is invented."""
    raw = path.read_bytes().decode("utf-8")
    gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return compare(raw, gold, misses, path.stem)


def compare(raw: str, gold: dict, misses: list | None = None, name: str = "") -> Counter:
    """How many counts of people a text has, and of how many each thing is right.

    ``numbers`` are found with their place, whatever is said of them; ``proposed`` are proposed as
    counts of people. Proposed in error are ``not counts``, which a person listed as counting
    nobody harmed, and ``invented``, which that person did not list at all.
    """
    text, statements = read_statements(raw, date.fromisoformat(gold["published"][:10]))
    spans = {text.span(each.number.start, each.number.stop): each for each in statements}
    found = Counter(gold=len(gold["counts"]))
    for count in gold["counts"]:
        each = spans.pop((count["start"], count["end"]), None)
        right = _right(count, each)
        found.update(rate for rate in RATES if right.get(rate))
        wrong = [rate for rate in RATES if not right.get(rate)]
        if wrong and misses is not None:
            misses.append((name, wrong, count, each))
    others = [(other["start"], other["end"]) for other in gold["not_counts"]]
    for (start, stop), each in spans.items():
        known = any(start < last and first < stop for first, last in others)
        kind = "not counts" if known else "invented"
        found[kind] += not each.reason
        if not each.reason and misses is not None:
            misses.append((name, [kind], None, each))
    return found


def _right(count: dict, each: Statement | None) -> dict[str, bool]:
    """What of a number is as a person read it."""
    if each is None or [*each.number.values] != count["stated"]:
        return {}
    right = {
        "numbers": True,
        "qualifiers": _ends(each.number.count) == (count["low"], count["high"]),
        "proposed": not each.reason,
    }
    if each.reason:
        return right
    days = count["date_start"], count["date_end"]
    return right | {
        "harm and group": (each.harm, each.group) == (count["harm"], count["group"]),
        "windows": (_day(each.first), _day(each.last)) == days,
        "cited": each.cited.casefold() == count["cited"].casefold(),
    }


def _ends(count: str) -> tuple[int | None, int | None]:
    """The least and the most persons that a count allows; none for "about"."""
    return (None, None) if count.startswith("about") else read_count(count)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
