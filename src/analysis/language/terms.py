"""Which terms a language has a name for, read off its catalogue without all the rest."""

import re
from functools import cache
from pathlib import Path

_TERM = re.compile(r'^msgctxt "(.*)"\nmsgid "(.*)"$', re.MULTILINE)


@cache
def known_terms(code: str) -> frozenset[tuple[str, str]]:
    """Kind and name of each term in the catalogue of a language, by its code.

    >>> ("harm", "injured") in known_terms("ar"), ("harm", "abducted") in known_terms("ar")
    (True, False)
    """
    return frozenset(_TERM.findall(Path(__file__).with_name(f"{code}.po").read_text("utf-8")))
