"""Coded datasets: read, checked, and replayed page by page.

Reading: :mod:`.codebook` says what the tables hold; :mod:`.tables` and :mod:`.workbook` give text
cells (:mod:`.spreadsheet`: what a cell of a workbook means), :mod:`.cells` types them,
:mod:`.counts` reads counts in words, :mod:`.rows` finds cells that cannot stand together,
:mod:`.dataset` joins it all, :mod:`.oddities` asks about what may not be meant.

The rules of docs/method.md, as a count meets them: :mod:`.times` and :mod:`.publication` (which
page is the later), :mod:`.nesting` (R1), :mod:`.outcome` (families, each replayed by itself),
:mod:`.replay` (R2 to R4 and R7) of the :mod:`.records` in a :mod:`.history`, with
:mod:`.reductions` (R5) and :mod:`.clashes` (R6), which ask
:mod:`.relations` for what counts allow; :mod:`.stocks` (R8). :mod:`.statements` is the table that
comes out. :mod:`.notices` and :mod:`.questions` put it into words.
"""
