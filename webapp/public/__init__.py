"""The pages that are open to all: complain, follow one's complaint, answer, judge.

They show nothing of people inside or of other cases, need neither cookie nor log-in, and
are found by no search engine.
"""

from webapp.public import complaints, tracking  # noqa: F401 - they add pages.
from webapp.public.door import pages

__all__ = ["pages"]
