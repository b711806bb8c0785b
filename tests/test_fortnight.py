"""The fortnight: what its pages state, against the report's own dataset and the list of claims."""

import csv
import os
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import analysis
from analysis.bounds.windows import window_bounds
from analysis.figures.choices import chosen_figures
from analysis.figures.standing_still import find_standing_still

DATA = Path(__file__).resolve().parents[1] / "data"
CIVILIANS = "civilians_bombardment"


@pytest.fixture(scope="module")
def claims():
    """Figures of other pages, one a row, where the list is at hand."""
    path = Path(os.environ.get("CASUALTY_CLAIMS", DATA / "../../shared/other-reports/claims.csv"))
    if not path.is_file():
        pytest.skip("the list of claims is not at hand; CASUALTY_CLAIMS can name it")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def curve(dataset, tally, column, **options) -> dict[str, int | None]:
    found = analysis.casualty_bounds(dataset, **options)
    found = found[found["tally_id"] == tally]
    values = [None if pd.isna(value) else int(value) for value in found[column]]
    return dict(zip(found["date"].dt.strftime("%m-%d"), values, strict=True))


def test_the_reports_own_statements_stand_unchanged(fortnight):
    report = analysis.load(DATA / "report")
    name = report.reports["report_id"].iloc[0]
    own = fortnight.events[fortnight.events["report_id"] == name].reset_index(drop=True)
    pd.testing.assert_frame_equal(own, report.events)
    nested = fortnight.tallies[fortnight.tallies["tally_id"].isin(report.tallies["tally_id"])]
    # other children are counted there too, so that these have a longer name
    free = ["subset_of", "division", "note", "label_en", "label_ar", "label_fr"]
    nested = nested.set_index("tally_id").drop(columns=free)
    expected = report.tallies.set_index("tally_id").drop(columns=free)
    pd.testing.assert_frame_equal(nested.loc[expected.index], expected)


def test_every_claim_is_coded_on_its_page(fortnight, claims):
    page = dict(zip(fortnight.reports["url"], fortnight.reports["report_id"], strict=True))
    for claim in claims:
        rows = fortnight.events[fortnight.events["report_id"] == page[claim["report_url"]]]
        rows = rows[rows["reading"] != "wide"]
        least = int(claim["count"]) + (claim["qualifier"] == "more_than")
        same = rows[(rows["low"] == least) & (rows["high"].isna() | (rows["high"] == least))]
        if claim["qualifier"] in ("at_least", "more_than"):
            same = same[same["high"].isna()]
        assert len(same), claim["claim_id"]
        if claim["window_end"]:
            assert (same["date_end"] == claim["window_end"]).any(), claim["claim_id"]
        opens = same["date_start"].dt.strftime("%Y-%m-%d").fillna("")
        assert (opens == claim["window_start"]).any(), claim["claim_id"]


def test_publication_days_are_those_of_the_claims(fortnight, claims):
    reports = fortnight.reports.set_index("url")
    for claim in claims:
        row = reports.loc[claim["report_url"]]
        assert f"{row['source_date']:%Y-%m-%d}" == claim["published"]
        assert row["source_date_basis"] == claim["published_basis"]


def test_pages_and_copies(fortnight):
    assert len(fortnight.reports) == 18
    own = fortnight.reports["text_sha256"].notna()
    assert fortnight.reports.loc[~own, "url"].str.startswith("http").all()
    copies = fortnight.events[fortnight.events["same_as"].notna() & fortnight.events["low"].notna()]
    origin = fortnight.events.set_index("event_id")["report_id"]
    elsewhere = copies["same_as"].map(origin) != copies["report_id"]
    assert elsewhere[copies["reading"] != "aside"].all()


def test_the_observatorys_civilians_day_by_day(fortnight):
    low, high = (curve(fortnight, CIVILIANS, f"cumulative_{end}") for end in ("low", "high"))
    known = {"07-20": 26, "07-22": 37, "07-23": 41, "07-30": 49, "07-31": 62}
    assert {name: low[name] for name in known} == known
    assert {*high.values()} == {None}, "on 1 August all these days were counted again"
    early = {"as_of": "2018-07-31"}
    high = curve(fortnight, CIVILIANS, "cumulative_high", **early)
    assert [high[name] for name in ("07-20", "07-22", "07-23", "07-30")] == [37, 37, 41, None]


def test_what_hindsight_adds(fortnight):
    """The soldiers killed are bounded from above on 29 July, not before; nor once counted again."""
    tally = "sohr_government_forces"
    early, known, late = (
        curve(fortnight, tally, "cumulative_high", as_of=f"2018-07-{day}") for day in (24, 29, 30)
    )
    assert {*early.values()} == {*late.values()} == {None}
    assert (known["07-24"], known["07-29"]) == (86, 86)
    low = curve(fortnight, tally, "cumulative_low", as_of="2018-08-01")
    assert (low["07-24"], low["07-29"]) == (43, 86)


def test_wide_bounds_contain_the_primary_ones(fortnight):
    primary = analysis.casualty_bounds(fortnight).set_index(["tally_id", "date"])
    wide = analysis.casualty_bounds(fortnight, reading="wide").set_index(["tally_id", "date"])
    both = primary.index.intersection(wide.index)
    assert len(both) == len(primary)
    for end in ("low", "cumulative_low"):
        assert (wide.loc[both, end] <= primary.loc[both, end]).all()
    for end in ("high", "cumulative_high"):
        most = [bounds.loc[both, end].fillna(10**6) for bounds in (wide, primary)]
        assert (most[0] >= most[1]).all()


