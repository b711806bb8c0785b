"""Archives of any size on Dask: an extra that nothing else imports.

Datasets are sorted by family into parts (:mod:`.sorting`), each part is checked and written as
Parquet (:mod:`.writing`, :mod:`.files`) and answered like any dataset (:mod:`.answers`).
"""
