"""Catalogues of messages: whole, the same gaps in every language, nothing that nobody says."""

import ast
import itertools
import re
from pathlib import Path
from string import Formatter

import pandas as pd
import pytest
from babel.messages.pofile import read_po

from analysis import LANGUAGES
from analysis.language import locales
from analysis.language.locales import locale_of
from analysis.language.terms import known_terms

SOURCE = Path(locales.__file__).parents[1]


def catalogue(language):
    with (SOURCE / "language" / f"{language}.po").open("rb") as lines:
        read = read_po(lines, locale=language, abort_invalid=True)
    found = [each for each in read if each.id]
    return {(each.context, each.id[0] if each.pluralizable else each.id): each for each in found}


def forms(message):
    """What a message says, in each form where it has several."""
    return message.string if isinstance(message.string, tuple) else (message.string,)


def gaps(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def said():
    """Texts in the code and the templates, and beginnings that another text is put behind."""
    whole, beginnings = (
        {key for context, key in catalogue("en") if context in ("harm", "group")},
        set(),
    )
    for path in SOURCE.rglob("*.j2"):
        for text, goes_on in re.findall(r'"([\w ]+)"( ~)?', path.read_text("utf-8")):
            (beginnings if goes_on else whole).add(text)
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):  # noqa: PD011
                beginnings.add(node.values[0].value)  # noqa: PD011
    return whole, tuple(beginnings)


@pytest.mark.parametrize(
    ("low", "high", "english", "arabic"),
    [
        (0, 0, "0 people killed", "لا قتلى"),
        (1, 1, "1 person killed", "قتيل واحد"),
        (2, 2, "2 people killed", "قتيلان"),
        (3, 3, "3 people killed", "3 قتلى"),
        (10, None, "at least 10 people killed", "10 قتلى على الأقل"),
        (11, None, "at least 11 people killed", "11 قتيلاً على الأقل"),
        (41, 41, "41 people killed", "41 قتيلاً"),
        (99, 100, "99 to 100 people killed", "من 99 إلى 100 قتيل"),
        (101, 102, "101 to 102 people killed", "من 101 إلى 102 قتيل"),
        (102, 111, "102 to 111 people killed", "من 102 إلى 111 قتيلاً"),
        (0, 1, "at most 1 person killed", "قتيل واحد على الأكثر"),
        (0, 2, "at most 2 people killed", "قتيلان على الأكثر"),
        (0, 41, "at most 41 people killed", "41 قتيلاً على الأكثر"),
        (0, None, "not stated", "لم يُذكر"),
        (1, 2, "1 to 2 people killed", "من 1 إلى 2 قتلى"),
        (2, None, "at least 2 people killed", "قتيلان على الأقل"),
        (2, 10, "2 to 10 people killed", "من 2 إلى 10 قتلى"),
        (100, None, "at least 100 people killed", "100 قتيل على الأقل"),
        (1_234, None, "at least 1,234 people killed", "1,234 قتيلاً على الأقل"),
    ],
)
def test_a_noun_has_the_form_that_goes_with_its_number(low, high, english, arabic):
    assert locale_of("en").people("killed", low, high) == english
    assert locale_of("ar").people("killed", low, high).replace("\u00a0", " ") == arabic
    assert "{" not in locale_of("ar").people("abducted", low, high)


@pytest.mark.parametrize(
    ("low", "high", "french"),
    [
        (0, 0, "0 personne tuée"),
        (1, 1, "1 personne tuée"),
        (0, 1, "au~plus~1 personne tuée"),
        (1, 2, "1~à~2 personnes tuées"),
        (2, 2, "2 personnes tuées"),
        (3, 3, "3 personnes tuées"),
        (10, None, "au~moins~10 personnes tuées"),
        (1, None, "au~moins~1 personne tuée"),
        (11, 41, "11~à~41 personnes tuées"),
        (99, 100, "99~à~100 personnes tuées"),
        (101, 102, "101~à~102 personnes tuées"),
        (102, 111, "102~à~111 personnes tuées"),
        (1_234, None, "au~moins~1^234 personnes tuées"),
        (1_000_000, 1_000_000, "1^000^000 de personnes tuées"),
        (2_000_000, None, "au~moins~2^000^000 de personnes tuées"),
        (1_000_001, 1_000_001, "1^000^001 personnes tuées"),
    ],
)
def test_a_french_noun_has_the_form_that_goes_with_its_number(low, high, french):
    written = french.replace("~", "\u00a0").replace("^", "\u202f")
    assert locale_of("fr").people("killed", low, high) == written
    assert "{" not in locale_of("fr").people("abducted", low, high)


@pytest.mark.parametrize(
    ("first", "last", "french"),
    [
        ("2018-07-24", "2018-07-24", "24~juillet~2018"),
        ("2018-08-01", "2018-08-01", "1ᵉʳ~août~2018"),
        ("2018-07-18", "2018-07-23", "du~18~au~23~juillet~2018"),
        ("2018-07-31", "2018-08-01", "du~31~juillet~au~1ᵉʳ~août~2018"),
        (None, "2018-08-01", "jusqu’au~1ᵉʳ~août~2018"),
    ],
)
def test_french_days(first, last, french):
    window = locale_of("fr").window(pd.Timestamp(first), pd.Timestamp(last))
    assert window == french.replace("~", "\u00a0")


