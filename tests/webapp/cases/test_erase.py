"""Erasing the personal data of a case on its page, after saying what goes."""

import pytest

from engine.commands.cases.lifecycle import CancelCase, StartCase
from engine.model import SYSTEM
from engine.store.models import Case, CaseLink
from tests.engine.commands.conftest import ENTERED
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


@pytest.fixture
def related(engine, who, over):
    """Two cases that came out of it: one that is over, and one that is not."""
    start = StartCase("minimal", "complaint", ENTERED)
    second, third = (engine.run(start, by=who("lin")) for _ in range(2))
    engine.run(CancelCase(second, "重复"), by=who("root"))
    with engine.database.writing(engine.clock.now(), SYSTEM) as tx:
        for case in (second, third):
            link = CaseLink(to_case=case, from_case=over, generation=1, at=tx.now)
            tx.session.add(link)
    return second, third


def test_those_that_came_out_of_it_are_erased_together_with_it(engine, root, over, related):
    page = root.get(f"/cases/{over}/erase")
    assert page.texts("//input[@name='related']/@value") == [str(related[0])]
    assert "案件 JY-2603-0003 尚未结束" in page.source

    root.send(f"/cases/{over}/erase", {"reason": "客户要求", "related": related[0]})

    gone = [case.id for case in rows(engine, Case) if case.erased_at is not None]
    assert gone == [over, related[0]]


def test_those_that_are_not_ticked_keep_theirs(engine, root, over, related):
    root.send(f"/cases/{over}/erase", {"reason": "客户要求"})

    gone = [case.id for case in rows(engine, Case) if case.erased_at is not None]
    assert gone == [over]


def test_what_was_ticked_stays_ticked_where_the_reason_is_missing(root, over, related):
    page = root.post(f"/cases/{over}/erase", {"reason": "", "related": related[0]})

    assert page.texts("//input[@name='related'][@checked]/@value") == [str(related[0])]
