"""What is done to the project on purpose: hostile names, damage, kills, full disks, settings."""

import hashlib
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from analysis import totals
from analysis.commands.check import check
from analysis.page.settings import PROJECT


def attack(test):
    """A test of what attacks do, which ``make test-all`` runs too."""
    return pytest.mark.slow(pytest.mark.attack(test))


REPORT = PROJECT / "data" / "report"
NAMES = ["$(shell touch made)", "`touch made`", "$(touch made)", "$HOME", "a b", "q'uo\"te", "-x"]
NAMES += [
    "-- x",
    "line\nend",
    "درعا",
    "x;touch made",
    "#h",
    "a%b",
    "a\\",
    "tab\tx",
    "$$x",
    "*",
    "a:b",
]


def files_in(folder: Path) -> dict[str, str]:
    """SHA-256 of each file, by its place; those that begin with a point are being written."""
    there = (path for path in folder.rglob("*") if path.is_file() and path.name[0] != ".")
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in there}


def run(*arguments: object, **options) -> subprocess.Popen:
    command = [sys.executable, "-m", "analysis", *map(str, arguments)]
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, **streams | options)


# Names are data


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("how", ["argument", "environment"])
def test_make_hands_a_name_on_as_it_is(tmp_path, name, how):
    """With tools in the place of the real ones that write down what they are given."""
    shutil.copy(PROJECT / "Makefile", tmp_path)
    for folder in (".venv/bin", "src/analysis", "data", "notebooks", name):
        (tmp_path / folder).mkdir(parents=True)
    for file in ("requirements.txt", "pyproject.toml", "nbconvert_config.py", ".venv/ready"):
        (tmp_path / file).touch()
    tool = tmp_path / ".venv/bin/python"
    tool.write_text('#!/bin/sh\nprintf \'%s\\0\' "$CASUALTY_DATA" "$@" > calls\n')
    tool.chmod(0o755)
    given = {"CASUALTY_DATA": name} if how == "environment" else {}
    asked = [] if given else [f"CASUALTY_DATA={name}"]
    command = ["make", "--silent", *asked, ".venv/made/other/checked"]
    environment = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MAKELEVEL")}
    done = subprocess.run(command, cwd=tmp_path, env=environment | given, capture_output=True)
    assert done.returncode == 0, done.stderr
    meant = f"./{name}" if name.startswith("-") else name
    wanted = [meant, "-m", "analysis", "check", meant]
    assert (tmp_path / "calls").read_bytes().decode().split("\0")[:-1] == wanted
    assert not (tmp_path / "made").exists()


@attack
@pytest.mark.parametrize("name", ["a $HOME 'q' \"d\"", "-x", "درعا\n24"])
def test_every_command_takes_a_hostile_folder(tmp_path, name):
    folder = tmp_path / name
    for command in (["new"], ["check"], ["datapackage"]):
        assert run(*command, folder).wait() == 0
    output = folder / f"out {name}.csv"
    assert run("export", folder, "--to", "hxl", "--output", output).wait() == 0
    environment = os.environ | {"CASUALTY_DATA": str(folder)}
    assert run("page", env=environment).wait() == 0
    assert (folder / "figures" / "report.ar.html").exists()


# Damage


def damaged(content: bytes, chance: random.Random) -> bytes:
    """Bytes flipped, cut out, put in twice, or the end cut off."""
    at, stop = sorted(chance.randrange(len(content) + 1) for _ in range(2))
    stop = min(stop, at + chance.choice([1, 3, 40, 4000]))
    middle = content[at:stop]
    other = [b"", middle * 2, bytes(chance.randrange(256) for _ in middle[:9]), b"\0", b'"', b"\r"]
    other += [b"\xff\xfe", "٤".encode(), b",", b"\n", b"9" * 30, "\u202e".encode()]
    if chance.random() < 0.1:
        return content[:at]
    return content[:at] + chance.choice(other) + content[stop:]


@attack
def test_damage_is_named_or_loads_and_never_ends_in_another_error(tmp_path):
    chance, end, tried = random.Random(1), time.monotonic() + 60, 0
    while time.monotonic() < end:
        folder = tmp_path / str(tried)
        source = chance.choice([REPORT, PROJECT / "data" / "fortnight"])
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("[!a-z]*", "figures"))
        for path in chance.sample(sorted(folder.glob("*.csv")), chance.choice([1, 1, 2])):
            path.write_bytes(damaged(path.read_bytes(), chance))
        found, fine, _ = check(folder)
        assert found or fine
        shutil.rmtree(folder)
        tried += 1
    assert tried > 100