def test_french_signs_have_their_spaces():
    for key, message in catalogue("fr").items():
        for text in forms(message):
            assert not re.search(r"[^\s]\s*(?<!\u00a0)[:»]|«(?!\u00a0)", text), key
            assert not re.search(r"(?<!\u202f)[;!?]|['\"]|\.\.\.", text), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_in_every_language_with_the_same_gaps(language):
    own, english = catalogue(language), catalogue("en")
    assert list(own) == list(english)
    for key, message in own.items():
        assert all(text.strip() for text in forms(message)) and not message.fuzzy, key
        assert message.auto_comments == english[key].auto_comments != [], f"no word on {key}"
        # a form for one or two has no digit
        other = gaps(forms(english[key])[-1])
        assert gaps(forms(message)[-1]) == other, key
        assert all(other - gaps(text) <= {"number"} for text in forms(message)), key


THE_SAME = {"Page", "Source", "Offensive", "torture"}
"""What French writes as English does."""


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_every_message_is_translated(language):
    own, english = catalogue(language), catalogue("en")
    for key, message in own.items():
        words = re.sub(r"\{.*?\}", "", forms(english[key])[-1])
        if re.search("[A-Za-z]", words) and words not in THE_SAME:
            assert not {*forms(message)} & {*forms(english[key])}, key


@pytest.mark.parametrize("code", LANGUAGES)
def test_terms_read_off_a_catalogue_are_all_of_its_terms(code):
    messages = locale_of(code)._messages
    assert known_terms(code) == {(kind, name) for kind, name in messages if kind is not None}


def test_every_message_is_said_somewhere():
    whole, beginnings = said()

    def found(key):
        begun = (each for each in beginnings if key.startswith(each))
        return key in whole or any(found(key.removeprefix(each)) for each in begun)

    assert [key for context, key in catalogue("en") if context is None and not found(key)] == []
    assert not found("key of a chest") and not found("title no figure has")


NUMBERS = (0, 1, 2, 3, 10, 11, 41, 99, 100, 101, 102, 111, 1_234)
COUNTED = [
    each.context is None and name.removeprefix("people ")
    for (_, name), each in catalogue("en").items()
    if name.startswith("people ") and each.pluralizable
]


def test_an_arabic_noun_has_a_form_for_each_number_in_every_range():
    nouns = dict.fromkeys((3, 10), "أشخاص") | dict.fromkeys((11, 41, 99, 111, 1_234), "شخصاً")
    nouns |= dict.fromkeys((100, 101, 102), "شخص")

    def people(*asked) -> str:
        return locale_of("ar").people(*asked).replace("\u00a0", " ")

    for number, noun in nouns.items():
        assert people("evacuated", number, number) == f"إجلاء {number:,} {noun}"
        assert people("evacuated", 0, number) == f"إجلاء {number:,} {noun} على الأكثر"
        assert people("evacuated", 1, number) == f"إجلاء من 1 إلى {number:,} {noun}"
        assert people("evacuated", number, None) == f"إجلاء {number:,} {noun} على الأقل"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("noun", COUNTED)
def test_every_counted_noun_is_said_with_every_number(language, noun):
    locale = locale_of(language)
    for low, high in itertools.product(NUMBERS, (*NUMBERS, None)):
        if high is None or low <= high:
            said = locale.people(noun, low, high)
            assert said and "{" not in said
        if high is not None and 0 < low < high:
            assert locale.number(low) in said and locale.number(high) in said


def test_unknown_language_is_named():
    with pytest.raises(ValueError, match="languages are en, ar, fr"):
        locale_of("xx")


TERMS = pd.DataFrame(
    {
        "term": ["SOHR", "local news sources", "Office"],
        "label_en": ["Observatory (SOHR)", "local news sources", "The office"],
        "label_ar": ["المرصد السوري", "مصادر إخبارية محلية", None],
        "short_en": ["SOHR", None, None],
        "short_ar": ["المرصد", None, None],
        "note": [None, None, None],
    }
)


def test_a_dataset_names_its_own_terms():
    arabic = locale_of("ar").with_terms(TERMS)
    assert arabic.source("local news sources") == "مصادر إخبارية محلية"
    assert arabic.term("source", "SOHR") == "المرصد السوري"
    assert arabic.source("SOHR") == "المرصد"
    assert arabic.source("Office") == "\u2068The office\u2069"
    assert arabic.term("harm", "killed") == locale_of("ar").term("harm", "killed")
    assert locale_of("ar").source("SOHR") == "\u2068SOHR\u2069"
    assert locale_of("en").source(None, "unnamed source") == "an unnamed source"
    assert [arabic.knows("source", name) for name in ("SOHR", "Office", "Nobody")] == [
        True,
        False,
        False,
    ]


def test_a_text_of_the_other_direction_keeps_its_brackets_and_numbers():
    english, arabic = locale_of("en"), locale_of("ar")
    isolated = "\u2068Civilians (2)\u2069"
    assert arabic.label({"label_en": "Civilians (2)", "label_ar": None}, "x") == isolated
    assert english.label({"label_ar": "مدنيون"}, "x") == "\u2068مدنيون\u2069"
    assert english.label({"label_en": "Civilians (2)"}, "x") == "Civilians (2)"
    assert arabic.apart("مدنيون (SOHR)") == "مدنيون (SOHR)"  # its own, with a foreign word
    assert arabic.apart("24") == "24" and arabic.label({}, "people") == "\u2068people\u2069"


def test_a_term_of_a_dataset_goes_before_a_common_one():
    own = TERMS.assign(term=["killed", "a", "b"], label_en=["martyred", "a", "b"])
    assert locale_of("en").with_terms(own).term("harm", "killed") == "martyred"


def test_direction_is_that_of_the_script():
    assert [locale_of(code).right_to_left for code in LANGUAGES] == [False, True, False]
