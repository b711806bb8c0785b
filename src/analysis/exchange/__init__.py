"""Datasets from and for other formats, each way with a list of what the other cannot hold.

Frictionless (:mod:`.datapackage`), HXL (:mod:`.hxl`), UCDP GED (:mod:`.ged_export`) and ACLED
(:mod:`.acled`) out; GED (:mod:`.ged_rules`, :mod:`.ged_parties`, :mod:`.ged_import`), ACLED
(:mod:`.acled_import`), which share :mod:`.event_rows`, claims (:mod:`.claim_rules`,
:mod:`.claims`) and lists of persons (:mod:`.persons`) in, told apart by :mod:`.formats`; archives
of any size (:mod:`.archive_sort`, :mod:`.archive_write`, :mod:`.archive_files`, :mod:`.archive`).
What comes in is read by :mod:`.encoding` and :mod:`.reading` and written by :mod:`.files`, what
goes out is told apart in :mod:`.losses`. Nothing is invented to fill a column, and no file that is
there already is overwritten.
"""

from analysis.exchange.acled import export_acled
from analysis.exchange.acled_import import import_acled
from analysis.exchange.claims import import_claims
from analysis.exchange.datapackage import export_datapackage
from analysis.exchange.formats import import_table
from analysis.exchange.ged_export import export_ged
from analysis.exchange.ged_import import import_ged
from analysis.exchange.hxl import export_hxl
from analysis.exchange.persons import import_persons
from analysis.exchange.reading import Asked

__all__ = [
    "Asked", "export_acled", "export_datapackage", "export_ged", "export_hxl", "import_acled",
    "import_claims", "import_ged", "import_persons", "import_table",
]  # fmt: skip
