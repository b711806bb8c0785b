"""Casualty statements of news reports, turned into the tightest bounds they support.

Each public name is loaded from its package when it is first used (``__init__.pyi`` says from
which), so that whoever only checks a dataset does not wait for what draws it.
"""

import lazy_loader

LANGUAGES = {"en": "English", "ar": "Arabic", "fr": "French"}
"""What figures and the page are written in, by ISO 639 code: a catalogue each in ``language``."""

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__all__ += ["LANGUAGES"]
