"""The ledger of 20,000 incidents in 300 tallies against their bounds."""

from dataclasses import replace

from datasets import incidents
from measure import report, seconds_both

from analysis import casualty_bounds, ledger

if __name__ == "__main__":
    dataset = incidents(20_000, tallies=300)
    # a copy remembers nothing of what was worked out before
    ours, bare = seconds_both(
        lambda: ledger(replace(dataset)),
        lambda: casualty_bounds(replace(dataset)),
        runs=3,
    )
    report(("ledger of 20,000 incidents in 300 tallies", ours), ("their bounds", bare))
