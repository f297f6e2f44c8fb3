"""The page of a case shows which cases came out of it, and out of which it came."""

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM
from engine.queries.cases.file import CaseFile
from tests.engine.commands.conftest import ENTERED, FOUND, waiting, work
from tests.ledgers import with_job, with_ledger


@pytest.fixture
def linked(engine, who, minimal):
    """Let a case of the north open a case of the south about its head."""
    values = (
        '={customerName: "乙", subject: "转", branch: "south", personComplainedOf: "zhao"}'
    )
    headers = {"process": "complaint", "values": values, "relation": "客户不接受"}
    bundle = with_job(with_ledger(minimal), "open-case", **headers)
    engine.run(DeployBundle(bundle), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    found = FOUND | {"fault": "misuse"}
    engine.run(CompleteTask(waiting(engine, "investigate"), found), by=who("lin"))
    work(engine)
    return engine


def related(engine, who, login, case_id):
    [found] = engine.ask(CaseFile(case_id), by=who(login)).related
    return found


def test_the_first_case_shows_what_it_led_to(linked, who):
    found = related(linked, who, "lin", 1)

    assert (found.way, found.number, found.id) == ("to", "JY-2603-0002", 2)
    assert (found.title, found.state, found.relation) == ("乙：转", "open", "客户不接受")


def test_the_second_case_shows_what_it_came_out_of(linked, who):
    found = related(linked, who, "lin", 2)

    assert (found.way, found.number, found.id) == ("from", "JY-2603-0001", 1)
    assert found.state == "closed"


def test_who_must_not_see_the_other_case_sees_its_number_alone(linked, who):
    linked.run(GrantRole(who("zhao").person_id, "clerk"), by=SYSTEM)

    found = related(linked, who, "zhao", 1)

    assert (found.number, found.id, found.title) == ("JY-2603-0002", None, None)


def test_most_cases_stand_alone(deployed, case_id, who):
    assert deployed.ask(CaseFile(case_id), by=who("lin")).related == ()
