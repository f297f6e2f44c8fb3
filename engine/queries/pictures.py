"""The diagrams of a case, with how far it has come on each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.diagram.svg.marks import State
from engine.queries.executions import flows_taken
from engine.queries.names import people_names
from engine.store.models import Activity, Case, Incident
from engine.store.reading import Reading

#: Elements at which a case waits for a time or a message, not for people.
_CATCHING = frozenset({"intermediateCatchEvent", "receiveTask", "eventBasedGateway"})
#: An attached event waits along with its activity: the case does not stand there.
_ATTACHED = "boundaryEvent"


@dataclass(frozen=True, slots=True)
class Passage:
    """How the case came through one element, the last time."""

    state: State
    at: datetime  #: When it was left; when it was entered, if it was not.
    by: str | None  #: The name of whose action made it leave.
    times: int


@dataclass(frozen=True, slots=True)
class Picture:
    """One process of the case."""

    process_id: str
    name: str
    source: bytes  #: The BPMN file.
    passages: Mapping[str, Passage]
    taken: frozenset[str]  #: Ids of the flows that the case went along.

    @property
    def is_live(self) -> bool:
        """Tell whether the case stands somewhere in it."""
        return any(
            passage.state in ("present", "waiting", "incident")
            for passage in self.passages.values()
        )


def pictures_of(reading: Reading, case: Case) -> tuple[Picture, ...]:
    """Return the pictures of all processes that the case went into, the outermost first."""
    activities = _activities(reading, case)
    processes = dict.fromkeys([case.process_id, *(each.process_id for each in activities)])
    return tuple(
        picture
        for process_id in processes
        if (picture := _picture(reading, case, process_id, activities)) is not None
    )


def picture_of(reading: Reading, case: Case, process_id: str) -> Picture | None:
    """Return the picture of one process of the case."""
    return _picture(reading, case, process_id, _activities(reading, case))


def _picture(
    reading: Reading, case: Case, process_id: str, activities: Sequence[Activity]
) -> Picture | None:
    loaded = reading.loaded(case.deployment_id)
    process = loaded.definitions.processes.get(process_id)
    if process is None:
        return None
    own = [each for each in activities if each.process_id == process_id]
    names = people_names(reading, (each.by for each in own))
    stopped = _stopped(reading, case, process_id)
    passages: dict[str, Passage] = {}
    for element_id, visits in _by_element(own):
        passage = _passage(visits, names, stopped)
        if passage is not None:
            passages[element_id] = passage
    return Picture(
        process_id=process_id,
        name=process.name or process_id,
        source=loaded.bundle.files[process.file],
        passages=passages,
        taken=_taken(reading, case, process_id),
    )


def _passage(
    visits: Sequence[Activity], names: Mapping[str, str], stopped: frozenset[str]
) -> Passage | None:
    last = visits[-1]
    active = [visit for visit in visits if visit.state == "active"]
    shown = active[-1] if active else last
    state = _state(shown, stopped)
    if state is None:
        return None
    return Passage(
        state=state,
        at=shown.left_at or shown.entered_at,
        by=names.get(shown.by or ""),
        times=len(visits),
    )


def _state(visit: Activity, stopped: frozenset[str]) -> State | None:
    if visit.state == "active":
        if visit.element_id in stopped:
            return "incident"
        if visit.kind == _ATTACHED:
            return None
        return "waiting" if visit.kind in _CATCHING else "present"
    if visit.state != "left":
        return None if visit.kind == _ATTACHED else "cancelled"
    return "done"


def _by_element(
    activities: Iterable[Activity],
) -> Iterable[tuple[str, Sequence[Activity]]]:
    found: dict[str, list[Activity]] = {}
    for activity in activities:
        found.setdefault(activity.element_id, []).append(activity)
    return found.items()


def _activities(reading: Reading, case: Case) -> Sequence[Activity]:
    return reading.session.scalars(
        select(Activity).where(Activity.case_id == case.id).order_by(Activity.id)
    ).all()


def _stopped(reading: Reading, case: Case, process_id: str) -> frozenset[str]:
    chosen = select(Incident.element_id).where(
        Incident.case_id == case.id,
        Incident.process_id == process_id,
        Incident.state == "open",
        Incident.task_id.is_(None),  # A task that nobody may do still waits for people.
    )
    return frozenset(element for element in reading.session.scalars(chosen) if element)


def _taken(reading: Reading, case: Case, process_id: str) -> frozenset[str]:
    return frozenset(flows_taken(reading, case).get(process_id, ()))
