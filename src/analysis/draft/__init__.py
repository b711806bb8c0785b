"""From a text to rows that a person confirms: its numbers, whom they count, when and who says so."""
