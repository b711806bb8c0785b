"""The wheel outside the repository: what it holds, and that its commands need nothing else."""

import os
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A folder with what the wheel unpacks to."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)
    (wheel,) = folder.glob("casualty_analysis-*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def run(installed: Path, folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess:
    own = {name: value for name, value in os.environ.items() if not name.startswith("CASUALTY_")}
    code = "import sys; from analysis.__main__ import run; sys.exit(run())"
    return subprocess.run(
        [sys.executable, "-P", "-c", code, *words],
        cwd=folder,
        env=own | {"PYTHONPATH": str(installed)} | env,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_wheel_holds_all_that_is_needed(installed):
    package = installed / "analysis"
    for name in ("report", "fortnight", "ucdp"):
        assert (package / "example" / "data" / name / "events.csv").is_file()
    for name in ("charts/fonts/OFL.txt", "language/ar.po", "page/index.html.j2", "page/page.css"):
        assert (package / name).is_file()
    for name in ("py.typed", "__init__.pyi", "figures/plots.pyi", "controls/picture.js"):
        assert (package / name).is_file()
    (scripts,) = installed.glob("*.dist-info/entry_points.txt")
    assert "casualty-analysis = analysis.__main__:run" in scripts.read_text()
    (about,) = installed.glob("*.dist-info/METADATA")
    needed = [each for each in about.read_text().splitlines() if each.startswith("Requires-Dist")]
    assert any("jupyterlab" in each and "extra == 'lab'" in each for each in needed)


@pytest.mark.slow
def test_its_commands_run_elsewhere(installed, tmp_path):
    assert run(installed, tmp_path, "new", "mine").returncode == 0
    checked = run(installed, tmp_path, "check", "mine")
    assert checked.returncode == 0 and checked.stderr == ""
    text = tmp_path / "korsa.txt"
    text.write_text("A blast on Monday killed at least nine people, the Korsa hospital said.")
    drafted = run(installed, tmp_path, "draft", "korsa.txt", "korsa", "--date", "2031-06-19")
    assert drafted.returncode == 0 and "1 numbers of people harmed" in drafted.stdout
    assert run(installed, tmp_path, "page", "mine").returncode == 0
    assert (tmp_path / "mine" / "figures" / "report.ar.html").is_file()


@pytest.mark.slow
def test_the_example_is_inside_and_its_page_goes_to_the_working_directory(installed, tmp_path):
    made = run(installed, tmp_path, "page")
    assert made.returncode == 0, made.stdout + made.stderr
    assert (tmp_path / "figures" / "report.en.html").is_file()
    assert not (installed / "figures").exists()


@pytest.mark.slow
def test_a_file_that_hides_the_package_is_named(installed, tmp_path):
    (tmp_path / "analysis.py").write_text("")
    said = run(installed, tmp_path, "check", "data/report")
    assert said.returncode == 0 and "analysis.py in this folder hides the package" in said.stderr


def test_hosted_ci_runs_the_commands_of_the_readme():
    jobs = yaml.safe_load((PROJECT / ".github" / "workflows" / "ci.yml").read_text())["jobs"]
    runs = [step.get("run") for step in jobs["test"]["steps"]]
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    for command in ("make", "make test"):
        assert command in runs and f"`{command}`" in readme
    for name in ("environment.yml", "binder/environment.yml"):
        assert yaml.safe_load((PROJECT / name).read_text())["name"] == "casualty-analysis"


def test_requirements_name_what_the_project_needs():
    about = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    pinned = (PROJECT / "requirements.txt").read_text()
    assert pinned.startswith("-e .[lab]\n")
    for each in [*about["dependencies"], *about["optional-dependencies"]["lab"]]:
        assert f"\n{each.partition('>')[0]}==" in pinned
