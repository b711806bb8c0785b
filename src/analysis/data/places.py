"""Where files are: seen from the working directory, from a notebook, or in the project.

In a checkout the project is the folder that holds ``data``; an installed wheel carries the example
data inside the package, and what is made of it goes to the working directory.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_CHECKOUT = _PACKAGE.parents[1]
INSTALLED = not (_CHECKOUT / "pyproject.toml").is_file()
PROJECT = _PACKAGE / "example" if INSTALLED else _CHECKOUT
"""Holds ``data/report`` and ``data/fortnight``."""


def find_place(path: str | Path) -> Path:
    """A path as it is, else seen from the folder above (as a notebook's is), else in the project.

    One that is nowhere is seen from the working directory, and absolute, as errors name it.

    >>> find_place("data/report").is_dir()
    True
    >>> find_place("no/such/folder") == Path.cwd() / "no/such/folder"
    True
    """
    named = Path(path).expanduser()
    for place in (Path(), Path.cwd().parent, PROJECT):
        if (place / named).exists():
            return place / named
    return named.absolute()
