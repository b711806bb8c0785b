"""What the figures of sources side by side and of numbers that stand still say in words.

As in :mod:`analysis.figures.captions`, the words are made from the frames that are drawn.
"""

import pandas as pd

from analysis.bounds.sources import contradictory_pairs, listed, resting_on, wholes_of
from analysis.data.dataset import Dataset
from analysis.figures import naming
from analysis.figures.captions import Telling
from analysis.language import words


def tell_sources(
    dataset: Dataset, numbers: pd.DataFrame, harm: str, language: str, reading: str
) -> Telling:
    """Words for the figure of sources side by side."""
    windows = [block for _, block in blocks(numbers)]
    against = [block for block in windows if (block["against"] != "").any()]
    tallies = dataset.tallies.set_index("tally_id")
    party_id = tallies.loc[numbers["tally_id"].iloc[0], "party_id"]
    pairs = contradictory_pairs(numbers)
    title = words.phrase(
        _sources_title(len(against), len(windows), len(pairs)),
        language,
        **_pair_in_words(*pairs[0], language) if len(pairs) == 1 else {},
        label=naming.label(dataset.parties.set_index("party_id"), party_id, language),
        harm=words.harm_word(harm, language),
        number=len(against),
        windows=len(windows),
    )
    causes = numbers["cause"].unique()
    cause = causes[0] if len(causes) == 1 else None
    subtitle = ["sub side by side"]
    subtitle += ["sub side by side cause"] * bool(pd.notna(cause))
    subtitle += ["sub side by side against"] * bool(against)
    subtitle += ["sub side by side wide"] * (reading == "wide")
    named = words.term("cause", cause, language)
    rows = [block_in_words(dataset, block, language) for block in windows]
    return telling(
        dataset,
        (capital(title), " ".join(words.phrase(name, language, cause=named) for name in subtitle)),
        ("alt side by side", words.join(rows, language)),
        note_on_sources(numbers, language),
        event_ids_of(numbers),
        language,
    )


def note_on_sources(numbers: pd.DataFrame, language: str) -> str:
    """Why counts of sources can differ, and that nothing is decided between them."""
    against = bool((numbers["against"] != "").any())
    names = ["note sources", *["note sources against"] * against]
    return " ".join(words.phrase(name, language) for name in names)


def _pair_in_words(limiting, other, language: str) -> dict[str, str]:
    """What the only contradiction is, for the title."""
    first, last = other.window_first, other.window_last
    return {
        "window": words.window(first, last, language, year=False),
        "limiting": words.source(limiting.source_original, language),
        "other": words.source(other.source_original, language),
        "most": f"{limiting.high:,}",
        "count": words.count(other.low, other.high, language),
    }


def _sources_title(against: int, windows: int, pairs: int) -> str:
    if pairs == 1:
        return "title side by side pair"
    if not against:
        return "title side by side"
    if windows == 1:
        return "title side by side against"
    return "title side by side one" if against == 1 else "title side by side some"


def telling(
    dataset: Dataset,
    said: tuple[str, str],
    alt: tuple[str, str],
    note: str,
    event_ids: list[str],
    language: str,
) -> Telling:
    """A telling from title and subtitle, the name of the alt text and its rows, and a note."""
    title, subtitle = said
    caption = f"{title}. {subtitle} {note} {cited(dataset, event_ids, language)}"
    described = words.phrase(alt[0], language, rows=alt[1].rstrip("."))
    return Telling(title, subtitle, caption, f"{title}. {described}")


def cited(dataset: Dataset, event_ids: list[str], language: str) -> str:
    """The source line of the statements that a figure rests on, and of no others."""
    rested = resting_on(dataset, event_ids)
    return naming.source_line(rested, [*rested.events["tally_id"].unique()], language)


def event_ids_of(numbers: pd.DataFrame) -> list[str]:
    """The statements that the bounds of ``sources_drawn`` rest on, each once."""
    cells = [*numbers["low_from"], *numbers["high_from"]]
    return [*dict.fromkeys(name for cell in cells for name in listed(cell))]


def blocks(numbers: pd.DataFrame) -> list[tuple[tuple, pd.DataFrame]]:
    """The rows of each window, in their order; the first day missing where there is none."""
    days = ["window_first", "window_last"]
    return [*numbers.groupby(days, sort=False, dropna=False)]


