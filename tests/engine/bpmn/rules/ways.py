"""Examples for flows and gateways."""

from tests.engine.bpmn.models import (
    boundary,
    catch,
    duration,
    element,
    end,
    event_sub,
    first_of,
    flow,
    flows,
    fork,
    of_message,
    start,
    sub,
    user,
    xor,
)
from tests.engine.bpmn.rules.example import ASKED, Example, around

_INSIDE = (start("in"), user("ask"), end("out"), flows("in", "ask", "out"))


def _chooses(*ways: str, default: str | None = "x-b") -> tuple[str, ...]:
    beside = (user("a"), user("b"), end("a-end"), end("b-end"))
    onward = (flows("a", "a-end"), flows("b", "b-end"))
    return (start(), xor("x", default), *beside, *onward, flows("start", "x"), *ways)


def _waits(*events: str) -> tuple[str, ...]:
    ways = [flows("x", name, f"{name}-end") + end(f"{name}-end") for name in "ab"]
    drawn = tuple(ways[: len(events)])
    return (start(), first_of("x"), *events, *drawn, flows("start", "x"))


def _marked(direction: str) -> tuple[str, ...]:
    split = element("parallelGateway", "x", gatewayDirection=direction)
    ways = (flows("start", "x", "a", "join", "end"), flows("x", "b", "join"))
    return (start(), split, user("a"), user("b"), fork("join"), end(), *ways)


FEW = flow("x", "a", "= few")
EXAMPLES = {
    "bpmn-flow-border": Example(
        around(sub("x", *_INSIDE), flow("ask", "end")), around(sub("x", *_INSIDE))
    ),
    "bpmn-flow-event": Example((*ASKED, flow("x", "start")), ASKED),
    "bpmn-flow-ends": Example((*ASKED, flow("x", "gone")), ASKED),
    "bpmn-dead-end": Example((*ASKED, user("y"), flow("x", "y")), ASKED),
    "bpmn-end": Example((start(), user("x"), flows("start", "x")), ASKED),
    "bpmn-start": Example((user("x"), end(), flows("x", "end")), ASKED),
    "bpmn-start-of-event": Example(
        around(
            user("x"),
            element(
                "subProcess",
                "y",
                start("one", of_message("m")),
                start("two", duration("PT1H")),
                end("out"),
                flows("one", "out"),
                flows("two", "out"),
                triggeredByEvent="true",
            ),
        ),
        around(
            user("x"),
            event_sub("y", end("out"), flows("y-start", "out"), begins=(of_message("m"),)),
        ),
    ),
    "bpmn-start-twice": Example((*ASKED, start("two"), flows("two", "x")), ASKED),
    "bpmn-unreachable": Example((*ASKED, user("y"), flows("y", "end")), ASKED),
    "bpmn-gateway-alone": Example(around(xor("x")), _chooses(FEW, flow("x", "b"))),
    "bpmn-gateway-direction": Example(_marked("Converging"), _marked("Diverging")),
    "bpmn-default-place": Example(
        around(element("startEvent", "x", default="x-end")), _chooses(FEW, flow("x", "b"))
    ),
    "bpmn-default-leaves": Example(
        _chooses(FEW, flow("x", "b", "= not(few)"), default="start-x"),
        _chooses(FEW, flow("x", "b")),
    ),
    "bpmn-default-condition": Example(
        _chooses(FEW, flow("x", "b", "= true")), _chooses(FEW, flow("x", "b"))
    ),
    "bpmn-condition-missing": Example(
        _chooses(FEW, flow("x", "b"), default=None), _chooses(FEW, flow("x", "b"))
    ),
    "bpmn-event-gateway-count": Example(
        _waits(catch("a", of_message("m"))),
        _waits(catch("a", of_message("m")), catch("b", duration("PT1H"))),
    ),
    "bpmn-event-gateway-target": Example(
        _waits(catch("a", of_message("m")), user("b")),
        _waits(catch("a", of_message("m")), catch("b", duration("PT1H"))),
    ),
    "bpmn-flow-condition": Example(
        (
            *_marked("Diverging")[:-2],
            flows("start", "x", "a", "join", "end"),
            flow("x", "b", "= few"),
            flow("b", "join"),
        ),
        _chooses(FEW, flow("x", "b")),
    ),
    "bpmn-boundary-place": Example(
        (*ASKED, boundary("b", "end", duration("PT1H")), flow("b", "end")),
        (*ASKED, boundary("b", "x", duration("PT1H")), flow("b", "end")),
    ),
}
