"""How nbconvert reruns the notebooks: nothing is kept that differs from run to run.

Run on another dataset, they are written beside it and leave the project's own as they are.
"""

import hashlib
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

c = get_config()  # noqa: F821
c.ExecutePreprocessor.record_timing = False
c.ClearMetadataPreprocessor.enabled = True
c.ClearMetadataPreprocessor.preserve_nb_metadata_mask = {"kernelspec"}
c.ExecutePreprocessor.extra_arguments = ["--log-level=ERROR"]
with suppress(ImportError):  # not on Windows
    import fcntl

    # of two runs of one notebook at once the later waits, until the first has ended
    one = hashlib.sha256(f"{os.getuid()} {Path(sys.argv[-1]).resolve()}".encode()).hexdigest()[:16]
    lock = Path(tempfile.gettempdir(), f"casualty-analysis-{one}.lock")
    fcntl.flock(os.open(lock, os.O_CREAT | os.O_RDWR), fcntl.LOCK_EX)
if os.environ.get("CASUALTY_DATA"):
    c.NbConvertApp.writer_class = "analysis.page.writer.Writer"
    # a relative path is meant from here, not from the notebooks' folder
    os.environ["CASUALTY_DATA"] = str(Path(os.environ["CASUALTY_DATA"]).resolve())
