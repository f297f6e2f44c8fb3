from engine.store.models import Comment
from tests.engine.commands.knowing import rows


def test_it_works(engine, lin, case_id):
    page = lin.send(f"/cases/{case_id}/comments", {"text": "请尽快"})

    assert "留言已记入" in page.said()
    assert rows(engine, Comment)[0].text == "请尽快"


def test_it_goes_back_to_the_task_it_was_made_on(engine, lin, case_id, investigate):
    back = f"/tasks/{investigate}"
    sent = {"text": "请尽快", "task": investigate, "back": back}

    assert lin.post(f"/cases/{case_id}/comments", sent).location == back
    assert rows(engine, Comment)[0].task_id == investigate


def test_it_goes_to_no_other_site(lin, case_id):
    sent = {"text": "请尽快", "back": "https://evil.example"}

    assert "evil" not in lin.post(f"/cases/{case_id}/comments", sent).location


def test_an_empty_remark_is_refused_at_its_field(lin, case_id):
    page = lin.post(f"/cases/{case_id}/comments", {"text": " "})

    assert page.status == 422
    assert page.texts("//*[@id='wrong-text']")


def test_a_remark_that_is_too_long_stays_typed(lin, case_id):
    page = lin.post(f"/cases/{case_id}/comments", {"text": "长" * 10_001})

    assert page.status == 422
    assert len(page.texts("//textarea[@name='text']")[0]) == 10_001


def test_those_without_a_part_are_refused(browser, case_id):
    page = browser("wu").post(f"/cases/{case_id}/comments", {"text": "我看看"})

    assert page.status == 403
