"""Names that are about to move to :mod:`analysis.data.cut`."""

from analysis.bounds.families import find_families  # noqa: F401
from analysis.data import cut
from analysis.data.cut import READINGS, rows_of_reading, stated_only, without_superseded  # noqa: F401
from analysis.data.dataset import Dataset


def superseded(events):
    return cut.superseded(Dataset(None, None, None, events))


def counting(events):
    return cut.counting(Dataset(None, None, None, events))
