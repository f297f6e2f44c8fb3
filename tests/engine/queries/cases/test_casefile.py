import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.people.units import GrantRole, RevokeRole
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM, NotAllowed, NotFound
from engine.queries.cases.file import CaseFile
from engine.store.models import Notice
from tests.engine.commands.conftest import ENTERED


def sees(engine, who, login, case_id):
    try:
        engine.ask(CaseFile(case_id), by=who(login))
    except NotAllowed:
        return False
    return True


def test_the_registrar_and_those_who_may_do_a_task_see_it(deployed, who, case_id, approve):
    assert sees(deployed, who, "lin", case_id)
    assert sees(deployed, who, "zhao", case_id)
    assert not sees(deployed, who, "qian", case_id)
    assert not sees(deployed, who, "wu", case_id)


def test_who_did_a_task_sees_it_even_without_the_role(deployed, who, case_id, approve):
    deployed.run(CompleteTask(approve, {"agreed": True}), by=who("zhao"))

    deployed.run(RevokeRole(who("zhao").person_id, "head", "north"), by=SYSTEM)

    assert sees(deployed, who, "zhao", case_id)


def test_who_was_written_to_sees_it(deployed, who, case_id, clock):
    with deployed.database.writing(clock.now(), SYSTEM) as tx:
        tx.add(Notice(login="wu", kind="letter", case_id=case_id, at=clock.now()))

    assert sees(deployed, who, "wu", case_id)


def test_an_auditor_sees_all_but_what_is_about_them(deployed, who, case_id):
    about = ENTERED | {"personComplainedOf": "root"}
    other = deployed.run(StartCase("minimal", "complaint", about), by=who("lin"))

    assert sees(deployed, who, "root", case_id)
    assert not sees(deployed, who, "root", other)


def test_a_new_role_lets_one_see_what_it_could_do(deployed, who, case_id, approve):
    deployed.run(GrantRole(who("wu").person_id, "head", "north"), by=SYSTEM)

    assert sees(deployed, who, "wu", case_id)


def test_variables_are_for_operations(deployed, who, case_id):
    assert deployed.ask(CaseFile(case_id), by=who("lin")).variables is None
    assert deployed.ask(CaseFile(case_id), by=who("root")).variables["branch"] == "north"


def test_there_is_none(deployed, who):
    with pytest.raises(NotFound):
        deployed.ask(CaseFile(99), by=who("root"))


def test_answers_have_the_words_of_the_form(deployed, who, case_id):
    view = deployed.ask(CaseFile(case_id), by=who("lin"))

    said = {answer.label: answer.text for answer in view.registered}
    assert said["客户名称"] == "演示·客户"
    assert said["营业所"] == "北区营业所"  # The option's label, not its value.


def test_the_picture_follows_the_case(deployed, who, case_id, approve):
    [picture] = deployed.ask(CaseFile(case_id), by=who("lin")).pictures

    assert picture.passages["investigate"].state == "done"
    assert picture.passages["investigate"].by == "林文员"
    assert picture.passages["approve"].state == "present"
    assert "investigate-late" not in picture.passages
    assert picture.taken


def test_decisions_say_which_rule_hit_and_what_it_read(deployed, who, case_id, approve):
    events = deployed.ask(CaseFile(case_id), by=who("lin")).events

    [decision] = [event for event in events if event.kind == "decision"]
    [table] = decision.tables
    assert table.file == "remedy.dmn"
    assert table.rules[0].number >= 1
    assert "MC-4" in " ".join(table.rules[0].notes)
    assert table.inputs


def test_events_come_in_order(deployed, who, case_id, approve):
    events = deployed.ask(CaseFile(case_id), by=who("lin")).events

    assert [event.kind for event in events][:3] == ["start", "task", "decision"]
    assert [event.at for event in events] == sorted(event.at for event in events)
