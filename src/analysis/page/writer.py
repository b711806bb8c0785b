"""Where nbconvert writes notebooks run on another dataset (``CASUALTY_DATA``): beside that dataset.

The project's own notebooks show the example and stay as they are, whatever ``--inplace`` says.
Only ``--output-dir`` sends the others elsewhere.
"""

from nbconvert.writers import FilesWriter

from analysis.page.settings import settings


class Writer(FilesWriter):
    """nbconvert's writer of files, named in ``nbconvert_config.py``."""

    def write(self, output: str, resources: dict, **options) -> str:
        """Write one converted notebook; pages and other formats go where they are sent."""
        place = settings().notebooks
        if resources.get("output_extension") == ".ipynb" and place and not self.build_directory:
            self.build_directory = str(place)
        return super().write(output, resources, **options)
