"""Photos on forms: kept, refused at their field, and there again after an error."""

from io import BytesIO

import msgspec
import pytest

from engine.commands.people.units import GrantRole
from engine.commands.policies.deployments import DeployBundle
from engine.model import SYSTEM
from engine.policy import Bundle
from engine.store.models import Document, Submission
from tests.engine.commands.conftest import ENTERED
from tests.engine.commands.knowing import rows
from tests.people import actor
from tests.webapp import files

FORM = "/register/minimal/complaint"


@pytest.fixture(autouse=True)
def a_form_with_photos(engine, minimal):
    form = msgspec.json.decode(minimal.files["forms/register.form"])
    picker = {
        "id": "f-photos",
        "type": "filepicker",
        "key": "photos",
        "label": "照片",
        "accept": "image/*",
        "multiple": True,
    }
    form["components"].append(picker)
    changed = {**minimal.files, "forms/register.form": msgspec.json.encode(form)}
    engine.run(DeployBundle(Bundle("minimal", changed)), by=actor(engine, "root"))


def sent(*uploads, **more):
    return (
        ENTERED | more | {"photos": [(BytesIO(content), name) for name, content in uploads]}
    )


def test_photos_are_kept_with_the_case(engine, lin):
    page = lin.send(FORM, sent(("现场.jpg", files.photo()), ("二.png", files.photo("PNG"))))

    assert "JY-2603-0001" in page.said()
    assert [row.case_id for row in rows(engine, Document)] == [1, 1]
    [photo, _] = rows(engine, Submission)[0].values["photos"]
    assert (photo["name"], photo["type"]) == ("现场.jpg", "image/jpeg")


def test_a_photo_that_is_none_is_refused_at_its_field(engine, lin):
    page = lin.post(FORM, sent(("假.jpg", b"no photo at all")))

    assert page.status == 422
    assert "假.jpg 不是照片" in " ".join(page.texts("//*[@class='wrong-here']"))
    assert page.texts("//input[@name='subject']/@value") == ["水泵漏水"]
    assert rows(engine, Document) == []


def test_good_photos_stay_when_something_else_is_wrong(engine, lin):
    page = lin.post(FORM, sent(("现场.jpg", files.photo()), subject=""))

    assert page.status == 422
    assert page.texts("//input[@name='photos'][@type='hidden']/@value") == ["", "1"]

    again = lin.send(FORM, ENTERED | {"photos": ["", "1"]})
    assert "现场.jpg" in again.text
    assert len(rows(engine, Document)) == 1


def test_all_faults_are_told_at_once(lin):
    page = lin.post(FORM, sent(("假.jpg", b"no photo"), subject=""))

    assert len(page.texts("//*[@class='wrong-here']")) == 2


def test_nobody_puts_the_photo_of_another_into_a_form(engine, lin, browser):
    lin.post(FORM, sent(("现场.jpg", files.photo()), subject=""))
    engine.run(GrantRole(actor(engine, "wu").person_id, "clerk"), by=SYSTEM)

    browser("wu").send(FORM, ENTERED | {"photos": ["", "1"]})

    assert rows(engine, Submission)[0].values["photos"] == []
    assert rows(engine, Document)[0].case_id is None
