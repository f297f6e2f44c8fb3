"""A model that breaks a rule and one that keeps it, each drawn around an element x."""

from dataclasses import dataclass

from tests.engine.bpmn import models

_OUTSIDE = ("message", "error", "escalation", "signal", "process", "collaboration")
BESIDE = (
    models.message("m"),
    models.message("keyless", None),
    models.message("feel", name="= name"),
    models.error("e", "E"),
    models.escalation("up", "UP"),
    models.signal("s"),
    models.signal("feel-signal", "= name"),
)


@dataclass(frozen=True, slots=True)
class Example:
    """What lies in process p; definitions beside it come by themselves."""

    fails: tuple[str, ...] | bytes
    holds: tuple[str, ...] | bytes


def around(part: str, *more: str) -> tuple[str, ...]:
    """Return a process with *part*, whose id is x, in the middle."""
    return (models.start(), part, models.end(), models.flows("start", "x", "end"), *more)


def drawn(parts: tuple[str, ...] | bytes) -> bytes:
    """Return the file."""
    if isinstance(parts, bytes):
        return parts
    heads = tuple(f"<bpmn:{tag} " for tag in _OUTSIDE)
    outside = [part for part in parts if part.startswith(heads)]
    inside = [part for part in parts if not part.startswith(heads)]
    return models.diagram(models.process("p", *inside), *outside, *BESIDE)


def inner(*parts: str, start: str = "in") -> str:
    """Return a start, *parts* and an end inside a sub-process."""
    ids = (start, "out")
    return models.start(ids[0]) + "".join(parts) + models.end(ids[1])


ASKED = around(models.user("x"))
