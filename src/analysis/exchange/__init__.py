"""Datasets from and for other formats, each way with a list of what the other cannot hold.

Frictionless (:mod:`.datapackage`), UCDP GED in (:mod:`.ged_rules`, :mod:`.ged_parties`,
:mod:`.ged_import`) and out (:mod:`.ged_export`), HXL (:mod:`.hxl`), ACLED's column names
(:mod:`.acled`), tables of claims in (:mod:`.claim_rules`, :mod:`.claims`), archives of any size
(:mod:`.archive_sort`, :mod:`.archive_write`, :mod:`.archive`). What comes in is read and written by
:mod:`.files`, what goes out is told apart in :mod:`.losses`. Nothing is invented to fill a column,
and no file that is there already is overwritten.
"""

from analysis.exchange.acled import export_acled
from analysis.exchange.claims import import_claims
from analysis.exchange.datapackage import export_datapackage
from analysis.exchange.ged_export import export_ged
from analysis.exchange.ged_import import import_ged
from analysis.exchange.hxl import export_hxl

__all__ = [
    "export_acled", "export_datapackage", "export_ged", "export_hxl", "import_claims", "import_ged"
]  # fmt: skip
