"""Activities that are done several times: a body around their instances.

The body stands in the diagram for all of them: it has the flows and the boundary
events. Each instance lies below it, with what is its own in its own scope, and has the
mappings. How many there are and what becomes of them is said by the kinds of bodies.
"""

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from engine.bpmn.elements import ElementInfo, Term
from engine.bpmn.failures import Stopped
from engine.bpmn.nodes.node import Node
from engine.bpmn.phases import UNDOABLE
from engine.bpmn.variables import assign
from engine.bpmn.workflow import Token
from engine.model import Json, Sentence, Variables


class BodyNode(Node):
    """The body of an activity that is done several times."""

    def __init__(self, wf_spec: Any, element: ElementInfo, kind: type[Node]) -> None:
        super().__init__(wf_spec, element)
        instance = type(f"{kind.__name__}Instance", (InstanceOf, kind), {"body": self})
        self.instance: Node = instance(wf_spec, element, f"{element.id}:each")

    def _take_in(self, token: Token) -> dict[str, Json]:
        return {}  # The mappings are the instances'.

    def give_out(self, token: Token) -> None:
        """Hand out nothing: the instances do."""

    def hand_out(self, token: Token, values: Variables) -> None:
        """Write what the output mappings of the instance *token* give."""
        assign(token, values, own=False)

    def begin_instance(self, token: Token, number: int, data: Mapping[str, Json]) -> None:
        """Begin one more instance below *token*."""
        scope = {"loopCounter": number, **data}
        self.instance._update(token.workflow.put(self.instance, token, data=scope))

    def truth(self, token: Token, term: Term, place: str, extra: Variables) -> bool:
        """Return the condition *term* as seen from *token*, with *extra* in front.

        Raises:
            Stopped: If it is neither true nor false.
        """
        value = self.evaluate(token, term, place, kind="condition", extra=extra)
        if isinstance(value, bool):
            return value
        raise Stopped(
            "condition",
            Sentence(
                "Expected the {place} “{source}” to be true or false, but it is {value}.",
                {
                    "place": place,
                    "source": term.source,
                    "value": "null" if value is None else str(value),
                },
            ),
        )

    @abstractmethod
    def judge(self, token: Token) -> Json:
        """Return what is to be done once the instance *token* has left.

        Raises:
            Stopped: If it cannot be told.
        """

    @abstractmethod
    def instance_done(self, token: Token, verdict: Json) -> None:
        """Go on after the instance *token*, as `judge` has said."""


class InstanceOf:
    """Mixed into a node that is an instance: it ends in its body."""

    body: BodyNode

    def choose(self, token: Token) -> Sequence[str]:
        """Take no flow; make sure that the body can go on after it."""
        token.internal_data["gives"] = self.body.judge(token)
        return ()

    def give_out(self: Any, token: Token) -> None:
        """Carry out the output mappings."""
        if self.element.outputs:
            values = self._mapped(token, self.element.outputs, "output")
            self.body.hand_out(token, values)

    def remember(self: Any, token: Token) -> None:
        """Leave it to the body to keep what can be undone inside the instance."""
        inside = token.internal_data.get(UNDOABLE, [])
        if inside and self.body.handler is None:
            notes = token.parent.internal_data
            notes.setdefault(UNDOABLE, []).extend(
                [activity, {**token.data, **data}, *more]
                for activity, data, *more in inside
            )

    def _on_complete_hook(self, my_task: Token) -> None:
        super()._on_complete_hook(my_task)  # type: ignore[misc]
        self.body.instance_done(my_task, my_task.internal_data["gives"])
