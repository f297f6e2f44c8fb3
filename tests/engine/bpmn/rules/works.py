"""Examples for tasks, calls and activities that are done several times."""

from tests.engine.bpmn.models import (
    again,
    call,
    decision,
    diagram,
    each,
    element,
    end,
    flows,
    message,
    of_message,
    process,
    properties,
    script,
    service,
    start,
    times,
    user,
    zeebe,
)
from tests.engine.bpmn.rules.example import ASKED, Example, around

_RESULT = {"resultVariable": "one"}


def _calls(*parts: str) -> bytes:
    """Return a file in which process p calls q, which holds *parts*."""
    return diagram(
        process("p", *around(call("x", "q"))), process("q", *parts), message("m")
    )


def _called(*parts: str, begins: str = "") -> tuple[str, ...]:
    way = flows("in", *(part.split('id="', 1)[1].split('"', 1)[0] for part in parts), "out")
    return (start("in", begins), *parts, end("out"), way)


def _done(marks: str) -> tuple[str, ...]:
    return around(user("x", marks))


EXAMPLES = {
    "bpmn-call-unknown": Example(around(call("x", "gone")), _calls(*_called())),
    "bpmn-call-start": Example(
        _calls(*_called(begins=of_message("m"))), _calls(*_called())
    ),
    "bpmn-call-circle": Example(_calls(*_called(call("y", "p"))), _calls(*_called())),
    "bpmn-call-missing": Example(around(element("callActivity", "x")), _calls(*_called())),
    "bpmn-work-missing": Example(
        around(element("serviceTask", "x")), around(service("x", "notify"))
    ),
    "bpmn-work-place": Example(
        (
            start(),
            user("x"),
            end("end", zeebe("taskDefinition", type="notify")),
            flows("start", "x", "end"),
        ),
        ASKED,
    ),
    "bpmn-retries": Example(
        around(
            element("serviceTask", "x", zeebe("taskDefinition", type="a", retries="few"))
        ),
        around(element("serviceTask", "x", zeebe("taskDefinition", type="a", retries="2"))),
    ),
    "bpmn-script-missing": Example(
        around(element("scriptTask", "x")), around(script("x", "= 1", "one"))
    ),
    "bpmn-result-missing": Example(
        around(element("scriptTask", "x", zeebe("script", expression="= 1"))),
        around(script("x", "= 1", "one")),
    ),
    "bpmn-decision-missing": Example(
        around(element("businessRuleTask", "x", zeebe("calledDecision", **_RESULT))),
        around(decision("x", "known", "one")),
    ),
    "bpmn-decision": Example(
        around(decision("x", "gone", "one")), around(decision("x", "known", "one"))
    ),
    "bpmn-priority": Example(
        _done(zeebe("priorityDefinition", priority="500")),
        _done(zeebe("priorityDefinition", priority="80")),
    ),
    "bpmn-form": Example(
        _done(zeebe("formDefinition", formId="= f")),
        _done(zeebe("formDefinition", formId="f")),
    ),
    "bpmn-deadline": Example(
        _done(properties(deadline="soon")), _done(properties(deadline="3 working hours"))
    ),
    "bpmn-output-collection": Example(
        _done(each("= a", outputCollection="b")),
        _done(each("= a", outputCollection="b", outputElement="= c")),
    ),
    "bpmn-cardinality": Example(_done(times("1001")), _done(times("3"))),
    "bpmn-loop-both": Example(_done(again("= few") + each("= a")), _done(again("= few"))),
    "bpmn-loop-bound": Example(_done(again()), _done(again(most=3))),
    "bpmn-loop-maximum": Example(_done(again(most=0)), _done(again(most=3))),
    "bpmn-instances-bound": Example(
        _done(times("= 3", inputCollection="= a")), _done(times("= 3"))
    ),
    "bpmn-instances-odd": Example(
        _done(each("= a").replace("isSequential", 'behavior="One" isSequential')),
        _done(each("= a")),
    ),
}
