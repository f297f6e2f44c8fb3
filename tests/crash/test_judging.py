"""The judge of the crash tests finds what it is there for."""

import shutil

import pytest
from sqlalchemy import text

from engine.commands.cases.lifecycle import AddComment
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.tasks.lifecycle import CompleteTask
from engine.settings import Settings
from tests.crash import judging
from tests.crash.notebook import Told
from tests.together.house import House
from tests.together.rapids import rapids


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A case with one task done, one answer told, and one remark."""
    folder = tmp_path_factory.mktemp("judged")
    house = House(Settings(f"sqlite:///{folder / 'model.db'}", folder, folder))
    house.furnish(rapids())
    [case] = house.begin(1)
    [examine] = house.open_tasks("examine")
    root, run = house.who("root"), house.engine.run
    run(CompleteTask(examine), by=house.who("lin"), command_id="examined")
    run(CorrelateMessage("answered", "JL-2603-00001", "m1"), by=root)
    run(AddComment(case, "看过了"), by=root)
    house.engine.close()
    return folder / "model.db"


@pytest.fixture
def house(prepared, tmp_path):
    copy = shutil.copy(prepared, tmp_path / "copy.db")
    house = House(Settings(f"sqlite:///{copy}", tmp_path, tmp_path))
    yield house
    house.engine.close()


def judged(house) -> list[str]:
    return [
        *judging.judge_effects(house.engine),
        *judging.judge_numbers(house.engine),
        *judging.judge_states(house.engine),
    ]


def tamper(house, statement: str) -> None:
    with house.engine.database.connections.begin() as connection:
        connection.execute(text("PRAGMA foreign_keys = OFF"))
        connection.execute(text(statement))


def test_it_finds_nothing_where_nothing_is_wrong(house):
    assert judged(house) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE task SET state = 'open' WHERE element_id = 'examine'",
        "UPDATE task SET state = 'completed' WHERE id = 2",
        "UPDATE task SET state = 'cancelled' WHERE id = 2",
        "UPDATE job SET state = 'done' WHERE kind = 'timer'",
        "UPDATE job SET state = 'waiting' WHERE kind = 'timer'",
        "UPDATE activity SET state = 'left' WHERE element_id = 'sign'",
        "UPDATE cases SET state = 'closed'",
        "UPDATE cases SET number = 'JL-2603-00002'",
        "UPDATE message SET id = 9",
        "INSERT INTO comment (case_id, at, by, text) VALUES (1, '2026-01-01', 'x', 'x')",
        "DELETE FROM comment",
        "UPDATE submission SET id = 9 WHERE id = 1",
    ],
)
def test_it_finds_rows_that_were_left_out_or_added(house, statement):
    tamper(house, statement)

    assert judged(house)


def test_it_finds_what_was_accepted_and_is_not_there(house):
    told = Told(accepted=["examined", "never"], refused={"examined": "No."})

    assert list(judging.judge_notes(house.engine, [told])) == [
        "never was accepted, and stands 0 times.",
        "examined was refused (No.), and was done.",
    ]


def test_it_finds_cases_that_did_not_go_their_way(house):
    assert any("is open" in fault for fault in judging.judge_ends(house.engine))
