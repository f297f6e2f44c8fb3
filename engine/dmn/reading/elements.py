"""What stands in a DMN file, as plain data: no text in it is understood yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Typed:
    """A name and the type that is declared for it: variables, parameters, columns."""

    name: str
    type_ref: str | None = None


@dataclass(frozen=True, slots=True)
class Boxed:
    """A boxed expression. `element` is its own id, or that of the nearest around it."""

    element: str
    line: int | None
    type_ref: str | None


@dataclass(frozen=True, slots=True)
class LiteralExpression(Boxed):
    """A text in FEEL."""

    text: str


@dataclass(frozen=True, slots=True)
class ContextEntry:
    """An entry of a boxed context; without a variable it is the context's result."""

    variable: Typed | None
    value: "Boxed | None"


@dataclass(frozen=True, slots=True)
class BoxedContext(Boxed):
    """Entries, each of which sees those before it."""

    entries: tuple[ContextEntry, ...]


@dataclass(frozen=True, slots=True)
class Invocation(Boxed):
    """A call with named arguments."""

    function: Boxed | None
    bindings: tuple[tuple[str, Boxed | None], ...]


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Boxed):
    """A function; `kind` is FEEL, Java or PMML."""

    kind: str
    parameters: tuple[Typed, ...]
    body: Boxed | None


@dataclass(frozen=True, slots=True)
class Relation(Boxed):
    """A list of contexts, written as a table."""

    columns: tuple[Typed, ...]
    rows: tuple[tuple[Boxed, ...], ...]


@dataclass(frozen=True, slots=True)
class BoxedList(Boxed):
    """A list."""

    items: tuple[Boxed, ...]


@dataclass(frozen=True, slots=True)
class Conditional(Boxed):
    """``if``, ``then``, ``else``."""

    condition: Boxed | None
    chosen: Boxed | None
    otherwise: Boxed | None


@dataclass(frozen=True, slots=True)
class BoxedFilter(Boxed):
    """The items of `domain` that `match` picks."""

    domain: Boxed | None
    match: Boxed | None


@dataclass(frozen=True, slots=True)
class Iteration(Boxed):
    """``for``, ``every`` or ``some``, as `kind` says."""

    kind: str
    variable: str
    domain: Boxed | None
    body: Boxed | None


@dataclass(frozen=True, slots=True)
class InputClause:
    """A condition column of a table."""

    element: str
    label: str  #: What its head shows: the label, or else the expression.
    expression: LiteralExpression | None
    allowed: str | None  #: Unary tests that the input must pass.


@dataclass(frozen=True, slots=True)
class OutputClause:
    """A conclusion column of a table."""

    element: str
    name: str
    label: str
    type_ref: str | None
    allowed: str | None  #: The possible values, the most important first.
    default: LiteralExpression | None


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of a table."""

    element: str
    line: int | None
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    annotations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionTable(Boxed):
    """A decision table."""

    hit_policy: str
    aggregation: str | None
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Unsupported(Boxed):
    """An expression of a kind that DMN does not know."""

    tag: str


@dataclass(frozen=True, slots=True)
class DrgElement:
    """A node of the requirement graph."""

    id: str
    name: str
    variable: Typed
    line: int | None


@dataclass(frozen=True, slots=True)
class InputData(DrgElement):
    """A value that the caller gives."""


@dataclass(frozen=True, slots=True)
class Decision(DrgElement):
    """A decision, and by reference what it needs."""

    requirements: tuple[str, ...]
    body: Boxed | None


@dataclass(frozen=True, slots=True)
class KnowledgeModel(DrgElement):
    """A function that decisions share."""

    requirements: tuple[str, ...]
    logic: FunctionDefinition | None


@dataclass(frozen=True, slots=True)
class DecisionServiceNode(DrgElement):
    """Some decisions that are called like a function."""

    outputs: tuple[str, ...]
    input_decisions: tuple[str, ...]
    input_data: tuple[str, ...]


Requiring: TypeAlias = Decision | KnowledgeModel


@dataclass(frozen=True, slots=True)
class ItemDefinition:
    """A type that the file defines."""

    name: str
    type_ref: str | None
    components: tuple["ItemDefinition", ...]
    function: tuple[tuple[str | None, ...], str | None] | None  #: Parameters and result.
    is_collection: bool
    allowed: str | None  #: Unary tests for each item.
    constraint: str | None  #: Unary tests for the whole.
    line: int | None


@dataclass(frozen=True, slots=True)
class Import:
    """Another file whose elements this one uses behind a prefix."""

    prefix: str
    namespace: str


@dataclass(frozen=True, slots=True)
class ForeignLanguage:
    """An element whose expressions are said to be in another language than FEEL."""

    element: str | None
    language: str
    line: int | None


@dataclass(frozen=True, slots=True)
class Identity:
    """An id, and what kind of element has it."""

    id: str
    tag: str
    line: int | None


@dataclass(frozen=True, slots=True)
class DmnFile:
    """One file."""

    file: str
    namespace: str
    imports: tuple[Import, ...]
    items: Mapping[str, ItemDefinition]
    elements: tuple[DrgElement, ...]
    members: tuple[str, ...]  #: Names that may stand behind a dot.
    foreign: tuple[ForeignLanguage, ...] = ()
    ids: tuple[Identity, ...] = ()  #: Of everything but the drawing.
    by_id: Mapping[str, DrgElement] = field(default_factory=dict)
    by_name: Mapping[str, DrgElement] = field(default_factory=dict)
