"""Yes and no, sameness, and the parts of contexts."""

from engine.feel.builtins.arguments import a_context, a_list, a_text, items_of
from engine.feel.builtins.registry import Family
from engine.feel.errors import NoValue
from engine.feel.run import CONTEXT, ITEM, Run
from engine.feel.values.comparison import equal, zone_of
from engine.feel.values.kinds import FeelValue
from engine.feel.values.temporal import DateTime, Time

FUNCTIONS = Family()


@FUNCTIONS.function("not", "negand")
def negation(run: Run, value: FeelValue) -> FeelValue:
    """Return the contrary; of anything but a yes or no, null."""
    return not value if isinstance(value, bool) else None


@FUNCTIONS.function("is", "value1?, value2?")
def is_same(run: Run, left: FeelValue, right: FeelValue = None) -> FeelValue:
    """Tell whether two values are the very same; times must agree in their zones too."""
    if type(left) is not type(right):
        return False
    if isinstance(left, (Time, DateTime)) and isinstance(right, (Time, DateTime)):
        return _same_moment(left, right)
    return equal(left, right, run)


def _same_moment(left: Time | DateTime, right: Time | DateTime) -> bool:
    if str(left) == str(right):
        return True
    mine, theirs = zone_of(left), zone_of(right)
    offsets = mine is not None and theirs is not None and not mine.name and not theirs.name
    return offsets and mine == theirs and left.instant == right.instant


def _decided(arguments: tuple[FeelValue, ...], *, decisive: bool) -> FeelValue:
    if not arguments or (
        len(arguments) == 1 and not isinstance(arguments[0], (list, bool))
    ):
        raise NoValue("Expected a list of yes and no, but got something else.")
    items = items_of(arguments)
    if any(item is decisive for item in items):
        return decisive
    return not decisive if all(isinstance(item, bool) for item in items) else None


@FUNCTIONS.function("all", "list", variadic=True)
def every(run: Run, *arguments: FeelValue) -> FeelValue:
    """Tell whether every item is true."""
    return _decided(arguments, decisive=False)


@FUNCTIONS.function("any", "list", variadic=True)
def some(run: Run, *arguments: FeelValue) -> FeelValue:
    """Tell whether one item is true."""
    return _decided(arguments, decisive=True)


@FUNCTIONS.function("get value", "m, key", "context, key")
def get_value(run: Run, context: FeelValue, key: FeelValue) -> FeelValue:
    """Return the entry *key*."""
    return a_context(context).get(a_text(key))


@FUNCTIONS.function("get entries", "m", "context")
def get_entries(run: Run, context: FeelValue) -> FeelValue:
    """Return the entries as a list of key and value."""
    entries = a_context(context).items()
    run.spend(len(entries))
    run.take((CONTEXT + ITEM) * len(entries))
    return [{"key": key, "value": value} for key, value in entries]


@FUNCTIONS.function("context", "entries")
def context(run: Run, entries: FeelValue) -> FeelValue:
    """Return a context of a list of key and value."""
    result: dict[str, FeelValue] = {}
    for entry in a_list(entries):
        run.spend()
        fields = a_context(entry)
        key = fields.get("key")
        if "value" not in fields or not isinstance(key, str) or key in result:
            raise NoValue("Expected entries with a key of their own and a value each.")
        result[key] = fields["value"]
    return result


@FUNCTIONS.function("context put", "context, keys, value", "context, key!, value")
def context_put(
    run: Run, context: FeelValue, key: FeelValue, value: FeelValue
) -> FeelValue:
    """Return the context with *value* at *key*, or at the end of a path of keys."""
    if isinstance(key, list):
        return _put(run, context, key, 0, value)
    fields = a_context(context)
    run.spend(len(fields))
    return {**fields, a_text(key): value}


def _put(
    run: Run, context: FeelValue, keys: list[FeelValue], place: int, value: FeelValue
) -> FeelValue:
    """Return *context* with *value* at the end of the path that begins at *place*."""
    fields = a_context(context)
    if not keys:
        raise NoValue("Expected at least one key, but got none.")
    run.spend(1 + len(fields))
    run.take(CONTEXT + ITEM * len(fields))
    key = a_text(keys[place])
    if place + 1 < len(keys):
        value = _put(run, fields.get(key), keys, place + 1, value)
    return {**fields, key: value}


@FUNCTIONS.function("context merge", "contexts")
def context_merge(run: Run, contexts: FeelValue) -> FeelValue:
    """Return one context with the entries of all; the later win."""
    result: dict[str, FeelValue] = {}
    for item in a_list(contexts):
        fields = a_context(item)
        run.spend(len(fields))
        result.update(fields)
    return result
