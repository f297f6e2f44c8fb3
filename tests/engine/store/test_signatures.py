"""Whatever is done to a signature, or to what it stands under, is found."""

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.commands.tasks.signing import Proof
from engine.model import SYSTEM
from engine.store.models import Signature, Task
from engine.store.signatures import find_signature_faults, signature_digest
from tests.engine.commands.cases.test_attach_document import attach, reference
from tests.engine.commands.conftest import ENTERED, FOUND, changed
from tests.engine.commands.knowing import rows
from tests.engine.commands.tasks.test_sign_task import with_signature
from tests.engine.store.test_verifying import tamper

VOUCHED = Proof("", holds=True)


@pytest.fixture
def signed(engine, who, minimal):
    """A signature under an investigation with a photo."""
    bundle = changed(
        with_signature(minimal),
        "forms/investigate.form",
        '"components": [',
        '"components": [{"id": "f-photos", "type": "filepicker", "key": "photos",'
        ' "label": "照片", "multiple": true},',
    )
    engine.run(DeployBundle(bundle), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    photo = reference(engine, attach(engine, who("lin")))
    [task] = rows(engine, Task)
    engine.run(CompleteTask(task.id, FOUND | {"photos": [photo]}, VOUCHED), by=who("lin"))
    return engine


def findings(engine):
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        return [str(fault.sentence) for fault in find_signature_faults(reading)]


def test_nothing_is_found_where_nothing_was_done(signed):
    assert findings(signed) == []


@pytest.mark.parametrize(
    "change",
    [
        "login = 'zhao'",
        "name = '赵主管'",
        "at = '2026-01-01 00:00:00'",
        "case_number = 'X'",
        "documents = '[]'",
        "digest = 'x'",
    ],
)
def test_a_changed_signature_is_named(signed, change):
    tamper(signed, f"UPDATE signature SET {change}")

    assert any("was changed" in each for each in findings(signed))


def test_a_new_digest_does_not_hide_a_change(signed):
    [signature] = rows(signed, Signature)
    signature.name = "赵主管"
    from_forger = pretend(signature)

    tamper(signed, f"UPDATE signature SET name = '赵主管', digest = '{from_forger}'")

    assert any("Signature 1 of case" in each for each in findings(signed))


def pretend(signature):
    from_forger = signature_digest(signature)
    assert from_forger != signature.digest
    return from_forger


def test_a_missing_signature_is_named(signed):
    tamper(signed, "DELETE FROM signature")

    assert findings(signed) == ["Signature 1 is missing."]


def test_an_invented_signature_is_named(signed):
    tamper(signed, "UPDATE signature SET id = 7")

    assert any("is not in the journal" in each for each in findings(signed))


def test_changed_values_are_found_under_the_signature(signed):
    tamper(signed, "UPDATE submission SET form_id = 'approve'")

    assert any("stands under was changed" in each for each in findings(signed))


def test_a_changed_document_is_found(signed):
    [signature] = rows(signed, Signature)
    path = signed.database.holdings.files.path(signature.documents[0])

    path.write_bytes(b"another picture")

    assert any("A document that signature 1" in each for each in findings(signed))
