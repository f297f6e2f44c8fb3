"""Numbers of rows in addresses: as many digits as a row can have, and no more."""

from flask import Flask
from werkzeug.routing import IntegerConverter


class RowNumber(IntegerConverter):
    """A number that a row may have; with a longer one there is no such page."""

    regex = r"\d{1,9}"


def install(app: Flask) -> None:
    """Read ``<int:…>`` in addresses so; before any address is added."""
    app.url_map.converters["int"] = RowNumber
