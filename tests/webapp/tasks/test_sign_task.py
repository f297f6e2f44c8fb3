"""The page of a task that is signed asks for the password, and loses nothing."""

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import ClaimTask
from engine.model import SYSTEM
from engine.store.models import Draft, Person, Signature, Task
from tests.engine.commands.conftest import ENTERED, waiting
from tests.engine.commands.knowing import rows
from tests.engine.commands.tasks.test_sign_task import with_signature
from tests.people import PASSWORD, actor

TYPED = {"fault": "quality", "findings": "密封圈破损"}
FIELD = "//input[@name='_password']"


@pytest.fixture
def signed(deployed, minimal):
    """The task of the clerk, claimed by her, where it must be signed."""
    lin = actor(deployed, "lin")
    deployed.run(DeployBundle(with_signature(minimal)), by=actor(deployed, "root"))
    deployed.run(StartCase("minimal", "complaint", ENTERED), by=lin)
    task_id = waiting(deployed, "investigate")
    deployed.run(ClaimTask(task_id), by=lin)
    return task_id


def test_it_says_what_is_signed_and_asks_for_the_password(lin, signed):
    page = lin.get(f"/tasks/{signed}")

    assert "本人林文员已核对以上内容" in page.text
    assert page.texts(FIELD + "/@value") == []
    assert "签名并提交「调查投诉」" in page.texts("//form[@id='work']//button")


def test_a_task_that_is_not_signed_asks_for_nothing(engine, lin, investigate):
    engine.run(ClaimTask(investigate), by=actor(engine, "lin"))

    assert lin.get(f"/tasks/{investigate}").texts(FIELD) == []


def test_with_the_password_it_is_completed(engine, lin, signed):
    page = lin.send(f"/tasks/{signed}/complete", TYPED | {"_password": PASSWORD})

    assert page.texts("//h1") == ["待办"]
    assert [each.login for each in rows(engine, Signature)] == ["lin"]


@pytest.mark.parametrize(
    ("password", "expected"),
    [("", "请再输入一次您的密码"), ("wrong password", "这不是林文员的密码")],
)
def test_without_the_right_password_everything_typed_stays(
    engine, lin, signed, password, expected
):
    page = lin.post(f"/tasks/{signed}/complete", TYPED | {"_password": password})

    assert page.status == 403
    assert expected in " ".join(page.texts("//*[@id='wrong-_password']"))
    assert page.texts("//textarea[@name='findings']") == ["密封圈破损"]
    assert page.texts(FIELD + "/@value") == []
    assert page.texts("//*[@id='faults']") == []
    assert "wrong password" not in page.source
    assert rows(engine, Draft)[0].fields["findings"] == "密封圈破损"
    assert rows(engine, Task, Task.id == signed)[0].state == "open"


def test_who_has_no_password_is_told_before_and_after(engine, lin, signed):
    with engine.database.writing(engine.clock.now(), SYSTEM) as tx:
        tx.session.query(Person).filter_by(login="lin").update({"password_hash": None})

    assert "无法在此签名" in lin.get(f"/tasks/{signed}").text
    page = lin.post(f"/tasks/{signed}/complete", TYPED | {"_password": PASSWORD})
    assert page.status == 403
    assert not rows(engine, Signature)


def test_a_password_that_came_too_late_is_not_shown(engine, lin, signed):
    lin.send(f"/tasks/{signed}/complete", TYPED | {"_password": PASSWORD})

    page = lin.post(f"/tasks/{signed}/complete", TYPED | {"_password": PASSWORD})

    assert page.status == 409
    assert "密封圈破损" in page.source
    assert PASSWORD not in page.source


def test_the_case_shows_who_signed(engine, lin, signed):
    lin.send(f"/tasks/{signed}/complete", TYPED | {"_password": PASSWORD})

    [signature] = rows(engine, Signature)
    for path in (f"/cases/{signature.case_id}", f"/cases/{signature.case_id}/print"):
        page = lin.get(path)
        assert page.texts("//*[@class='signed']/code") == [signature.digest[:12]]
