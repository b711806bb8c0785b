"""Tables of claims as datasets: each rule by hand, every message, and no claim lost."""

import csv
import re
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import DatasetError, load
from analysis.__main__ import main
from analysis.bounds.totals import totals
from analysis.exchange import import_claims

DAY = "2020-05-13"
CLAIM = {
    "claim_id": "a", "publisher": "Example News", "published": "2020-05-14",
    "victim_party": "town_guard", "count": "9", "attributed_source": "Hospital",
    "window_start": DAY, "window_end": DAY,
}  # fmt: skip
TOLL = {"cumulative": "true"}
OTHER = {"publisher": "Other News", "published": "2020-05-15"}


def claim(claim_id="a", **cells):
    return CLAIM | {"claim_id": claim_id} | cells


FINE = claim("fine")


def write(folder: Path, claims, columns=None) -> Path:
    path = folder / "claims.csv"
    names = columns or [*dict.fromkeys(name for each in claims for name in each)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(claims)
    return path


@pytest.fixture
def made(tmp_path):
    """A function that imports claims; every dataset loads."""

    def make(*claims):
        done = import_claims(write(tmp_path, claims), tmp_path / "made")
        assert load(tmp_path / "made").events.equals(done.dataset.events)
        return done

    return make


@pytest.fixture
def problems(tmp_path):
    """A function that gives what is wrong with claims, nothing being written."""

    def find(*claims, columns=None):
        with pytest.raises(DatasetError) as error:
            import_claims(write(tmp_path, claims, columns), tmp_path / "made")
        assert not (tmp_path / "made").exists()
        return [str(each) for each in error.value.problems]

    return find


def cells(table: pd.DataFrame, *columns) -> list[tuple]:
    rows = table[[*columns]].astype(object).where(table[[*columns]].notna(), None)
    return [*rows.itertuples(index=False, name=None)]


def events(done, *columns):
    return cells(done.dataset.events, "event_id", *columns)


# Counts


@pytest.mark.parametrize(
    ("qualifier", "count", "low", "high"),
    [
        ("", "9", 9, 9),
        ("exact", "9", 9, 9),
        ("Exactly", "9", 9, 9),
        ("at least", "9", 9, None),
        ("AT_LEAST", "9", 9, None),
        ("at-least", "9-12", 9, None),
        ("more than", "300", 301, None),
        ("more_than", "300", 301, None),
        ("over", "300", 301, None),
        (">", "300", 301, None),
        ("at most", "9", 0, 9),
        ("up_to", "9 to 12", 0, 12),
        ("fewer than", "30", 0, 29),
        ("less_than", "30", 0, 29),
        ("", "10-12", 10, 12),
        ("", "10 to 12", 10, 12),
        ("", "10–12", 10, 12),
        ("", "٤٣", 43, 43),
        ("", "0", 0, 0),
    ],
)
def test_what_a_qualifier_binds(made, qualifier, count, low, high):
    done = made(claim(qualifier=qualifier, count=count))
    assert events(done, "low", "high", "count_kind") == [("a", low, high, "incident")]
    assert done.questions == []


def test_a_count_stands_as_it_is_written_where_its_words_say_all(made, tmp_path):
    words = [("at_least", "9"), ("over", "300"), ("", "10 to 12"), ("", "٤٣"), ("up_to", "9 to 12")]
    numbered = zip("abcde", words, strict=True)
    made(*(claim(name, qualifier=word, count=count) for name, (word, count) in numbered))
    written = pd.read_csv(tmp_path / "made" / "events.csv", dtype=str, keep_default_na=False)
    assert cells(written, "count", "low", "high") == [
        ("at least 9", "", ""), ("over 300", "", ""), ("10 to 12", "", ""), ("٤٣", "", ""),
        ("", "0", "12"),
    ]  # fmt: skip


def test_claims_none_of_which_is_a_row_are_asked_and_nothing_is_written(problems):
    (found,) = problems(claim(qualifier="about"))
    assert found.startswith("claims.csv: a: about 9 binds nothing. Meanwhile it has no row.")


@pytest.mark.parametrize("qualifier", ["about", "Around", "nearly", "almost", "some"])
def test_a_vague_number_binds_nothing(made, qualifier):
    done = made(claim(qualifier=qualifier), FINE)
    assert events(done) == [("fine",)]
    assert done.questions == [
        f"1. a: {qualifier.lower()} 9 binds nothing. Meanwhile it has no row. To change: "
        "events.csv, a new row a, report_id example-news-2020-05-14, "
        "tally_id hospital-town_guard-killed."
    ]
    assert done.dataset.tallies["tally_id"].tolist() == ["hospital-town_guard-killed"]
    assert done.dataset.reports["report_id"].tolist() == ["example-news-2020-05-14"]


def test_a_qualifier_that_is_unknown(made):
    done = made(claim(qualifier="a handful above"), FINE)
    assert events(done) == [("fine",)]
    assert "a: what does a handful above 9 bind? Meanwhile it has no row." in done.questions[0]


# Reports, parties, tallies


def test_the_tables(made):
    more = {
        "report_url": "https://example.org/1", "published_basis": "Stated", "subgroup": "children",
        "measure": "injured", "cause": "shelling", "place": "Marwada", "note": "By hand",
        "whatever": "x",
    }  # fmt: skip
    done = made(claim(**more), claim("b", **OTHER), claim("c", count="3", **OTHER, **TOLL))
    reports = cells(
        done.dataset.reports, "report_id", "source_office", "source_date", "source_date_basis"
    )
    assert reports == [
        ("example-news-2020-05-14", "Example News", pd.Timestamp("2020-05-14"), "stated"),
        ("other-news-2020-05-15", "Other News", pd.Timestamp("2020-05-15"), None),
    ]
    assert done.dataset.reports["url"][0] == "https://example.org/1"
    assert cells(done.dataset.parties, "party_id", "label_en") == [("town_guard", "Town guard")]
    assert cells(done.dataset.tallies.drop(columns=["note", "label_ar"]), *TALLY) == [
        ("hospital-town_guard-children-injured-shelling-marwada", "Hospital", "town_guard",
         "children", "injured", "shelling", "Marwada",
         "Town guard, children, injured, shelling, Marwada"),
        ("hospital-town_guard-killed", "Hospital", "town_guard", None, "killed", None, None,
         "Town guard, killed"),
    ]  # fmt: skip
    columns = "where_description", "note", "date_start", "date_end"
    assert events(done, *columns)[0] == (
        "a", "Marwada", "By hand", pd.Timestamp(DAY), pd.Timestamp(DAY)
    )  # fmt: skip
    assert [row[1] for row in events(done, "count_kind")] == ["incident", "incident", "toll"]
    assert str(done.losses[0]) == "columns not read: whatever"


TALLY = ("tally_id", "source_original", "party_id", "victim_group", "harm", "cause", "area")
TALLY += ("label_en",)


def test_pages_of_one_publisher_and_day(made):
    urls = ("https://example.org/1", "https://example.org/2", "https://example.org/1")
    done = made(*(claim(name, report_url=url) for name, url in zip("abc", urls, strict=True)))
    names = ["example-news-2020-05-14", "example-news-2020-05-14-2", "example-news-2020-05-14"]
    assert [row[1] for row in events(done, "report_id")] == names


# Windows and kinds


def test_a_window_of_several_days_that_is_no_toll(made):
    done = made(claim(window_start="2020-05-10"))
    assert events(done, "count_kind") == [("a", "incident")]
    assert done.questions == [
        "1. a: is 9 all from 2020-05-10 to 2020-05-13, a toll, or some people? Meanwhile it is an "
        "incident, some people. To change: events.csv, row a, count_kind."
    ]
    # a toll says that it is all
    again = tempfile.mkdtemp()
    path = write(Path(again), [claim(window_start="2020-05-10", **TOLL)])
    assert import_claims(path, Path(again) / "made").questions == []


@pytest.mark.parametrize(
    ("start", "said"), [("", "no first"), ("2020-05-10", "a first, 2020-05-10,")]
)
def test_a_window_without_a_last_day(made, start, said):
    done = made(claim(window_start=start, window_end="", **TOLL))
    assert events(done, "date_start", "date_end") == [("a", None, pd.Timestamp("2020-05-14"))]
    assert done.questions == [
        f"1. a: the window has {said} and no last day. Meanwhile it binds from below, up to "
        "2020-05-14. To change: events.csv, row a, date_start and date_end."
    ]


@pytest.mark.parametrize("window", [(DAY, "2020-05-15"), ("2020-05-15", "")])
def test_a_window_that_goes_on_after_the_page(made, window):
    done = made(claim(window_start=window[0], window_end=window[1]), FINE)
    assert events(done) == [("fine",)]
    assert "the window goes on to 2020-05-15, its page is of 2020-05-14." in done.questions[0]


# What pages share


def test_a_rising_toll_needs_nothing(made):
    pages = zip("abc", (180, 183, 220), (14, 15, 17), strict=True)
    rising = [
        claim(name, count=low, published=f"2020-05-{day}", **TOLL) for name, low, day in pages
    ]
    done = made(*rising)
    assert (done.questions, len(done.dataset.reports)) == ([], 3)
    assert cells(totals(done.dataset), "low", "high") == [(220, 220)]


@pytest.mark.parametrize("kind", ["true", "false"])
def test_the_same_number_on_a_later_page(made, kind):
    done = made(claim("later", **OTHER, cumulative=kind), claim("first", cumulative=kind))
    assert events(done, "same_as") == [("later", "first"), ("first", None)]
    assert done.questions == [
        "1. later: does it repeat first? Meanwhile it does (same_as). To change: events.csv, "
        "row later, same_as."
    ]
    assert cells(totals(done.dataset), "low") == [(9,)]


@pytest.mark.parametrize(
    "change",
    [
        {"attributed_source": "Police"},
        {"window_start": "2020-05-12", "window_end": "2020-05-12"},
        TOLL,
        {"qualifier": "at least"},
        {"subgroup": "children"},
    ],
)
def test_what_is_not_the_same(made, change):
    done = made(claim(), claim("b", **OTHER | change))
    assert events(done, "same_as") == [("a", None), ("b", None)]


def test_equal_numbers_of_one_page_are_different_people(made):
    page = [claim("a"), claim("b"), claim("c", **OTHER), claim("d", **OTHER)]
    done = made(*page)
    assert [row[1] for row in events(done, "same_as")] == [None, None, "a", "b"]
    assert cells(totals(done.dataset), "low") == [(18,)]


def test_another_number_on_another_page(made):
    done = made(claim(), claim("more", count="2"), claim("b", count="11", **OTHER))
    assert done.questions == [
        "1. b: another number than a, more, of the same tally and days. Meanwhile they are added "
        "up. To change: events.csv, row b, same_as (repeated or recounted) or apart_from "
        "(other people)."
    ]
    assert [row[1] for row in events(done, "same_as")] == [None, None, None]


# What is inside what


def part(claim_id="part", **cells):
    return claim(claim_id, count="3", **{"subgroup": "children", "contained_in": "a"} | cells)


def subsets(done):
    return dict(cells(done.dataset.tallies, "tally_id", "subset_of"))


WHOLE, CHILDREN = "hospital-town_guard-killed", "hospital-town_guard-children-killed"


def test_a_part(made):
    done = made(claim(), part(), part("alone", contained_in="", window_start="2020-05-13"))
    assert subsets(done) == {WHOLE: None, CHILDREN: WHOLE}
    assert done.questions == []
    assert cells(totals(done.dataset), "low") == [(9,)]


def test_a_part_of_a_number_that_binds_nothing(made):
    done = made(claim(qualifier="about"), part())
    assert subsets(done) == {WHOLE: None, CHILDREN: WHOLE}
    assert events(done, "low") == [("part", 3)]


def test_a_part_of_another_sources_count(made):
    done = made(claim(attributed_source="Police"), part())
    assert [*subsets(done).values()] == [None, None]
    assert done.questions == [
        "1. part: it is among those of a, which another source counts. Meanwhile neither is part "
        f"of the other. To change: tallies.csv, row {CHILDREN}, subset_of."
    ]


def test_claims_that_disagree_what_their_tally_is_part_of(made):
    done = made(
        claim(), claim("shelled", cause="shelling"), part(), part("b", contained_in="shelled")
    )
    assert subsets(done)[CHILDREN] is None
    assert done.questions[0] == (
        f"1. b: what is its tally part of (part in {WHOLE}, b in {WHOLE}-shelling)? "
        f"Meanwhile none is written down. To change: tallies.csv, row {CHILDREN}, subset_of."
    )


def test_tallies_that_lead_back_to_themselves(made):
    done = made(claim(), part(), part("c", contained_in=""), claim("b", contained_in="c"))
    assert subsets(done) == {WHOLE: None, CHILDREN: WHOLE}
    assert f"b: what is its tally part of (b in {CHILDREN})? Meanwhile" in done.questions[0]


def test_inside_another_count_of_the_same_tally(made):
    done = made(claim(), claim("b", count="3", contained_in="a"))
    assert events(done) == [("a",)]
    assert (
        "b: it is among those of a, and of the same tally. Meanwhile it has no row."
        in (done.questions[0])
    )


def test_a_toll_holds_counts_of_its_own_tally(made):
    whole = claim(window_start="2020-05-10", **TOLL)
    inside = (
        claim("b", count="3", contained_in="a"),
        claim("c", count="4", contained_in="a", **TOLL),
    )
    done = made(whole, *inside)
    assert (len(events(done)), done.questions) == (3, [])
    assert cells(totals(done.dataset), "low") == [(9,)]


def test_two_tolls_of_the_same_days_and_tally_hold_none_of_each_other(made):
    done = made(claim(**TOLL), claim("b", count="3", contained_in="a", **TOLL))
    assert events(done) == [("a",)]


def test_tallies_that_only_place_or_cause_tells_apart_are_asked_about(made):
    done = made(claim(place="Marwada"), claim("b", count="12", place="Marwada and around"))
    assert done.questions == [
        f"1. a: do these tallies share people ({WHOLE}-marwada, {WHOLE}-marwada-and-around)? "
        f"Meanwhile they are parts of {WHOLE}-marwada-together and not added. "
        "To change: tallies.csv, subset_of and division of these rows."
    ]
    assert cells(totals(done.dataset), "low") == [(12,)]


# What cannot be read


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ({"claim_id": "a b"}, "claim_id: 'a b' holds a blank or ';'"),
        ({"publisher": " "}, "publisher: is empty"),
        ({"victim_party": ""}, "victim_party: is empty"),
        ({"published": "03/05/2020"}, "published: '03/05/2020' can be 2020-03-05 or 2020-05-03"),
        ({"window_start": "2020-02-30"}, "window_start: '2020-02-30' is no day of the calendar"),
        ({"window_end": "20200513"}, "window_end: '20200513' is not a date"),
        ({"window_end": "2020-05-12"}, "window_end: 2020-05-12 is before 2020-05-13"),
        ({"count": "dozens"}, "count: 'dozens' is no count; write it as 41, 30 to 40"),
        ({"count": "-3"}, "count: '-3' is no count"),
        ({"count": ""}, "count: is empty"),
        ({"count": "12-10"}, "count: '12-10' has its low above its high; write 10 to 12"),
        (
            {"count": "0", "qualifier": "fewer_than"},
            "count: 'fewer than 0' has its low above its high; nobody is fewer",
        ),
        (
            {"cumulative": "partly"},
            "cumulative: 'partly' is not a value of this column; write true",
        ),
        (
            {"published_basis": "guessed"},
            "published_basis: 'guessed' is not a value of this column",
        ),
        ({"contained_in": "z"}, "contained_in: 'z' is no claim_id of this table"),
    ],
)
def test_a_cell_that_cannot_be_read(problems, cell, said):
    (found,) = problems(claim("fine"), claim() | cell)
    assert found.startswith(f"claims.csv:3 {said}")


