"""Tables of other formats as files: their rows are read as text, datasets are written.

No file that is there is overwritten, and no dataset is written that does not load.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.data import codebook
from analysis.data.dataset import Dataset, load


def write_dataset(
    tables: dict[str, list[dict]], folder: Path, beside: dict[str, str] | None = None
) -> Dataset:
    """Write a dataset, and texts beside it by name of file, once it is known to load.

    A FileExistsError, nothing being written, where one of the files is in the folder.
    """
    texts = beside or {}
    names = [*(f"{table}.csv" for table in codebook.TABLES), *texts]
    if there := [name for name in names if (folder / name).exists()]:
        raise FileExistsError(f"{folder / there[0]} is there; name a folder without")
    with TemporaryDirectory() as trial:
        _write(tables, Path(trial))
        dataset = load(trial)
    _write(tables, folder)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return dataset


def _write(tables: dict[str, list[dict]], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for table, rows in tables.items():
        cells = pd.DataFrame(rows, columns=codebook.columns(table), dtype=object)
        write_new(folder / f"{table}.csv", cells)


def write_new(path: Path, table: pd.DataFrame) -> None:
    """Write a UTF-8 CSV file, days as YYYY-MM-DD; a FileExistsError where there is a file."""
    with path.open("x", encoding="utf-8", newline="") as file:
        table.to_csv(file, index=False, lineterminator="\n", date_format="%Y-%m-%d")
