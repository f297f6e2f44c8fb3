"""The pages of a case: its list, its file, its documents, its customer's link.

They do none of its tasks; those pages are in `webapp.tasks`.
"""

from webapp.cases import arrivals, documents, links, personal, screens

SCREENS = (arrivals, documents, links, personal, screens)