def test_all_problems_at_once(problems):
    assert problems(claim(count="x"), claim(published="y")) == [
        "claims.csv:2 claim_id: 'a' is there twice; give each claim its own",
        "claims.csv:2 count: 'x' is no count; write it as 41, 30 to 40, at least 43, more than 60 "
        "or up to 12, or put the words into note and empty count, count_kind and tally_id",
        "claims.csv:3 claim_id: 'a' is there twice; give each claim its own",
        "claims.csv:3 published: 'y' is not a date; write YYYY-MM-DD, such as 2018-07-24, or "
        "2018-07-24T14:00",
    ]


def test_a_file_that_is_no_table_of_claims(problems, tmp_path):
    assert problems(claim(), columns=["claim_id", "publisher", "published", "count"]) == [
        "claims.csv:1 victim_party: the column is missing; name yours, "
        "--column victim_party=YOURS; if all rows have one, --value victim_party=TEXT"
    ]
    assert problems(columns=[*CLAIM]) == ["claims.csv: holds no claim"]
    assert problems(claim(), columns=[*CLAIM, "count"]) == [
        "claims.csv:1 count: the column is there twice"
    ]
    path = tmp_path / "short.csv"
    path.write_text(",".join(CLAIM) + "\na,b\n,,,,,,,\n", encoding="utf-8")
    with pytest.raises(DatasetError, match=r"short\.csv:2: has 2 cells where the header has 8"):
        import_claims(path, tmp_path / "made")


