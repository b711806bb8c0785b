"""The same as :mod:`analysis.language.languages`, for callers that pass the code of a language."""

from analysis.language.languages import LANGUAGES, language_of

__all__ = ["LANGUAGES"]


def phrase(name: str, language: str, **parts: object) -> str:
    """A message with its gaps filled."""
    return language_of(language)(name, **parts)


def term(kind: str, name: str, language: str) -> str:
    """A term of a kind."""
    return language_of(language).term(kind, name)


def harm_word(harm: str, language: str) -> str:
    """What happened to people."""
    return language_of(language).term("harm", harm)


def reason(name: str, language: str) -> str:
    """A reason of the ledger."""
    return language_of(language).term("reason", name)


def count(low, high, language: str) -> str:
    """A count in words."""
    return language_of(language).count(low, high)


def day(date, language: str, year: bool = True) -> str:
    """A date."""
    return language_of(language).day(date, year)


def month(date, language: str) -> str:
    """Name of a month."""
    return language_of(language).month(date)


def window(start, end, language: str, year: bool = True) -> str:
    """The days from start to end."""
    return language_of(language).window(start, end, year)


def source(name, language: str, missing: str = "no source") -> str:
    """Who counted, in the short form."""
    return language_of(language).source(name, missing)


def join(parts, language: str, between: str = "clauses") -> str:
    """Parts of a sentence, one after the other."""
    return language_of(language).join(parts, between)
