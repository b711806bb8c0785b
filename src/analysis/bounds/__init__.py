"""From statements to answers.

:mod:`.solutions` solves each family of tallies once; all else asks it: :mod:`.windows` (any days,
each day, month or year), :mod:`.totals` and :mod:`.sums`, :mod:`.ledger`, :mod:`.contradictions`.
:mod:`.parties`, :mod:`.leading`, :mod:`.drawn` and :mod:`.coverage` are what figures draw or say;
:mod:`.vintages` has what each page gave.
"""
