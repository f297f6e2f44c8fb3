"""The decisions of a policy: read once, evaluated many times, by any thread."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.dmn.compiled import TOO_DEEP, Compiled, Key
from engine.dmn.errors import DmnError, DmnProblem, DmnProblems
from engine.dmn.evaluation import Evaluation
from engine.dmn.graph import Graph, Located
from engine.dmn.identities import identity_problems
from engine.dmn.outcome import DecisionOutcome
from engine.dmn.reading.elements import (
    Boxed,
    BoxedContext,
    Decision,
    DecisionServiceNode,
    DecisionTable,
    DmnFile,
    InputData,
    LiteralExpression,
)
from engine.dmn.reading.file import read_dmn
from engine.dmn.run import DecisionRun
from engine.feel.compiling.scope import Scope
from engine.feel.context import Context
from engine.feel.values.json import from_json, to_json
from engine.feel.values.kinds import FeelValue
from engine.model import Json, Sentence

MOST_ELEMENTS = 2000  #: Of all files; what each of them needs is worked out beforehand.
MOST_NAMES = 10  #: Of a circle that are told.
_KINDS = {DecisionTable: "table", LiteralExpression: "literal", BoxedContext: "context"}


@dataclass(frozen=True, slots=True)
class DecisionInfo:
    """What others need to know of a decision."""

    id: str
    name: str
    file: str
    kind: str  #: ``table``, ``literal``, ``context`` or ``other``.
    rule_ids: tuple[str, ...]  #: Of its own table, in the order of the rows.
    reads: frozenset[str]  #: The variables that it and all it needs may ask for.


@dataclass(frozen=True, slots=True)
class _Entry:
    where: Located
    info: DecisionInfo
    names: tuple[str, ...]  #: All variables for which a value may be asked.


@dataclass(frozen=True, slots=True)
class _Near:
    """What one element reads and needs, without what that needs in turn."""

    reads: frozenset[str]
    asked: frozenset[str]  #: Variables that may be named.
    needs: frozenset[Key]


class DecisionModel:
    """The decisions of some files.

    Args:
        compiled: Their logic.
    """

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self.files: tuple[DmnFile, ...] = compiled.graph.files
        self.tables = tuple(compiled.tables)
        self._near = {
            where.key: self._reading(where)
            for file in self.files
            for where in (Located(file, element) for element in file.elements)
        }
        self._entries = {
            element.id: self._entry(Located(file, element))
            for file in self.files
            for element in file.elements
            if isinstance(element, (Decision, DecisionServiceNode))
        }
        self.decisions: Mapping[str, DecisionInfo] = {
            identity: entry.info
            for identity, entry in self._entries.items()
            if isinstance(entry.where.element, Decision)
        }

    @classmethod
    def parse(cls, sources: Mapping[str, bytes]) -> "DecisionModel":
        """Return the decisions in *sources*, XML by file name.

        Raises:
            DmnProblems: If something cannot be carried out; with all that was found.
        """
        model, problems = cls.read(sources)
        if problems:
            raise DmnProblems(problems)
        return model

    @classmethod
    def read(
        cls, sources: Mapping[str, bytes]
    ) -> tuple["DecisionModel", tuple[DmnProblem, ...]]:
        """Return the decisions that can be read, and what is wrong with the others."""
        problems: list[DmnProblem] = []
        files: list[DmnFile] = []
        for name, source in sources.items():
            try:
                files.append(read_dmn(name, source))
            except DmnError as error:
                problems.append(_unreadable(name, error.sentence))
            except RecursionError:
                problems.append(_unreadable(name, TOO_DEEP))
        problems.extend(_too_many(files))
        graph = Graph(files)
        compiled = Compiled(graph, problems.append)
        problems.extend(_graph_problems(graph))
        return cls(compiled), tuple(problems)

    def evaluate(
        self, decision_id: str, variables: Mapping[str, Json], context: Context
    ) -> DecisionOutcome:
        """Return the value of a decision, and the tables and rules that led to it.

        Args:
            decision_id: The id of a decision, or of a decision service.
            variables: The case's variables; ISO texts serve where dates are declared.
            context: The moment, functions and budget.

        Raises:
            DmnError: If there is no such decision.
            BudgetExceeded: If it would take too long, go too deep or grow too large.
        """
        entry = self._entries.get(decision_id)
        if entry is None:
            raise DmnError(
                "Expected to find the decision “{decision}”, but there is none.",
                decision=decision_id,
                file=None,
                element=decision_id,
            )
        run = DecisionRun(context)
        try:
            value = to_json(self._value(entry, variables, context, run))
        except RecursionError:
            raise run.too_deep() from None
        return DecisionOutcome(value, tuple(run.tables), tuple(run.warnings))

    def required(self, where: Located) -> tuple[Located, ...]:
        """Return the elements that *where* needs."""
        return self._compiled.graph.requirements(where)

    def _value(
        self,
        entry: _Entry,
        variables: Mapping[str, Json],
        context: Context,
        run: DecisionRun,
    ) -> FeelValue:
        values = {
            name: from_json(variables[name]) for name in entry.names if name in variables
        }
        scope = Scope(values, Scope(context.functions, None, run), run)

        def given(where: Located) -> FeelValue:
            return values[where.element.name]

        evaluation = Evaluation(self._compiled, given, scope, run)
        element = entry.where.element
        if not isinstance(element, DecisionServiceNode):
            return evaluation.value(entry.where)
        results = evaluation.service(entry.where, element)
        return next(iter(results.values())) if len(results) == 1 else {**results}

    def _entry(self, where: Located) -> _Entry:
        reads: set[str] = set()
        asked: set[str] = set()
        seen, open_ = {where.key}, [where.key]
        while open_:
            near = self._near[open_.pop()]
            reads |= near.reads
            asked |= near.asked
            open_ += near.needs - seen
            seen |= near.needs
        element = where.element
        body = element.body if isinstance(element, Decision) else None
        rules = body.rules if isinstance(body, DecisionTable) else ()
        info = DecisionInfo(
            element.id,
            element.name,
            where.file.file,
            _kind(body),
            tuple(rule.element for rule in rules),
            frozenset(reads),
        )
        return _Entry(where, info, tuple(sorted(reads | asked)))

    def _reading(self, where: Located) -> _Near:
        """Return what an element reads by itself, and what it needs to be evaluated."""
        graph, own = self._compiled.graph, self._compiled.reads[where.key]
        reads, asked = set(own.certain), set(own.doubtful)
        needed = graph.requirements(where)
        for given in needed:
            if isinstance(given.element, InputData):
                asked.add(given.element.name)
                if given.element.name in own.mentioned or given.file is not where.file:
                    reads.add(given.element.name)
        inputs = tuple(self._inputs(where))
        reads.update(data.element.name for data in inputs)
        needs = frozenset(other.key for other in (*needed, *inputs))
        return _Near(frozenset(reads), frozenset(asked), needs)

    def _inputs(self, where: Located) -> Iterator[Located]:
        """Give what a decision service is called with."""
        element = where.element
        if isinstance(element, DecisionServiceNode):
            for reference in (*element.input_data, *element.input_decisions):
                found = self._compiled.graph.find(where.file, reference)
                if found is not None:
                    yield found


def _unreadable(file: str, what: Sentence) -> DmnProblem:
    remedy = Sentence("Save the file again in a DMN modeler.")
    return DmnProblem(file, None, "dmn-unreadable", what, remedy)


def _too_many(files: list[DmnFile]) -> Iterator[DmnProblem]:
    """Take the files away with which there are too many elements."""
    count = 0
    for file in tuple(files):
        if count + len(file.elements) > MOST_ELEMENTS:
            files.remove(file)
            yield DmnProblem(
                file.file,
                None,
                "dmn-too-many",
                Sentence(
                    "There are more than {limit} decisions and inputs in the files.",
                    {"limit": MOST_ELEMENTS},
                ),
                Sentence("Split them over several policies."),
            )
        else:
            count += len(file.elements)


def _kind(body: Boxed | None) -> str:
    return next((name for kind, name in _KINDS.items() if isinstance(body, kind)), "other")


def _graph_problems(graph: Graph) -> Iterator[DmnProblem]:
    yield from identity_problems(graph.files)
    for circle in graph.circles():
        names = " → ".join(where.element.name for where in circle[:MOST_NAMES])
        for where in circle:
            yield DmnProblem(
                where.file.file,
                where.element.id,
                "dmn-circle",
                Sentence("These need each other in a circle: {names}.", {"names": names}),
                Sentence("Remove one of the requirements between them."),
                where.element.line,
            )
