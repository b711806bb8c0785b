"""From statements to the tightest bounds: contradictions, totals, the ledger, windows."""
