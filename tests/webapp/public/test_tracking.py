"""Customers follow their complaints by a link, answer, and judge; nobody else does."""

import pytest

from engine.commands.cases.lifecycle import CancelCase
from engine.commands.cases.links import IssueLink
from engine.model import SYSTEM, CaseId, NotFound
from engine.queries.customers.links import LinkToken
from engine.queries.customers.tracking import TrackedCase
from engine.store.models import Case, Submission, SurveyAnswer
from engine.store.surveys import survey_of
from engine.store.tracking import OPEN_AFTER_END
from tests import people
from tests.engine.commands.conftest import waiting
from tests.engine.commands.knowing import rows


class SurveyOf:
    def answer(self, reading):
        return survey_of(reading, 1)


def question(desk, page):
    return f"{page}/questions/{waiting(desk, 'reply')}"


def test_the_page_tells_how_far_it_got_in_words_for_the_customer(customer, asked):
    page = customer.browser.get(asked)

    assert page.texts("//ol[@class='open-way']//span") == [
        "等您补充情况",
        "正在核对情况",
        "已收到您的投诉",
    ]
    assert "noindex" in page.response.headers["X-Robots-Tag"]
    assert page.response.headers["Cache-Control"] == "no-store"


def test_it_names_nobody_inside_and_no_other_case(customer, asked):
    other = customer.complain(customerName="演示·别人", subject="别的事")

    page, there = customer.browser.get(asked), customer.browser.get(other)

    assert "林文员" not in page.source + there.source
    assert "lin" not in page.texts("//main//text()")
    assert "别的事" not in page.source
    assert "TS-2603-0002" not in page.source
    assert "何时购买" not in there.source


def test_the_link_in_the_letter_leads_to_the_page(customer, asked):
    page = customer.browser.get(asked)

    assert f"http://localhost{asked}" in page.texts("//details//a/@href")


def test_wrong_and_ended_links_look_the_same(customer, desk, asked, clock):
    never = customer.browser.get("/t/AAAAAAAAAAAAAAAAAAAAAAAAAAA")
    desk.run(IssueLink(CaseId(1)), by=people.actor(desk, "lin"))
    ended = customer.browser.get(asked)
    desk.run(CancelCase(CaseId(1), "测试"), by=people.actor(desk, "root"))
    clock.move(days=OPEN_AFTER_END.days + 1)
    newest = desk.ask(LinkToken(1), by=SYSTEM)

    expired = customer.browser.get(f"/t/{newest}")

    assert [never.status, ended.status, expired.status] == [404, 404, 404]
    assert never.text == ended.text == expired.text


@pytest.mark.parametrize("token", ["x", "é", "a" * 5000, "%00", "..%2f..", "' OR 1=1"])
def test_no_text_is_taken_for_a_token(customer, desk, token):
    customer.complain()

    assert customer.browser.get(f"/t/{token}").status == 404
    assert customer.browser.post(f"/t/{token}/survey", {"score": "5"}).status == 404


def test_the_customer_answers_and_the_case_goes_on(customer, desk, asked):
    place = question(desk, asked)

    page = customer.fill_in(asked, {"reply": "<script>alert(1)</script>"}, place=place)

    assert page.location == asked + "?done=answered"
    assert waiting(desk, "decide")
    shown = customer.browser.get(asked)
    assert "正在处理" in shown.text
    assert not shown.texts("//form[contains(@action, 'questions')]")


def test_what_a_customer_writes_is_never_a_script(customer, desk, asked, lin):
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    customer.fill_in(asked, {"reply": bad}, place=question(desk, asked))

    page = lin.get("/cases/1")

    assert bad in page.text
    assert "<script>alert" not in page.source
    assert "<img src=x" not in page.source


def test_a_name_with_a_script_in_it_stays_a_name_in_letters(customer):
    there = customer.complain(customerName="<script>alert(1)</script>")

    assert "<script>alert" not in customer.browser.get(there).source


def test_an_answer_that_is_missing_is_told_at_its_field(customer, desk, asked):
    page = customer.fill_in(asked, {"reply": ""}, place=question(desk, asked))

    assert page.status == 422
    assert page.texts("//textarea[@name='reply']/@aria-invalid") == ["true"]


def test_an_answer_sent_twice_is_taken_once(customer, desk, asked, clock):
    place, form = question(desk, asked), customer.browser.get(asked)
    clock.move(seconds=20)

    first = customer.send(form, asked, {"reply": "三月"}, place=place)
    second = customer.send(form, asked, {"reply": "三月"}, place=place)

    assert (first.status, second.status) == (303, 303)
    assert len(rows(desk, Submission, Submission.command == "CompleteAsCustomer")) == 1


