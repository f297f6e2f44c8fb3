"""Turns item definitions into types of FEEL."""

from collections.abc import Callable
from dataclasses import dataclass

from engine.dmn.graph import Graph
from engine.dmn.reading.elements import DmnFile, ItemDefinition
from engine.feel.compiling.scope import Scope
from engine.feel.errors import SyntaxProblem
from engine.feel.expression import UnaryTests, compile_tests
from engine.feel.run import Run
from engine.feel.syntax.names import Names
from engine.feel.types import (
    ANY,
    UNKNOWN,
    Constrained,
    ContextTypeOf,
    Deferred,
    FeelType,
    FunctionTypeOf,
    ListType,
    built_in_type,
)
from engine.feel.values.kinds import FeelValue

#: Called with an item's name and the error when its allowed values do not parse.
Report = Callable[[ItemDefinition, SyntaxProblem], None]


def local_name(type_ref: str) -> str:
    """Return a type's name without the prefix of an XML namespace."""
    if ":" in type_ref and not type_ref.startswith("{"):
        return type_ref.split(":", 1)[1]
    return type_ref


class ItemTypes:
    """The types that may be named in one file.

    Args:
        graph: All files, for those that are imported.
        file: The file.
        members: What may stand behind a dot in its allowed values.
        report: Told of allowed values that do not parse; these allow everything.
    """

    def __init__(self, graph: Graph, file: DmnFile, members: Names, report: Report) -> None:
        self._graph, self._file = graph, file
        self._members, self._report = members, report
        self._known: dict[str, FeelType] = {}

    def named(self, type_ref: str | None) -> FeelType:
        """Return the type that *type_ref* names; `UNKNOWN` if there is none."""
        if not type_ref:
            return ANY
        name = local_name(type_ref)
        if name in self._known:
            return self._known[name]
        if name in self._file.items:
            if self._names_itself(name):
                return UNKNOWN
            self._known[name] = Deferred(lambda: self._known[name])
            self._known[name] = self._of_item(self._file.items[name])
            return self._known[name]
        return built_in_type(name) or self._imported(name)

    def _names_itself(self, name: str) -> bool:
        """Tell whether a type is but another name for itself, over however many others."""
        seen: set[str] = set()
        item = self._file.items.get(name)
        while item is not None and not (
            item.components or item.function or item.is_collection
        ):
            if item.name in seen:
                return True
            seen.add(item.name)
            item = self._file.items.get(local_name(item.type_ref or ""))
        return False

    def _imported(self, name: str) -> FeelType:
        prefix, _, rest = name.rpartition(".")
        for other in self._graph.imported(self._file, prefix):
            types = ItemTypes(self._graph, other, self._members, self._report)
            found = types.named(rest)
            if found is not UNKNOWN:
                return found
        return UNKNOWN

    def _of_item(self, item: ItemDefinition) -> FeelType:
        found = self._base(item)
        if item.allowed is not None and not (
            item.is_collection and item.constraint is not None
        ):
            found = self._constrained(item, found, item.allowed)
        if item.is_collection:
            found = ListType(found)
        if item.constraint is not None:
            found = self._constrained(item, found, item.constraint)
        return found

    def _base(self, item: ItemDefinition) -> FeelType:
        if item.function is not None:
            parameters, result = item.function
            return FunctionTypeOf(tuple(map(self.named, parameters)), self.named(result))
        if item.components:
            return ContextTypeOf(
                {part.name: self._of_item(part) for part in item.components}
            )
        return self.named(item.type_ref)

    def _constrained(self, item: ItemDefinition, base: FeelType, source: str) -> FeelType:
        try:
            tests = compile_tests(source, Names(), self._members, self.named)
        except SyntaxProblem as problem:
            self._report(item, problem)
            return base
        return Constrained(base, AllowedValues(tests, isinstance(base, ListType)))


@dataclass(frozen=True, slots=True)
class AllowedValues:
    """The unary tests of an item definition."""

    tests: UnaryTests
    whole_list: bool  #: Whether a list is tested itself, not its items.

    def __call__(self, value: FeelValue, run: Run) -> bool:
        """Tell whether *value* passes."""
        scope = Scope({}, None, run)
        if isinstance(value, list) and not self.whole_list:
            return all(self.tests.within(scope, item) is True for item in value)
        return self.tests.within(scope, value) is True
