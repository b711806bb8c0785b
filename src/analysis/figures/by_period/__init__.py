"""The figure of periods: how many in each day, week, month or year, as reports said of it.

A column is what was said of a period. Where a later total of more days left its source room, a
tint above it says how far it may reach. What is known of no period stands apart from the columns.
"""

from analysis.figures import figure
from analysis.figures.by_period.drawing import draw
from analysis.figures.by_period.numbers import numbers
from analysis.figures.by_period.words import words

plot_by_period = figure.make_plot("by_period", numbers, words, draw)
