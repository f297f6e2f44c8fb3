"""Lists walk along indexes: they hold what the plain conditions say, however long."""

import pytest
from sqlalchemy import and_, or_, select

from engine.commands.cases.lifecycle import StartCase
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask, UnclaimTask
from engine.model import SYSTEM
from engine.queries.search.cases import Cases
from engine.queries.search.seen import newest
from engine.queries.tasks.offers import urgent
from engine.queries.tasks.worklist import WaitingCount, Worklist
from engine.store.models import Case, Task
from engine.store.visibility import may_do, may_see, open_to
from tests.engine.commands.conftest import ENTERED, FOUND
from tests.engine.commands.knowing import rows

PEOPLE = ("lin", "zhao", "qian", "root")


@pytest.fixture
def busy(deployed, who):
    """Cases at every stage: offered, claimed, given back, completed, kept from somebody."""
    for about in ({}, {}, {"personComplainedOf": "lin"}, {"branch": "south"}, {}):
        deployed.run(StartCase("minimal", "complaint", ENTERED | about), by=who("lin"))
    first, second, third, *_ = [task.id for task in rows(deployed, Task)]
    deployed.run(ClaimTask(first), by=who("lin"))
    deployed.run(CompleteTask(second, FOUND), by=who("lin"))
    deployed.run(UnclaimTask(first), by=who("lin"))
    deployed.run(ClaimTask(rows(deployed, Task)[-1].id), by=who("zhao"))
    assert third
    return deployed


@pytest.mark.parametrize("login", PEOPLE)
def test_the_cases_listed_are_those_that_one_may_see(busy, who, login):
    actor = who(login)
    with busy.database.reading(busy.clock.now(), actor) as reading:
        plain = set(reading.session.scalars(select(Case.id).where(may_see(actor))))

        listed = newest(reading, 100)

    assert set(listed) == plain
    assert list(listed) == sorted(plain, reverse=True)


@pytest.mark.parametrize("login", PEOPLE)
def test_the_tasks_listed_are_those_that_are_offered(busy, who, login, clock):
    clock.move(days=30)
    actor = who(login)
    with busy.database.reading(busy.clock.now(), actor) as reading:
        near = open_to(actor, Case.id)
        seen = select(Task.id).join(Case).where(Task.state == "open", near)
        mine = Task.assignee == actor.login
        offered = and_(Task.assignee.is_(None), may_do(actor))

        def plain(*conditions):
            return set(reading.session.scalars(seen.where(*conditions)))

        listed = urgent(reading, 100)

        assert set(listed.mine) == plain(mine)
        assert set(listed.groups) == plain(offered)
        late = Task.due < reading.now
        assert set(listed.overdue) == plain(late, or_(mine, offered))


def test_more_than_a_hundred_are_counted_only_so_far(deployed, who):
    for _ in range(105):
        deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    first = deployed.ask(Worklist("groups"), by=who("lin"))
    fifth = deployed.ask(Worklist("groups", page=5), by=who("lin"))

    assert (first.page.total, first.page.more, first.counts["groups"]) == (100, True, 101)
    assert (fifth.page.total, fifth.page.more, len(fifth.page.rows)) == (105, False, 5)
    assert deployed.ask(WaitingCount(), by=who("lin")) == 101
    newest_first = deployed.ask(Cases(page=5), by=who("lin")).page
    assert [case.id for case in newest_first.rows] == [5, 4, 3, 2, 1]
    assert not newest_first.is_cut


def test_what_a_search_finds_is_seen_by_those_alone_who_may(busy, who):
    everybody = {
        login: len(busy.ask(Cases(text="水泵"), by=who(login)).page.rows)
        for login in PEOPLE
    }

    assert everybody["root"] == 5
    assert everybody["lin"] == 4
    assert everybody["qian"] == 0
    assert not busy.ask(Cases(text="水泵"), by=SYSTEM).is_partial
