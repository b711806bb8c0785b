"""The page for people who never open a notebook, and where output goes."""
