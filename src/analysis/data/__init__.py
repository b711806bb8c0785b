"""The tables of a dataset: the codebook, reading them, every check, cutting them by day and reading."""
