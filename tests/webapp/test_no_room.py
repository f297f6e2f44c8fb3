"""The disk is full: pages can be read, and what is sent is refused without being lost."""

import pytest

from engine.commands.cases.lifecycle import AddComment
from engine.model import Unavailable
from engine.store.models import Task
from tests.engine.commands.knowing import rows

#: In a file every write takes room, since it goes to a log first; so it does here.
_HUNGRY = """
CREATE TEMP TRIGGER hungry AFTER UPDATE ON login_session BEGIN
    INSERT INTO draft (login, place, fields, at) VALUES ('x', 'x', zeroblob(99999), '');
END
"""


@pytest.fixture
def full(engine, case_id, who):
    """An engine whose database has no room left; a call makes room."""
    connections = engine.database.connections

    def limit(pages: int) -> None:
        with connections.connect() as connection:
            now = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {now + pages}")

    with connections.begin() as connection:
        connection.exec_driver_sql(_HUNGRY)
    limit(0)
    with pytest.raises(Unavailable):
        _fill(engine, case_id, who("lin"))
    yield lambda: limit(1000)
    limit(1_000_000)


def _fill(engine, case_id, lin) -> None:
    for length in [500] * 100 + [1] * 100:
        engine.run(AddComment(case_id, "满" * length), by=lin)


def test_pages_can_be_read(lin, case_id, full, clock):
    clock.move(minutes=10)  # So that a page would let the session live on.

    assert lin.get("/").status == 200
    assert "水泵漏水" in lin.get(f"/cases/{case_id}").text


def test_what_is_sent_is_refused_and_stays_typed(engine, lin, case_id, full):
    page = lin.post(f"/cases/{case_id}/comments", {"text": "请尽快" * 2000})

    assert page.status == 503
    assert "磁盘空间已满" in page.text
    assert "请尽快" in page.source


def test_it_goes_on_when_there_is_room(engine, lin, case_id, full, investigate):
    sent = {"fault": "quality", "withinWarranty": "", "findings": "破损" * 900}
    refused = lin.post(f"/tasks/{investigate}/complete", sent)
    full()

    page = lin.send(f"/tasks/{investigate}/complete", sent)

    assert refused.status == 503
    assert page.status == 200
    assert rows(engine, Task)[0].state == "completed"
