"""From a text to rows that a person confirms: numbers, whom they count, when, who says so."""
