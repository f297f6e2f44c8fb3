"""What goes onto paper: the forms of the house, as pages and PDF, and posters.

It draws no report; those are printed from `webapp.reports`.
"""

from webapp.paper import posters, prints

SCREENS = (posters, prints)
