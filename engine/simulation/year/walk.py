"""One made-up case on its way: what of its script is still to be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.model import CaseId, TaskId
from engine.policy.scenario import (
    CaseFollowed,
    MessageComes,
    SignalComes,
    SurveyAnswered,
    TaskExtended,
    TaskRouted,
    TaskWaits,
)
from engine.simulation.year.entering import Face
from engine.simulation.year.scripts import Dated

MOST_DEEDS = 60  #: Of one case; what goes on and on is left to itself.
_FREE_VERBS = ("withdraw", "opinion")  #: Done without a task that waits for it.


@dataclass(slots=True)
class Walk:
    """A case, its customer, and the script that its people follow as far as it leads."""

    case_id: CaseId
    face: Face
    deeds: Sequence[Dated] = ()
    planned: set[TaskId] = field(default_factory=set)  #: What somebody is at already.
    given_up: set[TaskId] = field(default_factory=set)
    count: int = 0  #: Of what was done.
    is_judged: bool = False  #: Whether the customer was asked for a judgement.
    _used: set[int] = field(default_factory=set)
    _last: int = -1  #: What was done last.

    def deed_at(self, element: str) -> int | None:
        """Return the place of what is done next with a task at *element*."""
        for place, dated in enumerate(self.deeds):
            if place not in self._used and _is_with(dated, element):
                return place
        return None

    def free_deed(self) -> int | None:
        """Return the place of what happens next without any task, if that is its turn."""
        for place in range(self._last + 1, len(self.deeds)):
            if place in self._used:
                continue
            deed = self.deeds[place].deed
            is_free = isinstance(deed, MessageComes | SignalComes) or (
                isinstance(deed, TaskRouted) and deed.verb in _FREE_VERBS
            )
            return place if is_free else None
        return None

    def take(self, place: int) -> Dated:
        """Return what stands at *place*; it is done once."""
        self._used.add(place)
        self._last = max(self._last, place)
        return self.deeds[place]

    def survey(self) -> Dated | None:
        """Return how the customer judges, if the script says so."""
        found = (each for each in self.deeds if isinstance(each.deed, SurveyAnswered))
        return next(found, None)

    def rest(self) -> Sequence[Dated]:
        """Return what is done in the case that comes out of this one."""
        for place, dated in enumerate(self.deeds):
            if isinstance(dated.deed, CaseFollowed):
                return self.deeds[place + 1 :]
        return ()


def _is_with(dated: Dated, element: str) -> bool:
    deed = dated.deed
    if isinstance(deed, TaskWaits | TaskExtended):
        return deed.element == element
    is_free = isinstance(deed, TaskRouted) and deed.verb in _FREE_VERBS
    return isinstance(deed, TaskRouted) and not is_free and deed.element == element


def texts_in(values: object) -> Iterator[str]:
    """Yield every text in *values*, however deep."""
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict):
        for inner in values.values():
            yield from texts_in(inner)
    elif isinstance(values, list | tuple):
        for inner in values:
            yield from texts_in(inner)
