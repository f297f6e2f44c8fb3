from datetime import timedelta

from engine.commands.cases.lifecycle import StartCase
from engine.commands.tasks.lifecycle import ClaimTask
from engine.queries.tasks.worklist import WaitingCount, Worklist
from tests.engine.commands.conftest import ENTERED


def names(view):
    return [task.name for task in view.page.rows]


def test_tasks_are_offered_by_role_and_unit(deployed, who, approve):
    offered = Worklist(scope="groups")

    assert names(deployed.ask(offered, by=who("zhao"))) == ["审批换货"]
    assert names(deployed.ask(offered, by=who("qian"))) == []
    assert names(deployed.ask(offered, by=who("lin"))) == []


def test_what_is_claimed_is_mine_alone(deployed, who, investigate):
    deployed.run(ClaimTask(investigate), by=who("lin"))

    assert names(deployed.ask(Worklist("mine"), by=who("lin"))) == ["调查投诉"]
    assert names(deployed.ask(Worklist("groups"), by=who("lin"))) == []
    assert deployed.ask(WaitingCount(), by=who("lin")) == 1


def test_the_person_complained_of_is_offered_nothing(deployed, who):
    about = ENTERED | {"personComplainedOf": "lin"}
    deployed.run(StartCase("minimal", "complaint", about), by=who("lin"))

    assert names(deployed.ask(Worklist("groups"), by=who("lin"))) == []


def test_it_turns_amber_and_red_in_working_time(deployed, who, investigate, clock):
    def due():
        view = deployed.ask(Worklist("groups"), by=who("lin"))
        return view.page.rows[0].due

    assert due().urgency == "plain"
    clock.move(hours=2.2)
    assert due().urgency == "soon"
    clock.move(hours=2.5)  # The lunch break does not count.
    assert due().urgency == "late"
    assert due().left.values == {"count": 12}


def test_the_most_urgent_comes_first(deployed, who, investigate, clock):
    clock.moment += timedelta(minutes=30)
    deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    def numbers(sort):
        view = deployed.ask(Worklist("groups", sort=sort), by=who("lin"))
        return [task.case_number[-1] for task in view.page.rows]

    assert numbers("due") == ["1", "2"]
    assert numbers("-due") == ["2", "1"]
    assert numbers("no such column") == ["1", "2"]


def test_a_page_past_the_end_is_the_last(deployed, who, investigate):
    view = deployed.ask(Worklist("groups", page=99), by=who("lin"))

    assert (view.page.number, view.page.total, names(view)) == (1, 1, ["调查投诉"])
