"""A form that is not right comes back with all that was typed and sent, and sentences."""

from io import BytesIO

import pytest
from PIL import Image

from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import ClaimTask
from engine.model import CaseId
from engine.store.models import Case, Document, Submission, Task
from tests.engine.commands.conftest import ENTERED, changed, waiting
from tests.engine.commands.knowing import rows
from tests.webapp import files
from webapp.forms import uploads

TYPED = {"fault": "quality", "findings": "密封圈破损"}
EXTRA = """"components": [
  {"id": "f-photos", "type": "filepicker", "key": "photos", "label": "照片",
   "multiple": true, "accept": "image/*"},
  {"id": "f-costs", "type": "number", "key": "costs", "label": "费用"},
  {"id": "f-day", "type": "datetime", "key": "day", "label": "日期", "subtype": "date",
   "dateLabel": "日期"},"""


@pytest.fixture
def task(engine, who, minimal):
    """A claimed task whose form asks for photos, a number and a day as well."""
    bundle = changed(minimal, "forms/investigate.form", '"components": [', EXTRA)
    engine.run(DeployBundle(bundle), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    task = waiting(engine, "investigate")
    engine.run(ClaimTask(task), by=who("lin"))
    return task


def complete(lin, task, **more):
    return lin.post(f"/tasks/{task}/complete", TYPED | more)


def wrong(page):
    return " ".join(page.texts("//*[@class='wrong-here']"))


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("findings", ""),
        ("findings", "x" * 2_001),
        ("findings", "字" * 500_000),
        ("fault", "aliens"),
        ("costs", "many"),
        ("costs", "1e400000"),
        ("costs", "9" * 5_000),
        ("costs", "NaN"),
        ("day", "2026-02-30"),
        ("day", "0000-00-00"),
        ("day", "soon"),
    ],
)
def test_each_wrong_entry_has_its_sentence_and_nothing_is_lost(
    engine, lin, task, field, typed
):
    page = complete(lin, task, **{field: typed})

    assert page.status == 422
    assert wrong(page)
    if field != "findings":
        assert page.texts("//textarea[@name='findings']") == ["密封圈破损"]
    else:
        assert page.texts("//textarea[@name='findings']") == [typed]
    assert rows(engine, Task)[0].state == "open"


@pytest.mark.parametrize(
    "name", ["stranger", "typename", "findings.x", "photos.0", "a" * 5_000, "case", "../x"]
)
def test_a_field_that_the_form_has_not_is_refused(engine, lin, task, name):
    page = complete(lin, task, **{name: "x"})

    assert page.status == 422
    assert page.texts("//textarea[@name='findings']") == ["密封圈破损"]
    assert rows(engine, Task)[0].state == "open"


def bomb():
    content = BytesIO()
    Image.new("1", (30_000, 30_000)).save(content, "PNG")
    return content.getvalue()


BAD_PHOTOS = {
    "a text": b"no photo",
    "half a photo": files.noisy_photo()[:20_000],
    "a page": b"<html><script>alert(1)</script></html>",
    "a drawing with a script": b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
    "a photo of 900 million pixels": bomb(),
    "a photo in name": b"\xff\xd8\xff\xe0" + b"<script>" * 50,
    "nothing": b"",
}


@pytest.mark.parametrize("content", BAD_PHOTOS.values(), ids=BAD_PHOTOS.keys())
def test_a_photo_that_is_none_is_said_at_its_field(engine, lin, task, content):
    page = complete(lin, task, photos=(BytesIO(content), "现场.jpg"))

    assert page.status == 422
    assert "现场.jpg" in wrong(page)
    assert page.texts("//textarea[@name='findings']") == ["密封圈破损"]
    assert rows(engine, Document) == []


def test_a_photo_that_is_too_large_is_said_at_its_field(lin, task, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_FILE", 1_000)

    page = complete(lin, task, photos=(BytesIO(files.photo()), "大.jpg"))

    assert page.status == 422
    assert "大.jpg" in wrong(page)
    assert page.texts("//textarea[@name='findings']") == ["密封圈破损"]


def test_characters_that_nobody_typed_are_dropped(engine, lin, task):
    page = complete(lin, task, findings="看不见\x00的字")

    assert page.status == 303
    assert rows(engine, Submission)[-1].values["findings"] == "看不见的字"


def test_good_photos_stay_when_another_is_bad(engine, lin, task):
    page = complete(
        lin,
        task,
        photos=[(BytesIO(files.photo()), "好.jpg"), (BytesIO(b"no photo"), "坏.jpg")],
    )

    assert page.status == 422
    assert "坏.jpg" in wrong(page)
    [document] = rows(engine, Document)
    assert page.texts("//input[@name='photos'][@value]/@value")[-1:] == [str(document.id)]

    again = complete(lin, task, photos=str(document.id))
    assert again.status == 303
    assert rows(engine, Document)[0].case_id == CaseId(1)


def test_too_many_photos_are_said_at_their_field(engine, lin, task):
    small = files.photo(size=(4, 4))

    page = complete(
        lin, task, photos=[(BytesIO(small), f"{number}.jpg") for number in range(51)]
    )

    assert page.status == 422
    assert "50" in wrong(page)
    assert page.texts("//textarea[@name='findings']") == ["密封圈破损"]


def test_too_much_at_once_says_so_and_changes_nothing(engine, app, lin, task):
    app.config["MAX_CONTENT_LENGTH"] = 100_000

    page = complete(lin, task, photos=(BytesIO(bytes(200_000)), "大.jpg"))

    assert page.status == 413
    assert page.texts("//h1") == ["内容过大"]
    assert rows(engine, Task)[0].state == "open"


@pytest.mark.parametrize("number", ["99", "9" * 5_000, "-1", "1.5", "²", "１"])
def test_a_file_that_nobody_sent_is_left_out(engine, lin, task, number):
    page = complete(lin, task, photos=number)

    assert page.status in (303, 422)
    assert rows(engine, Document) == []


def test_somebody_elses_file_cannot_be_slipped_in(engine, browser, lin, task):
    other = browser("zhao")
    other.post("/register/minimal/complaint", {"photos": (BytesIO(files.photo()), "x.jpg")})

    assert rows(engine, Document) == []


@pytest.mark.parametrize("name", ["x", "photos", "a.b.c", "findings.0", "9" * 5_000, ""])
@pytest.mark.parametrize("button", ["_add", "_remove"])
def test_buttons_for_rows_that_are_not_there_change_nothing(lin, task, button, name):
    page = complete(lin, task, **{button: name})

    assert page.status == 200
    assert page.texts("//textarea[@name='findings']") == ["密封圈破损"]


@pytest.mark.parametrize(
    "moment", ["0001-01-01T00:00", "9999-12-31T23:59+00:00", "soon", "x" * 5_000]
)
def test_a_follow_up_that_no_calendar_has_is_refused(lin, task, moment):
    assert lin.post(f"/tasks/{task}/follow-up", {"moment": moment}).status == 422


def test_a_registration_with_wrong_entries_opens_no_case(engine, lin, deployed):
    page = lin.post("/register/minimal/complaint", {"subject": "x" * 20_000, "nope": "1"})

    assert page.status == 422
    assert wrong(page)
    assert "x" * 20_000 in page.source
    assert rows(engine, Case) == []


@pytest.mark.parametrize("command_id", ["x" * 300, "a\0b", "\ufffd" * 300])
def test_a_form_with_a_forged_id_is_refused(engine, lin, task, command_id):
    assert complete(lin, task, _command=command_id).status == 422
    assert rows(engine, Task)[0].state == "open"
