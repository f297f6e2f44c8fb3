from engine.store.models import Case
from tests.engine.commands.knowing import rows


def test_it_works(engine, root, case_id):
    page = root.send(f"/cases/{case_id}/cancel", {"reason": "重复登记"})

    assert "已撤销" in page.said()
    assert rows(engine, Case)[0].state == "cancelled"


def test_it_wants_a_reason(engine, root, case_id):
    page = root.post(f"/cases/{case_id}/cancel", {"reason": ""})

    assert page.status == 422
    assert rows(engine, Case)[0].state == "open"


def test_it_is_for_operations_alone(lin, case_id):
    assert lin.post(f"/cases/{case_id}/cancel", {"reason": "x"}).status == 403
    assert "cancel" not in lin.get(f"/cases/{case_id}").source


def test_it_is_too_late_for_a_case_that_ended(root, case_id):
    root.post(f"/cases/{case_id}/cancel", {"reason": "重复登记"})

    assert root.post(f"/cases/{case_id}/cancel", {"reason": "再来"}).status == 409
