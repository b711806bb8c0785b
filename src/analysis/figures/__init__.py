"""The figures, one module each: its numbers, its words, its drawing."""
