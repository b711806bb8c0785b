"""Catalogues of messages: whole, the same gaps in both languages, nothing that nobody says."""

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from analysis.language import languages
from analysis.language.languages import LANGUAGES, language_of

SOURCE = Path(languages.__file__).parents[1]


def catalogue(language):
    with (SOURCE / "language" / f"{language}.po").open("rb") as lines:
        read = read_po(lines, locale=language, abort_invalid=True)
    return {(each.context, each.id): each for each in read if each.id}


def gaps(text):
    return sorted({name for _, name, _, _ in Formatter().parse(text) if name is not None})


def said():
    """Texts in the code and the templates, and beginnings that another text is put behind."""
    whole, beginnings = set(), set()
    for path in SOURCE.rglob("*.j2"):
        for text, goes_on in re.findall(r'"([\w ]+)"( ~)?', path.read_text("utf-8")):
            (beginnings if goes_on else whole).add(text)
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                beginnings.add(node.values[0].value)
    return whole, tuple(beginnings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_in_both_languages_with_the_same_gaps(language):
    own, english = catalogue(language), catalogue("en")
    assert list(own) == list(english)
    for key, message in own.items():
        assert message.string.strip() and not message.fuzzy, key
        assert gaps(message.string) == gaps(english[key].string), key


def test_every_message_is_said_somewhere():
    whole, beginnings = said()

    def found(key):
        begun = (each for each in beginnings if key.startswith(each))
        return key in whole or any(found(key.removeprefix(each)) for each in begun)

    assert [key for context, key in catalogue("en") if context is None and not found(key)] == []
    assert not found("key of a chest") and not found("title no figure has")


def test_unknown_language_is_named():
    with pytest.raises(ValueError, match="languages are en and ar"):
        language_of("fr")


def test_a_source_without_a_short_name_is_called_by_its_full_one():
    arabic = language_of("ar")
    assert arabic.source("local news sources") == "مصادر إخبارية محلية"
    assert arabic.term("source", "SOHR") != arabic.term("short source", "SOHR") == "المرصد"
    assert arabic.source("SOHR") == "المرصد"
    assert language_of("en").source(None, "unnamed source") == "an unnamed source"


def test_direction_is_that_of_the_script():
    assert [language_of(code).right_to_left for code in LANGUAGES] == [False, True]
