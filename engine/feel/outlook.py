"""What kinds of values an expression can give, as far as its text alone tells."""

from collections.abc import Mapping

from engine.feel.syntax import tree
from engine.feel.values.kinds import kind

Kinds = frozenset[str]
_BOOLEAN: Kinds = frozenset(("boolean",))
_NUMBER: Kinds = frozenset(("number",))
_TEXT: Kinds = frozenset(("string",))
_LIST: Kinds = frozenset(("list",))
_DURATIONS: Kinds = frozenset(("years and months duration", "days and time duration"))
_SUMS: Kinds = _NUMBER | _TEXT | _DURATIONS | frozenset(("date", "time", "date and time"))
#: Of the built-in functions that always give one kind.
_FUNCTIONS: Mapping[str, Kinds] = {
    **dict.fromkeys(
        (
            "not", "is", "contains", "starts with", "ends with", "matches",
            "list contains", "all", "any", "before", "after", "meets", "met by",
            "overlaps", "overlaps before", "overlaps after", "finishes", "finished by",
            "includes", "during", "starts", "started by", "coincides", "odd", "even",
            "is defined", "is blank", "is empty", "is working day",
        ),
        _BOOLEAN,
    ),
    **dict.fromkeys(
        (
            "number", "string length", "count", "decimal", "floor", "ceiling",
            "round up", "round down", "round half up", "round half down", "modulo",
            "sqrt", "log", "exp", "product", "median", "stddev", "day of year",
            "week of year", "working hours between",
        ),
        _NUMBER,
    ),
    **dict.fromkeys(
        (
            "string", "substring", "upper case", "lower case", "substring before",
            "substring after", "replace", "string join", "day of week", "month of year",
            "trim",
        ),
        _TEXT,
    ),
    **dict.fromkeys(
        (
            "split", "sublist", "append", "concatenate", "insert before", "remove",
            "reverse", "index of", "union", "distinct values", "duplicate values",
            "flatten", "sort", "list replace", "mode", "get entries", "partition",
        ),
        _LIST,
    ),
    "date": frozenset(("date",)),
    "today": frozenset(("date",)),
    "last day of month": frozenset(("date",)),
    "time": frozenset(("time",)),
    "date and time": frozenset(("date and time",)),
    "now": frozenset(("date and time",)),
    "duration": _DURATIONS,
    "years and months duration": frozenset(("years and months duration",)),
    "range": frozenset(("range",)),
    "context": frozenset(("context",)),
    "context put": frozenset(("context",)),
    "context merge": frozenset(("context",)),
}  # fmt: skip
_NODES: Mapping[type[tree.Node], Kinds] = {
    tree.And: _BOOLEAN,
    tree.Or: _BOOLEAN,
    tree.Comparison: _BOOLEAN,
    tree.Between: _BOOLEAN,
    tree.In: _BOOLEAN,
    tree.InstanceOf: _BOOLEAN,
    tree.Quantified: _BOOLEAN,
    tree.Arithmetic: _SUMS,
    tree.Negation: _NUMBER | _DURATIONS,
    tree.AtLiteral: _SUMS - _NUMBER - _TEXT,
    tree.ListOf: _LIST,
    tree.For: _LIST,
    tree.ContextOf: frozenset(("context",)),
    tree.RangeOf: frozenset(("range",)),
    tree.OpenRange: frozenset(("range",)),
    tree.FunctionOf: frozenset(("function",)),
}


def possible_kinds(node: tree.Node) -> Kinds | None:
    """Return the kinds of values besides null that *node* can give; None if unknown."""
    if isinstance(node, tree.Literal):
        return frozenset(() if node.value is None else (kind(node.value),))
    if isinstance(node, tree.If):
        chosen, otherwise = possible_kinds(node.chosen), possible_kinds(node.otherwise)
        return None if chosen is None or otherwise is None else chosen | otherwise
    if isinstance(node, (tree.Call, tree.NamedCall)):
        called = node.function
        return _FUNCTIONS.get(called.name) if isinstance(called, tree.Name) else None
    return _NODES.get(type(node))
