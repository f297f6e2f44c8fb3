"""However many lines a page has, it asks the database as often."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import event

from engine.commands.cases.lifecycle import AddComment, StartCase
from engine.commands.deadlines.extending import RequestExtension
from engine.commands.ledger.closings import CloseMonth
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.people.accounts import AddPerson
from engine.commands.people.sessions import LogIn
from engine.commands.people.tokens import MakeToken
from engine.commands.people.units import AddUnit, GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.byhand.copying import CopyCase
from engine.commands.tasks.byhand.opinions import AskOpinion
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.commands.telling.robots import SetGroupRobot
from engine.model import SYSTEM, Actor, TaskId
from engine.policy import Bundle
from engine.reckoning.months import month_of
from engine.runtime import Engine
from engine.store.models import Breach, Case, Extension, Incident, Message, Notice, Task
from tests.conftest import StandingClock
from tests.engine.commands.conftest import ENTERED, FOUND, changed, work
from tests.engine.commands.deadlines.small_policy import extendable
from tests.engine.commands.knowing import rows
from tests.engine.commands.telling.conftest import ALL, FEISHU
from tests.ledgers import with_reports
from tests.people import PASSWORD
from tests.webapp.api.caller import token_of
from tests.webapp.browser import Browser
from tests.webapp.test_every_route import addresses, is_public

#: Lists that people see differently who work on cases, and who look on.
LISTS = (
    "/",
    "/cases/",
    "/cases/1",
    "/register/",
    "/notices/",
    "/reports/",
    "/deadlines/breaches",
    "/deadlines/extensions",
    "/reports/minimal/months",
)
#: Lists of the interface for other systems.
INTERFACE = (
    "/api/v1/tasks?scope=groups",
    "/api/v1/cases",
    "/api/v1/cases/1",
    "/api/v1/starts",
    "/api/v1/opinions",
    "/api/v1/extensions",
    "/api/v1/policies",
    "/api/v1/policies/minimal/months",
    "/api/v1/policies/minimal/ledger",
)
#: Lists that show other lines when they are asked otherwise.
NARROWED = (
    "/?show=groups",
    "/?show=overdue",
    "/cases/?state=all",
    "/cases/?state=all&q=客户",
    "/cases/?state=all&sort=customer",
    "/operations/?state=all",
    "/operations/jobs?state=all",
    "/deadlines/breaches?reviewed=no",
    "/deadlines/breaches/file.csv",
    "/deadlines/breaches/file.xlsx",
    "/reports/minimal/ledger/csv",
    "/reports/minimal/ledger?first=2026-03&last=2027-06",
    "/reports/minimal/kinds/deadlines?first=2026-03&last=2027-06",
    "/reports/minimal/kinds/daily-count?first=2026-03&last=2027-06",
    "/reports/minimal/months/2026-03",
)
ZONE = ZoneInfo("Asia/Shanghai")


def test_pages_ask_as_often_for_fifteen_lines_as_for_five(
    engine: Engine,
    app: Flask,
    clock: StandingClock,
    minimal: Bundle,
    who: Callable[[str], Actor],
) -> None:
    house = House(engine, clock, minimal, who)
    everything = [it for end, it in addresses(app, "GET") if not is_public(app, end)]
    lists = (*LISTS, *INTERFACE)
    pages = {"root": (*everything, *NARROWED), "lin": LISTS, "zhao": lists}
    house.add_lines(5)
    statements(app, engine, "root", LISTS)  # The policies are read once, for all.
    before = {login: statements(app, engine, login, it) for login, it in pages.items()}

    house.add_lines(10)

    for login, few in before.items():
        many = statements(app, engine, login, few)
        assert {path: many[path] for path in few if many[path] > few[path]} == {}, login
        assert len(few) > len(LISTS) - 2
    house.has_lines(15)


def statements(
    app: Flask, engine: Engine, login: str, paths: Iterable[str]
) -> Mapping[str, int]:
    """Return how many statements each page takes that is there for somebody."""
    log_in = LogIn(login, PASSWORD, "10.0.0.1", "test")
    browser = Browser(app, engine.run(log_in, by=SYSTEM).token)
    header = {"Authorization": f"Bearer {token_of(engine, login)}"}
    found = {}
    for path in paths:
        with counted(engine) as asked:
            page = browser.get(path, headers=header)
        if page.status == 200:
            found[path] = len(asked)
    return found


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    asked: list[str] = []

    def note(connection, cursor, statement, *rest) -> None:
        asked.append(statement)

    connections = engine.database.connections
    event.listen(connections, "before_cursor_execute", note)
    yield asked
    event.remove(connections, "before_cursor_execute", note)


class House:
    """A house in which each list has as many lines, one of each month."""

    def __init__(
        self,
        engine: Engine,
        clock: StandingClock,
        minimal: Bundle,
        who: Callable[[str], Actor],
    ) -> None:
        self._engine, self._clock, self._who = engine, clock, who
        halting = changed(minimal, "policy.toml", 'key = "minimal"', 'key = "halting"')
        halting = changed(halting, "policy.toml", "JY-", "TZ-")
        halting = changed(halting, "complaint.bpmn", '=remedy = "replace"', "=costs > 1")
        bundle = with_reports(extendable(minimal))
        for each in (Bundle("halting", halting.files), minimal, bundle):
            self._run("root", DeployBundle(each))

    def add_lines(self, count: int) -> None:
        """Add lines to all lists."""
        for _ in range(count):
            number = len(rows(self._engine, Message)) // 2
            self._add_people(number)
            self._answer_and_wait(number)
            self._halt()
            self._be_late()
            self._go_on_with_the_first(number)
            month = month_of(self._clock.now().astimezone(ZONE).date())
            self._clock.move(days=40 - self._clock.now().day)
            work(self._engine)
            self._run("zhao", CloseMonth("minimal", month))
            self._clock.move(days=1 - self._clock.now().day)

    def has_lines(self, count: int) -> None:
        """Check that there are so many."""
        for table in (Breach, Case, Extension, Incident, Message, Notice):
            assert len(rows(self._engine, table)) >= count, table.__name__

    def _add_people(self, number: int) -> None:
        self._run("root", AddUnit(f"unit-{number}", f"第{number}营业所", "branch"))
        person = self._run("root", AddPerson(f"person-{number}", f"演示·{number}"))
        self._run("root", GrantRole(person, "head", f"unit-{number}"))
        robot = SetGroupRobot("head", f"unit-{number}", "feishu", ALL, FEISHU)
        self._run("root", robot)
        self._run("root", MakeToken(f"系统{number}", ("intake",)))

    def _answer_and_wait(self, number: int) -> None:
        """Let goods come to a case, and others that nobody waits for."""
        case_id = self._start("minimal")
        self._run("lin", CompleteTask(self._waiting(case_id), FOUND))
        self._run("zhao", CompleteTask(self._waiting(case_id), {"agreed": True}))
        [case] = rows(self._engine, Case, Case.id == case_id)
        for key in (case.number, f"nobody-{number}"):
            arrived = CorrelateMessage("goods-arrived", key, f"{key}-{number}")
            self._run("root", arrived)

    def _halt(self) -> None:
        case_id = self._start("halting")
        self._run("lin", CompleteTask(self._waiting(case_id), FOUND))

    def _be_late(self) -> None:
        """Let two tasks be late: one that has its clerk, and one that nobody took."""
        self._run("lin", CompleteTask(self._waiting(self._start("minimal")), FOUND))
        task = self._waiting(self._start("minimal"))
        self._run("lin", ClaimTask(task))
        until = self._clock.now() + timedelta(days=10)
        self._run("lin", RequestExtension(task, until, "等待供应商答复。"))
        for login in ("root", "zhao"):
            self._run("lin", AskOpinion(task, login, "是否换货？"))

    def _go_on_with_the_first(self, number: int) -> None:
        """Let what happened in one case be more."""
        [first, *_] = rows(self._engine, Task, Task.element_id == "investigate")
        self._run("lin", AddComment(first.case_id, "请尽快"))
        held = rows(self._engine, Task, Task.state == "open", Task.assignee == "lin")
        self._run("lin", CopyCase(held[0].id, f"person-{number}", "请知悉"))

    def _start(self, policy: str) -> int:
        return self._run("lin", StartCase(policy, "complaint", ENTERED))

    def _waiting(self, case_id: int) -> TaskId:
        [task] = rows(self._engine, Task, Task.case_id == case_id, Task.state == "open")
        return TaskId(task.id)

    def _run(self, login: str, command):
        return self._engine.run(command, by=self._who(login))
