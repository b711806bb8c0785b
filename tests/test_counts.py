"""Counts as pages write them: what they allow, and what is said of words that are no count."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.data import counts
from analysis.data.counts import MOST, ascii_digits, in_words, read_count, with_counts

FORMS = {
    (41, 41): ["41", "٤١", "۴۱", "४१", " \u200f41\u00a0", "041"],
    (30, 40): [
        "30 to 40",
        "30-40",
        "30–40",
        "30 — 40",
        "from 30 to 40",
        "between 30 and 40",
        "30 à 40",
        "de 30 à 40",
        "Entre 30 et 40",
        "من ٣٠ إلى ٤٠",
        "من 30 الى 40",
        "بين 30 و40",
        "ما بين ٣٠ و٤٠",
    ],
    (43, None): [
        "at least 43",
        "At  least\u202f43",
        "43+",
        "43 +",
        "≥43",
        ">= 43",
        "43 or more",
        "no fewer than 43",
        "au moins 43",
        "43 ou plus",
        "على الأقل 43",
        "٤٣ على الأقلّ",
        "ما لا يقلّ عن ٤٣",
        "43 أو أكثر",
    ],
    (61, None): ["more than 60", "over 60", ">60", "plus de 60", "أكثر من ٦٠", "اكثر من 60"],
    (0, 12): [
        "up to 12",
        "at most 12",
        "≤ 12",
        "no more than 12",
        "jusqu'à 12",
        "jusqu’à 12",
        "au plus 12",
        "حتى 12",
        "لا يزيد على ١٢",
    ],
    (0, 4): ["fewer than 5", "less than 5", "under 5", "<5", "moins de 5", "أقل من 5"],
    (1234, 1234): ["1,234", "1 234", "1\u202f234", "1\u2009234", "1'234", "1’234", "١٬٢٣٤"],
    (1234567, 1234567): ["1,234,567", "1.234.567", "1 234 567"],
    (1200, 1300): ["1,200-1,300", "1 200 to 1 300"],
    (0, 0): ["0", "fewer than 1"],
    (MOST, MOST): ["9" * 15],
}
PLACED = [(text, ends) for ends, texts in FORMS.items() for text in texts]

NO_COUNT = "is no count; write it as 41, 30 to 40, at least 43, more than 60 or up to 12, or put "
NO_COUNT += "the words into note and empty count, count_kind and tally_id"
FRACTION = "is no whole number of persons; write it as 41, 30 to 40, at least 43, more than 60 or "
FRACTION += "up to 12"
VAGUE = ["about 40", "dozens", "40?", "258*", "environ 40", "نحو 40", "عشرات", "nearly 40", ""]
VAGUE += ["-4", "−4", "+4", "4.", "²", "≱43", "NaN", "1e3", "at least", "43 dead", "40 to", "12-"]
BROKEN = ["1.5", "30,40", "12,34,567", "1,234.567", "1,,000", "30, 40", "0,123", "41 45"]


@pytest.mark.parametrize(("text", "ends"), PLACED, ids=[text for text, _ in PLACED])
def test_what_a_count_allows(text, ends):
    assert read_count(text) == ends


def said_of(text) -> str:
    with pytest.raises(ValueError) as caught:
        read_count(text)
    return str(caught.value)


@pytest.mark.parametrize("text", VAGUE)
def test_what_bounds_nothing_is_no_count(text):
    assert said_of(text) == f"{text!r} {NO_COUNT}"


@pytest.mark.parametrize("text", BROKEN)
def test_thousands_stand_in_threes(text):
    assert said_of(text) == f"{text!r} {FRACTION}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("at least 1.234", "'1.234' can be 1234 or a fraction; write 1234"),
        ("40 to 30", "'40 to 30' has its low above its high; write 30 to 40"),
        ("fewer than 0", "'fewer than 0' has its low above its high; nobody is fewer than 0"),
        ("9" * 16, f"'{'9' * 16}' is too large; write at most 15 digits"),
        (f"more than {MOST}", f"'more than {MOST}' is too large; write at most 15 digits"),
    ],
)
def test_what_is_said_of_a_number(text, said):
    assert said_of(text) == said


def test_every_form_is_told_apart():
    forms = [form for lines in counts._FORMS.values() for line in lines for form in line.split(";")]
    assert len({*map(counts._plain, forms)}) == len(forms)


@given(st.integers(0, MOST), st.none() | st.integers(0, MOST))
def test_what_is_said_is_read_again(low, high):
    low, high = (low, high) if high is None else sorted((low, high))
    assert read_count(in_words(low, high)) == (low, high)
    assert ascii_digits(in_words(low, high)) == in_words(low, high)


@given(st.text(max_size=12))
def test_any_text_is_a_count_or_named(text):
    try:
        low, high = read_count(text)
    except ValueError as error:
        assert str(error)
    else:
        assert 0 <= low <= MOST and (high is None or low <= high <= MOST)


def test_both_forms_of_a_count():
    events = pd.DataFrame({"count": ["41+", None, "dozens", None, "41+"]}, dtype="str")
    numbers = {"low": [None, 3, 7, None, None], "high": [None, 3, None, None, None]}
    found = with_counts(events.assign(**{k: pd.array(v, "Int64") for k, v in numbers.items()}))
    assert found["count"].fillna("").tolist() == ["41+", "3", "dozens", "", "41+"]
    assert found["low"].fillna(-1).tolist() == [41, 3, 7, -1, 41]
    assert found["high"].fillna(-1).tolist() == [-1, 3, -1, -1, -1]
    assert [str(found[name].dtype) for name in found] == ["str", "Int64", "Int64"]
