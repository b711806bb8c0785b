"""``casualty-analysis`` and ``python -m analysis``: see :mod:`analysis.commands`."""

import sys
from pathlib import Path

from analysis.commands.main import main


def run() -> int:
    """Run a command; warn of a file that hides the package here."""
    if Path("analysis.py").exists():
        hidden = "analysis.py in this folder hides the package from notebooks and from python -m "
        print(f"warning: {hidden}analysis here; give it another name", file=sys.stderr)
    sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack letters
    return main()


if __name__ == "__main__":
    sys.exit(run())