def test_an_answer_that_comes_too_late_is_shown_back(
    customer, desk, asked, clock, clerk_does
):
    place, form = question(desk, asked), customer.browser.get(asked)
    clock.move(seconds=20)
    clerk_does("reply", reply="电话里说是三月")

    page = customer.send(form, asked, {"reply": "我想是三月"}, place=place)

    assert page.status == 409
    assert "我想是三月" in page.said()
    assert "林文员" not in page.source


def test_only_questions_to_the_customer_of_this_case_are_taken(customer, desk, asked):
    other = customer.complain(subject="别的事")
    task = waiting(desk, "reply")

    foreign = customer.browser.post(f"{other}/questions/{task}", {"reply": "我"})
    inside = customer.browser.post(f"{other}/questions/{waiting(desk, 'review')}", {})
    nothing = customer.browser.post(f"{other}/questions/999", {})

    assert [foreign.status, inside.status, nothing.status] == [404, 404, 404]
    assert waiting(desk, "reply") == task


def test_the_result_is_told_where_the_policy_says_so(customer, closed):
    assert "已办结：换货" in customer.browser.get(closed).text


def test_the_customer_judges_once(customer, desk, closed, clock):
    form = customer.browser.get(closed)
    clock.move(seconds=20)

    first = customer.send(form, closed, {"score": "5"}, place=closed + "/survey")
    again = customer.send(form, closed, {"score": "1"}, place=closed + "/survey")
    other = customer.browser.post(closed + "/survey", {"score": "1"})

    assert first.location == again.location == closed + "?done=judged"
    assert other.status == 409
    assert len(rows(desk, SurveyAnswer)) == 1
    assert desk.ask(SurveyOf(), by=SYSTEM)["score"] == "5"
    assert not customer.browser.get(closed).texts("//section[@id='survey']")


def test_a_survey_wants_its_score(customer, desk, closed):
    page = customer.fill_in(closed, {"words": "好"}, place=closed + "/survey")

    assert page.status == 422
    assert page.texts("//textarea[@name='words']") == ["好"]
    assert rows(desk, SurveyAnswer) == []


def test_the_survey_waits_for_the_end_and_not_for_ever(customer, desk, asked, clock):
    assert not customer.browser.get(asked).texts("//section[@id='survey']")
    assert customer.browser.post(asked + "/survey", {"score": "5"}).status == 409


def test_the_survey_is_over_after_its_days(customer, desk, closed, clock):
    clock.move(days=31)

    assert not customer.browser.get(closed).texts("//section[@id='survey']")
    assert customer.browser.post(closed + "/survey", {"score": "5"}).status == 409


def test_staff_give_a_new_link_and_see_it_once(customer, desk, asked, lin):
    page = lin.post("/cases/1/link")

    [address] = page.texts("//code")
    there = address.removeprefix("http://localhost")
    assert customer.browser.get(there).status == 200
    assert customer.browser.get(asked).status == 404
    assert there not in lin.get("/cases/1").source


def test_only_staff_with_the_case_give_links(customer, desk, asked, browser, stranger):
    assert browser("wu").post("/cases/1/link").status == 403
    assert stranger.post("/cases/1/link").status == 401
    assert customer.browser.get(asked).status == 200


def test_a_case_without_customers_pages_has_no_link(lin, deployed, case_id):
    assert "link" not in lin.get(f"/cases/{case_id}").texts("//section/@id")
    assert lin.post(f"/cases/{case_id}/link").status == 409


def test_the_case_shows_staff_what_the_customer_was_written(customer, asked, lin):
    page = lin.get("/cases/1")

    assert "我们已收到您的投诉" in page.text
    assert asked not in page.source


def test_a_cancelled_case_says_so(customer, desk, asked):
    desk.run(CancelCase(CaseId(1), "内部原因：重复"), by=people.actor(desk, "root"))

    page = customer.browser.get(asked)

    assert "内部原因" not in page.source
    assert not page.texts("//form[contains(@action, 'questions')]")


def test_a_token_of_another_installation_is_unknown(desk, customer):
    customer.complain()

    with pytest.raises(NotFound):
        desk.ask(TrackedCase("x" * 27), by=SYSTEM)
    assert len(rows(desk, Case)) == 1
