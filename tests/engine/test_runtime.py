"""What the gate promises, whatever the command."""

from contextlib import suppress
from dataclasses import dataclass, field
from threading import Barrier, Thread

import pytest
from sqlalchemy.exc import InternalError, OperationalError

from engine.commands.command import PRIVATE
from engine.commands.people.units import AddUnit
from engine.model import SYSTEM, Conflict, InvalidState, Rejected
from engine.store.models import JournalLine, NumberSeries, Unit
from engine.store.numbers import next_count
from tests.engine.commands.knowing import rows


@dataclass(frozen=True, slots=True)
class AddThenFail:
    """Adds a unit and then cannot go on."""

    error: Exception

    def run(self, tx) -> None:
        tx.add(Unit(key="west", name="西区", kind="branch", active=True))
        raise self.error


@dataclass(frozen=True, slots=True)
class Count:
    """Takes the next number of a series."""

    secret: str = field(default="", metadata=PRIVATE)

    def run(self, tx) -> int:
        return next_count(tx, "minimal", "2026")


@pytest.mark.parametrize("error", [InvalidState("No."), ZeroDivisionError("A bug.")])
def test_a_command_that_fails_changes_nothing(engine, error):
    before = len(rows(engine, JournalLine))

    with pytest.raises(type(error)):
        engine.run(AddThenFail(error), by=SYSTEM)

    assert not rows(engine, Unit, Unit.key == "west")
    assert len(rows(engine, JournalLine)) == before


def test_each_command_leaves_one_line(engine, who, clock):
    before = len(rows(engine, JournalLine))

    engine.run(AddUnit("west", "西区营业所", "branch"), by=who("root"))

    line = rows(engine, JournalLine)[-1]
    assert len(rows(engine, JournalLine)) == before + 1
    assert (line.command, line.actor, line.at) == ("AddUnit", "root", clock.now())
    assert line.body == '{"key":"west","kind":"branch","name":"西区营业所","parent":null}'


def test_private_fields_stay_out_of_the_line(engine):
    engine.run(Count("whisper"), by=SYSTEM)

    assert rows(engine, JournalLine)[-1].body == "{}"


def test_the_same_command_id_gives_the_same_answer(engine):
    answers = [engine.run(Count(), by=SYSTEM, command_id="once") for _ in range(3)]

    assert answers == [1, 1, 1]
    assert rows(engine, NumberSeries)[0].last == 1


def test_a_command_id_is_not_used_for_something_else(engine, who):
    engine.run(Count(), by=SYSTEM, command_id="once")

    with pytest.raises(Conflict, match="system used it for Count"):
        engine.run(AddUnit("west", "西区", "branch"), by=SYSTEM, command_id="once")
    with pytest.raises(Conflict):
        engine.run(Count(), by=who("root"), command_id="once")


def test_many_at_once_take_each_number_once(engine):
    together = 6
    barrier, taken = Barrier(together), []

    def count() -> None:
        barrier.wait()
        taken.extend(engine.run(Count(), by=SYSTEM) for _ in range(5))

    threads = [Thread(target=count) for _ in range(together)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == list(range(1, together * 5 + 1))


@dataclass(frozen=True, slots=True)
class BusyTwice:
    """Meets a database that is busy twice."""

    tries: list[int]
    wording: str = "database is locked"

    def run(self, tx) -> int:
        self.tries.append(1)
        if len(self.tries) < 3:
            error = _Busy(self.wording)
            raise OperationalError("SELECT 1", {}, error)
        return len(self.tries)


class _Busy(Exception):
    sqlite_errorname = "SQLITE_BUSY_SNAPSHOT"


class _Broken(Exception):
    sqlite_errorname = "SQLITE_CORRUPT"


def test_what_was_in_others_way_is_tried_again(engine):
    assert engine.run(BusyTwice([]), by=SYSTEM) == 3


@dataclass(frozen=True, slots=True)
class FindBroken:
    """Meets a database that is broken."""

    tries: list[int]

    def run(self, tx) -> None:
        self.tries.append(1)
        raise OperationalError("SELECT 1", {}, _Broken("malformed"))


def test_what_is_broken_is_not_tried_again(engine):
    tries = []

    with pytest.raises(OperationalError):
        engine.run(FindBroken(tries), by=SYSTEM)

    assert tries == [1]


def test_a_question_changes_nothing(engine):
    class Meddle:
        def answer(self, reading):
            reading.session.add(Unit(key="west", name="西区", kind="branch", active=True))
            reading.session.flush()

    with suppress(InternalError):  # PostgreSQL refuses it, SQLite forgets it.
        engine.ask(Meddle(), by=SYSTEM)

    assert not rows(engine, Unit, Unit.key == "west")


def test_a_refusal_is_a_sentence_with_its_values():
    refusal = InvalidState("Expected {one}, but {two}.", one="this", two="that")

    assert isinstance(refusal, Rejected)
    assert str(refusal) == "Expected this, but that."
    assert refusal.sentence.values == {"one": "this", "two": "that"}
