"""What the judge of drawings reports."""

from dataclasses import dataclass

from engine.diagram.drawing import Drawing, Edge, Plane, Shape
from engine.diagram.geometry import Box
from engine.diagram.labels import Lettering, beside, edge_lettering, shape_lettering
from engine.model import Sentence, Severity


@dataclass(frozen=True, slots=True)
class DrawingProblem:
    """Something in a drawing that hinders its readers."""

    element: str
    rule: str
    what: Sentence
    remedy: Sentence
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class DrawingReport:
    """All that is wrong with the drawings of a file."""

    problems: tuple[DrawingProblem, ...]
    crossings: int  #: How often flows cross, over all pictures.


@dataclass(frozen=True, slots=True)
class Label:
    """A name that stands beside its shape or flow."""

    owner: Shape | Edge
    box: Box


@dataclass(frozen=True, slots=True)
class Picture:
    """One plane, prepared for judging."""

    drawing: Drawing
    plane: Plane
    shapes: dict[str, Shape]
    labels: tuple[Label, ...]

    @classmethod
    def of(cls, drawing: Drawing, plane: Plane) -> "Picture":
        """Prepare *plane* of *drawing*."""
        owners = [s for s in plane.shapes if beside(s.kind)]
        settings: list[tuple[Shape | Edge, Lettering]] = [
            *((shape, shape_lettering(shape)) for shape in owners),
            *((edge, edge_lettering(edge)) for edge in plane.edges),
        ]
        labels = tuple(Label(owner, s.box) for owner, s in settings if s.lines)
        return cls(drawing, plane, {shape.id: shape for shape in plane.shapes}, labels)


def called(thing: Shape | Edge) -> str:
    """Return how a person would call *thing*: by its name, else by its id."""
    return thing.name or thing.id


def lies_in(inner: Shape | Edge, outer: Shape) -> bool:
    """Tell whether *inner* is part of *outer* in the model, such as of a sub-process."""
    return any(parent is outer.element for parent in inner.element.iterancestors())
