"""Chains of rows: which one a row goes back to, by a column that names another row."""

import pandas as pd


def origin(name: str, target: dict[str, str | None]) -> str:
    """Where the chain from ``name`` ends; in a circle, the last one before it closes.

    >>> origin("c", {"c": "b", "b": "a"})
    'a'
    """
    seen = {name}
    while (following := target.get(name)) is not None and following not in seen:
        seen.add(name := following)
    return name


def first_tellings(events: pd.DataFrame) -> dict[str, str]:
    """For each statement the telling that its chain of ``same_as`` goes back to."""
    linked = events[events["same_as"].notna()]
    target = dict(zip(linked["event_id"], linked["same_as"], strict=True))
    return {event_id: origin(event_id, target) for event_id in events["event_id"]}
