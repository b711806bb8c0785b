"""How well a text is drafted, measured against what a person read in it."""

import json
from collections import Counter
from datetime import date
from pathlib import Path

from analysis.draft.statements import read_statements
from analysis.draft.words import read_text

TEXTS = Path(__file__).parent / "texts"
RATES = ("numbers", "qualifiers", "harm and group", "windows", "cited")


def halves(language: str) -> dict[str, list[Path]]:
    """The texts that the draft was developed on, every second one, and those held out."""
    paths = sorted(TEXTS.joinpath(language).glob("*.txt"))
    return {"developed on": paths[1::2], "held out": paths[::2]}


def measure(path: Path, misses: list | None = None) -> Counter:
    """How many counts of a text there are, and what of them is right; what is invented."""
    raw = path.read_bytes().decode("utf-8")
    gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return compare(raw, gold, misses, path.stem)


def compare(raw: str, gold: dict, misses: list | None = None, name: str = "") -> Counter:
    """The counts that are right, by what is right in them."""
    _, statements = read_statements(raw, date.fromisoformat(gold["published"][:10]))
    text, drafted = read_text(raw), {}
    for each in statements:
        if not each.reason:
            drafted[text.span(each.number.start, each.number.stop)] = each
    found = Counter(counts=len(gold["counts"]))
    for count in gold["counts"]:
        each = drafted.pop((count["start"], count["end"]), None)
        right = dict.fromkeys(RATES, False)
        if each and [*each.number.values] == count["stated"]:
            right = {
                "numbers": True,
                "qualifiers": each.number.bounds == (count["low"], count["high"]),
                "harm and group": (each.harm, each.group) == (count["harm"], count["group"]),
                "windows": (_day(each.first), _day(each.last))
                == (count["date_start"], count["date_end"]),
                "cited": each.cited.casefold() == count["cited"].casefold(),
            }
        found.update(rate for rate in RATES if right[rate])
        wrong = [rate for rate in RATES if not right[rate]]
        if wrong and misses is not None:
            misses.append((name, wrong, count, each))
    found["invented"] = len(drafted)
    if misses is not None:
        misses += [(name, ["invented"], None, each) for each in drafted.values()]
    return found


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
