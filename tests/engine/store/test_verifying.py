"""Whatever is done to the journal afterwards is found; nothing is found that was not."""

import pytest
from sqlalchemy import text

from engine.commands.cases.lifecycle import StartCase
from engine.commands.operations.upkeep import SealJournal
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.model import SYSTEM, NotAllowed, TaskId
from engine.store.checkpoint import signing_key
from engine.store.models import Checkpoint
from engine.store.verifying import verify
from tests.engine.commands.conftest import ENTERED, FOUND
from tests.engine.commands.knowing import rows


@pytest.fixture
def written(engine, who, minimal):
    """A journal with two cases in it, sealed once in the middle."""
    lin = who("lin")
    engine.run(DeployBundle(minimal), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=lin)
    engine.run(ClaimTask(TaskId(1)), by=lin)
    engine.run(SealJournal(), by=SYSTEM)
    engine.run(StartCase("minimal", "complaint", ENTERED), by=lin)
    engine.run(CompleteTask(TaskId(1), FOUND), by=lin)
    return engine


def findings(engine):
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        return [str(fault.sentence) for fault in verify(reading)]


def tamper(engine, *statements):
    """Do to the database what only its owner can: past all guards."""
    sqlite = engine.database.connections.dialect.name == "sqlite"
    with engine.database.connections.begin() as connection:
        if sqlite:
            for table in ("journal", "checkpoint"):
                for verb in ("update", "delete"):
                    connection.execute(
                        text(f"DROP TRIGGER IF EXISTS {table}_refuses_{verb}")
                    )
        else:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        for statement in statements:
            connection.execute(text(statement))


def test_nothing_is_found_where_nothing_was_done(written):
    assert findings(written) == []


@pytest.mark.parametrize(
    "change",
    ["actor = 'zhao'", "body = '{}'", "at = '2026-01-01 00:00:00'", "result = '7'"],
)
def test_a_changed_line_is_found(written, change):
    tamper(written, f"UPDATE journal SET {change} WHERE stream = 'case:1' AND position = 2")

    assert findings(written) == ["Line 2 of case:1 was changed."]


def test_a_missing_line_is_found(written):
    tamper(written, "DELETE FROM journal WHERE stream = 'case:1' AND position = 2")

    assert "Line 2 of case:1 is missing." in findings(written)


def test_a_missing_end_is_found(written):
    tamper(written, "DELETE FROM journal WHERE stream = 'case:1' AND position = 3")

    assert findings(written) == ["Line 3 of case:1 is missing."]


def test_an_end_cut_off_with_its_head_is_found_once_it_was_sealed(written):
    tamper(
        written,
        "DELETE FROM journal WHERE stream = 'case:1' AND position > 1",
        "UPDATE chain SET position = 1, digest = (SELECT digest FROM journal"
        " WHERE stream = 'case:1') WHERE stream = 'case:1'",
    )

    assert findings(written) == ["Line 2 of case:1 was sealed and is missing."]


def test_a_whole_chain_taken_away_is_found(written):
    tamper(written, "DELETE FROM journal WHERE stream = 'case:2'")

    assert findings(written) == ["All lines of case:2 are missing."]


def test_lines_that_changed_places_are_found(written):
    tamper(
        written,
        "UPDATE journal SET position = -2 WHERE stream = 'case:1' AND position = 2",
        "UPDATE journal SET position = 2 WHERE stream = 'case:1' AND position = 3",
        "UPDATE journal SET position = 3 WHERE stream = 'case:1' AND position = -2",
    )

    found = findings(written)
    assert "Line 2 of case:1 does not follow the one before." in found
    assert "Line 3 of case:1 was moved." in found


def test_changed_values_of_a_form_are_found(written):
    tamper(written, 'UPDATE submission SET "values" = \'{"fault":"misuse"}\' WHERE id = 3')

    assert findings(written) == ["What was entered with line 3 of case:1 was changed."]


def test_values_exchanged_with_their_digest_are_found(written):
    tamper(written, "UPDATE submission SET salt = 'x', digest = 'y' WHERE id = 3")

    assert findings(written) == ["What was entered with line 3 of case:1 was changed."]


def test_missing_values_are_found_and_erased_ones_are_not(written):
    tamper(written, 'UPDATE submission SET "values" = NULL WHERE id = 3')
    assert findings(written) == ["What was entered with line 3 of case:1 was changed."]

    tamper(written, "UPDATE submission SET erased_at = '2026-03-02 00:00:00' WHERE id = 3")
    assert findings(written) == []

    tamper(written, "DELETE FROM submission WHERE id = 3")
    assert findings(written) == ["What was entered with line 3 of case:1 is missing."]


def test_a_changed_checkpoint_is_found(written):
    tamper(written, "UPDATE checkpoint SET heads = '{}'")

    assert findings(written) == ["Checkpoint 1 was changed."]


def test_a_missing_checkpoint_is_found(written):
    written.run(SealJournal(), by=SYSTEM)
    tamper(written, "DELETE FROM checkpoint WHERE id = 1")

    assert findings(written) == ["A checkpoint before 2 is missing."]


def test_a_checkpoint_signed_by_somebody_else_is_found(written):
    written.database.holdings.secret = "ours"

    assert findings(written) == [
        "Checkpoint 1 is signed with a key that is not this installation's."
    ]


def test_the_key_follows_from_the_secret_and_is_not_kept(engine):
    engine.database.holdings.secret = "ours"
    engine.run(SealJournal(), by=SYSTEM)

    assert findings(engine) == []
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        key = signing_key(reading)
        reading.holdings.secret = None
        assert signing_key(reading) is None
    assert key.public_key().public_bytes_raw() == rows(engine, Checkpoint)[0].public_key


def test_a_checkpoint_covers_what_grew_since_the_last(written):
    written.run(SealJournal(), by=SYSTEM)

    first, second = rows(written, Checkpoint)
    assert '"case:1":[2,' in first.heads
    assert '"case:1":[3,' in second.heads
    assert "person:" not in second.heads


def test_where_nothing_grew_there_is_nothing_to_sign(engine):
    assert engine.run(SealJournal(), by=SYSTEM) is not None
    assert engine.run(SealJournal(), by=SYSTEM) is None


def test_people_do_not_sign(engine, who):
    with pytest.raises(NotAllowed):
        engine.run(SealJournal(), by=who("lin"))
