"""Jobs of a diagram that make reports and close months."""

from io import BytesIO
from xml.sax.saxutils import quoteattr

import pytest
from openpyxl import load_workbook

from engine.commands.policies.deployments import DeployBundle
from engine.model import SYSTEM
from engine.policy import Bundle
from engine.queries.progress.trace import CaseTrace
from engine.store.models import ClosedMonth, Document, Incident
from tests.engine.commands.conftest import changed
from tests.engine.commands.knowing import rows
from tests.engine.queries.reports.conftest import at, kept
from tests.keeping import register, settle
from tests.ledgers import with_reports

__all__ = ["kept"]


def asking(minimal: Bundle, kind: str, **headers: str) -> Bundle:
    """Return the policy with a job in place of the answer to the customer."""
    text = minimal.files["complaint.bpmn"].decode()
    begin = text.index("<zeebe:taskDefinition", text.index('id="answer"'))
    old = text[begin : text.index("</zeebe:taskHeaders>", begin)]
    said = "".join(
        f'<zeebe:header key="{name}" value={quoteattr(value)} />'
        for name, value in headers.items()
    )
    new = f'<zeebe:taskDefinition type="{kind}" /><zeebe:taskHeaders>{said}'
    return with_reports(changed(minimal, "complaint.bpmn", old, new))


@pytest.fixture
def play(kept, clock, minimal, who):
    """Deploy a policy with a job, and bring a case to it and through."""

    def play_it(kind: str, **headers: str) -> int:
        kept.run(DeployBundle(asking(minimal, kind, **headers)), by=who("root"))
        case = register(kept, clock, at(4, 9))
        settle(kept, clock, case, at(4, 9, 3))
        return case

    return play_it


def test_a_report_is_attached_and_its_figures_go_on(kept, play):
    case = play("report", report="monthly-summary", month="2026-03", title="三月统计表")

    [document] = rows(kept, Document, Document.case_id == case)
    content = kept.database.holdings.files.read(document.digest)
    known = kept.ask(CaseTrace(case), by=SYSTEM).variables
    assert document.name == known["document"] == "三月统计表 2026-03.xlsx"
    assert load_workbook(BytesIO(content)).active["A1"].value == "三月统计表"
    assert (known["figures"]["registered"], known["figures"]["closed"]) == (5, 2)


def test_a_month_is_closed_by_its_process(kept, play):
    case = play("close-month", month="2026-03")

    known = kept.ask(CaseTrace(case), by=SYSTEM).variables
    [row] = rows(kept, ClosedMonth)
    assert known["closed"] == "2026-03"
    assert known["figures"] == row.figures


def test_a_month_that_was_closed_stays_as_it_was(kept, play, who):
    play("close-month", month="2026-03")
    before = rows(kept, ClosedMonth)[0].digest

    play_again = play("close-month", month='=if true then "2026-03" else null')

    assert rows(kept, ClosedMonth)[0].digest == before
    assert kept.ask(CaseTrace(play_again), by=SYSTEM).variables["closed"] == "2026-03"


def test_closing_too_early_stops_the_case_and_says_why(kept, play):
    case = play("close-month", month="2026-04")

    [incident] = rows(kept, Incident, Incident.case_id == case)
    assert "2026-05-05" in str(incident.sentence)
    assert rows(kept, ClosedMonth) == []


@pytest.mark.parametrize("month", ['=string(date("2026-03-01"))', "=null"])
def test_what_is_no_month_stops_the_case(kept, play, month):
    case = play("report", report="trend", month=month)

    assert len(rows(kept, Incident, Incident.case_id == case)) == 1
