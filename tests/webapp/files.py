"""Files that tests send."""

import zipfile
from io import BytesIO

from PIL import Image

PNG_HEAD = b"\x89PNG\r\n\x1a\n"


def photo(kind="JPEG", size=(640, 480)):
    """Return a whole photo."""
    content = BytesIO()
    Image.new("RGB", size, (120, 90, 60)).save(content, kind)
    return content.getvalue()


def noisy_photo():
    """Return a photo with so much in it that half of it is cut off visibly."""
    content = BytesIO()
    Image.effect_noise((640, 480), 80).convert("RGB").save(content, "JPEG")
    return content.getvalue()


def word_file():
    """Return what Word would write, as far as anybody looks."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return content.getvalue()


def plain_zip():
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("virus.exe", "MZ")
    return content.getvalue()
