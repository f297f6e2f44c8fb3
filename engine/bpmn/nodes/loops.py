"""Standard loops: an activity is done again while a condition is true."""

from typing import Any

from engine.bpmn.elements import ElementInfo, StandardLoop
from engine.bpmn.nodes.bodies import BodyNode
from engine.bpmn.nodes.node import Node
from engine.bpmn.workflow import Token
from engine.model import Json

_DONE = "done"


class LoopNode(BodyNode):
    """The body of an activity with a standard loop (BPMN 2.0.2, 13.3.6)."""

    def __init__(
        self, wf_spec: Any, element: ElementInfo, loop: StandardLoop, kind: type[Node]
    ) -> None:
        super().__init__(wf_spec, element, kind)
        self.kind = "standardLoopBody"
        self.loop = loop

    def begin(self, token: Token) -> bool:
        """Begin the first instance, where the condition is not tested before or is true."""
        if self.loop.test_before and not self._goes_on(token, 0):
            return True
        token.internal_data[_DONE] = 0
        self.begin_instance(token, 1, {})
        return False

    def judge(self, token: Token) -> bool:
        """Tell whether another instance follows *token*."""
        body: Token = token.parent
        return self._goes_on(body, body.internal_data[_DONE] + 1)

    def instance_done(self, token: Token, verdict: Json) -> None:
        """Begin the next instance, or go on."""
        body: Token = token.parent
        body.internal_data[_DONE] += 1
        token.workflow.forget(token)
        if verdict:
            self.begin_instance(body, body.internal_data[_DONE] + 1, {})
        else:
            self.work_done(body)

    def _goes_on(self, body: Token, done: int) -> bool:
        """Tell whether there is another instance; *done* is what the condition counts."""
        if self.loop.maximum is not None and done >= self.loop.maximum:
            return False
        if self.loop.condition is None:
            return True
        counter = {"loopCounter": done}
        return self.truth(body, self.loop.condition, "loopCondition", counter)
