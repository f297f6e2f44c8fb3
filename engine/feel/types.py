"""FEEL's types: which values conform to them, and what is made to fit (DMN 10.3.2.9)."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from engine.feel.run import Run
from engine.feel.syntax import tree
from engine.feel.values.arithmetic import at_midnight
from engine.feel.values.durations import DaysAndTime, YearsAndMonths
from engine.feel.values.kinds import FeelFunction, FeelValue, Range
from engine.feel.values.temporal import Date, DateTime, Time


class FeelType(ABC):
    """A set of values. null conforms to every type."""

    __slots__ = ()

    def conforms(self, value: FeelValue, run: Run) -> bool:
        """Tell whether *value* is null or of this type."""
        return value is None or self.has(value, run)

    @abstractmethod
    def has(self, value: FeelValue, run: Run) -> bool:
        """Tell whether *value*, which may not be null, is of this type."""

    def resolved(self) -> "FeelType":
        """Return the type that this one stands for."""
        return self

    def unconstrained(self) -> "FeelType":
        """Return the type without its allowed values."""
        return self


@dataclass(frozen=True, slots=True)
class AnyType(FeelType):
    """``Any``."""

    def has(self, value: FeelValue, run: Run) -> bool:
        """Tell whether *value* is not null."""
        return value is not None


@dataclass(frozen=True, slots=True)
class UnknownType(FeelType):
    """A name that no model defines: nothing can be said of values."""

    def has(self, value: FeelValue, run: Run) -> bool:
        """Tell that no value is known to be of it."""
        return False


@dataclass(frozen=True, slots=True)
class NullType(FeelType):
    """``Null``, which only null is of."""

    def has(self, value: FeelValue, run: Run) -> bool:
        """Tell whether *value* is null."""
        return value is None


@dataclass(frozen=True, slots=True)
class Simple(FeelType):
    """Number, string, boolean, and the temporal ones."""

    name: str
    python: type

    def has(self, value: FeelValue, run: Run) -> bool:
        """Tell whether *value* is of this kind."""
        return type(value) is self.python


@dataclass(frozen=True, slots=True)
class ListType(FeelType):
    """``list<item>``."""

    item: FeelType

    def has(self, value: FeelValue, run: Run) -> bool:
        """Tell whether *value* is a list of such items."""
        if not isinstance(value, list):
            return False
        run.spend(len(value))
        return all(self.item.conforms(item, run) for item in value)


@dataclass(frozen=True, slots=True)
class RangeType(FeelType):
    """``range<end>``."""

    end: FeelType

    def has(self, value: FeelValue, run: Run) -> bool:
        """Tell whether *value* is a range with such ends."""
        if not isinstance(value, Range):
            return False
        return self.end.conforms(value.low, run) and self.end.conforms(value.high, run)


@dataclass(frozen=True, slots=True)
class ContextTypeOf(FeelType):
    """``context<name: type, …>``; more entries are welcome."""

    entries: Mapping[str, FeelType]

    def has(self, value: FeelValue, run: Run) -> bool:
        """Tell whether *value* has all entries."""
        if not isinstance(value, dict):
            return False
        run.spend(len(self.entries))
        return all(
            name in value and entry.conforms(value[name], run)
            for name, entry in self.entries.items()
        )


@dataclass(frozen=True, slots=True)
class AnyFunction(FeelType):
    """``function`` with nothing said of its parameters."""

    def has(self, value: FeelValue, run: Run) -> bool:
        """Tell whether *value* can be called."""
        return isinstance(value, FeelFunction)


@dataclass(frozen=True, slots=True)
class FunctionTypeOf(FeelType):
    """``function<parameters> -> result``."""

    parameters: tuple[FeelType, ...]
    result: FeelType

    def has(self, value: FeelValue, run: Run) -> bool:
        """Tell whether *value* can be called with such arguments."""
        if not isinstance(value, FeelFunction):
            return False
        types = parameter_types(value)
        if types is None:
            return True
        return len(types) == len(self.parameters) and all(
            isinstance(wanted, AnyType)
            or (given is not None and given.resolved() in (wanted.resolved(), ANY))
            for wanted, given in zip(self.parameters, types, strict=True)
        )


class TypedFunction(FeelFunction):
    """A function whose parameters may have types."""

    __slots__ = ()

    @property
    @abstractmethod
    def types(self) -> tuple[FeelType | None, ...]:
        """The types of the parameters, where they are given."""


def parameter_types(function: FeelFunction) -> tuple[FeelType | None, ...] | None:
    """Return the types of a function's parameters; None if it checks them itself."""
    return function.types if isinstance(function, TypedFunction) else None


