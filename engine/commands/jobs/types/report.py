"""The job `report`: makes a report and attaches it to the case as an Excel file."""

from engine.commands.jobs.types.headers import header, text
from engine.commands.moving.case import Moving
from engine.language import DEFAULT_LANGUAGE, say
from engine.model import NotFound, Sentence, Variables
from engine.reckoning.months import is_month
from engine.reckoning.report import Report
from engine.reports.ledgers import zone_of
from engine.reports.making import default_period, kind_called, report
from engine.sheets import EXCEL, Made, workbook
from engine.store.models import Document, Job

_LONGEST_TITLE = 120


def make_report(moving: Moving, job: Job) -> Variables:
    """Make the report that the headers name, and return its figures and its file's name.

    Raises:
        NotFound: If it is no kind of report, no month, or nothing tells its figures.
        InvalidState: If a header is missing.
    """
    tx, title = moving.tx, header(job, "title")
    kind, month = kind_called(text(job, "report")), text(job, "month")
    if not is_month(month):
        raise NotFound(
            "Expected a month such as {example}, but it is {month}.",
            example="2026-03",
            month=month[:20],
        )
    period = default_period(kind, month)
    made = report(
        tx,
        moving.case.policy_key,
        kind,
        period,
        str(title)[:_LONGEST_TITLE] if title else None,
        demo=moving.case.demo,
    )
    name = f"{made.title} {month}.xlsx"
    content = _file(moving, made)
    tx.add(
        Document(
            case_id=moving.case.id,
            task_id=None,
            name=name,
            media_type=EXCEL,
            size=len(content),
            digest=tx.holdings.files.add(content),
            at=tx.now,
            by=tx.actor.login,
        )
    )
    return {"figures": dict(made.figures), "document": name}


def _file(moving: Moving, made: Report) -> bytes:
    at = moving.tx.now.astimezone(zone_of(moving.policy))
    return workbook(made, Made(at, moving.tx.actor.name), _speak)


def _speak(sentence: Sentence) -> str:
    return say(sentence, DEFAULT_LANGUAGE)
