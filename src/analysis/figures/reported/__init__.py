"""The figure of the toll as reported: how it came to be what it is, from one report to the next.

A dot is a published total. The line is the total that stood; it ends where its source lowered or
withdrew it, and the number is struck through. Sources that count the same people stand in one
plot and are never added. What is counted on a day (the missing) is dots alone.
"""

from analysis.figures import figure
from analysis.figures.reported.drawing import draw
from analysis.figures.reported.numbers import numbers
from analysis.figures.reported.words import words

plot_reported = figure.make_plot("reported", numbers, words, draw)