@dataclass(frozen=True, slots=True)
class Constrained(FeelType):
    """The values of *base* that pass a test: allowed values of an item definition."""

    base: FeelType
    allows: Callable[[FeelValue, Run], bool]

    def has(self, value: FeelValue, run: Run) -> bool:
        """Tell whether *value* is of the base type and allowed."""
        return self.base.has(value, run) and self.allows(value, run)

    def unconstrained(self) -> FeelType:
        """Return the base type."""
        return self.base.unconstrained()


@dataclass(frozen=True, slots=True)
class Deferred(FeelType):
    """A type that refers to itself within its own definition."""

    find: Callable[[], FeelType]

    def has(self, value: FeelValue, run: Run) -> bool:
        """Tell whether *value* is of the type it stands for."""
        return self.find().has(value, run)

    def resolved(self) -> FeelType:
        """Return the type it stands for."""
        return self.find().resolved()

    def unconstrained(self) -> FeelType:
        """Return the type it stands for, without its allowed values."""
        return self.find().unconstrained()


ANY, UNKNOWN = AnyType(), UnknownType()
_NAMED: dict[str, FeelType] = {
    "number": Simple("number", Decimal),
    "string": Simple("string", str),
    "boolean": Simple("boolean", bool),
    "date": Simple("date", Date),
    "time": Simple("time", Time),
    "date and time": Simple("date and time", DateTime),
    "years and months duration": Simple("years and months duration", YearsAndMonths),
    "days and time duration": Simple("days and time duration", DaysAndTime),
    "Any": ANY,
    "Null": NullType(),
    "list": ListType(ANY),
    "range": RangeType(ANY),
    "context": ContextTypeOf({}),
    "function": AnyFunction(),
}
_NAMED |= {
    "dateTime": _NAMED["date and time"],
    "yearMonthDuration": _NAMED["years and months duration"],
    "dayTimeDuration": _NAMED["days and time duration"],
}
Resolve = Callable[[str], FeelType]


def built_in_type(name: str) -> FeelType | None:
    """Return the type that FEEL itself knows by *name*."""
    return _NAMED.get(name)


def no_types(name: str) -> FeelType:
    """Resolve no name at all."""
    return UNKNOWN


def type_of(node: tree.TypeNode, resolve: Resolve) -> FeelType:
    """Return the type that *node* writes; *resolve* knows the model's own names."""
    if isinstance(node, tree.TypeName):
        return _NAMED.get(node.name) or resolve(node.name)
    if isinstance(node, tree.ItemsType):
        item = type_of(node.item, resolve)
        return ListType(item) if node.kind == "list" else RangeType(item)
    if isinstance(node, tree.ContextType):
        return ContextTypeOf(
            {name: type_of(entry, resolve) for name, entry in node.entries}
        )
    parameters = tuple(type_of(parameter, resolve) for parameter in node.parameters)
    return FunctionTypeOf(parameters, type_of(node.result, resolve))


def instance_of(value: FeelValue, wanted: FeelType, run: Run) -> bool | None:
    """Tell whether *value* is of the type; None if nobody knows the type."""
    base = wanted.unconstrained()
    if isinstance(base, UnknownType):
        return None
    return base.has(value, run)


def coerce(value: FeelValue, wanted: FeelType, run: Run) -> FeelValue:
    """Return *value* made to fit: a lone item for its list, a date for its midnight.

    A value that does not fit becomes null (DMN 10.3.2.9.4).
    """
    wanted = wanted.resolved()
    if value is None or isinstance(wanted, UnknownType) or wanted.conforms(value, run):
        return value
    converted = _converted(value, wanted.unconstrained())
    return converted if wanted.conforms(converted, run) else None


def _converted(value: FeelValue, base: FeelType) -> FeelValue:
    if isinstance(base, ListType):
        return None if isinstance(value, list) else [value]
    if isinstance(value, list):
        return value[0] if len(value) == 1 else None
    if isinstance(value, Date) and base == _NAMED["date and time"]:
        return at_midnight(value)
    return None
