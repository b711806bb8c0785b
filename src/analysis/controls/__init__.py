"""The controls of a notebook."""
