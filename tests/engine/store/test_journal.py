"""A chain grows by one line after another, whoever writes them."""

import pytest
from sqlalchemy.exc import IntegrityError

from engine.model import SYSTEM
from engine.store.journal import Entry, Head, append
from engine.store.models import Chain, JournalLine


def say(tx, command_id, head=None):
    entry = Entry(tx.now, "lin", "Say", command_id, {}, None)
    append(tx.session, entry, stream="test", case_id=None, head=head)


def head_of(database, clock):
    with database.reading(clock.now(), SYSTEM) as reading:
        chain = reading.session.get_one(Chain, "test")
        return Head(chain.position, chain.digest)


def test_a_line_follows_the_head_that_was_read_before(database, clock):
    with database.writing(clock.now(), SYSTEM) as tx:
        say(tx, "first")
    first = head_of(database, clock)

    with database.writing(clock.now(), SYSTEM) as tx:
        say(tx, "second", first)

    assert head_of(database, clock).position == 2
    with database.reading(clock.now(), SYSTEM) as reading:
        lines = reading.session.query(JournalLine).filter_by(stream="test")
        followed = {line.position: line.prev_digest for line in lines}
    assert followed == {1: "", 2: first.digest}


def test_a_line_after_a_head_that_moved_on_is_refused(database, clock):
    with database.writing(clock.now(), SYSTEM) as tx:
        say(tx, "first")
    first = head_of(database, clock)
    with database.writing(clock.now(), SYSTEM) as tx:
        say(tx, "second", first)

    with pytest.raises(IntegrityError), database.writing(clock.now(), SYSTEM) as tx:
        say(tx, "third", first)

    assert head_of(database, clock).position == 2
