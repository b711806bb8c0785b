"""README and the other English pages: their commands work as typed, their links lead somewhere."""

import re
import shlex

import pytest

from analysis.commands.main import main
from analysis.page.settings import PROJECT

README = (PROJECT / "README.md").read_text(encoding="utf-8")
PAGES = [
    *(PROJECT / name for name in ("README.md", "CONTRIBUTING.md", "data/README.md")),
    *sorted((PROJECT / "docs").glob("*.md")),
]
COMMAND = r"\.venv/bin/python -m analysis ([^`#\n]*)"


def blocks(language: str) -> list[str]:
    """The code of a language in README."""
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```", README)


def test_the_english_pages_are_short():
    assert len(README.splitlines()) <= 100
    assert sum(len(page.read_text(encoding="utf-8").splitlines()) for page in PAGES) <= 700


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_links_lead_to_files_and_headings(page):
    for target, _, heading in re.findall(
        r"\]\((?!https?:)([^)#]+)(#([^)]+))?\)", page.read_text(encoding="utf-8")
    ):
        path = (page.parent / target).resolve()
        assert path.exists(), target
        if heading:
            titles = re.findall(r"(?m)^#+ (.*)$", path.read_text(encoding="utf-8"))
            names = [re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles]
            assert heading in names, heading


def test_three_commands_are_those_of_the_readme():
    (commands,) = blocks("sh")
    lines = [line.partition("#")[0].split() for line in commands.splitlines()]
    assert [words[3] for words in lines[:2]] == ["new", "check"]
    assert lines[2] == ["make", "CASUALTY_DATA=FOLDER"]


@pytest.mark.slow
def test_the_commands_work_as_typed(tmp_path, capsys, monkeypatch):
    """Each command that names FOLDER, in their order; ``--watch`` is checked without waiting."""
    monkeypatch.chdir(PROJECT)
    said = re.findall(COMMAND, README)
    assert [each.split()[0] for each in said] == ["new", "check", "summary", "page"]
    for each in said:
        words = shlex.split(each.replace("FOLDER", shlex.quote(str(tmp_path / "mine"))))
        assert main([word for word in words if word != "--watch"]) == 0, each
    assert (tmp_path / "mine" / "figures" / "report.en.html").stat().st_size > 10_000


def test_each_material_begins_as_typed(tmp_path, capsys):
    begun = re.findall(r"`(new FOLDER[^`]*)`", README)
    assert len(begun) == 5
    for at, each in enumerate(begun):
        folder = str(tmp_path / str(at))
        assert main(each.replace("FOLDER", folder).split()) == 0
        assert main(["check", folder]) == 0
    text = tmp_path / "text.txt"
    text.write_text("The army said that 12 people of the town were killed in it on Monday.")
    (draft,) = re.findall(r"`(draft TEXT FOLDER[^`]*)`", README)
    words = draft.replace("TEXT", str(text)).replace("FOLDER", str(tmp_path / "drafted"))
    assert main(words.split()) == 0


@pytest.mark.slow
def test_the_python_of_the_readme_runs(tmp_path, monkeypatch):
    (code,) = blocks("python")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").symlink_to(PROJECT / "data")
    names: dict = {}
    exec(compile(code.replace("analysis.explore", "str"), "README.md", "exec"), names)
    assert (tmp_path / "islamic-state.png").stat().st_size > 10_000
    low, high = names["analysis"].window_bounds(
        names["dataset"], "sohr_islamic_state", "2018-07-19", "2018-07-31"
    )
    assert 0 < low <= (high or low)


def test_every_command_of_the_pages_is_there(capsys):
    """By its help, so that a renamed command or option is seen."""
    for page in PAGES:
        for each in re.findall(COMMAND, page.read_text(encoding="utf-8")):
            words = shlex.split(each)
            with pytest.raises(SystemExit) as ended:
                main([words[0], "--help"])
            helped = capsys.readouterr().out
            assert ended.value.code == 0
            for option in (word for word in words if word.startswith("--")):
                assert option in helped, each
