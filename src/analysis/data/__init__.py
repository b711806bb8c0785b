"""Coded datasets: read, checked, and replayed report by report.

Reading: :mod:`.codebook` says what the tables hold. :mod:`.tables` (CSV files) and :mod:`.workbook`
(sheets) give text cells by line. :mod:`.cells` reads each text by the kind of its column,
:mod:`.counts` those that are counts in words. :mod:`.checks` finds names that no row has, and
cells that cannot stand together. Each gives its :mod:`.problems` with file, line,
column and what to write; :mod:`.dataset` joins them, or the tables where there are none.
:mod:`.oddities` asks about what may not be meant.

The rules of docs/method.md, as a count meets them: :mod:`.times` and :mod:`.publication` (which
report is the later), :mod:`.nesting` (R1), :mod:`.outcome` (families, each replayed by itself),
:mod:`.replay` (R2 to R4 and R7) of the :mod:`.records` (stocks too, R8) in a :mod:`.history` (R5),
with :mod:`.clashes` (R6), which ask :mod:`.relations` for what counts allow. :mod:`.statements` is
the table that comes out. :mod:`.notices` and :mod:`.questions` put it into words.
"""
