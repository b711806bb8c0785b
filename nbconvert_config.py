"""How nbconvert reruns the notebooks: nothing is kept that differs from run to run.

Run on another dataset, they are written beside it and leave the project's own as they are. Tags of
cells and the pairing of jupytext stay.
"""

import os
import sys
from pathlib import Path

from analysis.data.files import hold
from analysis.page.settings import settings

c = get_config()  # noqa: F821
c.ExecutePreprocessor.record_timing = False
c.ExecutePreprocessor.extra_arguments = ["--log-level=ERROR"]
c.ClearMetadataPreprocessor.enabled = True
c.ClearMetadataPreprocessor.clear_cell_metadata = False
c.ClearMetadataPreprocessor.preserve_nb_metadata_mask = {"kernelspec", "jupytext"}
os.environ["CASUALTY_STILL"] = "1"  # controls have names that differ from run to run
# of two runs of one notebook at once the later waits, until the process of the first has ended
with hold(Path(sys.argv[-1])) as held:
    os.dup(held.fileno())
place = settings()
if place.notebooks:
    c.NbConvertApp.writer_class = "analysis.page.writer.Writer"
    # a relative path is meant from here, not from the notebooks' folder
    os.environ["CASUALTY_DATA"] = str(place.data)
os.environ.setdefault("CASUALTY_FIGURES", str(place.figures))
