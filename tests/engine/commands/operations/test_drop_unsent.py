"""Files that were uploaded for a form which nobody sent do not stay for ever."""

import os
from datetime import timedelta

import pytest

from engine.commands.cases.documents import AttachDocument
from engine.commands.operations.upkeep import DropUnsent, PlanUpkeep
from engine.commands.tasks.lifecycle import SaveDraft
from engine.model import PUBLIC, SYSTEM, NotAllowed
from engine.store.models import Document, Job
from tests.engine.commands.conftest import waiting
from tests.engine.commands.knowing import rows


@pytest.fixture
def files(deployed):
    return deployed.database.holdings.files


@pytest.fixture
def upload(deployed, files, clock):
    """Upload a note as somebody, now, and return its number and its digest."""

    def uploads(text, by=PUBLIC, **where):
        digest = files.add(text)
        os.utime(files.path(digest), (clock.now().timestamp(),) * 2)
        sent = AttachDocument("说明.txt", "text/plain", len(text), digest, **where)
        return deployed.run(sent, by=by), digest

    return uploads


def left(engine):
    return [each.id for each in rows(engine, Document)]


def test_what_a_stranger_did_not_send_is_forgotten_after_a_day(deployed, upload, clock):
    upload("昨天".encode())
    clock.move(hours=20)
    kept, _ = upload("今天".encode())
    clock.move(hours=5)

    assert deployed.run(DropUnsent(), by=SYSTEM) == 1

    assert left(deployed) == [kept]


def test_its_content_goes_with_the_next_turn(deployed, files, upload, clock):
    _, digest = upload(b"unsent")
    clock.move(days=2)
    deployed.run(DropUnsent(), by=SYSTEM)
    assert files.has(digest)

    deployed.run(DropUnsent(), by=SYSTEM)

    assert not files.has(digest)


def test_a_content_that_another_file_has_stays(deployed, files, upload, case_id, clock):
    kept, digest = upload(b"same", by=SYSTEM, case_id=case_id)
    upload(b"same")
    clock.move(days=2)

    for _ in range(2):
        deployed.run(DropUnsent(), by=SYSTEM)

    assert left(deployed) == [kept]
    assert files.has(digest)


def test_a_content_that_is_added_once_more_stays(deployed, files, upload, clock):
    _, digest = upload(b"again")
    clock.move(days=2)
    deployed.run(DropUnsent(), by=SYSTEM)

    files.add(b"again")
    deployed.run(DropUnsent(), by=SYSTEM)

    assert files.has(digest)


def test_what_lies_in_a_draft_stays(deployed, who, upload, case_id, clock):
    number, _ = upload(b"drafted", by=who("lin"))
    draft = {"photos": [{"document": number}], "findings": "还没写完"}
    task = waiting(deployed, "investigate")
    deployed.run(SaveDraft(draft, task_id=task), by=who("lin"))
    clock.move(days=30)

    assert deployed.run(DropUnsent(), by=SYSTEM) == 0

    assert left(deployed) == [number]


def test_what_belongs_to_a_case_stays(deployed, who, upload, case_id, clock):
    kept, _ = upload(b"evidence", by=who("lin"), case_id=case_id)
    clock.move(days=400)

    assert deployed.run(DropUnsent(), by=SYSTEM) == 0

    assert left(deployed) == [kept]


def test_it_comes_every_night_and_goes_on_at_once_while_there_is_more(
    deployed, upload, clock
):
    upload(b"unsent")
    deployed.run(PlanUpkeep(), by=SYSTEM)
    clock.move(days=2)
    [night] = rows(deployed, Job, Job.kind == "unsent")

    deployed.run(DropUnsent(night.id), by=SYSTEM)

    [again] = rows(deployed, Job, Job.kind == "unsent", Job.state == "waiting")
    assert again.due_at == clock.now()
    deployed.run(DropUnsent(again.id), by=SYSTEM)
    [tonight] = rows(deployed, Job, Job.kind == "unsent", Job.state == "waiting")
    assert timedelta() < tonight.due_at - clock.now() <= timedelta(days=1)


def test_only_operations_may(deployed, who):
    with pytest.raises(NotAllowed):
        deployed.run(DropUnsent(), by=who("lin"))
