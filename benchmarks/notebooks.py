"""A rerun of all notebooks against as many that import the same libraries and save one figure."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat

PROJECT = Path(__file__).resolve().parents[1]
PLAIN = [
    "import babel, matplotlib.pyplot, numpy, pandas, scipy.optimize, seaborn\n"
    "import scipy.sparse.csgraph\nfrom IPython.display import Markdown",
    "figure, axes = matplotlib.pyplot.subplots()\naxes.plot([1, 2, 3])\n"
    "figure.savefig('plain.png', dpi=300)",
]


def rerun(notebooks: list[Path], folder: str) -> float:
    """Seconds that nbconvert takes, as `make` calls it, with the results put elsewhere."""
    begin = time.perf_counter()
    command = [sys.executable, "-m", "jupyter", "nbconvert", "--log-level=ERROR", "--execute"]
    command += ["--config", str(PROJECT / "nbconvert_config.py"), "--to", "notebook"]
    subprocess.run([*command, "--output-dir", folder, *map(str, notebooks)], check=True)
    return time.perf_counter() - begin


if __name__ == "__main__":
    ours = sorted((PROJECT / "notebooks").glob("*.ipynb"))
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for place, _ in enumerate(ours):
            cells = [nbformat.v4.new_code_cell(source) for source in PLAIN]
            path = Path(folder) / f"plain-{place}.ipynb"
            nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
            plain.append(path)
        rerun(plain, f"{folder}/out")  # warm-up
        times = [(rerun(ours, f"{folder}/out"), rerun(plain, f"{folder}/out")) for _ in range(3)]
    mine, bare = (sorted(column)[1] for column in zip(*times, strict=True))
    print(
        f"{len(ours)} notebooks: {mine:.1f} s, as many plain ones: {bare:.1f} s: "
        f"{mine / bare:.2f} times their time"
    )
