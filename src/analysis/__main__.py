"""``python -m analysis``: see :mod:`analysis.commands`."""

import sys

from analysis.commands.main import main

if __name__ == "__main__":
    sys.stdout.reconfigure(errors="backslashreplace")  # a terminal may lack letters
    sys.exit(main())
