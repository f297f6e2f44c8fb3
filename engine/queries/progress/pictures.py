"""The diagrams of a case, with how far it has come on each."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.diagram.svg.marks import State
from engine.queries.progress.executions import flows_taken
from engine.queries.showing.names import people_names
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
    return tuple(_pictures(reading, case, processes, activities))


def picture_of(reading: Reading, case: Case, process_id: str) -> Picture | None:
    """Return the picture of one process of the case."""
    own = [it for it in _activities(reading, case) if it.process_id == process_id]
    return next(_pictures(reading, case, [process_id], own), None)


def _pictures(
    reading: Reading, case: Case, processes: Iterable[str], activities: Sequence[Activity]
) -> Iterator[Picture]:
    """Yield the pictures of those of the processes that the policy has."""
    loaded = reading.loaded(case.deployment_id)
    names = people_names(reading, (each.by for each in activities))
    stopped, taken = _stopped(reading, case), flows_taken(reading, case)
    for process_id in processes:
        process = loaded.definitions.processes.get(process_id)
        if process is not None:
            own = [each for each in activities if each.process_id == process_id]
            stops = {place for name, place in stopped if name == process_id and place}
            yield Picture(
                process_id=process_id,
                name=process.name or process_id,
                source=loaded.bundle.files[process.file],
                passages=dict(_passages(own, names, stops)),
                taken=frozenset(taken.get(process_id, ())),
            )


def _passages(
    activities: Sequence[Activity], names: Mapping[str, str], stopped: Collection[str]
) -> Iterator[tuple[str, Passage]]:
    for element_id, visits in _by_element(activities):
        passage = _passage(visits, names, stopped)
        if passage is not None:
            yield element_id, passage


def _passage(
    visits: Sequence[Activity], names: Mapping[str, str], stopped: Collection[str]
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


def _state(visit: Activity, stopped: Collection[str]) -> State | None:
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


def _stopped(reading: Reading, case: Case) -> Sequence[tuple[str | None, str | None]]:
    """Return process and element of each place at which the case cannot go on."""
    chosen = select(Incident.process_id, Incident.element_id).where(
        Incident.case_id == case.id,
        Incident.state == "open",
        Incident.task_id.is_(None),  # A task that nobody may do still waits for people.
    )
    return [(process, element) for process, element in reading.session.execute(chosen)]
