from io import BytesIO

import pytest
from PIL import Image

from engine.commands.cases.documents import AttachDocument
from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import CaseId, InvalidValues, NotAllowed, NotFound
from engine.store.models import Document, JournalLine
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting
from tests.engine.commands.knowing import rows


def picture(kind="JPEG", color="red"):
    content = BytesIO()
    Image.new("RGB", (8, 8), color).save(content, kind)
    return content.getvalue()


def attach(engine, actor, content=None, name="照片.jpg", media_type="image/jpeg", **where):
    content = picture() if content is None else content
    digest = engine.database.holdings.files.add(content)
    command = AttachDocument(name, media_type, len(content), digest, **where)
    return engine.run(command, by=actor)


def reference(engine, document_id):
    [document] = rows(engine, Document, Document.id == document_id)
    return {
        "document": document.id,
        "name": document.name,
        "type": document.media_type,
        "size": document.size,
        "digest": document.digest,
    }


def test_a_file_of_a_case_is_known_and_its_name_is_not_in_the_journal(
    deployed, who, case_id
):
    document_id = attach(deployed, who("lin"), case_id=case_id)

    [document] = rows(deployed, Document)
    assert (document.id, document.name, document.case_id) == (
        document_id,
        "照片.jpg",
        case_id,
    )
    line = rows(deployed, JournalLine)[-1]
    assert line.case_id == case_id
    assert "照片" not in line.body


def test_who_has_no_part_in_the_case_attaches_nothing(deployed, who, case_id):
    with pytest.raises(NotAllowed):
        attach(deployed, who("wu"), case_id=case_id)


@pytest.mark.parametrize(
    ("name", "media_type", "content"),
    [
        ("照片.jpg", "image/jpeg", b"no picture at all"),
        ("照片.jpg", "image/jpeg", picture("PNG")),
        ("照片.jpg", "image/jpeg", picture()[:100]),
        ("合同.pdf", "application/pdf", b"<html>"),
        ("run.exe", "application/x-msdownload", b"MZ"),
        ("page.html", "text/html", b"<script>"),
        ("空.txt", "text/plain", b""),
        ("", "text/plain", b"text"),
        ("大.txt", "text/plain", b"x" * (20 * 1024 * 1024 + 1)),
    ],
    ids=["text", "png", "cut off", "html", "program", "page", "empty", "nameless", "large"],
)
def test_a_file_must_be_what_it_says(deployed, who, name, media_type, content):
    with pytest.raises(InvalidValues) as refusal:
        attach(deployed, who("lin"), content, name, media_type)

    assert set(refusal.value.errors) == {"file"}


def test_it_refuses_unknown_contents_and_cases(deployed, who):
    with pytest.raises(NotFound):
        deployed.run(AttachDocument("照片.jpg", "image/jpeg", 3, "0" * 64), by=who("lin"))
    with pytest.raises(NotFound):
        attach(deployed, who("lin"), case_id=CaseId(99))


@pytest.fixture
def with_photos(engine, who, minimal):
    """The small policy, where an investigation wants photos."""
    bundle = changed(
        minimal,
        "forms/investigate.form",
        '"components": [',
        '"components": [{"id": "f-photos", "type": "filepicker", "key": "photos",'
        ' "label": "照片", "multiple": true},',
    )
    bundle = changed(
        bundle,
        "complaint.bpmn",
        '<zeebe:property name="warn" value="2 working hours" />',
        '<zeebe:property name="warn" value="2 working hours" />'
        '<zeebe:property name="evidence" value="photo" />',
    )
    engine.run(DeployBundle(bundle), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    return engine


def complete(engine, actor, *photos):
    task_id = waiting(engine, "investigate")
    return engine.run(CompleteTask(task_id, FOUND | {"photos": list(photos)}), by=actor)


def test_a_photo_sent_with_a_form_belongs_to_the_case(with_photos, who):
    photo = reference(with_photos, attach(with_photos, who("lin")))

    complete(with_photos, who("lin"), photo)

    [document] = rows(with_photos, Document)
    assert (document.case_id, document.task_id) == (1, 1)


def test_a_task_that_wants_evidence_is_not_completed_without(with_photos, who):
    text = attach(with_photos, who("lin"), b"text", "说明.txt", "text/plain")

    for files in ((), (reference(with_photos, text),)):
        with pytest.raises(InvalidValues) as refusal:
            complete(with_photos, who("lin"), *files)
        assert set(refusal.value.errors) == {"photos"}


def test_somebody_elses_file_is_not_taken(with_photos, who):
    photo = reference(with_photos, attach(with_photos, who("wu")))

    with pytest.raises(InvalidValues) as refusal:
        complete(with_photos, who("lin"), photo)

    assert set(refusal.value.errors) == {"photos"}


def test_a_file_with_another_digest_is_not_taken(with_photos, who):
    photo = reference(with_photos, attach(with_photos, who("lin")))

    with pytest.raises(InvalidValues):
        complete(with_photos, who("lin"), photo | {"digest": "0" * 64})
