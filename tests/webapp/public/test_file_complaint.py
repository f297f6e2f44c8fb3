"""Customers file complaints without a login, and programs do not."""

from io import BytesIO

import pytest

from engine.commands.admitting import limits
from engine.store.models import Case, CustomerLetter, Document, JournalLine, TrackingLink
from tests.engine.commands.knowing import rows
from tests.webapp.files import photo
from tests.webapp.strangers import COMPLAINT, FORM, hidden


def test_what_may_be_complained_about_is_listed(customer):
    page = customer.browser.get("/p/")

    assert page.texts("//main//li/a/@href") == [FORM]


def test_the_form_is_shown_to_strangers_and_hidden_from_search_engines(customer):
    page = customer.browser.get(FORM)

    assert page.status == 200
    assert "请如实填写" in page.text
    assert "noindex" in page.response.headers["X-Robots-Tag"]
    assert page.response.headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in page.response.headers
    assert not page.texts("//header")


@pytest.mark.parametrize(
    "path", ["/p/open-desk/other", "/p/minimal/complaint", "/p/nothing/complaint"]
)
def test_what_is_not_open_to_the_public_looks_the_same_as_what_is_not_there(customer, path):
    page = customer.browser.get(path)

    assert page.status == 404
    assert page.text == customer.browser.get("/p/x/y").text
    assert customer.browser.post(path, COMPLAINT).status == 404


def test_a_complaint_opens_a_case_and_leads_to_its_page(customer, desk):
    page = customer.fill_in(FORM, COMPLAINT)

    [case] = rows(desk, Case)
    assert page.status == 303
    assert page.location.startswith("/t/")
    assert (case.number, case.started_by) == ("TS-2603-0001", "public")
    receipt = customer.browser.get(page.location)
    assert "TS-2603-0001" in receipt.text
    assert page.location.partition("?")[0] in " ".join(receipt.texts("//section[1]"))


def test_the_token_is_nowhere_but_in_the_hands_of_the_customer(customer, desk, capsys):
    token = customer.complain().removeprefix("/t/")

    [link], [letter] = rows(desk, TrackingLink), rows(desk, CustomerLetter)
    assert len(token) >= 22
    assert token not in (link.digest, link.salt)
    assert token not in letter.body + letter.title
    assert all(token not in (line.body or "") for line in rows(desk, JournalLine))
    assert all(token not in (line.result or "") for line in rows(desk, JournalLine))
    assert token not in "".join(capsys.readouterr())


def test_sent_twice_it_opens_one_case_and_leads_to_the_same_page(customer, desk, clock):
    form = customer.browser.get(FORM)
    clock.move(seconds=20)

    first = customer.send(form, FORM, COMPLAINT)
    second = customer.send(form, FORM, COMPLAINT)

    assert first.location == second.location
    assert len(rows(desk, Case)) == 1


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(customer, desk):
    page = customer.fill_in(FORM, COMPLAINT | {"customerName": "", "subject": "<b>漏水"})

    assert page.status == 422
    assert page.texts("//input[@name='customerName']/@aria-invalid") == ["true"]
    assert page.texts("//input[@name='subject']/@value") == ["<b>漏水"]
    assert rows(desk, Case) == []


def test_what_was_wrong_can_be_put_right_at_once(customer, desk):
    wrong = customer.fill_in(FORM, COMPLAINT | {"customerName": ""})

    page = customer.send(wrong, FORM, COMPLAINT)

    assert page.status == 303
    assert len(rows(desk, Case)) == 1


@pytest.mark.parametrize(
    ("change", "seconds"),
    [
        ({"_seal": ""}, 20),
        ({"_seal": "forged"}, 20),
        ({"_website": "http://spam.example"}, 20),
        ({}, 1),
        ({}, 90_000),
    ],
    ids=["unsealed", "forged", "trapped", "too fast", "too old"],
)
def test_what_a_program_might_have_sent_is_not_taken_but_kept(
    customer, desk, clock, change, seconds
):
    form = customer.browser.get(FORM)
    clock.move(seconds=seconds)

    page = customer.send(form, FORM, COMPLAINT | change)

    assert page.status == 422
    assert page.said()
    assert page.texts("//input[@name='subject']/@value") == ["水泵漏水"]
    assert rows(desk, Case) == []
    clock.move(seconds=20)
    assert customer.send(page, FORM, COMPLAINT).status == 303


