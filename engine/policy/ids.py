"""Splits the lists of ids that people type into one field of a modeler."""

import re

_BETWEEN = re.compile(r"[,，;；、\s]+")


def listed_ids(text: str | None) -> tuple[str, ...]:
    """Return the ids in *text*, in order; commas may be Chinese, or spaces.

    >>> listed_ids("take-sample，go-on-site")
    ('take-sample', 'go-on-site')
    """
    return tuple(filter(None, _BETWEEN.split(text or "")))
