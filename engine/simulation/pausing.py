"""A scenario in between two steps, to be gone on with from there as often as wanted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from engine.model import CaseId
from engine.queries.progress.trace import Trace

_PAGE = 4096  #: Bytes that a database is written by.


@dataclass(frozen=True, slots=True)
class Standing:
    """What a player knows between two steps, beside the database."""

    steps: int  #: So many are done.
    now: datetime
    case: CaseId
    messages: int
    left: tuple[Trace, ...]  #: Of cases that it was about before.


@dataclass(frozen=True, slots=True)
class Pause:
    """A scenario that stands between two steps, and the way it came there."""

    standing: Standing
    flows: frozenset[tuple[str, str]]  #: Process and flow, as of an outcome.
    rules: frozenset[tuple[str, str]]
    pages: tuple[bytes, ...]  #: Of the database.


Pausing = Callable[[Standing], None]


class Pages:
    """Keeps databases that are much alike, each page of them once."""

    def __init__(self) -> None:
        self._known: dict[bytes, bytes] = {}

    def of(self, database: bytes) -> tuple[bytes, ...]:
        """Return the pages of *database*; joined they are it again."""
        return tuple(
            self._known.setdefault(page, page)
            for page in (
                database[start : start + _PAGE] for start in range(0, len(database), _PAGE)
            )
        )
