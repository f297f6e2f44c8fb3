"""The job `open-case`: opens another case of the policy and links the two."""

from collections.abc import Mapping
from copy import deepcopy

from sqlalchemy import func, select

from engine.commands.admitting.filling import files_in
from engine.commands.jobs.types import headers
from engine.commands.moving.case import Moving
from engine.commands.steps.starting import Opening, Origin, find_next, open_case
from engine.model import InvalidState, Json, Variables
from engine.policy.checks.jobs.open_case import LONGEST_RELATION
from engine.store.models import Case, CaseLink, Document, Job
from engine.store.transaction import Transaction

MOST_GENERATIONS = 20  #: Cases in a row that opened one another; more are a loop.
MOST_OPENED = 500  #: Cases that one case may open.


def open_linked_case(moving: Moving, job: Job) -> Variables:
    """Open the case that a job asks for, in this transaction, and return its number.

    It is registered by whom the first case was registered by, in the same unit. Files that
    come with the values belong to both cases.

    Raises:
        InvalidState: If a header cannot be understood, or too many cases open each other.
        NotFound: If the policy does not start such a process any more.
    """
    tx, case = moving.tx, moving.case
    opening = find_next(tx, case.policy_key, headers.text(job, "process"))
    values = deepcopy(dict(headers.context(job, "values")))
    relation = _relation(job)
    generation = _generation(tx, case)
    copies = _copied(tx, case, values)
    origin = Origin(case, moving.execution.variables.get("registrar"))
    submission = tx.submit(values, command="CarryOut", form_id=_form(opening))
    opened = open_case(
        tx, opening, values, unit=case.started_unit, hops=moving.hops, origin=origin
    ).case
    submission.case_id = opened.id
    for document in copies:
        document.case_id = opened.id
    tx.add(
        CaseLink(
            to_case=opened.id,
            from_case=case.id,
            relation=relation,
            generation=generation,
            at=tx.now,
        )
    )
    tx.note(opened=opened.number, deployment=opened.deployment_id)
    return {"number": opened.number}


def _form(opening: Opening) -> str | None:
    process = opening.loaded.definitions.process(opening.start.process)
    return next((start.form_id for start in process.starts if start.kind == "none"), None)


def _relation(job: Job) -> str | None:
    if headers.header(job, "relation") is None:
        return None
    return headers.text(job, "relation")[:LONGEST_RELATION]


def _generation(tx: Transaction, case: Case) -> int:
    """Return how many cases in a row open one another with the one to come.

    Raises:
        InvalidState: If these are too many, or *case* has opened too many.
    """
    before = tx.session.get(CaseLink, case.id)
    generation = 1 if before is None else before.generation + 1
    chosen = select(func.count()).where(CaseLink.from_case == case.id)
    opened = tx.session.scalar(chosen) or 0
    if generation > MOST_GENERATIONS or opened >= MOST_OPENED:
        raise InvalidState(
            "Expected cases to open others now and then, but {number} is the last of "
            "{generation} in a row and has opened {opened}.",
            number=case.number,
            generation=generation,
            opened=opened,
        )
    return generation


def _copied(tx: Transaction, case: Case, values: Mapping[str, Json]) -> list[Document]:
    """Give the files of *case* in *values* to another case too, under new numbers."""
    copies: list[Document] = []
    for _, file in files_in(values):
        number = file["document"]
        document = tx.session.get(Document, number) if isinstance(number, int) else None
        if document is None or document.case_id != case.id:
            continue
        copy = tx.add(
            Document(
                name=document.name,
                media_type=document.media_type,
                size=document.size,
                digest=document.digest,
                at=document.at,
                by=document.by,
            )
        )
        file["document"] = copy.id
        copies.append(copy)
    return copies
