"""Who signed, or did, the steps that a print names."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.bpmn.advance import BODY
from engine.queries.handling.signing import SignatureView, signatures_of
from engine.queries.showing.names import people_names
from engine.store.models import Activity, Case, Task
from engine.store.reading import Reading
from engine.store.taken_back import taken_back


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A place where somebody signs, or signed."""

    label: str  #: The name of the step.
    name: str  #: Empty while nobody did it: room for a pen.
    at: datetime | None
    digest: str  #: The beginning of it; empty where nobody had to sign.


def signature_lines(
    reading: Reading, case: Case, elements: Sequence[str]
) -> tuple[SignatureLine, ...]:
    """Return a line for each of *elements*, or several where several people do a step.

    What was done again counts as it was done last, in each instance of what is done
    several times; where the case was sent back past a step since, nobody has done it. A
    person who did without a signature what others did, too, has one line.
    """
    if not elements:
        return ()
    gone, bodies = taken_back(reading, case), _bodies(reading, case)
    return tuple(
        line
        for element in elements
        for line in _lines(reading, case, element, gone, bodies)
    )


def _bodies(reading: Reading, case: Case) -> frozenset[str]:
    """Return the tokens of the bodies of what is done for several things or people."""
    chosen = select(Activity.token).where(
        Activity.case_id == case.id, Activity.kind == BODY
    )
    return frozenset(reading.session.scalars(chosen))


def _lines(
    reading: Reading,
    case: Case,
    element: str,
    gone: Collection[int],
    bodies: Collection[str],
) -> Iterator[SignatureLine]:
    tasks = reading.session.scalars(
        select(Task)
        .where(
            Task.case_id == case.id,
            Task.element_id == element,
            Task.state.in_(["open", "completed"]),
        )
        .order_by(Task.id)
    ).all()
    if not tasks:
        yield SignatureLine(_name_of(reading, case, element), "", None, "")
        return
    names = people_names(reading, (task.completed_by for task in tasks))
    signatures = signatures_of(reading, case)
    lines = [
        SignatureLine(task.name, "", None, "")
        if task.id in gone
        else _line(task, signatures.get(task.id), names.get(task.completed_by or "", ""))
        for task in _done_last(tasks, bodies)
    ]
    yield from dict.fromkeys(lines)


def _done_last(tasks: Sequence[Task], bodies: Collection[str]) -> list[Task]:
    """Return those of the *tasks* of one step that count, of each instance the last."""
    scopes = {task.id: tuple(task.around or ()) for task in tasks}
    rounds = {task.id: _round(scopes[task.id], bodies) for task in tasks}
    newest = max(tasks, key=lambda task: (task.created_at, task.id))
    current = [
        task
        for task in tasks
        if rounds[task.id] == rounds[newest.id] or task.created_at == newest.created_at
    ]
    latest = {scopes[task.id]: task.created_at for task in current}
    return [
        task
        for task in current
        if _is_instance(scopes[task.id], bodies)
        or task.created_at == latest[scopes[task.id]]
    ]


def _is_instance(scope: Sequence[str], bodies: Collection[str]) -> bool:
    """Tell whether the step itself is done several times, and this is one of them."""
    return bool(scope) and scope[-1] in bodies


def _round(scope: Sequence[str], bodies: Collection[str]) -> list[str]:
    """Return *scope* without the instances in it: what is done several times is one."""
    holders = ["", *scope]
    return [
        token for token, holder in zip(scope, holders, strict=False) if holder not in bodies
    ]


def _line(task: Task, signature: SignatureView | None, name: str) -> SignatureLine:
    return SignatureLine(
        label=task.name,
        name=signature.name if signature else name,
        at=task.ended_at if task.state == "completed" else None,
        digest=signature.digest if signature else "",
    )


def _name_of(reading: Reading, case: Case, element: str) -> str:
    for process in reading.loaded(case.deployment_id).definitions.processes.values():
        if element in process.elements:
            return process.elements[element].name or element
    return element
