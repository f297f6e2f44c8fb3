"""Who does not work on a case sees its personal data masked, until they say why not."""

import pytest

from engine.store.models import Submission
from tests.engine.commands.knowing import rows

NAME, PHONE = "演示·客户", "13900000000"


@pytest.fixture
def onlooker(browser):
    """The browser of who administers: sees all cases, works on none."""
    return browser("root")


def test_it_is_masked_until_asked_for(onlooker, case_id):
    masked = onlooker.get(f"/cases/{case_id}")

    shown = onlooker.send(f"/cases/{case_id}/reveal", {"why": "核对投诉电话"})

    assert NAME not in masked.source
    assert PHONE not in masked.source
    assert "139****0000" in masked.source
    assert NAME in shown.source
    assert PHONE in shown.source
    assert "核对投诉电话" in shown.source


def test_it_is_masked_again_after_a_while(onlooker, case_id, clock):
    onlooker.send(f"/cases/{case_id}/reveal", {"why": "核对投诉电话"})

    clock.move(minutes=16)

    page = onlooker.get(f"/cases/{case_id}")
    assert PHONE not in page.source
    assert "核对投诉电话" in page.source


def test_it_wants_a_reason(engine, onlooker, case_id):
    page = onlooker.post(f"/cases/{case_id}/reveal", {"why": " "})

    assert page.status == 422
    assert PHONE not in page.source
    assert not rows(engine, Submission, Submission.command == "RevealPersonalData")


def test_who_works_on_it_need_not_ask(lin, case_id):
    assert PHONE in lin.get(f"/cases/{case_id}").source
    assert lin.post(f"/cases/{case_id}/reveal", {"why": "x"}).status == 409


def test_it_is_refused_while_it_is_shown(onlooker, case_id):
    onlooker.send(f"/cases/{case_id}/reveal", {"why": "核对投诉电话"})

    assert onlooker.post(f"/cases/{case_id}/reveal", {"why": "再看"}).status == 409


def test_it_is_refused_to_who_must_not_see_the_case(browser, case_id):
    assert browser("wu").post(f"/cases/{case_id}/reveal", {"why": "x"}).status == 403


def test_there_is_nothing_to_show_of_no_case(onlooker, deployed):
    assert onlooker.post("/cases/99/reveal", {"why": "x"}).status == 404


def test_lists_and_searches_tell_who_looks_on_nothing(onlooker, lin, case_id):
    here = f'href="/cases/{case_id}"'

    assert NAME not in onlooker.get("/cases/").source
    assert NAME in lin.get("/cases/").source
    assert here in lin.get("/cases/?q=客户").source
    assert here not in onlooker.get("/cases/?q=客户").source
    assert here not in onlooker.get("/cases/?q=户水").source  # Of name and subject.
    assert here in onlooker.get("/cases/?q=水泵漏水").source
