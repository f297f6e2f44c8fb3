"""Every list on both kinds of database: narrowed, searched, sorted, past its end."""

import pytest

from engine.queries.operations.troubles import Incidents, Jobs, Messages, OperationsCounts
from engine.queries.people.notices import Notices, UnreadCount
from engine.queries.people.roles import People, Roles, Units
from engine.queries.policies.deployments import OnePolicy, Policies
from engine.queries.search.cases import Cases
from engine.queries.tasks.one import OneTask
from engine.queries.tasks.starts import StartChoices, StartForm
from engine.queries.tasks.worklist import Worklist
from tests.engine.commands.conftest import work


@pytest.mark.parametrize("sort", ["started", "-number", "updated", "-customer", "none"])
@pytest.mark.parametrize("state", ["", "open", "overdue", "incident", "closed"])
def test_cases(deployed, who, approve, sort, state):
    view = deployed.ask(Cases(state=state, sort=sort, policy="minimal"), by=who("lin"))

    assert view.page.total == (1 if state in ("", "open") else 0)


@pytest.mark.parametrize("sort", ["due", "-due", "created", "case", "-name"])
def test_tasks(deployed, who, investigate, sort):
    view = deployed.ask(
        Worklist("groups", policy="minimal", text="调查 JY", sort=sort), by=who("lin")
    )

    assert [task.id for task in view.page.rows] == [investigate]
    assert view.policies == {"minimal": "简易投诉"}


def test_people(deployed, who):
    def logins(**narrowed):
        page = deployed.ask(People(**narrowed), by=who("root"))
        return [person.login for person in page.rows]

    assert logins() == ["lin", "qian", "root", "wu", "zhao"]
    assert logins(role="head", is_active=True) == ["qian", "zhao"]
    assert logins(text="文员") == ["lin"]
    assert logins(is_active=False) == []


def test_roles_and_units(deployed, who):
    roles = deployed.ask(Roles(), by=who("root"))
    units = deployed.ask(Units(), by=who("root"))

    assert {("clerk", None), ("head", "branch")} <= {(r.id, r.within) for r in roles}
    assert [unit.key for unit in units] == ["north", "south"]


def test_what_operations_looks_after(deployed, who, investigate):
    root = who("root")

    assert deployed.ask(Jobs(state="owed", kind="timer"), by=root).total == 1
    assert deployed.ask(Jobs(state="done"), by=root).total == 0
    assert deployed.ask(Incidents(text="JY 2603"), by=root).total == 0
    assert deployed.ask(Messages(text="goods", state="kept"), by=root).total == 0
    assert deployed.ask(OperationsCounts(), by=root).incidents == 0


def test_notices(deployed, who, investigate, clock):
    clock.move(hours=6)
    work(deployed)

    page = deployed.ask(Notices(), by=who("lin"))

    assert page.total == deployed.ask(UnreadCount(), by=who("lin")) > 0
    assert page.rows[0].case_number == "JY-2603-0001"
    assert page.rows[0].at >= page.rows[-1].at


def test_policies(deployed, who, case_id):
    [policy] = deployed.ask(Policies(), by=who("wu"))
    view = deployed.ask(OnePolicy("minimal"), by=who("wu"))

    assert (policy.number, policy.open_cases) == (1, 1)
    assert view.shown.is_active
    assert [part.id for part in view.processes] == ["complaint"]
    assert "调查投诉" in [part.name for part in view.forms]
    assert {part.id for part in view.clauses} >= {"MC-1", "MC-5"}


def test_what_one_may_register(deployed, who):
    [choice] = deployed.ask(StartChoices(), by=who("lin"))
    view = deployed.ask(StartForm("minimal", "complaint"), by=who("lin"))

    assert (choice.process_id, choice.has_draft) == ("complaint", False)
    assert view.form.form.id == "register"
    assert deployed.ask(StartChoices(), by=who("zhao")) == ()


def test_one_task(deployed, who, investigate):
    offered = deployed.ask(OneTask(investigate), by=who("lin"))

    assert offered.may_claim
    assert offered.form is None
    assert offered.waits_for == ("文员",)
    assert [clause.id for clause in offered.clauses] == ["MC-2"]
    assert offered.picture.passages["investigate"].state == "present"
