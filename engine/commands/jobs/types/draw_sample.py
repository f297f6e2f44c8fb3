"""The job `draw-sample`: closed cases, drawn to be looked at again."""

from zoneinfo import ZoneInfo

from engine.commands.jobs.types import headers
from engine.commands.moving.case import Moving
from engine.masking import Veil, personal_texts
from engine.model import InvalidState, Json, Variables
from engine.policy.checks.jobs.draw_sample import MOST_DRAWN
from engine.store import ledger
from engine.store.ledger import Found
from engine.store.models import Job


def draw_sample(moving: Moving, job: Job) -> Variables:
    """Draw the cases that a job asks for; the journal says which they are.

    Raises:
        InvalidState: If a header cannot be understood, or the policy keeps no ledger.
    """
    process = headers.text(job, "process")
    wanted = headers.where(moving, job)
    if process not in headers.ledger_of(moving).processes:
        raise InvalidState(
            "Expected a process whose cases stand in the ledger, but there is none called "
            "{process}.",
            process=process,
        )
    drawn = ledger.draw(
        moving.tx,
        moving.case.policy_key,
        process,
        wanted,
        headers.since(moving, job),
        number=headers.whole(job, "count", MOST_DRAWN),
        by=moving.case,
    )
    moving.tx.note(sample=[found.number for found in drawn])
    zone = ZoneInfo(moving.policy.settings.zone)
    personal = tuple(moving.policy.settings.personal_columns)
    return {"sample": [_row(found, zone, personal) for found in drawn]}


def _row(found: Found, zone: ZoneInfo, personal: tuple[str, ...]) -> Json:
    """Return a case as the one that looks at it again knows it.

    What is personal stays in the case itself, where it can be erased.
    """
    closed_at = found.closed_at
    assert closed_at is not None
    return {
        **Veil(personal_texts(found.values, personal)).values(found.values, personal),
        "id": found.case_id,
        "number": found.number,
        "title": found.title,
        "closedAt": closed_at.astimezone(zone).isoformat(timespec="seconds"),
    }
