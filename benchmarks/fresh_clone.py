"""``make`` in a fresh clone, against doing the same without it; and ``make`` again.

The same is a venv, pip of the same packages, and a run of as many plain notebooks.
"""

import sys
import tempfile
from pathlib import Path

import nbformat
from measure import PROJECT, report, run, seconds
from notebooks import PLAIN


def bare(folder: str, notebooks: int) -> None:
    """What anybody does who starts without this project."""
    place = Path(folder)
    packages = (PROJECT / "requirements.txt").read_text().splitlines()[1:]
    (place / "same.txt").write_text("\n".join(packages))
    run(sys.executable, "-m", "venv", "bare", folder=folder)
    run("bare/bin/python", "-m", "pip", "install", "--quiet", "-r", "same.txt", folder=folder)
    cells = [nbformat.v4.new_code_cell(source) for source in PLAIN]
    plain = [f"plain-{number}.ipynb" for number in range(notebooks)]
    for name in plain:
        nbformat.write(nbformat.v4.new_notebook(cells=cells), place / name)
    command = ["bare/bin/jupyter", "nbconvert", "--log-level=ERROR", "--execute"]
    run(*command, "--to", "notebook", "--inplace", *plain, folder=folder)


if __name__ == "__main__":
    number = len([*(PROJECT / "notebooks").glob("*.ipynb")])
    with tempfile.TemporaryDirectory() as folder:
        clone = f"{folder}/clone"
        run("git", "clone", "--quiet", PROJECT, clone)
        command = ["make", f"PYTHON={sys.executable}"]
        ours = seconds(lambda: run(*command, folder=clone), runs=1)
        theirs = seconds(lambda: bare(folder, number), runs=1)
        again = seconds(lambda: run(*command, folder=clone), runs=3)
    said = f"venv, pip of the same packages, {number} plain notebooks"
    report(("make in a fresh clone", ours), (said, theirs))
    print(f"make again, nothing changed: {again:.1f} s")
