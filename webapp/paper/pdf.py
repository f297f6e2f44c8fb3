"""Makes PDF of sheets of paper; nothing is fetched from the network or the disk.

Loading it takes seconds and asks for the system library Pango, so that only those who
print do: `webapp.paper.prints` loads it when the first PDF is asked for.
"""

from collections.abc import Mapping, Sequence
from threading import Lock

import pylopdf_fonts_zh_cn as fonts
import weasyprint
from PIL import ImageFile
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

# WeasyPrint lets Pillow read pictures that are cut off, everywhere in the program; whoever
# uploads half a photo shall hear of it as before.
ImageFile.LOAD_TRUNCATED_IMAGES = False

#: The only addresses that sheets and their stylesheet can name, beside those of photos.
_FONTS = {"font:sans": fonts.sans_path(), "font:serif": fonts.serif_path()}
_FACES = "".join(
    f"@font-face {{ font-family: {family}; src: url({address}) }}"
    for family, address in (("Paper Sans", "font:sans"), ("Paper Serif", "font:serif"))
)
#: One at a time: each keeps a processor busy for most of a second.
_turn = Lock()


def make_pdf(
    sheets: Sequence[str], stylesheets: Sequence[str], photos: Mapping[str, bytes]
) -> bytes:
    """Return a PDF of HTML documents, each with page numbers of its own.

    Args:
        sheets: The documents, in their order.
        stylesheets: CSS for all of them.
        photos: Contents of the pictures by the addresses that the sheets name.
    """
    with _turn:
        fetcher = Supplied(photos)
        configuration = FontConfiguration()
        styles = [
            weasyprint.CSS(string=text, url_fetcher=fetcher, font_config=configuration)
            for text in (_FACES, *stylesheets)
        ]
        documents = [
            weasyprint.HTML(string=sheet, url_fetcher=fetcher).render(
                stylesheets=styles, font_config=configuration
            )
            for sheet in sheets
        ]
        pages = [page for document in documents for page in document.pages]
        made: bytes = documents[0].copy(pages).write_pdf()
        return made


class Supplied(URLFetcher):  # type: ignore[misc]
    """Gives what was supplied beforehand, and refuses everything else."""

    def __init__(self, photos: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self._photos = photos

    def fetch(
        self, url: str, headers: Mapping[str, str] | None = None
    ) -> URLFetcherResponse:
        """Return a font or a photo.

        Raises:
            ValueError: If the address is any other.
        """
        if url in _FONTS:
            return URLFetcherResponse(
                url, _FONTS[url].read_bytes(), {"Content-Type": "font/otf"}
            )
        if url in self._photos:
            return URLFetcherResponse(
                url, self._photos[url], {"Content-Type": "image/jpeg"}
            )
        raise ValueError(f"Expected a font or a photo of the print, but got {url}.")
