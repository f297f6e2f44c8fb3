from engine.commands.cases.lifecycle import StartCase
from engine.commands.tasks.lifecycle import ClaimTask
from tests.engine.commands.conftest import ENTERED
from tests.people import actor


def names(page):
    return page.texts("//table//td[contains(@class, 'first')]")


def test_it_lists_what_is_mine(engine, lin, investigate):
    engine.run(ClaimTask(investigate), by=actor(engine, "lin"))

    page = lin.get("/")

    assert names(page) == ["调查投诉"]
    assert "JY-2603-0001" in page.text


def test_it_lists_what_my_groups_could_take(lin, investigate):
    assert names(lin.get("/")) == []
    assert names(lin.get("/?show=groups")) == ["调查投诉"]


def test_it_lists_nothing_of_other_groups(browser, investigate):
    for login in ("zhao", "wu", "root"):
        assert names(browser(login).get("/?show=groups")) == []


def test_it_lists_what_is_overdue_with_how_long(lin, investigate, clock):
    clock.move(hours=6)

    page = lin.get("/?show=overdue")

    assert names(page) == ["调查投诉"]
    assert page.texts("//*[contains(@class, 'due late')]") == ["逾期 1.5 小时"]


def test_it_says_how_much_working_time_is_left(lin, investigate):
    page = lin.get("/?show=groups")

    assert page.texts("//*[contains(@class, 'due')]/text()")[0].strip() == "剩 3 个工作时"
    assert page.texts("//td//time/text()")[0] == "今天 13:40"


def test_it_counts_in_the_top_bar(lin, investigate):
    assert lin.get("/account/").texts("//nav//*[@class='count']") == ["1"]


def test_it_finds_by_step_number_and_customer(lin, investigate):
    for text in ("调查", "JY-2603", "演示·客户", "漏水"):
        assert names(lin.get("/?show=groups&q=" + text)) == ["调查投诉"]
    assert names(lin.get("/?show=groups&q=没有这个")) == []


def test_it_narrows_by_policy(lin, investigate):
    assert names(lin.get("/?show=groups&policy=minimal")) == ["调查投诉"]
    assert names(lin.get("/?show=groups&policy=other")) == []


def test_it_sorts_and_pages(engine, lin, investigate):
    for _ in range(30):
        engine.run(StartCase("minimal", "complaint", ENTERED), by=actor(engine, "lin"))

    first = lin.get("/?show=groups&sort=-case")
    last = lin.get("/?show=groups&sort=-case&page=2")

    assert first.texts("//td//a[@class='number']")[0] == "JY-2603-0031"
    assert len(names(first)) == 25
    assert last.texts("//td//a[@class='number']")[-1] == "JY-2603-0001"
    assert first.texts("//a[@rel='next']/@href") == ["/?show=groups&sort=-case&page=2"]


def test_an_empty_list_says_what_to_do(lin, investigate):
    page = lin.get("/")

    assert page.texts("//*[contains(@class, 'empty')]//a/@href") == ["/?show=groups"]