@attack
def test_a_hundred_thousand_rows(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(PROJECT / "benchmarks")
    import datasets
    import loading

    made = loading.with_places(datasets.incidents(100_000, tallies=1))
    datasets.write(tmp_path, made)
    started = time.monotonic()
    found = check(tmp_path).found
    assert found == [] and time.monotonic() - started < 60
    assert totals(made)["low"].sum() > 100_000


# The process ends, the disk is full, the folder is closed


WRITES = {
    "new": ["new", "{out}"],
    "workbook": ["new", "{out}", "--excel"],
    "descriptor": ["datapackage", "{out}"],
    "hxl": ["export", "{out}", "--to", "hxl", "--output", "{out}/rows.csv"],
    "ged": ["import-ged", str(PROJECT / "data" / "ucdp" / "ged_extract.csv"), "{out}"],
    "page": ["page"],
}


def prepared(kind: str, out: Path) -> dict:
    """The folder before a command writes to it, and how the command is run."""
    if kind in ("descriptor", "hxl", "page"):
        shutil.copytree(REPORT, out, ignore=shutil.ignore_patterns("*.json", "figures"))
    named = [part.format(out=out) for part in WRITES[kind]]
    return {"arguments": named, "env": os.environ | {"CASUALTY_DATA": str(out)}}


@attack
@pytest.mark.parametrize("kind", WRITES)
def test_a_kill_leaves_each_file_whole_or_away(tmp_path, kind):
    whole = tmp_path / "0" / "set"
    how = prepared(kind, whole)
    started = time.monotonic()
    assert run(*how["arguments"], env=how["env"]).wait() in (0, 1)
    took, made = time.monotonic() - started, files_in(whole)
    for attempt in range(1, 9):
        out = tmp_path / str(attempt) / "set"
        how = prepared(kind, out)
        process = run(*how["arguments"], env=how["env"])
        time.sleep(took * (0.6 + 0.06 * attempt))
        process.send_signal(signal.SIGKILL)
        process.wait()
        there = files_in(out) if out.exists() else {}
        if kind == "workbook":  # which holds the time it was made
            assert not there or check(out)[0] == []
        else:
            assert there.items() <= made.items()


@attack
@pytest.mark.parametrize("kind", [kind for kind in WRITES if kind != "page"])
def test_a_full_disk_leaves_nothing_behind(tmp_path, kind):
    out = tmp_path / "set"
    how = prepared(kind, out)
    before = files_in(out) if out.exists() else {}

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300, 300))

    process = run(*how["arguments"], env=how["env"], preexec_fn=small)
    said = process.communicate()[0]
    assert process.returncode == 1 and "too large" in said.splitlines()[0]
    assert "Traceback" not in said or kind == "workbook"  # openpyxl tells of its own file besides
    assert (files_in(out) if out.exists() else {}) == before
    assert not any(tmp_path.rglob(".*"))


@attack
@pytest.mark.parametrize("kind", ["new", "ged"])
def test_a_closed_folder_is_named(kind):
    out = Path("/proc/casualties")  # where nobody can make one, not even root
    process = run(*prepared(kind, out)["arguments"])
    said = process.communicate()[0]
    assert process.returncode == 1 and "Traceback" not in said and str(out) in said


# Other settings, two at once


@attack
def test_the_same_bytes_under_any_setting(tmp_path):
    code = (
        "import sys, analysis\n"
        "for plot in (analysis.plot_by_party, analysis.plot_over_time):\n"
        "    analysis.export_figure(plot, analysis.load(sys.argv[1]), sys.argv[2])\n"
    )
    made = []
    for seed, zone, locale in (("0", "UTC", "C"), ("7", "Asia/Damascus", "C.UTF-8")):
        folder = tmp_path / seed
        set_so = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "LANG": locale}
        command = [sys.executable, "-c", code, str(REPORT), str(folder)]
        subprocess.run(command, env=os.environ | set_so, check=True)
        made.append(files_in(folder))
    assert len(made[0]) > 10 and made[0] == made[1]


@attack
def test_of_two_runs_of_a_notebook_the_later_waits(tmp_path):
    book = shutil.copy(PROJECT / "notebooks" / "3-how-many-by-party.ipynb", tmp_path)
    data = shutil.copytree(REPORT, tmp_path / "set")
    command = [Path(sys.executable).with_name("jupyter"), "nbconvert", "--log-level=WARN"]
    command += ["--config", PROJECT / "nbconvert_config.py", "--to", "notebook", "--execute"]
    command += ["--inplace", book]
    environment = os.environ | {"CASUALTY_DATA": str(data)}
    runs = [subprocess.Popen([*map(str, command)], env=environment) for _ in range(2)]
    assert [each.wait() for each in runs] == [0, 0]
    assert (data / "notebooks").exists()
