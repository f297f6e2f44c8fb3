"""One evaluation: the values of the requirement graph, each computed once."""

from collections.abc import Callable, Mapping, Sequence

from engine.dmn.compiled import Compiled, Key, result_type
from engine.dmn.errors import DmnError
from engine.dmn.graph import Located, called
from engine.dmn.logic.fitting import fit, fit_input
from engine.dmn.reading.elements import (
    Decision,
    DecisionServiceNode,
    KnowledgeModel,
)
from engine.dmn.run import DecisionRun
from engine.feel.compiling.calls import Closure
from engine.feel.compiling.scope import Scope
from engine.feel.errors import NoValue
from engine.feel.run import Run
from engine.feel.types import FeelType, TypedFunction
from engine.feel.values.kinds import FeelValue

#: Gives what the caller gave for an input; KeyError if that is nothing at all.
Inputs = Callable[[Located], FeelValue]


class Evaluation:
    """Computes elements and what they need.

    Args:
        compiled: The model.
        inputs: Where input data comes from.
        surroundings: What logic can name besides its requirements.
        run: The account.
    """

    def __init__(
        self, compiled: Compiled, inputs: Inputs, surroundings: Scope, run: Run
    ) -> None:
        self._compiled, self._graph = compiled, compiled.graph
        self._inputs, self._surroundings, self._run = inputs, surroundings, run
        self._known: dict[Key, FeelValue] = {}
        self._under_way: set[Key] = set()
        self._missing: set[Key] = set()

    def value(self, where: Located) -> FeelValue:
        """Return the value of an element.

        Raises:
            DmnError: If it needs itself.
        """
        if where.key not in self._known:
            self._settle(where)
        return self._known[where.key]

    def _settle(self, where: Located) -> None:
        """Compute all that *where* needs, and at last itself.

        It takes no call for each level, for requirements may be thousands deep.
        """
        open_ = [where]
        while open_:
            one = open_[-1]
            waiting = [] if one.key in self._known else self._waiting(one)
            if waiting:
                self._under_way.add(one.key)
                open_ += reversed(waiting)
                continue
            open_.pop()
            if one.key not in self._known:
                self._run.spend()
                self._known[one.key] = self._computed(one)
            self._under_way.discard(one.key)

    def _waiting(self, where: Located) -> list[Located]:
        """Return what *where* needs and is not known yet."""
        if not isinstance(where.element, (Decision, KnowledgeModel)):
            return []
        needs = self._graph.requirements(where)
        functions = (other for _, other in self._graph.imported_functions(where.file))
        waiting = [
            needed for needed in (*needs, *functions) if needed.key not in self._known
        ]
        for needed in waiting:
            if needed.key in self._under_way or needed.key == where.key:
                raise DmnError(
                    "Expected requirements without a circle, but “{name}” needs itself.",
                    name=needed.element.name,
                    file=needed.file.file,
                    element=needed.element.id,
                )
        return waiting

    def preset(self, where: Located, value: FeelValue) -> None:
        """Take *value* as that of the element instead of computing it."""
        self._known[where.key] = value

    def _computed(self, where: Located) -> FeelValue:
        element = where.element
        if isinstance(element, Decision):
            return self._decided(where)
        if isinstance(element, KnowledgeModel):
            return self._knowledge(where)
        if isinstance(element, DecisionServiceNode):
            return _ServiceFunction(self._compiled, where, element, self._surroundings)
        return self.input(where)

    def input(self, where: Located) -> FeelValue:
        """Return what the caller gave for an element."""
        wanted = self._compiled.types[where.key]
        try:
            value = self._inputs(where)
        except KeyError:
            self._missing.add(where.key)
            return None
        return fit_input(value, wanted, self._run, where.element.name)

    def _decided(self, where: Located) -> FeelValue:
        scope = self._scope(where)
        code = self._compiled.decisions[where.key]
        if not isinstance(self._run, DecisionRun):
            return code(scope)
        self._run.begin(where.element.id)
        try:
            return code(scope)
        finally:
            self._run.end()

    def _knowledge(self, where: Located) -> FeelValue:
        function = self._compiled.functions.get(where.key)
        if function is None:
            return None
        scope = self._scope(where)
        closure = Closure(function.parameters, function.body, scope)
        # A knowledge model may call itself by its own name.
        names = dict(scope.values)
        names.setdefault(where.element.name, closure)
        scope.values = names
        return closure

    def _scope(self, where: Located) -> Scope:
        values: dict[str, FeelValue] = {}
        prefixed: dict[str, dict[str, FeelValue]] = {}
        for needed in self._graph.requirements(where):
            value = self.value(needed)
            if needed.key in self._missing:
                continue  # It may be a mere label; logic that names it is told so.
            prefix = self._graph.prefix(where.file, needed.file)
            into = values if prefix is None else prefixed.setdefault(prefix, {})
            for name in called(needed.element):
                into.setdefault(name, value)
            into[needed.element.name] = value
        self._add_imported_functions(where, prefixed)
        return Scope(values | prefixed, self._surroundings, self._run)

    def _add_imported_functions(
        self, where: Located, prefixed: dict[str, dict[str, FeelValue]]
    ) -> None:
        for item in where.file.imports:
            if item.prefix:
                prefixed.setdefault(item.prefix, {})
        for prefix, function in self._graph.imported_functions(where.file):
            into = prefixed[prefix]
            if function.element.name not in into:
                into[function.element.name] = self.value(function)

    def service(self, where: Located, element: DecisionServiceNode) -> dict[str, FeelValue]:
        """Return what a decision service gives, by the names of its output decisions."""
        for reference in element.input_decisions:
            found = self._graph.find(where.file, reference)
            if found is not None:
                self.preset(found, self.input(found))
        results = self.outputs(where, element)
        if len(results) == 1:
            wanted = result_type(self._compiled.types[where.key])
            return {
                name: fit(value, wanted, self._run, name) for name, value in results.items()
            }
        return results

    def outputs(self, where: Located, element: DecisionServiceNode) -> dict[str, FeelValue]:
        """Return the values of a service's output decisions."""
        found = (self._graph.find(where.file, reference) for reference in element.outputs)
        return {
            output.element.name: self.value(output)
            for output in found
            if output is not None
        }


