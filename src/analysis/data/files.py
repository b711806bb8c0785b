"""Where files are, and how they are written.

A path is sought from the working directory, from a notebook, or in the project. In a checkout that
is the folder that holds ``data``; an installed wheel carries the example data inside the package,
and what is made of it goes to the working directory. A file is written whole or not at all, should
the process end or the disk be full.
"""

import os
import re
import tempfile
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import IO

fcntl = None
with suppress(ImportError):  # not on Windows
    import fcntl

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


def file_in(folder: Path, name: str) -> Path:
    """The file of a name in a folder; a ValueError where the name leads elsewhere.

    >>> file_in(Path("figures"), "toll.svg").as_posix()
    'figures/toll.svg'
    """
    if not re.fullmatch(r"[\w-][\w.-]*", name):
        mend = "write letters, digits, '-', '_' and '.', which is not the first"
        raise ValueError(f"{name!r} names no file; {mend}")
    return folder / name


def temporary(path: Path, suffix: str) -> Path:
    """Where something temporary that belongs to a path stands, always the same for one user."""
    owner = os.getuid() if fcntl else ""
    name = sha256(f"{owner} {path.resolve()}".encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir(), f"casualty-analysis-{name}{suffix}")


def hold(path: Path) -> IO[str]:
    """Wait until no other process holds a path, then hold it until what is given is closed.

    The lock is a file elsewhere, so that nothing is added beside the path; where the system has no
    such locks (Windows) nobody waits.
    """
    held = temporary(path, ".lock").open("a")
    if fcntl:
        fcntl.flock(held, fcntl.LOCK_EX)
    return held


def write_whole(path: Path, content: bytes, new: bool = False) -> None:
    """Write a file so that it is there whole or, when the process is killed, as it was before.

    With ``new`` a FileExistsError where there is one, though it came in between.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as unfinished:
            unfinished.write(content)
        os.umask(mask := os.umask(0))  # there is no asking without setting
        Path(name).chmod(0o666 & ~mask)
        if new:
            _add(path, name, content)
        else:
            Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _add(path: Path, name: str, content: bytes) -> None:
    """Give a written file its name where no file has it, also where disks know no links."""
    try:
        with suppress(OSError):
            path.hardlink_to(name)
            return
        with path.open("xb") as file:  # also says so where there is a file
            file.write(content)
    except FileExistsError:
        raise FileExistsError(f"{path} is there already; give another name") from None


def write_new(folder: Path, contents: dict[str, bytes]) -> list[Path]:
    """Write new files into a folder, all of them or, when something fails, none; gives them."""
    written: list[Path] = []
    try:
        for name, content in contents.items():
            write_whole(path := file_in(folder, name), content, new=True)
            written.append(path)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return written
