"""The files of an archive: ``archive.json`` has a checksum of each, and one of itself.

A file is compared with its checksum whenever it is read; a damaged one is named and gives no
answer.
"""

import io
import json
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.data.dataset import Dataset
from analysis.data.problems import program_name
from analysis.data.times import OFFSETS

ABOUT, FORMAT = "archive.json", 2
"""The file that describes an archive, and the version of the format; 1 had no checksums."""

PARTED, SHARED = ("reports", "tallies", "events"), ("parties", "areas", "terms")
"""Tables of which each part has its own rows, and those that are written once."""
_COLUMNS = {
    "reports": ["report_id", "source_office", "source_date", "source_date_earliest", *OFFSETS],
    "tallies": None,
    "events": """event_id report_id date_start date_end tally_id count_kind count low high reading
        same_as supersedes apart_from counted_in""".split(),  # noqa: SIM905, a line a name
    "parties": ["party_id", "status", "part_of", "apart_from"],
    "areas": ["area_id", "part_of"],
}
"""Columns that answers need, None being all."""


def file_of(table: str, part: int = 0) -> str:
    """The file of a table of a part; of what all parts share there is one."""
    return f"{table}/{part:06d}.parquet" if table in PARTED else f"{table}.parquet"


class Part(NamedTuple):
    """A part of an archive, and the checksums of its files."""

    folder: Path
    number: int
    checksums: dict[str, str]

    def load(self) -> Dataset:
        """The tables and columns that answers need; a ValueError where a file is damaged."""
        tables = {
            table: read_table(self.folder, file_of(table, self.number), self.checksums, columns)
            for table, columns in _COLUMNS.items()
        }
        return Dataset(**tables)


def parts_of(folder: Path, about: dict) -> list[Part]:
    """The parts of the archive in a folder."""
    names = [[file_of(table, number) for table in _COLUMNS] for number in range(about["parts"])]
    known = about["checksums"]
    return [
        Part(folder, number, {name: known[name] for name in own})
        for number, own in enumerate(names)
    ]


def write_table(rows: pd.DataFrame, folder: Path, name: str) -> dict[str, str]:
    """Write a table as Parquet; gives its checksum by its name."""
    content = rows.to_parquet(index=False)
    (folder / name).write_bytes(content)
    return {name: sha256(content).hexdigest()}


def read_table(
    folder: Path, name: str, checksums: dict[str, str], columns: list[str] | None = None
) -> pd.DataFrame:
    """A table as it was written; a ValueError where it is not."""
    content = _content(folder / name)
    if sha256(content).hexdigest() != checksums[name]:
        raise _unusable(folder / name, "is not as it was written: cut off, damaged or edited")
    return pd.read_parquet(io.BytesIO(content), columns=columns)


def write_about(folder: Path, about: dict) -> None:
    """Write the description of an archive."""
    about = {"format": FORMAT} | about
    text = json.dumps(about | {"checksum": _checksum(about)}, ensure_ascii=False, indent=1)
    (folder / ABOUT).write_text(text, encoding="utf-8")


def read_about(folder: Path) -> dict:
    """The description of an archive; a ValueError where it is damaged or of another version."""
    path = folder / ABOUT
    if not path.exists():
        write = f"write one to a new folder: {program_name()} archive INPUT... ARCHIVE"
        raise ValueError(f"{folder} is not an archive; {write}")
    try:
        about = json.loads(_content(path))
        checksum = about.pop("checksum", None)
    except (ValueError, RecursionError, AttributeError, TypeError):
        raise _unusable(path, "cannot be read as it was written: cut off or damaged") from None
    if checksum is None and "format" not in about:
        raise _unusable(folder, f"is an archive of an older version, 1; this one reads {FORMAT}")
    if checksum != _checksum(about):
        raise _unusable(path, "is not as it was written: damaged or edited")
    if about["format"] != FORMAT:
        said = f"is an archive of version {about['format']}; this one reads {FORMAT}"
        raise _unusable(folder, f"{said}: use the version that wrote it")
    return about


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise _unusable(path, "is missing") from None
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None


def _checksum(about: dict) -> str:
    return sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()


def _unusable(path: Path, said: str) -> ValueError:
    mend = (
        f"bring it back from a copy, or write a new one: {program_name()} archive INPUT... FOLDER"
    )
    return ValueError(f"{path} {said}; {mend}")
