"""The tables of a dataset: codebook, reading, every check, cutting by day and reading."""
