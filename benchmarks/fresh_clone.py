"""``make`` in a fresh clone, against a bare venv and pip of four packages; and ``make`` again."""

import sys
import tempfile

from measure import PROJECT, report, run, seconds

FOUR = ["jupyterlab", "pandas", "matplotlib", "seaborn"]


def bare(folder: str) -> None:
    """What anybody does who starts without this project."""
    run(sys.executable, "-m", "venv", "bare", folder=folder)
    run("bare/bin/python", "-m", "pip", "install", "--quiet", *FOUR, folder=folder)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        clone = f"{folder}/clone"
        run("git", "clone", "--quiet", PROJECT, clone)
        command = ["make", f"PYTHON={sys.executable}"]
        ours = seconds(lambda: run(*command, folder=clone), runs=1)
        theirs = seconds(lambda: bare(folder), runs=1)
        again = seconds(lambda: run(*command, folder=clone), runs=3)
    report(("make in a fresh clone", ours), (f"venv and pip install of {', '.join(FOUR)}", theirs))
    print(f"make again, nothing changed: {again:.1f} s")
