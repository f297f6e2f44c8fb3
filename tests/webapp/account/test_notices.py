import pytest

from engine.store.models import Notice
from tests.engine.commands.conftest import work
from tests.engine.commands.knowing import rows


@pytest.fixture
def reminded(engine, investigate, clock):
    clock.move(hours=6)
    work(engine)


def test_they_are_listed_and_counted(lin, reminded):
    page = lin.get("/notices/")

    assert page.texts("//article//*[contains(@class, 'mark on')]")
    assert "调查投诉" in page.text
    assert page.texts("//a[@class='bell']//*[@class='count']") != []


def test_they_are_read(engine, lin, reminded):
    page = lin.get("/notices/")
    shown = page.texts("//input[@name='notice']/@value")

    after = lin.send("/notices/read", {"notice": shown})

    assert after.texts("//article//*[contains(@class, 'mark on')]") == []
    assert all(row.read_at for row in rows(engine, Notice, Notice.login == "lin"))


def test_nobody_reads_those_of_another(engine, root, reminded):
    [notice, *_] = rows(engine, Notice, Notice.login == "lin")

    assert root.post("/notices/read", {"notice": notice.id}).status == 403


def test_an_empty_list_says_what_would_be_there(lin):
    assert lin.get("/notices/").texts("//*[contains(@class, 'empty')]")
