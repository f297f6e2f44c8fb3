"""Erasing the personal data of a case on its page, after saying what goes."""

import pytest

from engine.store.models import Case
from tests.engine.commands.knowing import rows

NAME = "演示·客户"


@pytest.fixture
def over(root, case_id):
    """A case that was cancelled."""
    root.send(f"/cases/{case_id}/cancel", {"reason": "重复登记"})
    return case_id


def test_it_works_after_saying_what_is_erased(engine, root, lin, over):
    page = root.get(f"/cases/{over}/erase")
    assert "填报的表单：1 份" in page.source

    after = root.send(f"/cases/{over}/erase", {"reason": "客户要求"})

    assert "个人信息已抹除" in after.said()
    assert rows(engine, Case)[0].erased_at is not None
    assert NAME not in lin.get(f"/cases/{over}").source
    assert f"/cases/{over}/erase" not in after.source


def test_it_wants_a_reason(engine, root, over):
    page = root.post(f"/cases/{over}/erase", {"reason": " "})

    assert page.status == 422
    assert rows(engine, Case)[0].erased_at is None


def test_it_is_not_for_who_merely_works_on_it(lin, over):
    assert lin.post(f"/cases/{over}/erase", {"reason": "x"}).status == 403
    assert lin.get(f"/cases/{over}/erase").status == 403
    assert "/erase" not in lin.get(f"/cases/{over}").source


def test_it_is_too_early_for_an_open_case(root, case_id):
    assert root.post(f"/cases/{case_id}/erase", {"reason": "x"}).status == 409
    assert "/erase" not in root.get(f"/cases/{case_id}").source


def test_it_is_done_once(root, over):
    root.post(f"/cases/{over}/erase", {"reason": "客户要求"})

    assert root.post(f"/cases/{over}/erase", {"reason": "再来"}).status == 409


def test_there_is_nothing_to_erase_of_no_case(root, deployed):
    assert root.post("/cases/99/erase", {"reason": "x"}).status == 404
