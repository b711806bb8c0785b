"""Options of figures: their help, and the errors of wrong ones."""

from collections.abc import Callable
from inspect import Signature, cleandoc, signature
from textwrap import fill, indent

from analysis import LANGUAGES
from analysis.charts.chart import WIDTHS
from analysis.data.dataset import Dataset
from analysis.data.problems import NothingToDrawError

_NAMES = "list of str, optional"
_OPTIONS = {
    "language": ("str", f"One of ``analysis.LANGUAGES``: {', '.join(LANGUAGES)}."),
    "width": ("str", f"{' or '.join(WIDTHS)}: {' or '.join(map(str, WIDTHS.values()))} mm."),
    "as_of": (
        "datetime.date or str, optional",
        "Only what was published by that day (YYYY-MM-DD) or time (YYYY-MM-DDTHH:MM).",
    ),
    "harm": (
        "str, optional",
        "What happened to the people, as in ``dataset.tallies``; without it those killed, or "
        "what is counted first.",
    ),
    "parties": (_NAMES, "Only people of these parties (``party_id``)."),
    "tallies": (_NAMES, "Only these tallies (``tally_id``)."),
    "by": (
        "str, optional",
        "A row or panel for each value of attributed_to, area, victim_group or cause.",
    ),
    "unit": (
        "str, optional",
        "day, week, month or year; without it what the days of the statements suggest.",
    ),
    "source": ("str, optional", "Only people whom this source counted (``source_original``)."),
    "days": ("(str, str), optional", "The first and the last day asked about, YYYY-MM-DD."),
    "pairs": (
        "dict, optional",
        "For a tally those that count the same people, in this dataset or the other one.",
    ),
    "other": ("Dataset, optional", "Another dataset whose tallies ``pairs`` names."),
    "relies": ("dict, optional", "For a source those that it cites, so that it is no witness."),
    "sums": ("Sums, optional", "Those of an archive, as its ``summary`` gives them."),
}
"""The type and meaning of each option; a test holds that none is missing."""
_RETURNS = """
Returns
-------
Chart
    A Matplotlib figure with ``title``, ``caption``, ``alt`` and ``source`` in its language, and
    ``numbers``, the frame of what is drawn (counts in persons, days as dates).

Raises
------
NothingToDrawError
    When the dataset gives no numbers for this figure; it says why.
ContradictionError
    When all that could be drawn contradicts itself.
ValueError
    When an option names what there is not; it lists what there is.

"""
_EXAMPLES = "Examples\n--------\n"


def documented(own: str, options: Signature) -> str:
    """The docstring of a figure, by the NumPy convention, around what is its own."""
    about, _, example = cleandoc(own).partition(_EXAMPLES)
    lines = [about.rstrip(), "", "Parameters", "----------", "dataset : Dataset"]
    for option in [*options.parameters][1:]:
        kind, meaning = _OPTIONS[option]
        lines += [f"{option} : {kind}", indent(fill(meaning, 88), "    ")]
    return "\n".join([*lines, _RETURNS, f"{_EXAMPLES}{example}"])


def check_options(plot: Callable, dataset: Dataset, options: dict) -> None:
    """Raise an error of one line, which says what is allowed, for what no figure takes."""
    if not isinstance(dataset, Dataset):
        raise TypeError(f"a dataset is meant, not {dataset!r}; analysis.load(FOLDER) gives one")
    known = [*signature(plot).parameters][1:]
    for name, given in options.items():
        if name not in known:
            raise TypeError(f"{plot.__name__} has no option {name!r}; it has {', '.join(known)}")
        is_list = name in ("parties", "tallies") and given is not None
        if is_list and (isinstance(given, str) or not len(given)):
            raise ValueError(f"{name} is {given!r}; write a list with at least one")


def check_published(dataset: Dataset, published: Dataset) -> None:
    """Raise where nothing was published by the day asked about, naming the days there are."""
    if published.reports.empty and len(dataset.reports):
        days = dataset.reports["source_date"]
        raise NothingToDrawError(
            f"nothing to draw: nothing was published by {published.as_of}; the reports are of "
            f"{days.min():%Y-%m-%d} to {days.max():%Y-%m-%d}"
        )
