from engine.commands.people.units import GrantRole
from engine.model import SYSTEM
from engine.store.models import Case, Draft
from tests.engine.commands.conftest import ENTERED
from tests.engine.commands.knowing import rows
from tests.people import actor

FORM = "/register/minimal/complaint"


def test_the_only_choice_is_taken_at_once(lin, deployed):
    assert lin.get("/register/").location == FORM


def test_who_may_register_nothing_is_told(browser, deployed):
    page = browser("wu").get("/register/")

    assert page.texts("//*[contains(@class, 'empty')]")


def test_the_form_shows_the_clauses_behind_it(lin, deployed):
    page = lin.get(FORM)

    assert page.texts("//input[@name='customerName']/@required") != []
    assert "MC-1" in page.text


def test_the_form_shows_the_guides_for_it(lin, deployed):
    page = lin.get(FORM)

    assert page.texts("//*[contains(@class, 'guides')]//summary") == ["先听后记"]


def test_it_opens_a_case_and_says_who_is_next(engine, lin, deployed):
    page = lin.send(FORM, ENTERED)

    assert "JY-2603-0001" in page.said()
    assert "调查" in page.said()
    [case] = rows(engine, Case)
    assert (case.title, case.started_by) == ("演示·客户：水泵漏水", "lin")


def test_sent_twice_it_opens_one_case(engine, lin, deployed):
    once = ENTERED | {"_command": "c" * 32}

    first, second = lin.post(FORM, once), lin.post(FORM, once)

    assert first.location == second.location
    assert len(rows(engine, Case)) == 1


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(engine, lin, deployed):
    page = lin.post(FORM, ENTERED | {"customerName": "", "customerPhone": "?"})

    assert page.status == 422
    assert page.texts("//input[@name='customerName']/@aria-invalid") == ["true"]
    assert page.texts("//input[@name='subject']/@value") == ["水泵漏水"]
    assert page.texts("//input[@name='customerPhone']/@value") == ["?"]
    assert rows(engine, Case) == []


def test_an_unknown_field_is_refused(lin, deployed):
    assert lin.post(FORM, ENTERED | {"hacked": "1"}).status == 422


def test_a_draft_is_kept_and_shown_again(engine, lin, deployed):
    lin.send(FORM, {"customerName": "半张表", "_draft": "1"})

    page = lin.get(FORM)
    assert page.texts("//input[@name='customerName']/@value") == ["半张表"]
    assert "草稿" in page.text
    assert rows(engine, Case) == []


def test_scripts_keep_a_draft_while_people_type(engine, lin, deployed):
    page = lin.post(FORM + "/draft", {"customerName": "半"}, headers={"X-Script": "1"})

    assert "草稿保存于" in page.source
    assert rows(engine, Draft)[0].fields == {"customerName": "半"}


def test_registering_drops_the_draft(engine, lin, deployed):
    lin.send(FORM, {"customerName": "半张表", "_draft": "1"})
    lin.send(FORM, ENTERED)

    assert rows(engine, Draft) == []


def test_who_holds_the_role_in_two_units_chooses(engine, browser, deployed):
    person_id = actor(engine, "wu").person_id
    for unit in ("north", "south"):
        engine.run(GrantRole(person_id, "clerk", unit), by=SYSTEM)
    wu = browser("wu")

    assert wu.get(FORM).texts("//select[@name='_unit']/option/@value") == ["north", "south"]
    wu.send(FORM, ENTERED | {"_unit": "south"})
    assert rows(engine, Case)[0].started_unit == "south"


def test_who_lacks_the_role_is_refused(browser, deployed):
    assert browser("zhao").get(FORM).status == 403
    assert browser("zhao").post(FORM, ENTERED).status == 403


def test_what_nobody_may_register_is_not_found(lin, deployed):
    assert lin.get("/register/minimal/nothing").status == 404
    assert lin.get("/register/nothing/complaint").status == 404
