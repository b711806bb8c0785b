"""What figures would show in another language than their own is listed."""

from dataclasses import replace

import pytest

import analysis
from analysis import LANGUAGES
from analysis.commands.check import find_untranslated, find_unwritten
from analysis.page.settings import PROJECT
from compact import make_dataset, make_table


@pytest.mark.parametrize("name", ["report", "fortnight"])
def test_the_example_says_everything_in_every_language(name):
    assert find_untranslated(analysis.load(PROJECT / "data" / name)) == []


def test_labels_and_terms_that_are_missing():
    dataset = make_dataset([("a", "toll", 1, 1, 3, 3)])
    assert find_untranslated(dataset) == [
        "parties.csv: label_en is empty for people; figures show another language there",
        *(
            f"no label_{code} in any table; {language} figures show another language"
            for code, language in LANGUAGES.items()
            if code != "en"
        ),
    ]
    parties = dataset.parties.assign(label_en="People", label_ar="ناس", label_fr="Gens")
    tallies = dataset.tallies.assign(source_original="Hospital", cause="shelling", label_en="All")
    tallies = tallies.assign(label_fr="Tous")
    areas = [{"area_id": "town", "label_en": "Town", "label_fr": "Ville"}]
    areas = make_table("areas", areas)
    dataset = replace(dataset, parties=parties, tallies=tallies, areas=areas)
    found = [line.partition(";")[0] for line in find_untranslated(dataset)]
    assert found == [
        "tallies.csv: label_ar is empty for a",
        "areas.csv: label_ar is empty for town",
        "terms.csv: no label_ar for Hospital, shelling",
        "terms.csv: no label_fr for Hospital, shelling",
    ]
    named = [
        {"term": "Hospital", "label_ar": "المستشفى", "label_fr": "Hôpital"},
        {"term": "shelling", "label_ar": "قصف", "label_fr": "tirs d’artillerie"},
    ]
    found = find_untranslated(replace(dataset, terms=make_table("terms", named)))
    assert not any(line.startswith("terms") for line in found)


def test_an_arabic_term_lacks_its_english():
    dataset = make_dataset([("a", "toll", 1, 1, 3, 3)])
    dataset = replace(dataset, tallies=dataset.tallies.assign(source_original="المشفى"))
    found = [line for line in find_untranslated(dataset) if line.startswith("terms")]
    assert len(found) == 1
    assert "label_en" in found[0]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Գյումրի", None),
        ("مدنيون", None),
        ("Киев", None),
        ("死者 (10)", "死 (U+6B7B), 者 (U+8005)"),
    ],
)
def test_letters_that_no_typeface_has_are_named(text, letters):
    dataset = make_dataset([("a", "toll", 1, 1, 3, 3)])
    parties = dataset.parties.assign(label_en=text)
    found = [*find_unwritten(replace(dataset, parties=parties))]
    said = f"parties.csv label_en: {text!r} has {letters}, which no typeface of the figures has; "
    assert found == ([f"{said}add one to charts/fonts"] if letters else [])
