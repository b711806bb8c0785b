"""What a file ``choices.toml`` beside the tables chooses: a section a figure, and its options."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from analysis.data.dataset import Dataset
from analysis.data.problems import DatasetError, Problem

CHOICES = "choices.toml"
PLOTS = ("headline", "by_party", "as_reported", "over_time", "known_when", "sources")
PLOTS += ("standing_still",)


def read_choices(folder: Path, dataset: Dataset | None = None) -> dict[str, dict]:
    """What the file in a folder chooses, by section; nothing where there is none.

    Raises DatasetError where it cannot be read or chooses what there is not.
    """
    path = folder / CHOICES
    if not path.exists():
        return {}
    import tomllib  # most datasets have no such file

    try:
        chosen = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DatasetError([Problem(path.name, None, None, f"is no TOML: {error}")], path) from None
    problems = [
        Problem(path.name, None, name, said)
        for name, asked in chosen.items()
        for said in _find_faults(name, asked, dataset)
    ]
    if problems:
        raise DatasetError(problems, path)
    return {name: _as_days(asked) for name, asked in chosen.items()}


def _find_faults(name: str, asked: object, dataset: Dataset | None) -> Iterator[str]:
    beside = name.startswith("beside_")
    if name not in PLOTS and not beside:
        yield f"no such section; write {', '.join(PLOTS)} or beside_NAME"
    elif not isinstance(asked, dict):
        yield f"is no section; write [{name}] on a line, its options on the next ones"
    else:
        if beside and not {"other", "pairs"} <= {*asked}:
            yield "names no dataset; write other and pairs"
        named = [*(asked.get("tallies") or ()), *asked.get("pairs", ())]
        for each in named if dataset else ():
            if each not in {*dataset.tallies["tally_id"]}:
                yield f"{each!r} is no tally_id of tallies.csv"
        try:
            windows = [(first or last, last) for first, last in asked.get("windows", ())]
            [date.fromisoformat(each) for days in windows for each in days]
        except (TypeError, ValueError):
            yield 'windows are pairs of days, YYYY-MM-DD, the first may be "": [["", "2018-07-23"]]'


def _as_days(asked: dict) -> dict:
    """Windows as pairs; an empty first day is before any that is named."""
    windows = [(first or None, last) for first, last in asked.get("windows", ())]
    return asked | ({"windows": windows} if windows else {})
