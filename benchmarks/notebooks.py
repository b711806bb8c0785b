"""A rerun of all notebooks, as ``make`` does it, against as many plain ones by one nbconvert.

The plain ones import the same libraries and save one figure. Ours run side by side; theirs are one
command, one after the other, as nbconvert does it.
"""

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

import nbformat
from measure import PROJECT, report, run, seconds_both

PLAIN = [
    "import babel, matplotlib.pyplot, numpy, pandas, scipy.optimize, seaborn\n"
    "from IPython.display import Markdown",
    "figure, axes = matplotlib.pyplot.subplots()\naxes.plot([1, 2, 3])\n"
    "figure.savefig('plain.png', dpi=300)",
]


def rerun(notebooks: list[Path], folder: str) -> None:
    """As the Makefile calls nbconvert, with the results put elsewhere."""
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--log-level=ERROR", "--execute"]
    command += ["--config", PROJECT / "nbconvert_config.py", "--to", "notebook"]
    run(*command, "--output-dir", folder, *notebooks)


def side_by_side(notebooks: list[Path], folder: str) -> None:
    """As many at a time as there are processors, the largest first."""
    notebooks = sorted(notebooks, key=lambda path: -path.stat().st_size)
    with ThreadPoolExecutor(cpu_count()) as pool:
        list(pool.map(lambda path: rerun([path], folder), notebooks))


if __name__ == "__main__":
    ours = sorted((PROJECT / "notebooks").glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        cells = [nbformat.v4.new_code_cell(source) for source in PLAIN]
        plain = [Path(folder) / f"plain-{place}.ipynb" for place, _ in enumerate(ours)]
        for path in plain:
            nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
        rerun(plain, f"{folder}/out")  # warm-up
        times = seconds_both(
            lambda: side_by_side(ours, f"{folder}/out"),
            lambda: rerun(plain, f"{folder}/out"),
            runs=3,
        )
    report((f"{len(ours)} notebooks", times[0]), ("as many plain ones", times[1]))
