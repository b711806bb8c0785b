"""From statements to answers.

:mod:`.solutions` solves each family of tallies once; all else asks it: :mod:`.windows` (any days,
each day, month or year), :mod:`.totals`, :mod:`.ledger`, :mod:`.contradictions`. :mod:`.parties`
and :mod:`.drawn` are what figures draw or say; :mod:`.vintages` has what each report gave,
:mod:`.coverage` the months that sources count in.
"""
