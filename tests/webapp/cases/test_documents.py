from io import BytesIO

import pytest
from PIL import Image

from engine.commands.cases.documents import AttachDocument
from tests.people import actor
from tests.webapp import files


@pytest.fixture
def attach(engine, case_id):
    def attach(content, name="照片.jpg", kind="image/jpeg", case=case_id, by="lin"):
        digest = engine.database.holdings.files.add(content)
        command = AttachDocument(name, kind, len(content), digest, case_id=case)
        return engine.run(command, by=actor(engine, by))

    return attach


def test_a_picture_is_shown(lin, attach):
    number = attach(files.photo())

    page = lin.get(f"/documents/{number}")

    response = page.response
    assert page.content == files.photo()
    assert response.mimetype == "image/jpeg"
    assert "attachment" not in response.headers.get("Content-Disposition", "")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_anything_else_is_saved_under_its_name(lin, attach):
    number = attach(b"%PDF-1.7 x", "来函.pdf", "application/pdf")

    headers = lin.get(f"/documents/{number}").response.headers

    assert headers["Content-Disposition"].startswith("attachment")
    assert "%E6%9D%A5%E5%87%BD.pdf" in headers["Content-Disposition"]
    assert "sandbox" in headers["Content-Security-Policy"]


def test_a_picture_has_a_small_one(lin, attach):
    number = attach(files.photo(size=(1600, 1200)))

    for _ in range(2):  # Made once, then read.
        small = lin.get(f"/documents/{number}/small").content
        with Image.open(BytesIO(small)) as picture:
            assert picture.size == (400, 300)


def test_only_pictures_have_a_small_one(lin, attach):
    number = attach(b"%PDF-1.7 x", "来函.pdf", "application/pdf")

    assert lin.get(f"/documents/{number}/small").status == 404


def test_files_are_for_those_who_see_the_case(browser, attach):
    number = attach(files.photo())

    for login in ("wu", "qian"):
        assert browser(login).get(f"/documents/{number}").status == 403
        assert browser(login).get(f"/documents/{number}/small").status == 403


def test_what_belongs_to_no_case_yet_is_for_its_uploader(lin, root, attach):
    number = attach(files.photo(), case=None)

    assert lin.get(f"/documents/{number}").status == 200
    assert root.get(f"/documents/{number}").status == 403


def test_a_stranger_gets_none(stranger, attach):
    assert stranger.get(f"/documents/{attach(files.photo())}").status == 302


def test_it_is_not_found_when_there_is_none(lin):
    assert lin.get("/documents/99").status == 404


def test_the_case_page_lists_them(lin, attach, case_id):
    number = attach(files.photo())

    page = lin.get(f"/cases/{case_id}")

    assert f"/documents/{number}/small" in page.source