class _ServiceFunction(TypedFunction):
    """A decision service as a function of its inputs."""

    __slots__ = ("_compiled", "_element", "_given", "_surroundings", "_where")

    def __init__(
        self,
        compiled: Compiled,
        where: Located,
        element: DecisionServiceNode,
        surroundings: Scope,
    ) -> None:
        self._compiled, self._where, self._element = compiled, where, element
        self._surroundings = surroundings
        references = (*element.input_data, *element.input_decisions)
        found = (compiled.graph.find(where.file, reference) for reference in references)
        self._given = tuple(input_ for input_ in found if input_ is not None)

    @property
    def parameters(self) -> Sequence[str]:
        """The names of its inputs."""
        return tuple(given.element.name for given in self._given)

    @property
    def types(self) -> tuple[FeelType | None, ...]:
        """Their types."""
        return tuple(self._compiled.types[given.key] for given in self._given)

    def invoke(self, arguments: Sequence[FeelValue], run: Run) -> FeelValue:
        """Evaluate the service with *arguments* in place of its inputs."""
        if len(arguments) != len(self._given):
            raise NoValue(
                "Expected {wanted} arguments, but got {given}.",
                wanted=len(self._given),
                given=len(arguments),
            )
        evaluation = Evaluation(self._compiled, _no_inputs, self._surroundings, run)
        for where, wanted, argument in zip(self._given, self.types, arguments, strict=True):
            value = argument
            if wanted is not None:
                value = fit(argument, wanted, run, where.element.name)
            if value is None and argument is not None:
                raise NoValue("The arguments do not fit the decision service.")
            evaluation.preset(where, value)
        run.enter()
        try:
            results = evaluation.outputs(self._where, self._element)
        finally:
            run.leave()
        value = next(iter(results.values())) if len(results) == 1 else {**results}
        wanted = result_type(self._compiled.types[self._where.key])
        return fit(value, wanted, run, self._element.name)

    def invoke_named(self, arguments: Mapping[str, FeelValue], run: Run) -> FeelValue:
        """Evaluate the service with arguments by name."""
        if set(arguments) != set(self.parameters):
            raise NoValue(
                "Expected the arguments {wanted}, but got {given}.",
                wanted=", ".join(self.parameters),
                given=", ".join(arguments),
            )
        return self.invoke([arguments[name] for name in self.parameters], run)


def _no_inputs(where: Located) -> FeelValue:
    raise KeyError(where.element.name)
