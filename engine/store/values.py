"""Writes JSON values as text and reads them back, with numbers that stay exact."""

from decimal import Decimal, InvalidOperation

import msgspec

from engine.model import Json

_encoder = msgspec.json.Encoder(decimal_format="number")
_canonical = msgspec.json.Encoder(decimal_format="number", order="sorted")


def _exact(text: str) -> Decimal:
    """Return a number with a fraction or an exponent, no digit of it lost."""
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError("Expected a number that can be kept.") from error


_decoder = msgspec.json.Decoder(float_hook=_exact)


def dumps(value: object) -> str:
    """Return *value* as JSON text."""
    return _encoder.encode(value).decode()


def canonical(value: object) -> bytes:
    """Return *value* as JSON with sorted names, the same bytes for equal values."""
    return _canonical.encode(value)


def loads(text: str | bytes) -> Json:
    """Return the value of JSON *text*; fractions are Decimal.

    Raises:
        ValueError: If it is no JSON, or JSON nested too deep to be read.
    """
    try:
        return _decoder.decode(text)
    except RecursionError as error:
        raise ValueError("Expected JSON that is not nested so deep.") from error
