import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.jobs.lifecycle import Remind
from engine.commands.people.units import GrantRole, RevokeRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.commands.telling.notices import ReadNotices
from engine.model import SYSTEM, InvalidState, NotAllowed, NotFound
from engine.policy import Bundle
from engine.store.models import Job, Notice
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting, work
from tests.engine.commands.knowing import rows

CLERK = 'title = "文员"\n'
UPWARDS = 'escalates-to = "director"'
DIRECTOR = '\n[director]\ntitle = "总监"\n'


def reminded(engine, kind):
    return [row.login for row in rows(engine, Notice, Notice.kind == kind)]


@pytest.fixture
def second_clerk(deployed, who):
    deployed.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))


@pytest.fixture
def led_by_heads(engine, minimal, who, ground):
    """A task of clerks in the north, who are led by the head there, and she by another."""

    def begin():
        led = changed(minimal, "roles.toml", CLERK, CLERK + 'escalates-to = "head"\n')
        upwards = changed(led, "roles.toml", 'escalates-to = "clerk"', UPWARDS)
        files = dict(upwards.files)
        files["roles.toml"] += DIRECTOR.encode()
        engine.run(DeployBundle(Bundle(minimal.key, files)), by=who("root"))
        engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    ground.reach("led-by-heads", begin)
    return waiting(engine, "investigate")


def test_all_that_it_is_offered_to_are_reminded_before_it_is_due(
    deployed, second_clerk, investigate, clock
):
    clock.move(hours=2)
    work(deployed)

    assert reminded(deployed, "reminder") == ["lin", "wu"]
    [first, _] = rows(deployed, Notice)
    assert str(first.sentence) == "调查投诉 of case JY-2603-0001 is to be done soon."
    assert first.task_id == investigate


def test_who_took_it_is_reminded_alone(deployed, who, second_clerk, investigate, clock):
    deployed.run(ClaimTask(investigate), by=who("wu"))
    clock.move(hours=2)
    work(deployed)

    assert reminded(deployed, "reminder") == ["wu"]


def test_when_it_is_overdue_their_leaders_hear_of_it(deployed, approve, clock):
    clock.move(days=2)
    work(deployed)

    assert reminded(deployed, "overdue") == ["zhao", "lin"]  # head escalates to clerk


def test_a_leader_of_another_unit_hears_nothing(engine, led_by_heads, clock):
    clock.move(hours=5)
    work(engine)

    assert reminded(engine, "overdue") == ["lin", "zhao"]  # Not qian, of the south.


def test_where_no_leader_is_in_the_unit_the_next_one_up_hears_of_it(
    engine, who, led_by_heads, clock
):
    engine.run(RevokeRole(who("zhao").person_id, "head", "north"), by=who("root"))
    engine.run(GrantRole(who("wu").person_id, "director", None), by=who("root"))
    clock.move(hours=5)
    work(engine)

    assert reminded(engine, "overdue") == ["lin", "wu"]


def test_who_leads_themselves_lets_the_next_one_up_hear_of_it(
    engine, who, led_by_heads, clock
):
    engine.run(GrantRole(who("wu").person_id, "director", None), by=who("root"))
    engine.run(GrantRole(who("zhao").person_id, "clerk", None), by=who("root"))
    engine.run(ClaimTask(led_by_heads), by=who("zhao"))
    clock.move(hours=5)
    work(engine)

    assert reminded(engine, "overdue") == ["zhao", "wu"]


def test_what_was_done_in_time_reminds_nobody(deployed, who, investigate, clock):
    deployed.run(CompleteTask(investigate, FOUND | {"fault": "misuse"}), by=who("lin"))
    clock.move(days=2)
    work(deployed)

    assert reminded(deployed, "reminder") == reminded(deployed, "overdue") == []


def test_it_reminds_once(deployed, case_id, clock):
    [job] = rows(deployed, Job, Job.kind == "reminder")
    clock.move(hours=2)
    deployed.run(Remind(job.id), by=SYSTEM)

    with pytest.raises(InvalidState):
        deployed.run(Remind(job.id), by=SYSTEM)


def test_a_notice_is_read_by_whom_it_is_to(deployed, who, case_id, clock):
    clock.move(hours=2)
    work(deployed)
    [notice] = rows(deployed, Notice)

    with pytest.raises(NotAllowed):
        deployed.run(ReadNotices((notice.id,)), by=who("zhao"))
    deployed.run(ReadNotices((notice.id,)), by=who("lin"))

    assert rows(deployed, Notice)[0].read_at == clock.now()


def test_an_unknown_notice_is_refused(deployed, who):
    with pytest.raises(NotFound):
        deployed.run(ReadNotices((99,)), by=who("lin"))
