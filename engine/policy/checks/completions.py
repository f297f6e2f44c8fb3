"""Where expressions may ask who did a step, and that the steps they name are there."""

from collections.abc import Iterator

from engine.feel.syntax import tree
from engine.model import Finding, Sentence
from engine.policy.checks.elements import all_elements
from engine.policy.parts import Parts
from engine.policy.readings import Reading
from engine.policy.toml import did_you_mean

#: Who completed which step: a context by the ids of user tasks.
COMPLETIONS = "completions"
_GET = "get value"


def knows_completions(reading: Reading) -> bool:
    """Tell whether the fact is there where an expression stands: diagrams, letters, prints.

    Not where a figure must not change while nothing happens, nor before there is a case.
    """
    return reading.file.endswith(".bpmn") or reading.file.startswith(
        ("letters/", "prints/")
    )


def completion_findings(parts: Parts, reading: Reading) -> Iterator[Finding]:
    """Yield a warning for each step that an expression asks for and that nobody does."""
    if COMPLETIONS not in reading.expression.reads or not knows_completions(reading):
        return
    steps = {each.id for each in all_elements(parts) if each.kind == "userTask"}
    for step in sorted(set(_asked(reading)) - steps):
        yield Finding(
            file=reading.file,
            element=reading.element,
            rule="name-unset",
            what=Sentence(
                "The expression {expression} asks who did {step}, but there is no such user"
                " task.",
                {"expression": reading.expression.source.strip(), "step": step},
            ),
            remedy=did_you_mean(step, steps),
            severity="warning",
        )


def _asked(reading: Reading) -> Iterator[str]:
    """Yield the ids that *reading* names, by ``completions.id`` or by `get value`."""
    for path in reading.expression.read_paths:
        if path[0] == COMPLETIONS and len(path) > 1:
            yield path[1]
    waiting: list[tree.Node] = [reading.expression.tree]
    while waiting:
        node = waiting.pop()
        waiting += node.children()
        if isinstance(node, tree.Call) and len(node.arguments) > 1:
            function, (whole, key) = node.function, node.arguments[:2]
            named = isinstance(whole, tree.Name) and whole.name == COMPLETIONS
            is_get = isinstance(function, tree.Name) and function.name == _GET
            if named and is_get and isinstance(key, tree.Literal):
                yield str(key.value)
