"""The logic of all elements of a model, compiled once."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.dmn.errors import DmnProblem
from engine.dmn.graph import Graph, Located
from engine.dmn.logic import code_of, function_parts
from engine.dmn.logic.builder import Builder, nothing
from engine.dmn.logic.fitting import fitted
from engine.dmn.logic.table import Owner, Table
from engine.dmn.reading.elements import (
    Decision,
    DecisionServiceNode,
    DmnFile,
    DrgElement,
    KnowledgeModel,
)
from engine.feel.compiling.code import Code
from engine.feel.syntax.names import Names
from engine.feel.types import (
    ANY,
    UNKNOWN,
    AnyFunction,
    AnyType,
    FeelType,
    FunctionTypeOf,
    UnknownType,
)
from engine.model import Sentence

TOO_DEEP = Sentence("It is nested too deeply, or its types are.")
Key = tuple[str, str]  #: A file and the id of an element in it.


@dataclass(frozen=True, slots=True)
class CompiledFunction:
    """The logic of a knowledge model."""

    parameters: dict[str, FeelType | None]
    body: Code


@dataclass(frozen=True, slots=True)
class ElementReads:
    """What the texts of an element name."""

    certain: frozenset[str]  #: Variables besides the element's requirements.
    doubtful: frozenset[str]  #: Names that may be variables, or members in a filter.
    mentioned: frozenset[str]  #: All of them, and the requirements.


class Compiled:
    """All elements of *graph*, ready to be evaluated.

    Args:
        graph: The files.
        report: Told of everything that cannot be carried out; it gives null instead.
    """

    def __init__(self, graph: Graph, report: Callable[[DmnProblem], None]) -> None:
        self.graph = graph
        self.types: dict[Key, FeelType] = {}  #: Of the elements' values.
        self.decisions: dict[Key, Code] = {}
        self.functions: dict[Key, CompiledFunction] = {}
        self.reads: dict[Key, ElementReads] = {}
        self.tables: list[Table] = []
        for file in graph.files:
            self._compile_file(file, Builder(graph, file, report))

    def _compile_file(self, file: DmnFile, builder: Builder) -> None:
        builder.report_languages()
        for element in file.elements:
            where = Located(file, element)
            builder.begin(Owner(element.id, element.name))
            self.types[where.key] = UNKNOWN
            try:
                self._compile(where, builder)
            except RecursionError:
                self.decisions.setdefault(where.key, nothing)
                remedy = Sentence("Split it into simpler parts.")
                builder.problem(element.id, "dmn-too-deep", TOO_DEEP, remedy, element.line)
            self.reads[where.key] = ElementReads(
                frozenset(builder.reads),
                frozenset(builder.doubtful),
                frozenset(builder.mentioned),
            )
        self.tables += builder.tables

    def _compile(self, where: Located, builder: Builder) -> None:
        element = where.element
        self.types[where.key] = builder.type(element.variable.type_ref, element.id)
        if isinstance(element, Decision):
            self.decisions[where.key] = self._decision(where, element, builder)
        elif isinstance(element, KnowledgeModel):
            self._knowledge_model(where, element, builder)
        self._check_references(where, builder)

    def _decision(self, where: Located, element: Decision, builder: Builder) -> Code:
        if element.body is None:
            builder.problem(
                element.id,
                "dmn-no-logic",
                Sentence("The decision “{name}” decides nothing.", {"name": element.name}),
                Sentence("Give the decision a table or an expression."),
                element.line,
            )
        code = code_of(element.body, builder, self.graph.names(where))
        return fitted(code, self.types[where.key], element.name)

    def _knowledge_model(
        self, where: Located, element: KnowledgeModel, builder: Builder
    ) -> None:
        logic = element.logic
        if logic is None or logic.kind != "FEEL":
            builder.problem(
                element.id,
                "dmn-external",
                Sentence("“{name}” has no logic in FEEL.", {"name": element.name}),
                Sentence("Write the function in FEEL."),
                element.line,
            )
            return
        names = Names([element.name], self.graph.names(where))
        parameters, body = function_parts(logic, builder, names)
        result = result_type(self.types[where.key])
        body = fitted(body, result, element.name)
        self.functions[where.key] = CompiledFunction(parameters, body)

    def _check_references(self, where: Located, builder: Builder) -> None:
        for reference in _references(where.element):
            if self.graph.find(where.file, reference) is None:
                builder.problem(
                    where.element.id,
                    "dmn-reference",
                    Sentence(
                        "“{name}” needs “{reference}”, which is in none of the files.",
                        {"name": where.element.name, "reference": reference},
                    ),
                    Sentence("Add the missing file, or remove the requirement."),
                    where.element.line,
                )
        self._check_names(where, builder)

    def _check_names(self, where: Located, builder: Builder) -> None:
        known: dict[tuple[str | None, str], str] = {}
        for needed in self.graph.requirements(where):
            name = needed.element.name
            prefix = self.graph.prefix(where.file, needed.file)
            if known.setdefault((prefix, name), needed.element.id) != needed.element.id:
                builder.problem(
                    where.element.id,
                    "dmn-names",
                    Sentence(
                        "“{name}” needs two elements that are both called “{called}”.",
                        {"name": where.element.name, "called": name},
                    ),
                    Sentence("Give one of the two another name."),
                    where.element.line,
                )


def _references(element: DrgElement) -> tuple[str, ...]:
    if isinstance(element, (Decision, KnowledgeModel)):
        return element.requirements
    if isinstance(element, DecisionServiceNode):
        return (*element.outputs, *element.input_decisions, *element.input_data)
    return ()


def result_type(declared: FeelType) -> FeelType:
    """Return what a function gives whose variable is declared so."""
    found = declared.resolved()
    if isinstance(found, FunctionTypeOf):
        found = found.result.resolved()
    return ANY if isinstance(found, (AnyType, AnyFunction, UnknownType)) else found