def test_ocha_states_more_than_the_observatory_leaves_room_for(fortnight):
    days, early = ("2018-07-21", "2018-07-23"), analysis.published_by(fortnight, "2018-07-27")
    assert window_bounds(early, CIVILIANS, *days) == (4, 15)
    assert window_bounds(early, "ocha_civilians", *days) == (32, None)
    copies = {f"{name}_civilians_friday" for name in ("welt", "ilpost")} | {"puk_civilians"}
    for limit in ({"civilians_total"}, {"afp_civilians_friday", *copies}):
        events = early.events[~early.events["event_id"].isin(limit)]
        _, high = window_bounds(replace(early, events=events), CIVILIANS, *days)
        assert high is None or high > 15, "the 15 follow from both"
    assert window_bounds(fortnight, CIVILIANS, *days) == (4, None), "counted again on 1 August"


def test_no_source_is_added_to_another(fortnight):
    found = analysis.totals(fortnight).set_index(["source_original", "party_id", "harm"])
    observatory = found.loc[("SOHR", "civilians", "killed")]
    assert (observatory["low"], observatory["naive_sum"]) == (62, 443)
    assert pd.isna(observatory["high"])
    assert found.loc[("OCHA", "civilians", "killed"), "low"] == 32
    assert found.loc[("Daraa Martyrs Documentation Office", "civilians", "killed"), "low"] == 20


def test_what_a_source_contradicts_itself_in_is_set_aside(fortnight):
    found = analysis.statements(fortnight).query("status == 'aside'")
    assert dict(zip(found["event_ids"], found["low"], strict=True)) == {
        "puk_headline": 21,
        "office_bombardment_0801_lead": 14,
    }
    assert analysis.contradictions(fortnight).empty


def test_the_numbers_of_the_data_readme(fortnight):
    text = " ".join((DATA / "README.md").read_text(encoding="utf-8").split())
    events, counted = fortnight.events, fortnight.events["low"].notna()
    own = events["report_id"] == "daraa-2018-07-24"
    assert f"the {own.sum()} statements of the report" in text
    assert f"and {(~own).sum()} of {len(fortnight.reports) - 1} other pages" in text
    assert f"{len(events)} statements, {counted.sum()} with a count" in text
    told = events["same_as"].fillna(events["event_id"])[events["reading"] != "aside"]
    pages = told.value_counts()
    assert pages[["afp_civilians_friday", "sohr_civilians_0731"]].tolist() == [4, 2]


def test_the_numbers_of_the_readme(fortnight):
    text = (DATA.parent / "docs" / "fortnight.md").read_text(encoding="utf-8")
    text = " ".join(text.replace("**", "").split())
    found = analysis.totals(fortnight).set_index(["source_original", "party_id", "harm"])
    civilians = found.loc[("SOHR", "civilians", "killed")]
    assert f"`data/fortnight` holds {len(fortnight.reports)} reports" in text
    own = fortnight.tallies.query("source_original == 'SOHR'")["tally_id"]
    pages = fortnight.events[fortnight.events["tally_id"].isin(own)]["report_id"].nunique()
    assert f"{pages} of them carry the Syrian Observatory's numbers" in text
    assert f"yields {civilians['naive_sum']}; counted once they are at least" in text
    assert f"at least {civilians['low']}" in text
    forces = "sohr_government_forces"
    ends = [
        curve(fortnight, forces, f"cumulative_{end}", as_of="2018-07-29")["07-24"]
        for end in ("low", "high")
    ]
    assert "by 24 July between {} and {}".format(*ends) in text
    for day in ("2018-07-24", "2018-07-30"):
        assert {*curve(fortnight, forces, "cumulative_high", as_of=day).values()} == {None}
    days = ("2018-07-21", "2018-07-23")
    most = window_bounds(fortnight, CIVILIANS, *days, as_of="2018-07-27")[1]
    assert f"room for at most {most} civilians" in text
    assert f"OCHA stated at least {window_bounds(fortnight, 'ocha_civilians', *days)[0]}" in text
    (still,) = find_standing_still(fortnight).itertuples()
    assert (still.tally_id, still.number) == ("children_bombardment", 11)
    assert f"11 of {still.first_low}, of 41 and of at least {still.last_low}" in text
    assert f"among the {still.last_low - still.first_low} more" in text


def test_the_comparison_with_ucdp_in_the_readmes(fortnight):
    """choices.toml's own figure."""
    rows = chosen_figures(DATA / "fortnight").plot("sources").numbers
    own, others = (rows[rows["of_other"] == of].set_index("panel") for of in (False, True))
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    text = (DATA.parent / "docs" / "fortnight.md").read_text(encoding="utf-8")
    assert "at least {} civilians, {} of the government forces and {} Islamic".format(
        *others["low"]
    ) in " ".join(text.split())
    for ours, theirs in zip(own.itertuples(), others.itertuples(), strict=True):
        (line,) = [line for line in readme.splitlines() if theirs.tally_id in line and "|" in line]
        assert f"| {ours.stated}" in line and f": {theirs.stated} | {theirs.events} |" in line
        assert ours.stated in text
