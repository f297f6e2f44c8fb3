"""Who signed, or did, the steps that a print names."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.queries.handling.signing import SignatureView, signatures_of
from engine.queries.showing.names import people_names
from engine.store.models import Case, Task
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

    What was done again counts as it was done last; where the case was sent back past a
    step since, nobody has done it. A person who did without a signature what others did
    at the same time has one line.
    """
    gone = taken_back(reading, case) if elements else frozenset()
    return tuple(
        line for element in elements for line in _lines(reading, case, element, gone)
    )


def _lines(
    reading: Reading, case: Case, element: str, gone: Collection[int]
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
    last = max(task.created_at for task in tasks)
    names = people_names(reading, (task.completed_by for task in tasks))
    signatures = signatures_of(reading, case)
    lines = [
        SignatureLine(task.name, "", None, "")
        if task.id in gone
        else _line(task, signatures.get(task.id), names.get(task.completed_by or "", ""))
        for task in tasks
        if task.created_at == last
    ]
    yield from dict.fromkeys(lines)


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
