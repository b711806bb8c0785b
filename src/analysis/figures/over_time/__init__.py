"""The figure of the casualties over time: staircases of what is certain and what is possible.

A row a party, counted up to the end of each day. A whole's days are those of its parts too, so that
it is never less than one of them. Of several sources of one party one is drawn, as by party.
"""

from analysis.figures import figure
from analysis.figures.over_time.drawing import draw
from analysis.figures.over_time.numbers import numbers
from analysis.figures.over_time.words import words

plot_over_time = figure.make_plot("over_time", numbers, words, draw)
