"""Where nbconvert writes executed notebooks: beside the dataset they were run on.

``nbconvert_config.py`` names this writer. The project's own notebooks show the example, so those
run on another dataset (``CASUALTY_DATA``) are copies, whatever ``--inplace`` says; only
``--output-dir`` sends them elsewhere.
"""

from pathlib import Path

from nbconvert.writers import FilesWriter

from analysis.page.settings import settings


class Writer(FilesWriter):
    """nbconvert's writer of files, with a place of its own for notebooks on other data."""

    def write(self, output: str, resources: dict, notebook_name: str | None = None, **kw) -> Path:
        """Write one converted notebook; pages and other formats go where they are sent."""
        place = settings().notebooks
        if resources.get("output_extension") == ".ipynb" and place and not self.build_directory:
            self.build_directory = str(place)
        return super().write(output, resources, notebook_name=notebook_name, **kw)
