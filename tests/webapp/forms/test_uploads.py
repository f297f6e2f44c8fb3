from io import BytesIO

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage

from engine.commands.admitting.contents import faults_of
from tests.webapp import files
from webapp.forms import uploads
from webapp.forms.uploads import BadFile, clean_name, media_type, receive, thumbnail


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.jpg", files.photo(), "image/jpeg"),
        ("a.png", files.photo("PNG"), "image/png"),
        ("a.webp", files.photo("WEBP"), "image/webp"),
        ("a.pdf", b"%PDF-1.7\n%x", "application/pdf"),
        ("a.docx", files.word_file(), uploads._OFFICE["word/"]),
        ("a.txt", "客户来函".encode(), "text/plain"),
        ("a.csv", "客户,来函".encode("gb18030"), "text/csv"),
        ("misnamed.pdf", files.photo(), "image/jpeg"),
    ],
)
def test_the_kind_is_what_the_content_says(name, content, kind):
    assert media_type(name, content) == kind


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.jpg", b"this is no photo"),
        ("photo.jpg", b"<html><script>alert(1)</script>"),
        ("photo.jpg", b"%PDF-1.7\n%x"),
        ("photo.png", files.PNG_HEAD),
        ("photo.jpg", files.noisy_photo()[:20_000]),
        ("program.exe", b"MZ\x90\x00\x03"),
        ("page.html", b"<html></html>"),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("a.zip", files.plain_zip()),
        ("a.docx", files.plain_zip()),
        ("a.docx", b"PK\x03\x04broken"),
        ("a.txt", b"\x00\x01\x02\xff\xfe"),
    ],
)
def test_what_is_none_of_the_kinds_is_refused(name, content):
    with pytest.raises(BadFile, match=name):
        media_type(name, content)


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "MOST_DECODED", 100_000)

    with pytest.raises(BadFile, match="million pixels"):
        media_type("bomb.png", files.photo("PNG"))


@pytest.mark.slow
def test_the_largest_photos_of_phones_are_taken():
    content = BytesIO()
    Image.new("L", (12_000, 9_000)).save(content, "JPEG")

    assert media_type("phone.jpg", content.getvalue()) == "image/jpeg"
    assert faults_of("phone.jpg", "image/jpeg", content.getvalue()) == ()
    assert len(thumbnail(content.getvalue())) < 100_000


def test_a_file_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST_FILE", 1000)

    with pytest.raises(BadFile, match="larger"):
        receive(FileStorage(BytesIO(files.photo()), "a.jpg"))


def test_an_empty_file_is_refused():
    with pytest.raises(BadFile, match="empty"):
        receive(FileStorage(BytesIO(b""), "a.txt"))


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("照片.jpg", "照片.jpg"),
        ("C:\\Users\\x\\照片.jpg", "照片.jpg"),
        ("../../etc/passwd", "passwd"),
        ("a\r\nb\x00.txt", "ab.txt"),
        ("\u202egpj.exe", "gpj.exe"),
        ("  .hidden ", "hidden"),
        ("", "file"),
        ("长" * 300 + ".jpg", "长" * 116 + ".jpg"),
    ],
)
def test_names_lead_nowhere_and_mislead_nobody(name, cleaned):
    assert clean_name(name) == cleaned


def test_a_thumbnail_is_small_upright_and_holds_nothing_else():
    content = BytesIO()
    picture = Image.new("RGB", (800, 400), "red")
    exif = Image.Exif()
    exif[0x0112] = 6  # Turned by a quarter.
    exif[0x010E] = "secret place"
    picture.save(content, "JPEG", exif=exif)

    small = thumbnail(content.getvalue())

    with Image.open(BytesIO(small)) as shown:
        assert shown.size == (200, 400)
        assert not shown.getexif()
    assert b"secret place" not in small


def test_a_thumbnail_of_something_transparent_lies_on_white():
    content = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(content, "PNG")

    with Image.open(BytesIO(thumbnail(content.getvalue()))) as shown:
        assert shown.getpixel((5, 5)) == (255, 255, 255)
