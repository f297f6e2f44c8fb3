"""Writes JSON values as text and reads them back, with numbers that stay exact."""

from decimal import Decimal

import msgspec

from engine.model import Json

_encoder = msgspec.json.Encoder(decimal_format="number")
_canonical = msgspec.json.Encoder(decimal_format="number", order="sorted")
_decoder = msgspec.json.Decoder(float_hook=Decimal)


def dumps(value: object) -> str:
    """Return *value* as JSON text."""
    return _encoder.encode(value).decode()


def canonical(value: object) -> bytes:
    """Return *value* as JSON with sorted names, the same bytes for equal values."""
    return _canonical.encode(value)


def loads(text: str | bytes) -> Json:
    """Return the value of JSON *text*; fractions are Decimal."""
    return _decoder.decode(text)
