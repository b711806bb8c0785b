"""Checking at every save: what is printed, and when."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from analysis.commands.watch import find_changes, watch
from analysis.data import codebook
from analysis.data.problems import Problem
from conftest import INTERRUPTIBLE

FINE = "2 reports, 4 parties, 3 tallies, 1 terms, 4 events (2 with a count); no problem found"
NOT_WHOLE = "is not a whole number; write digits"
UNREAD = "Totals: none until the tables can be read"
SAME = "Totals: unchanged"
SOURCE = "\u2068المرصد\u2069"
CIVILIANS = "  civilians, killed: 41 to 45, 18 to 23 July 2018, published 24 July 2018"
ADDED = "    all these numbers added: 45; they overlap"
TOTALS = ["Totals:", SOURCE, CIVILIANS, ADDED]


@pytest.fixture
def folder(tmp_path, labelled, write_tables) -> Path:
    """A folder of which check has nothing to say."""
    return write_tables(tmp_path, labelled)


@pytest.fixture
def save(folder):
    """A function that saves a file with something replaced, as an editor does."""
    clock = iter(range(2_000_000_000, 2_000_001_000))

    def saved(old, new, table="events"):
        path = folder / f"{table}.csv"
        path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))
        os.utime(path, (0, next(clock)))

    return saved


def watched(folder, capsys, *steps) -> list[list[str]]:
    """What is printed at first, and after each step; a step is taken between two looks."""
    taken = iter([step for one in steps for step in (one, None)])
    printed = []

    def wait(seconds):
        step = next(taken)
        if step:
            printed.append(capsys.readouterr().out)
            step()

    watch(folder, rounds=2 * len(steps), wait=wait)
    printed.append(capsys.readouterr().out)
    return [re.sub(r"\d\d:\d\d:\d\d", "TIME", text).splitlines() for text in printed]


def test_what_is_new_and_what_is_gone(folder, save, capsys):
    printed = watched(
        folder,
        capsys,
        lambda: save(",41,45", ",forty,45"),
        lambda: save(",incident,,4", ",incident,,four"),
        lambda: save(",forty,45", ",41,45"),
        lambda: save(",incident,,four", ",incident,,4"),
    )
    forty = f"events.csv:2 low: 'forty' {NOT_WHOLE}"
    four = f"events.csv:3 low: 'four' {NOT_WHOLE}"
    assert printed == [
        [
            f"{folder}: {FINE}",
            *TOTALS,
            f"Watching {folder}: it is checked at every save. Ctrl-C ends.",
        ],
        ["TIME saved; 1 problem left", f"+ {forty}", UNREAD],
        ["TIME saved; 2 problems left", f"+ {four}", UNREAD],
        ["TIME saved; 1 problem left", f"- {forty}", UNREAD],
        [f"TIME saved; {folder}: {FINE}", f"- {four}", SAME],
    ]


def test_a_save_says_what_it_does_to_the_totals(folder, save, capsys):
    higher = CIVILIANS.replace("41 to 45", "50 to 55")
    printed = watched(
        folder,
        capsys,
        lambda: save(",41,45", ",forty,45"),
        lambda: save(",forty,45", ",50,55"),
        lambda: save("at least, at most", "a note"),
        lambda: save(",50,55", ",2,3"),
    )
    fine = f"TIME saved; {folder}: {FINE}"
    changed = ["Totals changed:", SOURCE, f"- {CIVILIANS}", f"- {ADDED}", f"+ {higher}"]
    changed.append(f"+ {ADDED.replace('45', '54')}")
    gone = f"- events.csv:2 low: 'forty' {NOT_WHOLE}"
    assert printed[2] == [fine, gone, *changed]
    assert printed[3] == [fine, SAME]
    assert printed[4][0] == "TIME saved; 1 problem left"
    assert printed[4][-2:] == [changed[-1].replace("+", "-"), "+   civilians, killed: left out"]


def test_many_totals_are_shortened(tmp_path, labelled, write_tables, capsys):
    tally = labelled["tallies"][0]
    labelled["tallies"] = [tally | {"tally_id": f"t{at}", "area": str(at)} for at in range(50)]
    event = labelled["events"][0]
    labelled["events"] = [event | {"event_id": f"e{at}", "tally_id": f"t{at}"} for at in range(50)]
    printed = watched(write_tables(tmp_path, labelled), capsys)
    assert printed[0][-2] == "… and 13 more lines; see summary"


def test_a_problem_that_moves_is_no_new_one(folder, save, capsys):
    save(",incident,,4", ",incident,,four")
    printed = watched(folder, capsys, lambda: save("\nmonday", "\n\nmonday"))
    said = f"low: 'four' {NOT_WHOLE}"
    assert printed[0][0] == f"events.csv:3 {said}"
    moved = f"~ events.csv:4 {said} (was row 3)"
    assert printed[1] == ["TIME saved; 1 problem left", moved, UNREAD]


def test_nothing_is_printed_without_a_save(folder, capsys):
    (folder / "notes.txt").write_text("other")
    printed = watched(folder, capsys, lambda: (folder / "notes.txt").write_text("files"))
    assert printed[1] == []


def test_a_save_that_goes_on_is_waited_for(folder, save, capsys):
    words = iter(["f", "fo", "for", "fort", "forty"])
    last = ["41"]

    def wait(seconds):
        word = next(words, None)
        if word:
            save(f",{last[0]},45", f",{word},45")
            last[0] = word

    watch(folder, rounds=8, wait=wait)
    printed = capsys.readouterr().out.splitlines()[6:]
    assert [line[9:] for line in printed[:1]] == ["saved; 1 problem left"]
    assert printed[1:] == [f"+ events.csv:2 low: 'forty' {NOT_WHOLE}", UNREAD]


def test_a_file_that_comes_and_goes(folder, save, capsys):
    path = folder / "parties.csv"
    content = path.read_bytes()
    printed = watched(folder, capsys, path.unlink, lambda: path.write_bytes(content))
    wanted = ",".join(codebook.columns("parties"))
    missing = f"parties.csv: the file is missing; expected columns: {wanted}"
    assert printed[1] == ["TIME saved; 1 problem left", f"+ {missing}", UNREAD]
    assert printed[2] == [f"TIME saved; {folder}: {FINE}", f"- {missing}", SAME]


def test_contradictions_are_watched_too(folder, save, capsys):
    printed = watched(folder, capsys, lambda: save(",incident,,4", ",incident,,46"))
    assert printed[1][0] == "TIME saved; 1 problem left"
    assert printed[1][1].startswith("+ these statements cannot all be true")


def test_ctrl_c_ends_it(folder, capsys):
    def interrupt(seconds):
        raise KeyboardInterrupt

    watch(folder, wait=interrupt)
    assert capsys.readouterr().out.endswith("\nStopped watching.\n")


def test_the_same_problem_twice_is_counted_twice():
    one, two = (Problem("events.csv", line, "low", "is empty") for line in (3, 4))
    assert find_changes([one, two], [one]) == ["- events.csv:4 low: is empty"]
    assert find_changes([one, two], [two, one]) == []


@contextmanager
def ended_in_the_end(running, seconds=60):
    """A command without an end ends: after a failure, and when nothing is printed for long."""
    clock = threading.Timer(seconds, running.kill)
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
        running.kill()


@pytest.mark.skipif(sys.platform == "win32", reason="a console's Ctrl-C")
def test_the_real_command(folder):
    command = [sys.executable, "-u", "-m", "analysis", "check", str(folder), "--watch"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with (
        subprocess.Popen(command, **pipes, **INTERRUPTIBLE) as running,
        ended_in_the_end(running),
    ):
        assert running.stdout.readline().decode().strip() == f"{folder}: {FINE}"
        assert [running.stdout.readline().decode().strip("\n") for _ in TOTALS] == TOTALS
        running.stdout.readline()
        path = folder / "events.csv"
        path.write_bytes(path.read_bytes().replace(b",41,", b",forty,"))
        assert running.stdout.readline().decode().endswith("saved; 1 problem left\n")
        assert running.stdout.readline().decode().startswith("+ events.csv:2 low: 'forty'")
        assert running.stdout.readline().decode() == f"{UNREAD}\n"
        time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        said, errors = running.communicate(timeout=30)
    assert (running.returncode, said.decode(), errors) == (0, "\nStopped watching.\n", b"")
