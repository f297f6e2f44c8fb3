"""Nothing outside of a print gets into its PDF."""

from io import BytesIO

import pytest
from PIL import ImageFile
from pypdf import PdfReader

from webapp.paper.pdf import Supplied, make_pdf


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "http://localhost/x.png",
        "https://localhost/x.css",
        "ftp://localhost/x",
        "data:text/css,p%7B%7D",
        "photo:other",
        "/etc/passwd",
    ],
)
def test_it_refuses_what_was_not_supplied(address):
    fetcher = Supplied({"photo:1": b"x"})

    with pytest.raises(ValueError, match="Expected a font or a photo"):
        fetcher(address)


def test_it_gives_what_was_supplied():
    assert Supplied({"photo:1": b"x"})("photo:1").read() == b"x"


def test_pictures_that_are_cut_off_are_still_refused_elsewhere():
    assert ImageFile.LOAD_TRUNCATED_IMAGES is False


def test_a_sheet_that_names_a_file_is_printed_without_it(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    sheet = f"<p>甲<a rel=attachment href='{secret.as_uri()}'>乙</a></p>"

    made = make_pdf([sheet], ["@import url(http://localhost/x.css);"], {})

    reader = PdfReader(BytesIO(made))
    assert "甲" in reader.pages[0].extract_text()
    assert not reader.attachments