def test_the_seal_of_one_form_does_not_open_another(customer, desk, asked):
    seal = hidden(customer.browser.get(FORM))

    page = customer.browser.post(asked + "/survey", seal | {"score": "5"})

    assert page.status == 409


def test_a_form_needs_no_cookie_though_those_of_staff_do(app, customer, desk):
    app.config["WTF_CSRF_ENABLED"] = True

    assert customer.fill_in(FORM, COMPLAINT).status == 303


def test_too_many_from_one_address_have_to_wait_and_lose_nothing(
    customer, desk, clock, monkeypatch
):
    few = (limits.Limit(2, limits.timedelta(minutes=10)),)
    monkeypatch.setitem(limits.LIMITS, "complaint", few)
    customer.complain()
    customer.complain()

    page = customer.fill_in(FORM, COMPLAINT)

    assert page.status == 429
    assert page.texts("//input[@name='subject']/@value") == ["水泵漏水"]
    elsewhere = {"environ_base": {"REMOTE_ADDR": "10.9.9.9"}}
    form = customer.browser.get(FORM)
    clock.move(seconds=5)
    sent = customer.browser.post(FORM, hidden(form) | COMPLAINT, **elsewhere)
    assert sent.status == 303
    clock.move(minutes=11)
    assert customer.send(page, FORM, COMPLAINT).status == 303


def test_files_come_with_the_complaint_and_stay_through_a_mistake(customer, desk):
    sent = {"customerName": "", "photos": (BytesIO(photo()), "漏水.jpg")}

    wrong = customer.fill_in(FORM, COMPLAINT | sent)

    [document] = rows(desk, Document)
    [address] = wrong.texts("//ul[@class='documents']//a/@href")
    assert wrong.status == 422
    assert customer.browser.get(address).content == photo()
    number = {"photos": str(document.id)}
    assert customer.send(wrong, FORM, COMPLAINT | number).status == 303
    [document], [case] = rows(desk, Document), rows(desk, Case)
    assert document.case_id == case.id


def test_nobody_takes_a_file_that_another_sent(customer, desk):
    sent = {"customerName": "", "photos": (BytesIO(photo()), "漏水.jpg")}
    customer.fill_in(FORM, COMPLAINT | sent)
    [document] = rows(desk, Document)

    customer.fill_in(FORM, COMPLAINT | {"photos": str(document.id)})

    [document] = rows(desk, Document)
    assert document.case_id is None


def test_a_file_is_sent_back_to_nobody_without_its_address(customer, desk):
    sent = {"customerName": "", "photos": (BytesIO(photo()), "漏水.jpg")}
    customer.fill_in(FORM, COMPLAINT | sent)

    assert customer.browser.get("/p/-/1").status == 404
    assert customer.browser.get("/documents/1").status == 302


def test_a_file_that_is_none_is_told_at_its_field(customer, desk):
    page = customer.fill_in(FORM, COMPLAINT | {"photos": (BytesIO(b"MZ"), "virus.exe")})

    assert page.status == 422
    assert page.texts("//*[@class='wrong-here']")
    assert rows(desk, Document) == []


def test_programs_leave_no_files(customer, desk):
    sent = {"_website": "x", "photos": (BytesIO(photo()), "漏水.jpg")}

    page = customer.fill_in(FORM, COMPLAINT | sent)

    assert page.status == 422
    assert rows(desk, Document) == []


def test_the_page_speaks_the_language_that_was_chosen(customer):
    page = customer.browser.get(FORM + "?lang=en")

    assert "Send the complaint" in page.text
    assert "Send the complaint" in customer.browser.get(FORM).text
