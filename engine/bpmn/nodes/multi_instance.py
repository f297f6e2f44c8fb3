"""Multi-instance activities: one instance for each item of a list.

The body stands in the diagram for all of them: it has the flows and the boundary
events, and its scope holds the list that is collected. Each instance lies below it,
with the item in its own scope, and has the mappings.
"""

from collections.abc import Sequence
from typing import Any

from engine.bpmn.elements import ElementInfo, Loop
from engine.bpmn.failures import Stopped
from engine.bpmn.nodes.node import Node
from engine.bpmn.variables import assign
from engine.bpmn.workflow import Token
from engine.model import Json, Sentence

_AHEAD, _TOTAL, _DONE = "ahead", "total", "done"


class BodyNode(Node):
    """The body of a multi-instance activity."""

    def __init__(
        self, wf_spec: Any, element: ElementInfo, loop: Loop, kind: type[Node]
    ) -> None:
        super().__init__(wf_spec, element)
        self.kind = "multiInstanceBody"
        self.loop = loop
        instance = type(f"{kind.__name__}Instance", (InstanceOf, kind), {"body": self})
        self.instance: Node = instance(wf_spec, element, f"{element.id}:each")

    def _take_in(self, token: Token) -> dict[str, Json]:
        return {}  # The mappings are the instances'.

    def give_out(self, token: Token) -> None:
        """Hand out the collected list."""
        name = self.loop.output_collection
        if name is not None:
            assign(token, {name: token.data.get(name, [])}, own=False)

    def begin(self, token: Token) -> bool:
        """Begin the instances: all, or the first."""
        items = self.evaluate(
            token, self.loop.collection, "inputCollection", kind="collection"
        )
        if not isinstance(items, list):
            raise Stopped(
                "collection",
                Sentence(
                    "Expected “{source}” to be a list, but it is {value}.",
                    {
                        "source": self.loop.collection.source,
                        "value": "null" if items is None else str(items),
                    },
                ),
            )
        notes = token.internal_data
        notes[_TOTAL], notes[_DONE] = len(items), 0
        if self.loop.output_collection:
            token.data[self.loop.output_collection] = [None] * len(items)
        if self.loop.sequential:
            notes[_AHEAD] = items[1:]
            items = items[:1]
        for number, item in enumerate(items, start=1):
            self._begin_instance(token, number, item)
        return not items

    def _begin_instance(self, token: Token, number: int, item: Json) -> None:
        data: dict[str, Json] = {"loopCounter": number}
        if self.loop.output_element is not None:
            name = self.loop.output_element.source.removeprefix("=").strip()
            if name.isidentifier():  # So that instances do not write each other's.
                data[name] = None
        if self.loop.item:
            data[self.loop.item] = item
        self.instance._update(token.workflow.put(self.instance, token, data=data))

    def judge(self, token: Token) -> tuple[Json, bool]:
        """Return what an instance gives to the list, and whether that is enough.

        Raises:
            Stopped: If either cannot be evaluated.
        """
        body: Token = token.parent
        gives: Json = None
        if self.loop.output_element is not None:
            gives = self.evaluate(
                token, self.loop.output_element, "outputElement", kind="collection"
            )
        if self.loop.completion is None:
            return gives, False
        notes = body.internal_data
        done = notes[_DONE] + 1
        counts = {
            "numberOfInstances": notes[_TOTAL],
            "numberOfCompletedInstances": done,
            "numberOfActiveInstances": len(self._instances(body)) - 1,
            "numberOfTerminatedInstances": 0,
        }
        enough = self.evaluate(
            token,
            self.loop.completion,
            "completionCondition",
            kind="condition",
            extra=counts,
        )
        if not isinstance(enough, bool):
            raise Stopped(
                "condition",
                Sentence(
                    "Expected the completion condition “{source}” to be true or false, "
                    "but it is {value}.",
                    {
                        "source": self.loop.completion.source,
                        "value": "null" if enough is None else str(enough),
                    },
                ),
            )
        return gives, enough

    def instance_done(self, token: Token, gives: Json, enough: bool) -> None:
        """Take over what the instance *token* gives, and go on when all are done."""
        body: Token = token.parent
        notes = body.internal_data
        notes[_DONE] += 1
        if self.loop.output_collection:
            collected = list(body.data[self.loop.output_collection])
            collected[token.data["loopCounter"] - 1] = gives
            body.data[self.loop.output_collection] = collected
        token.workflow.forget(token)
        if enough or notes[_DONE] == notes[_TOTAL]:
            self.work_done(body)
        elif self.loop.sequential:
            item, *notes[_AHEAD] = notes[_AHEAD]
            self._begin_instance(body, notes[_DONE] + 1, item)

    def _instances(self, body: Token) -> list[Token]:
        return [child for child in body.children if child.task_spec is self.instance]


class InstanceOf:
    """Mixed into a node that is an instance: it ends in its body."""

    body: BodyNode

    def choose(self, token: Token) -> Sequence[str]:
        """Take no flow; make sure that the body can take over what it gives."""
        token.internal_data["gives"] = self.body.judge(token)
        return ()

    def give_out(self: Any, token: Token) -> None:
        """Carry out the output mappings; the collected variable stays with the instance."""
        if not self.element.outputs:
            return
        values = self._mapped(token, self.element.outputs, "output")
        element = self.body.loop.output_element
        mine = element.source.removeprefix("=").strip() if element else None
        if mine is not None and mine in values:
            token.data[mine] = values.pop(mine)
        assign(token, values, own=False)

    def _on_complete_hook(self, my_task: Token) -> None:
        super()._on_complete_hook(my_task)  # type: ignore[misc]
        self.body.instance_done(my_task, *my_task.internal_data["gives"])
