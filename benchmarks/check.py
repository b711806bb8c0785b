"""``python -m analysis check`` of a small dataset against a Python that only imports pandas."""

import sys

from measure import report, run, seconds_both

if __name__ == "__main__":
    ours, bare = seconds_both(
        lambda: run(sys.executable, "-m", "analysis", "check", "data/report"),
        lambda: run(sys.executable, "-c", "import pandas"),
    )
    report(("python -m analysis check data/report", ours), ("import pandas", bare))
