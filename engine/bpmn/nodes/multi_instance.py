"""Multi-instance activities: one instance for each item of a list, or for a number.

The body's scope holds the list that is collected; each instance has its item.
"""

from decimal import Decimal
from typing import Any

from engine.bpmn.advance import BODY
from engine.bpmn.elements import ElementInfo, Loop, Term
from engine.bpmn.failures import Stopped
from engine.bpmn.nodes.bodies import BodyNode
from engine.bpmn.nodes.node import Node, top_of
from engine.bpmn.variables import assign
from engine.bpmn.workflow import Token
from engine.model import Json, Sentence, Variables

MOST_INSTANCES = 1000  #: Of one activity; more is a mistake.
#: How many elements of one step each instance may run through, beside all others.
STEPS_EACH = 20
_LITERALS = frozenset({"true", "false", "null"})
_AHEAD, _TOTAL, _DONE = "ahead", "total", "done"


class MultiInstanceNode(BodyNode):
    """The body of a multi-instance activity."""

    def __init__(
        self, wf_spec: Any, element: ElementInfo, loop: Loop, kind: type[Node]
    ) -> None:
        super().__init__(wf_spec, element, kind)
        self.kind = BODY
        self.loop = loop
        self._collected = _variable_of(loop.output_element)

    def hand_out(self, token: Token, values: Variables) -> None:
        """Write what the instance *token* gives out; its own variables come first."""
        assign(token, values, own=True)

    def give_out(self, token: Token) -> None:
        """Hand out the collected list."""
        name = self.loop.output_collection
        if name is not None:
            assign(token, {name: token.data.get(name, [])}, own=False)

    def begin(self, token: Token) -> bool:
        """Begin the instances: all, or the first."""
        items = self._items(token)
        if len(items) > MOST_INSTANCES:
            raise _too_many(len(items))
        notes = token.internal_data
        notes[_TOTAL], notes[_DONE] = len(items), 0
        if self.loop.output_collection:
            token.data[self.loop.output_collection] = [None] * len(items)
        if self.loop.sequential:
            if self.loop.collection is not None:
                notes[_AHEAD] = items[1:]
            items = items[:1]
        top = top_of(token)
        top.allowance = max(top.allowance, notes[_TOTAL] * STEPS_EACH)
        for number, item in enumerate(items, start=1):
            self.begin_instance(token, number, self._own(item))
        return not items

    def judge(self, token: Token) -> tuple[Json, bool]:
        """Return what an instance gives to the list, and whether that is enough."""
        body: Token = token.parent
        gives: Json = None
        if self.loop.output_element is not None:
            gives = self.evaluate(
                token, self.loop.output_element, "outputElement", kind="collection"
            )
        if self.loop.completion is None:
            return gives, False
        total, done = body.internal_data[_TOTAL], body.internal_data[_DONE] + 1
        counts = {
            "numberOfInstances": total,
            "numberOfCompletedInstances": done,
            "numberOfActiveInstances": 0 if self.loop.sequential else total - done,
            "numberOfTerminatedInstances": 0,
        }
        return gives, self.truth(token, self.loop.completion, "completionCondition", counts)

    def instance_done(self, token: Token, verdict: Json) -> None:
        """Take over what the instance *token* gives, and go on when all are done."""
        gives, enough = verdict
        body: Token = token.parent
        notes = body.internal_data
        notes[_DONE] += 1
        if self.loop.output_collection:
            collected: list[Json] = body.data[self.loop.output_collection]
            collected[token.data["loopCounter"] - 1] = gives
        token.workflow.forget(token)
        if enough or notes[_DONE] == notes[_TOTAL]:
            self.work_done(body)
        elif self.loop.sequential:
            number = notes[_DONE] + 1
            item = notes[_AHEAD].pop(0) if _AHEAD in notes else number
            self.begin_instance(body, number, self._own(item))

    def _own(self, item: Json) -> dict[str, Json]:
        """Return what the instance for *item* has for itself."""
        own: dict[str, Json] = {}
        if self._collected is not None:  # So that instances do not write each other's.
            own[self._collected] = None
        if self.loop.item:
            own[self.loop.item] = item
        return own

    def _items(self, token: Token) -> list[Json]:
        if self.loop.collection is None:
            return self._numbers(token)
        source = self.loop.collection
        items = self.evaluate(token, source, "inputCollection", kind="collection")
        if isinstance(items, list):
            return items
        raise _refused(
            "Expected “{source}” to be a list, but it is {value}.", source, items
        )

    def _numbers(self, token: Token) -> list[Json]:
        term = self.loop.cardinality
        if term is None:
            return []
        value = self.evaluate(token, term, "loopCardinality", kind="collection")
        count = read_count(value)
        if count is None:
            raise _refused(
                "Expected “{source}” to be a whole number, but it is {value}.", term, value
            )
        if count > MOST_INSTANCES:
            raise _too_many(count)
        return list(range(1, count + 1))


def _variable_of(element: Term | None) -> str | None:
    """Return the variable that *element* is, or is a property of."""
    if element is None:
        return None
    name, *properties = element.source.removeprefix("=").strip().split(".")
    path = all(part.strip().isidentifier() for part in (name, *properties))
    return name.strip() if path and name.strip() not in _LITERALS else None


def read_count(value: Json) -> int | None:
    """Return *value* as a number of instances; None if it is none."""
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdigit() else None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return int(value) if value >= 0 and value == int(value) else None


def _refused(template: str, term: Term, value: Json) -> Stopped:
    said = "null" if value is None else str(value)
    return Stopped("collection", Sentence(template, {"source": term.source, "value": said}))


def _too_many(count: int) -> Stopped:
    return Stopped(
        "budget",
        Sentence(
            "Expected at most {limit} instances of an activity, but there are {count}.",
            {"limit": MOST_INSTANCES, "count": count},
        ),
    )
