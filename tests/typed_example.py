"""What a person writes in an editor: type-checked by a test, and never run."""

import pandas as pd

import analysis

dataset: analysis.Dataset = analysis.load("data/fortnight")
figure: analysis.Chart = analysis.plot_reported(dataset, tallies=["sohr_islamic_state"])
figure.savefig("islamic-state.png", dpi=300)
title: str = figure.title
totals: pd.DataFrame = analysis.totals(dataset, as_of="2018-07-24", labels="ar")
low, high = analysis.window_bounds(dataset, "sohr_civilians", "2018-07-19", "2018-07-24")
least: int = low
most: int | None = high
analysis.export_figure(figure, "own-figures", name="islamic-state")
analysis.export_figure(analysis.plot_by_party, dataset, "own-figures", parties=["civilians"])
names: dict[str, str] = analysis.LANGUAGES
