"""A confidential case is seen by few, and one person alone tells of it outside."""

from collections.abc import Callable
from itertools import product

import pytest

from engine.commands.cases.lifecycle import AddComment, CorrectVariable, StartCase
from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import AssignTask, ClaimTask, CompleteTask
from engine.model import Actor, CaseId, NotAllowed
from engine.policy import Bundle
from engine.queries.cases.file import CaseFile
from engine.queries.people.notices import Notices
from engine.queries.search.cases import Cases
from engine.queries.tasks.one import OneTask, TaskFields
from engine.queries.tasks.worklist import Worklist
from engine.runtime import Engine
from engine.store.models import Case, Notice, Task
from tests.conftest import StandingClock
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting, work
from tests.engine.commands.knowing import rows
from tests.people import LOGINS

SECRET = """
[confidential]
when = "= fault = \\"quality\\" or subject = \\"secret\\""
roles = ["chief"]
spokesperson = "= if withinWarranty = true then null else \\"qian\\""
"""
CHIEF = '\n[chief]\ntitle = "总负责人"\n'
EYES = '<zeebe:property name="fourEyes" value="investigate" />'
OUTWARD = '<zeebe:property name="outward" value="yes" />'
APPROVED = {"agreed": True}


@pytest.fixture
def secretive(minimal: Bundle) -> Bundle:
    """The small policy with what is confidential in it."""
    bundle = changed(minimal, "complaint.bpmn", EYES, EYES + OUTWARD)
    files = {**bundle.files}
    for name, more in (("policy.toml", SECRET), ("roles.toml", CHIEF)):
        files[name] = bundle.files[name] + more.encode()
    return Bundle(bundle.key, files)


@pytest.fixture
def quiet(engine: Engine, secretive: Bundle, who: Callable[[str], Actor]) -> Engine:
    """An engine on which cases can be confidential."""
    engine.run(DeployBundle(secretive), by=who("root"))
    return engine


@pytest.fixture
def secret(quiet: Engine, who: Callable[[str], Actor]) -> CaseId:
    """A case of the north that is confidential since the clerk looked into it."""
    case_id = quiet.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    quiet.run(CompleteTask(waiting(quiet, "investigate"), FOUND), by=who("lin"))
    return case_id


def sees(engine: Engine, actor: Actor, case_id: CaseId) -> set[bool]:
    """Return what each way of asking says of whether the person sees the case."""
    try:
        engine.ask(CaseFile(case_id), by=actor)
        opened = True
    except NotAllowed:
        opened = False
    listed = {each.id for each in engine.ask(Cases(), by=actor).page.rows}
    found = {each.id for each in engine.ask(Cases(text="水泵"), by=actor).page.rows}
    return {opened, case_id in listed, case_id in found}


def test_only_its_roles_and_who_worked_on_it_see_it(
    quiet: Engine, secret: CaseId, who: Callable[[str], Actor]
) -> None:
    quiet.run(GrantRole(who("wu").person_id, "chief"), by=who("root"))

    assert sees(quiet, who("lin"), secret) == {True}
    assert sees(quiet, who("wu"), secret) == {True}
    assert sees(quiet, who("root"), secret) == {True}
    assert sees(quiet, who("zhao"), secret) == {False}
    assert quiet.ask(CaseFile(secret), by=who("wu")).head.is_confidential
    [line] = quiet.ask(Cases(), by=who("wu")).page.rows
    assert line.is_confidential


def test_who_could_take_a_task_of_it_is_neither_shown_nor_given_it(
    quiet: Engine, secret: CaseId, who: Callable[[str], Actor]
) -> None:
    task, zhao = waiting(quiet, "approve"), who("zhao")

    assert not quiet.ask(Worklist(scope="groups"), by=zhao).page.rows
    for question in (OneTask(task), TaskFields(task)):
        with pytest.raises(NotAllowed):
            quiet.ask(question, by=zhao)
    for command in (ClaimTask(task), CompleteTask(task, APPROVED), AddComment(secret, "?")):
        with pytest.raises(NotAllowed):
            quiet.run(command, by=zhao)


