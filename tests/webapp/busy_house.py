"""A house in which every page has something to show."""

from collections.abc import Mapping
from datetime import timedelta

from flask import Flask

from engine.commands.cases.documents import AttachDocument
from engine.commands.cases.lifecycle import AddComment, CancelCase, StartCase
from engine.commands.deadlines.extending import RequestExtension
from engine.commands.ledger.closings import CloseMonth
from engine.commands.people.accounts import SetPassword
from engine.commands.people.tokens import MakeToken
from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.commands.tasks.signing import Proof
from engine.commands.telling.robots import SetGroupRobot, SetMyRobot
from engine.model import SYSTEM, Actor
from engine.policy import Bundle
from engine.runtime import Engine
from tests import people
from tests.conftest import BUNDLES, StandingClock
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting, work
from tests.engine.commands.deadlines.small_policy import extendable
from tests.engine.commands.tasks.test_sign_task import with_signature
from tests.engine.commands.telling.conftest import ALL, FEISHU
from tests.engine.queries.cases.test_prints import with_print
from tests.ledgers import with_reports
from tests.open_desk import OPEN_BUNDLES
from tests.people import PASSWORD, actor
from tests.webapp import files
from tests.webapp.browser import Browser
from tests.webapp.strangers import Customer


def fill(engine: Engine, app: Flask, clock: StandingClock) -> Mapping[str, str]:
    """Give every page something to show; return the addresses that nobody can guess."""
    people.settle(engine)
    root = _settle_root(engine)
    policy = with_reports(extendable(Bundle.from_folders(BUNDLES, "minimal")))
    engine.run(DeployBundle(with_print(with_signature(policy))), by=root)
    _complain(engine, root)
    asking = changed(policy, "complaint.bpmn", '=remedy = "replace"', "=costs &gt; 100")
    engine.run(DeployBundle(asking), by=root)
    engine.run(StartCase("minimal", "complaint", ENTERED), by=root)
    engine.run(CompleteTask(waiting(engine, "investigate"), FOUND), by=actor(engine, "lin"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=root)
    late = waiting(engine, "investigate")
    engine.run(ClaimTask(late), by=actor(engine, "lin"))
    reason = "等待供应商答复。"
    until = clock.now() + timedelta(days=2)
    engine.run(RequestExtension(late, until, reason), by=actor(engine, "lin"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=root)
    dropped = engine.run(StartCase("minimal", "complaint", ENTERED), by=root)
    clock.move(hours=6)
    work(engine)
    clock.move(days=36)
    engine.run(CloseMonth("minimal", "2026-03"), by=root)
    engine.run(CancelCase(dropped, "重复登记"), by=root)
    return _customers(engine, app, clock, root)


def _settle_root(engine: Engine) -> Actor:
    root = actor(engine, "root")
    for role, unit in (("clerk", None), ("head", "north")):
        engine.run(GrantRole(root.person_id, role, unit), by=SYSTEM)
    engine.run(SetPassword(root.person_id, PASSWORD), by=SYSTEM)
    root = actor(engine, "root")
    engine.run(SetMyRobot("feishu", FEISHU), by=root)
    engine.run(SetGroupRobot("head", "north", "feishu", ALL, FEISHU), by=root)
    engine.run(MakeToken("门店订单系统", ("intake", "reports")), by=root)
    return root


def _complain(engine: Engine, root: Actor) -> None:
    """Let a complaint be investigated, with a photo and a signature."""
    first = engine.run(StartCase("minimal", "complaint", ENTERED), by=root)
    content = files.photo()
    digest = engine.database.holdings.files.add(content)
    photo = AttachDocument("照片.jpg", "image/jpeg", len(content), digest, case_id=first)
    engine.run(photo, by=root)
    engine.run(AddComment(first, "请尽快"), by=root)
    task_id = waiting(engine, "investigate")
    engine.run(CompleteTask(task_id, FOUND, Proof("", holds=True)), by=actor(engine, "lin"))
    engine.run(ClaimTask(waiting(engine, "approve")), by=root)


def _customers(
    engine: Engine, app: Flask, clock: StandingClock, root: Actor
) -> Mapping[str, str]:
    """Let a customer be asked something, and another one judge what was done."""
    engine.run(DeployBundle(Bundle.from_folders(OPEN_BUNDLES, "open-desk")), by=root)
    customer = Customer(Browser(app), clock)
    closed = customer.complain()
    _do(engine, "review", needsMore=False)
    _do(engine, "decide", outcome="换货")
    asked = customer.complain()
    _do(engine, "review", needsMore=True, question="何时购买？")
    return {"asked": asked, "closed": closed}


def _do(engine: Engine, element: str, **values: object) -> None:
    engine.run(CompleteTask(waiting(engine, element), values), by=actor(engine, "lin"))
