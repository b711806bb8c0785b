"""Bounds on how many of several counts fall in any window of days.

Say what is known of some counts (totals over windows, parts, splits) to a ``System``, ``solve`` it,
and ask ``between`` which two days how many there were at least and at most.
"""

from countbounds.line import stretches
from countbounds.program import Undecided
from countbounds.solution import Infeasible, Solution, smallest_clash, solve
from countbounds.system import EVER, System

__all__ = [
    "EVER",
    "Infeasible",
    "Solution",
    "System",
    "Undecided",
    "smallest_clash",
    "solve",
    "stretches",
]
