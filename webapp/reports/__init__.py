"""Reports: what a policy owes of its ledger, figures that lead to their cases, files.

It reckons nothing: figures come from queries, pictures from the grids of reports.
"""

from webapp.reports import lists, months, screens
from webapp.reports.blueprint import pages
from webapp.reports.wording import install

__all__ = ["install", "lists", "months", "pages", "screens"]
