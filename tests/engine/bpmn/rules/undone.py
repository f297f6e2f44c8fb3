"""Examples for event sub-processes, compensation and transactions."""

from tests.engine.bpmn.models import (
    FOR_UNDOING,
    again,
    boundary,
    element,
    end,
    event_sub,
    flow,
    flows,
    of_cancel,
    of_compensation,
    of_error,
    of_message,
    start,
    throw,
    transaction,
    undo,
    undone_by,
    user,
)
from tests.engine.bpmn.rules.example import ASKED, Example, around

_HANDLER = undo("h")
_UNDONE = (*ASKED, undone_by("x", "h"), _HANDLER)
_SECOND = element("association", "second", sourceRef="undo-x", targetRef="g")


def _besides(*inside: str, begins: str = of_message("m"), **marks: str) -> str:
    """Return an event sub-process y."""
    drawn = event_sub("y", *inside, end("out"), flows("y-start", "out"), begins=(begins,))
    more = "".join(f' {name}="{value}"' for name, value in marks.items())
    return drawn.replace('id="y"', f'id="y"{more}')


def _beside(*more: str, **marks: str) -> tuple[str, ...]:
    return (*ASKED, _besides(**marks), *more)


def _bought(*border: str, marks: str = "", tag: str = "transaction") -> tuple[str, ...]:
    """Return a sub-process x that is cancelled, and what is on its border."""
    inside = (start("in"), end("no", of_cancel()), flows("in", "no"))
    drawn = transaction("x", marks, *inside).replace("bpmn:transaction", f"bpmn:{tag}")
    return around(drawn, *border)


_CAUGHT = (boundary("b", "x", of_cancel()), flow("b", "end"))
_THROWN = (start(), user("a"), throw("x", of_compensation("a")), end())
EXAMPLES = {
    "bpmn-event-sub-flow": Example(_beside(flow("x", "y")), _beside()),
    "bpmn-event-sub-border": Example(
        _beside(boundary("b", "y", of_message("m")), flow("b", "end")), _beside()
    ),
    "bpmn-event-sub-repeated": Example((*ASKED, _besides(again(most=2))), _beside()),
    "bpmn-event-sub-compensation": Example(_beside(**FOR_UNDOING), _beside()),
    "bpmn-event-sub-twice": Example(
        (
            *ASKED,
            _besides(begins=of_error("e")),
            _besides(begins=of_error("e")).replace('"y', '"z').replace('"out', '"z-out'),
        ),
        (*ASKED, _besides(begins=of_error("e"))),
    ),
    "bpmn-compensation-flow": Example((*_UNDONE, flow("h", "end")), _UNDONE),
    "bpmn-compensation-border": Example(
        (*_UNDONE, boundary("b", "h", of_message("m")), flow("b", "end")), _UNDONE
    ),
    "bpmn-compensation-once": Example(
        (
            *_UNDONE[:-1],
            _HANDLER.replace(
                "</bpmn:userTask>",
                "<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>2"
                "</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>"
                "</bpmn:userTask>",
            ),
        ),
        _UNDONE,
    ),
    "bpmn-compensation-association": Example((*ASKED, _HANDLER), _UNDONE),
    "bpmn-compensation-event-flow": Example((*_UNDONE, flow("undo-x", "end")), _UNDONE),
    "bpmn-compensation-handler": Example(
        (*_UNDONE, _HANDLER.replace('"h"', '"g"'), _SECOND), _UNDONE
    ),
    "bpmn-compensation-activity": Example(
        (*_THROWN, flows("start", "a", "x", "end")),
        (*_THROWN, flows("start", "a", "x", "end"), undone_by("a", "h"), _HANDLER),
    ),
    "bpmn-compensation-mark": Example(
        (*ASKED, undone_by("x", "g"), user("g"), flows("start", "g", "end")),
        _UNDONE,
    ),
    "bpmn-compensation-twice": Example(
        (
            *_UNDONE,
            boundary("b", "x", of_compensation()),
            element("association", "second", sourceRef="b", targetRef="h"),
        ),
        _UNDONE,
    ),
    "bpmn-compensation-wait": Example(
        around(throw("x", '<bpmn:compensateEventDefinition waitForCompletion="false"/>')),
        around(throw("x", of_compensation())),
    ),
    "bpmn-cancel-border": Example(_bought(), _bought(*_CAUGHT)),
    "bpmn-cancel-once": Example(_bought(*_CAUGHT, marks=again(most=2)), _bought(*_CAUGHT)),
    "bpmn-cancel-place": Example(
        (*ASKED, boundary("b", "x", of_cancel()), flow("b", "end")), _bought(*_CAUGHT)
    ),
    "bpmn-cancel-interrupts": Example(
        _bought(boundary("b", "x", of_cancel(), interrupting=False), flow("b", "end")),
        _bought(*_CAUGHT),
    ),
    "bpmn-cancel-twice": Example(
        _bought(*_CAUGHT, boundary("c", "x", of_cancel()), flow("c", "end")),
        _bought(*_CAUGHT),
    ),
    "bpmn-cancel-end": Example(_bought(tag="subProcess"), _bought(*_CAUGHT)),
}
