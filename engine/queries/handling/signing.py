"""Who signs, and who signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from engine.store.models import Case, Signature, Task
from engine.store.people import person_or_none
from engine.store.reading import Reading
from engine.store.signatures import SHOWN


@dataclass(frozen=True, slots=True)
class Signing:
    """What a task that must be signed asks of the person who does it."""

    name: str
    has_password: bool  #: Without one of this system nobody can sign.


@dataclass(frozen=True, slots=True)
class SignatureView:
    """A signature, as pages and paper show it."""

    task_id: int
    element_id: str
    name: str
    at: datetime
    digest: str  #: The beginning of it.


def signing_at(reading: Reading, task: Task) -> Signing | None:
    """Return what *task* asks of the person who looks at it; None without signature."""
    if task.properties.get("signed") != "yes":
        return None
    person = person_or_none(reading, reading.actor.login)
    has_password = person is not None and person.password_hash is not None
    return Signing(reading.actor.name, has_password)


def signatures_of(reading: Reading, case: Case) -> Mapping[int, SignatureView]:
    """Return the signatures of *case* by their tasks."""
    rows = reading.session.scalars(
        select(Signature).where(Signature.case_id == case.id).order_by(Signature.id)
    )
    return {
        row.task_id: SignatureView(
            row.task_id, row.element_id, row.name, row.at, row.digest[:SHOWN]
        )
        for row in rows
    }
