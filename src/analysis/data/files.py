"""How files are written: each whole or not at all, should the process end or the disk be full."""

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


def find_name_fault(name: str) -> str | None:
    """What is wrong with the name of a file to be written: it may lead to no other folder.

    >>> find_name_fault("../x")
    "'../x' names no file; write letters, digits, '-', '_' and '.', which is not the first"
    """
    if re.fullmatch(r"[\w-][\w.-]*", name):
        return None
    said = "write letters, digits, '-', '_' and '.', which is not the first"
    return f"{name!r} names no file; {said}"


def file_in(folder: Path, name: str) -> Path:
    """The file of a name in a folder; a ValueError where the name leads elsewhere."""
    if said := find_name_fault(name):
        raise ValueError(said)
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
        path.hardlink_to(name)
    except FileExistsError:
        raise
    except OSError:
        with path.open("xb") as file:
            file.write(content)


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
