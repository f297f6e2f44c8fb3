"""Examples for events."""

from tests.engine.bpmn.models import (
    boundary,
    catch,
    cycle,
    duration,
    element,
    end,
    flow,
    flows,
    mapping,
    of_condition,
    of_error,
    of_escalation,
    of_link,
    of_message,
    of_signal,
    script,
    start,
    sub,
    throw,
    user,
    zeebe,
)
from tests.engine.bpmn.rules.example import Example, around

_INSIDE = (start("in"), end("out"), flows("in", "out"))


def _begins(*event: str) -> tuple[str, ...]:
    return (element("startEvent", "x", *event), end(), flows("x", "end"))


def _border(host: str, *events: str) -> tuple[str, ...]:
    return around(host, *events, *(flow(name, "end") for name in _ids(events)))


def _ids(events: tuple[str, ...]) -> list[str]:
    return [event.split('id="', 1)[1].split('"', 1)[0] for event in events]


def _linked(*catches: str, name: str = "A") -> tuple[str, ...]:
    ways = [flows(each, "end") for each in _ids(catches)]
    return (start(), throw("x", of_link(name)), *catches, end(), flows("start", "x"), *ways)


_GOES_ON = catch("c", of_link("A"))
_FORM = zeebe("formDefinition", formId="register")
EXAMPLES = {
    "bpmn-event-kind": Example(
        around(catch("x", of_error())), around(catch("x", duration("PT1H")))
    ),
    "bpmn-event-mapping": Example(
        _begins(mapping(inputs={"a": "= 1"})), _begins(mapping(outputs={"a": "= 1"}))
    ),
    "bpmn-signal-fixed": Example(
        _begins(of_signal("feel-signal")), _begins(of_signal("s"))
    ),
    "bpmn-signal-name": Example(
        around(catch("x", of_signal("gone"))), around(catch("x", of_signal("s")))
    ),
    "bpmn-message-fixed": Example(_begins(of_message("feel")), _begins(of_message("m"))),
    "bpmn-message-key": Example(
        around(catch("x", of_message("keyless"))), around(catch("x", of_message("m")))
    ),
    "bpmn-message-name": Example(
        around(catch("x", of_message("gone"))), around(catch("x", of_message("m")))
    ),
    "bpmn-thrown-code": Example(
        around(throw("x", of_escalation())), around(throw("x", of_escalation("up")))
    ),
    "bpmn-code-reference": Example(
        around(throw("x", of_escalation("gone"))), around(throw("x", of_escalation("up")))
    ),
    "bpmn-code-fixed": Example(
        (
            *around(throw("x", of_escalation("by-rule"))),
            '<bpmn:escalation id="by-rule" escalationCode="= code"/>',
        ),
        around(throw("x", of_escalation("up"))),
    ),
    "bpmn-timer-cycle": Example(
        around(catch("x", cycle("R3/PT1H"))), around(catch("x", duration("PT1H")))
    ),
    "bpmn-timer-text": Example(
        around(catch("x", duration("1 hour"))), around(catch("x", duration("PT1H")))
    ),
    "bpmn-timer-missing": Example(
        around(catch("x", "<bpmn:timerEventDefinition/>")),
        around(catch("x", duration("PT1H"))),
    ),
    "bpmn-boundary-never": Example(
        _border(script("x", "= 1", "one"), boundary("b", "x", duration("PT1H"))),
        _border(user("x"), boundary("b", "x", duration("PT1H"))),
    ),
    "bpmn-boundary-twice": Example(
        _border(
            sub("x", *_INSIDE),
            boundary("b", "x", of_error("e")),
            boundary("c", "x", of_error("e")),
        ),
        _border(
            sub("x", *_INSIDE),
            boundary("b", "x", of_error("e")),
            boundary("c", "x", of_error()),
        ),
    ),
    "bpmn-link-name": Example(_linked(_GOES_ON, name=""), _linked(_GOES_ON)),
    "bpmn-link-end": Example(_linked(_GOES_ON, name="B"), _linked(_GOES_ON)),
    "bpmn-link-twice": Example(
        _linked(_GOES_ON, catch("d", of_link("A"))), _linked(_GOES_ON)
    ),
    "bpmn-link-flow": Example((*_linked(_GOES_ON), flow("x", "end")), _linked(_GOES_ON)),
    "bpmn-conditional-missing": Example(
        around(catch("x", "<bpmn:conditionalEventDefinition/>")),
        around(catch("x", of_condition("= few"))),
    ),
    "bpmn-conditional-change": Example(
        around(catch("x", of_condition("= few", variableEvents="delete"))),
        around(catch("x", of_condition("= few", variableEvents="update"))),
    ),
    "bpmn-conditional-clock": Example(
        around(catch("x", of_condition("= now() > date and time(deadline)"))),
        around(catch("x", of_condition("= few"))),
    ),
    "bpmn-start-form": Example(
        around(sub("x", start("s", _FORM), end("e"), flows("s", "e"))),
        (start("s", _FORM), end("e"), flows("s", "e")),
    ),
    "bpmn-error-interrupts": Example(
        _border(sub("x", *_INSIDE), boundary("b", "x", of_error("e"), interrupting=False)),
        _border(sub("x", *_INSIDE), boundary("b", "x", of_error("e"))),
    ),
}