# The command


def test_the_command_says_what_became_of_the_claims(tmp_path, capsys):
    path = write(tmp_path, [claim(), claim("b", qualifier="about", other="x")])
    made = tmp_path / "made"
    assert main(["import-claims", str(path), str(made)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "read as claims"
    assert said[1].startswith("1. b: about 9 binds nothing.")
    assert said[2] == f"1 questions, also in {made / 'QUESTIONS.md'}"
    assert said[3].startswith(f"{made}: 2 claims as 1 rows; 1 rows left out, 9 persons in them;")
    assert said[4] == "- columns not read: other"
    assert (made / "QUESTIONS.md").read_text() == f"# Questions\n\n{said[1]}\n"
    assert main(["check", str(made)]) == 0


def test_the_command_is_content_where_every_claim_is_a_row(tmp_path, capsys):
    made = tmp_path / "made"
    assert main(["import-claims", str(write(tmp_path, [claim()])), str(made)]) == 0
    assert capsys.readouterr().out == f"read as claims\n{made}: 1 claims as 1 rows\n"
    assert (made / "QUESTIONS.md").read_text() == "# Questions\n\nNone.\n"


@pytest.mark.parametrize("name", ["events.csv", "terms.csv", "QUESTIONS.md"])
def test_nothing_is_overwritten(tmp_path, capsys, name):
    made = tmp_path / "made"
    made.mkdir()
    (made / name).write_text("mine")
    assert main(["import-claims", str(write(tmp_path, [claim()])), str(made)]) == 1
    assert f"{name} is there; name a folder without" in capsys.readouterr().out
    assert [path.name for path in made.iterdir()] == [name]
    assert (made / name).read_text() == "mine"


# Nothing is lost

COLUMNS = [*CLAIM, "subgroup", "qualifier", "cumulative", "contained_in"]
DAYS = st.sampled_from(["", "2020-05-12", "2020-05-13", "2020-05-15"])
CLAIMS = st.lists(
    st.fixed_dictionaries(
        {
            "publisher": st.sampled_from(["One", "one", "غيره", "…"]),
            "published": st.sampled_from(["2020-05-13", "2020-05-14"]),
            "victim_party": st.sampled_from(["guard", "Guard"]),
            "attributed_source": st.sampled_from(["", "Hospital"]),
            "subgroup": st.sampled_from(["", "children"]),
            "count": st.sampled_from(["0", "3", "3-5", "7"]),
            "qualifier": st.sampled_from(["", "about", "at_least", "up to", "unheard of"]),
            "window": st.tuples(DAYS, DAYS),
            "cumulative": st.sampled_from(["", "true", "false"]),
            "inside": st.integers(0, 9),
        }
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.slow
@settings(max_examples=60)
@given(CLAIMS)
def test_every_claim_is_a_row_or_a_question(drawn):
    claims = []
    for at, cells in enumerate(drawn):
        start, end = sorted(cells.pop("window"))
        inside = cells.pop("inside")
        cells["contained_in"] = f"c{inside}" if inside < len(drawn) else ""
        claims.append(cells | {"claim_id": f"c{at}", "window_start": start, "window_end": end})
    with tempfile.TemporaryDirectory() as folder:
        claims.append(FINE | {"claim_id": "fine"})
        done = import_claims(write(Path(folder), claims, COLUMNS), Path(folder) / "made")
        load(Path(folder) / "made")
    rows = {*done.dataset.events["event_id"]}
    without = {
        re.match(r"\d+\. (\w+):", each)[1] for each in done.questions if "it has no row" in each
    }
    assert rows | without == {each["claim_id"] for each in claims}
    assert not rows & without
    assert len(rows) + len(without) == done.rows
    assert done.dataset.tallies["tally_id"].is_unique
