"""`make` in a fresh clone, set-up included, against a bare venv and pip of four packages."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
FOUR = ["jupyterlab", "pandas", "matplotlib", "seaborn"]


def run(command: list[str], folder: str) -> float:
    """Seconds that a command takes."""
    begin = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["git", "clone", "--quiet", PROJECT, f"{folder}/clone"], check=True)
        mine = run(["make", f"PYTHON={sys.executable}"], f"{folder}/clone")
        bare = run([sys.executable, "-m", "venv", "bare"], folder)
        bare += run(["bare/bin/python", "-m", "pip", "install", "--quiet", *FOUR], folder)
    print(
        f"make in a fresh clone: {mine:.1f} s; venv and pip install of {', '.join(FOUR)}: "
        f"{bare:.1f} s: {mine / bare:.2f} times its time"
    )
