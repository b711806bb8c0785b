"""Texts that figures print, read as a copy editor would: brackets and colons of any dataset."""

import re
from contextlib import suppress
from pathlib import Path

import pytest

import analysis
from analysis import LANGUAGES
from analysis.data.problems import ContradictionError, NothingToDrawError
from analysis.figures.choices import FIGURES
from random_datasets import true_tables
from test_oracle import write

DATA = Path(__file__).resolve().parents[1] / "data"
COLON = re.compile(r":(?= |\Z)")
"""A colon between words, none of a time or an address."""


def faults(text):
    """Sentences with brackets in or right behind brackets, or with two colons."""
    found = [text] if re.search(r"\([^()]*\(|\)[\u2068\u2069 ]*\(", text) else []
    return found + [each for each in re.split(r"\. |؛ ", text) if len(COLON.findall(each)) > 1]


def test_faults_are_found():
    assert faults("Civils (bombardements) (OSDH)") and faults("a (b (c)) and d")
    assert faults("Personnes tuées : Habitants : 41") == ["Personnes tuées : Habitants : 41"]
    assert not faults("Civils (OSDH) : 41. Enfants : 11.")


def printed(dataset, language):
    """What every figure that suits a dataset says, and how many do."""
    for name in FIGURES:
        with suppress(NothingToDrawError, ContradictionError):
            chart = getattr(analysis, f"plot_{name}")(dataset, language=language)
            yield from (chart.title, chart.alt, chart.caption, chart.source)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_brackets_in_brackets_and_no_colon_twice(language, tmp_path):
    folders = [write(true_tables(seed)[0], tmp_path / f"{seed}") for seed in range(2)]
    folders += [DATA / name for name in ("report", "fortnight")]
    read = [text for each in map(analysis.load, folders) for text in printed(each, language)]
    assert len(read) > 40
    assert [fault for text in read for fault in faults(text)] == []