def row_names(
    dataset: Dataset, numbers: pd.DataFrame, language: str, missing: str = "no source"
) -> dict[str, str]:
    """Short name of the source of every tally; behind it what it counts, where that differs."""
    labels = naming.tally_labels(dataset, language, sourced=False)
    tallies = numbers.drop_duplicates("tally_id")
    several = tallies["source_original"].duplicated(keep=False)
    differ = len(tallies["cause"].unique()) > 1
    names = {}
    for row, repeated in zip(tallies.itertuples(), several, strict=True):
        name = words.source(row.source_original, language, missing)
        behind = labels[row.tally_id] if repeated else None
        if differ and not repeated and pd.notna(row.cause):
            behind = words.term("cause", row.cause, language)
        if behind:
            name = words.phrase("windowed", language, count=name, window=behind)
        names[row.tally_id] = name
    return names


def capital(text: str) -> str:
    """The same with a capital at its beginning.

    >>> capital("up to 21 July")
    'Up to 21 July'
    """
    return text[:1].upper() + text[1:]


def block_in_words(dataset: Dataset, block: pd.DataFrame, language: str) -> str:
    """A window, the count of every source in it, and what contradicts what."""
    names = row_names(dataset, block, language)
    days = block["window_first"].iloc[0], block["window_last"].iloc[0]
    counts = [
        words.phrase(
            "labelled",
            language,
            label=names[row.tally_id],
            count=words.count(row.low, row.high, language),
        )
        for row in block.dropna(subset=["low"]).itertuples()
    ]
    said = [words.join(counts, language, "list")] if counts else []
    said = ". ".join([*said, *(line.rstrip(".") for line in notes(dataset, block, language))])
    window = capital(words.window(*days, language))
    return words.phrase("labelled", language, label=window, count=said)


def contradicts(dataset: Dataset, block: pd.DataFrame, row, language: str) -> str:
    """Whom a row contradicts, in words; empty where nobody."""
    if not row.against:
        return ""
    names = row_names(dataset, block, language, "unnamed source")
    others = words.join([names[name] for name in listed(row.against)], language, "list")
    return words.phrase("contradicts", language, others=others)


def notes(dataset: Dataset, block: pd.DataFrame, language: str) -> list[str]:
    """Below the rows of a window: why sources contradict each other, and which say nothing."""
    exceeding: dict[int, list] = {}
    pairs = contradictory_pairs(block)
    for limiting, other in pairs:
        exceeding.setdefault(limiting.Index, []).append(other)
    limits = {limiting.Index: limiting for limiting, _ in pairs}
    said = [_room(dataset, block, limits[at], others, language) for at, others in exceeding.items()]
    names = row_names(dataset, block, language, "unnamed source")
    silent = [names[row.tally_id] for row in block.itertuples() if pd.isna(row.low)]
    if silent:
        sources = words.join(silent, language, "list")
        said.append(words.phrase("silent", language, sources=sources))
    return said


def _room(dataset: Dataset, block: pd.DataFrame, limiting, others: list, language: str) -> str:
    names = row_names(dataset, block, language)
    counts = [
        words.phrase(
            "labelled",
            language,
            label=names[other.tally_id],
            count=words.count(other.low, other.high, language),
        )
        for other in others
    ]
    return words.phrase(
        "room",
        language,
        others=capital(words.join(counts, language, "list")),
        source=capital(names[limiting.tally_id]),
        most=f"{limiting.high:,}",
        because=because_in_words(dataset, listed(limiting.high_from), language),
    )


def because_in_words(dataset: Dataset, event_ids: list[str], language: str) -> str:
    """Statements that together set a limit: those inside another stand behind it."""
    rows = [*dataset.events.set_index("event_id").loc[event_ids].itertuples()]
    whole = dataset.tallies.set_index("tally_id")["subset_of"]
    outer = [row for row in rows if not any(_holds(other, row, whole) for other in rows)]
    said = []
    for row in outer:
        text = _stated(row, language)
        among = [_stated(other, language) for other in rows if _holds(row, other, whole)]
        if among:
            inside = words.join(among, language, "list")
            text = words.phrase("among", language, count=text, inside=inside)
        said.append(text)
    return words.join(said, language)


def _holds(outer, inner, whole: pd.Series) -> bool:
    """Whether the people of one statement are among those of another, the days being fewer."""
    if outer.tally_id not in {inner.tally_id, *wholes_of(inner.tally_id, whole)}:
        return False
    return _around(outer, inner) and not _around(inner, outer)


def _around(outer, inner) -> bool:
    """Whether days hold others; those without a first day start before any that is named."""
    opens = pd.isna(outer.date_start)
    starts = opens or (pd.notna(inner.date_start) and outer.date_start <= inner.date_start)
    return bool(starts and inner.date_end <= outer.date_end)


def _stated(row, language: str) -> str:
    count = words.count(row.low, row.high, language)
    if row.count_basis == "derived":
        count = words.phrase("derived", language, count=count)
    window = words.window(row.date_start, row.date_end, language, year=False)
    name = "on day" if row.date_start == row.date_end else "windowed"
    return words.phrase(name, language, count=count, window=window)
