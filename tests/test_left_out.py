"""What is lowered, contradicted or part of another: where it is drawn, named and counted."""

from dataclasses import replace

import numpy as np
import pandas as pd

import analysis
from compact import LOWERED, ROSE, make_dataset, toll
from conftest import said


def named(dataset, hours=None, **events):
    """SOHR's counts in every language; hours of publication by report, cells of events by id."""
    changed, reports = dataset.events.copy(), dataset.reports.copy()
    for column, cells in events.items():
        for event_id, value in cells.items():
            changed.loc[changed["event_id"] == event_id, column] = value
    for report_id, hour in (hours or {}).items():
        reports.loc[reports["report_id"] == report_id, "source_date"] += pd.Timedelta(hours=hour)
    labels = {"label_en": "People", "label_ar": "أشخاص", "label_fr": "Personnes"}
    tallies = dataset.tallies.assign(source_original="SOHR")
    parties, reports = dataset.parties.assign(**labels), reports.assign(source_office="Agency")
    return replace(dataset, events=changed, reports=reports, tallies=tallies, parties=parties)


def lowered():
    return named(make_dataset(LOWERED), hours={"r10": 14})


def text(chart) -> str:
    """All that a figure says, in a line."""
    return " ".join(said(chart))


def test_what_is_lowered_is_counted_where_it_is_left_out():
    left_out = "3 numbers that their sources lowered, withdrew or contradicted are left out."
    chart = analysis.plot_statements(lowered())
    assert left_out in text(chart) and left_out in chart.alt
    assert "are left out" not in text(analysis.plot_statements(named(make_dataset(ROSE))))


def test_what_is_lowered_is_struck_through_in_the_ledger():
    chart = analysis.plot_ledger(lowered())
    assert text(chart).count("lowered since, see 250 to 260") == 3
    lines = [line for line in chart.axes[0].lines if line.get_linewidth() == 0.8]
    struck = [line for line in lines if np.ptp(line.get_xdata()) < 1]
    assert len(struck) == 3 + 1, "and the sum of all numbers"
    assert "are left out" not in text(chart)


def test_a_family_that_contradicts_itself_is_left_out_and_named():
    told = [toll(5, 10), toll(9, 10), toll(3, 10, tally="b"), toll(4, 11, tally="b")]
    dataset = named(make_dataset(told))
    dataset = replace(dataset, tallies=dataset.tallies.assign(label_en=["Clashing", "Others"]))
    for plot in (analysis.plot_by_party, analysis.plot_ledger):
        chart = plot(dataset)
        assert "because their numbers contradict one another: Clashing" in text(chart)
        assert chart.title.startswith(("4 people", "4 civilians")) or "gives 4 " in chart.title
        assert "e1" not in chart.event_ids and "e2" not in chart.event_ids
    alone = analysis.plot_by_party(dataset, tallies=["b"])
    assert "contradict" not in text(alone)
    assert "contradict" not in text(analysis.plot_statements(dataset)), "all of it is drawn there"


def test_who_counted_is_named_where_not_one_counted_all():
    dataset = make_dataset([toll(5, 10), toll(9, 10, tally="claimed")])
    alone = named(dataset)
    alone.tallies.loc[alone.tallies["tally_id"] == "claimed", "harm"] = "evacuated"
    assert "9 people evacuated (people)" in text(analysis.plot_by_party(alone))
    claim = alone.tallies["source_original"].mask(alone.tallies["tally_id"] == "claimed", "UN")
    claimed = replace(alone, tallies=alone.tallies.assign(source_original=claim))
    assert "9 people evacuated (people, UN)" in text(analysis.plot_by_party(claimed))
    assert "People (UN), evacuated" in text(analysis.plot_statements(claimed))