def test_who_registered_it_does_not_see_it_by_that(
    quiet: Engine, who: Callable[[str], Actor]
) -> None:
    values = {**ENTERED, "subject": "secret"}

    case_id = quiet.run(StartCase("minimal", "complaint", values), by=who("lin"))

    assert sees(quiet, who("lin"), case_id) == {False}


def test_whoever_is_given_its_task_sees_it(
    quiet: Engine, secret: CaseId, who: Callable[[str], Actor]
) -> None:
    quiet.run(AssignTask(waiting(quiet, "approve"), "zhao"), by=who("root"))

    assert sees(quiet, who("zhao"), secret) == {True}


def test_it_is_for_all_again_once_it_is_no_longer_so(
    quiet: Engine, secret: CaseId, who: Callable[[str], Actor]
) -> None:
    quiet.run(CorrectVariable(secret, {"fault": "misuse"}, "x"), by=who("root"))

    assert sees(quiet, who("zhao"), secret) == {True}
    [case] = rows(quiet, Case)
    assert (case.confidential, case.spokesperson) == (False, None)


def test_only_the_spokesperson_does_what_goes_outside(
    quiet: Engine, secret: CaseId, who: Callable[[str], Actor]
) -> None:
    task = waiting(quiet, "approve")
    quiet.run(AssignTask(task, "zhao"), by=who("root"))

    with pytest.raises(NotAllowed, match=r"spokesperson.*赵主管 is not"):
        quiet.run(CompleteTask(task, APPROVED), by=who("zhao"))

    quiet.run(GrantRole(who("qian").person_id, "head", "north"), by=who("root"))
    quiet.run(AssignTask(task, "qian"), by=who("root"))
    quiet.run(CompleteTask(task, APPROVED), by=who("qian"))


def test_nothing_goes_outside_before_a_spokesperson_is_named(
    quiet: Engine, secret: CaseId, who: Callable[[str], Actor]
) -> None:
    quiet.run(CorrectVariable(secret, {"withinWarranty": True}, "x"), by=who("root"))
    task = waiting(quiet, "approve")
    quiet.run(AssignTask(task, "qian"), by=who("root"))

    with pytest.raises(NotAllowed, match="none is named yet"):
        quiet.run(CompleteTask(task, APPROVED), by=who("qian"))


def test_reminders_of_it_are_for_nobody_else(
    quiet: Engine, secret: CaseId, who: Callable[[str], Actor], clock: StandingClock
) -> None:
    clock.move(days=3)

    work(quiet)

    told = {each.login for each in rows(quiet, Notice, Notice.kind == "overdue")}
    assert told == {"lin"}  # The head's superior, who worked on it; not the head.


def test_what_one_was_told_before_is_hidden_too(
    quiet: Engine, who: Callable[[str], Actor], clock: StandingClock
) -> None:
    case_id = quiet.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    clock.move(days=1)
    work(quiet)
    assert quiet.ask(Notices(), by=who("zhao")).rows

    quiet.run(CorrectVariable(case_id, {"subject": "secret"}, "x"), by=who("root"))

    assert not quiet.ask(Notices(), by=who("zhao")).rows


def test_list_search_and_page_agree_for_everybody(
    quiet: Engine, who: Callable[[str], Actor]
) -> None:
    quiet.run(GrantRole(who("wu").person_id, "chief"), by=who("root"))
    cases = [_case(quiet, who, *each) for each in product(_FAULTS, ("north", "south"))]

    for login, case_id in product(LOGINS, cases):
        assert len(sees(quiet, who(login), case_id)) == 1, (login, case_id)


_FAULTS = ("quality", "misuse", None)


def _case(
    engine: Engine, who: Callable[[str], Actor], fault: str | None, branch: str
) -> CaseId:
    entered = {**ENTERED, "branch": branch}
    case_id = engine.run(StartCase("minimal", "complaint", entered), by=who("lin"))
    [task] = rows(engine, Task, Task.case_id == case_id)
    if fault is None:
        engine.run(CorrectVariable(case_id, {"fault": "quality"}, "x"), by=who("root"))
    else:
        engine.run(CompleteTask(task.id, {**FOUND, "fault": fault}), by=who("lin"))
    return case_id
