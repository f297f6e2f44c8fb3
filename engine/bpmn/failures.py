"""What stops a token: a model that fails while it runs."""

from collections.abc import Mapping
from decimal import Decimal

from engine.model import EngineError, Json, Sentence


class Stopped(EngineError):
    """The token cannot go on by itself; it becomes an incident at its element.

    Args:
        kind: A stable word for what failed, such as ``condition``.
        sentence: What failed, for the people of operations.
    """

    def __init__(self, kind: str, sentence: Sentence) -> None:
        super().__init__(sentence.template, **sentence.values)
        self.kind = kind


def pack(sentence: Sentence) -> dict[str, Json]:
    """Return *sentence* as JSON, with the sentences inside it."""
    values = {
        name: pack(value)
        if isinstance(value, Sentence)
        else value
        if isinstance(value, int | Decimal)
        else str(value)
        for name, value in sentence.values.items()
    }
    return {"template": sentence.template, "values": values}


def unpack(packed: Mapping[str, Json]) -> Sentence:
    """Return the sentence that `pack` wrote."""
    return Sentence(
        packed["template"],
        {
            name: unpack(value) if isinstance(value, dict) else value
            for name, value in packed["values"].items()
        },
    )
