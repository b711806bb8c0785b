"""The encoding of a file: UTF-8 and UTF-16 are certain, a code page is a guess, and noted."""

import codecs
from collections import Counter
from pathlib import Path

from charset_normalizer import from_bytes

from analysis.data.problems import DatasetError, Problem
from analysis.data.tables import is_arabic

_SAMPLE = 2**16  # bytes from which a code page is guessed


def unreadable(path: Path, line: int | None, said: str) -> DatasetError:
    """An error that names a file that cannot be read."""
    return DatasetError([Problem(path.name, line, None, said)], path)


def find_encoding(path: Path) -> tuple[str, list[str]]:
    """The encoding of a file, and a note where it is a guess."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16", []
    zeros = [head[start:400:2].count(0) for start in (0, 1)]
    if max(zeros) > 20:
        return ("utf-16-be", "utf-16-le")[zeros[1] > zeros[0]], []
    if b"\0" in head:
        said = "holds a NUL byte, the file is damaged; export it again"
        raise unreadable(path, head[: head.index(0)].count(b"\n") + 1, said)
    line, sample = _find_not_utf8(path)
    return _guess_code_page(path, line, head, sample) if sample else ("utf-8-sig", [])


def _find_not_utf8(path: Path) -> tuple[int, bytes]:
    """The first line that is not UTF-8 and what follows; nothing where all is."""
    with path.open("rb") as file:
        for line, content in enumerate(file, start=1):
            try:
                content.decode()
            except UnicodeDecodeError:
                return line, content + file.read(_SAMPLE)
    return 0, b""


def _guess_code_page(path: Path, line: int, head: bytes, sample: bytes) -> tuple[str, list[str]]:
    """The code page of a file whose ``line`` begins a ``sample`` that is not UTF-8, and a note."""
    text = (head + sample).decode(errors="replace")
    spoilt = Counter(sign == "\ufffd" for sign in text if sign > "\x7f")
    if spoilt[False] > spoilt[True]:
        raise unreadable(path, line, "is UTF-8 but for damage here; export it again")
    best = from_bytes(head + sample, cp_exclusion=["utf_16", "utf_32", "utf_7"]).best()
    page = "cp1256" if is_arabic(sample) else best and best.encoding
    if not page:
        said = "is in an encoding that cannot be told; name it: --encoding windows-1252"
        raise unreadable(path, line, said)
    foreign = next(each for each in sample.splitlines() if not each.isascii())
    shown = foreign.decode(page, errors="replace").strip()[:80]
    guess = f"read as {page}, a guess; line {line} is {shown!r}."
    return page, [f"{guess} If that is wrong, name another: --encoding windows-1252"]
