"""The process that is measured, in our dialect and in the library's own.

47 nodes in a main process and two that it calls: ten user tasks, scripts between them,
exclusive and parallel gateways, a boundary timer, a loop back for rework.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import escape

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
NAMESPACES = (
    f'xmlns:bpmn="{BPMN}" xmlns:zeebe="{ZEEBE}"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)

USER_TASKS = (
    "register",
    "triage",
    "gather",
    "interview",
    "legal",
    "operations",
    "draft",
    "approve",
    "letter",
    "survey",
)


@dataclass(slots=True)
class Dialect:
    """How one engine wants scripts, calls, timers and conditions to be written."""

    script: Callable[[str, str, str], str]  #: id, variable, value
    call: Callable[[str, str], str]  #: id, called process
    timer: Callable[[str], str]  #: ISO duration
    work: str  #: What a user task says about who does it, with which form.
    start: str  #: What the start event says about its form.
    condition: Callable[[str], str]  #: expression that both languages share


def ours() -> Dialect:
    """Return the dialect of Camunda 8, with FEEL."""
    return Dialect(
        script=lambda name, variable, value: _element(
            "scriptTask",
            name,
            _extension(
                f'<zeebe:script expression="={escape(value, {chr(34): "&quot;"})}"'
                f' resultVariable="{variable}"/>'
            ),
        ),
        call=lambda name, called: _element(
            "callActivity", name, _extension(f'<zeebe:calledElement processId="{called}"/>')
        ),
        timer=lambda duration: duration,
        work=_extension(
            '<zeebe:userTask/><zeebe:formDefinition formId="step"/>'
            '<zeebe:assignmentDefinition candidateGroups="clerk"/>'
        ),
        start=_extension('<zeebe:formDefinition formId="start"/>'),
        condition=lambda expression: f"={expression}",
    )


def plain() -> Dialect:
    """Return the dialect of SpiffWorkflow as it comes, with Python."""
    return Dialect(
        script=lambda name, variable, value: _element(
            "scriptTask", name, f"<bpmn:script>{variable} = {escape(value)}</bpmn:script>"
        ),
        call=lambda name, called: _element(
            "callActivity", name, "", f'calledElement="{called}"'
        ),
        timer=lambda duration: f'"{duration}"',
        work="",
        start="",
        condition=lambda expression: expression.replace(" = ", " == "),
    )


@dataclass(slots=True)
class _Process:
    """Collects the elements and flows of one process."""

    id: str
    dialect: Dialect
    parts: list[str] = field(default_factory=list)

    def add(self, *parts: str) -> None:
        self.parts += parts

    def scripts(self, names: Iterable[str]) -> None:
        self.add(
            *(self.dialect.script(name, name.replace("-", "_"), '"set"') for name in names)
        )

    def tasks(self, names: Iterable[str]) -> None:
        self.add(*(_element("userTask", name, self.dialect.work) for name in names))

    def chain(self, *names: str) -> None:
        for source, target in pairwise(names):
            self.flow(source, target)

    def flow(self, source: str, target: str, condition: str | None = None) -> None:
        inside = ""
        if condition is not None:
            text = escape(self.dialect.condition(condition))
            inside = (
                '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">'
                f"{text}</bpmn:conditionExpression>"
            )
        self.add(
            f'<bpmn:sequenceFlow id="flow-{source}-{target}" sourceRef="{source}"'
            f' targetRef="{target}">{inside}</bpmn:sequenceFlow>'
        )

    def xml(self) -> str:
        body = "".join(self.parts)
        return f'<bpmn:process id="{self.id}" isExecutable="true">{body}</bpmn:process>'


def document(dialect: Dialect) -> bytes:
    """Return the three processes as one BPMN file."""
    processes = (_main(dialect), _investigation(dialect), _notification(dialect))
    body = "".join(process.xml() for process in processes)
    return (
        f'<bpmn:definitions {NAMESPACES} id="bench" targetNamespace="bench">{body}'
        "</bpmn:definitions>"
    ).encode()


def _main(dialect: Dialect) -> _Process:
    process = _Process("main", dialect)
    scripts = (
        "noted",
        "priority",
        "investigated",
        "lawful",
        "feasible",
        "drafted",
        "agreed",
    )
    process.scripts((*scripts, "told", "archived", "fast", "normal", "reminded"))
    process.add(dialect.script("scored", "score", "3"))
    process.tasks(name for name in USER_TASKS if name not in _CALLED)
    process.add(_element("startEvent", "start", dialect.start), _element("endEvent", "end"))
    for name in ("is-urgent", "route-chosen", "draft-again", "is-approved"):
        process.add(_element("exclusiveGateway", name))
    process.add(*(_element("parallelGateway", name) for name in ("split", "join")))
    process.add(
        dialect.call("investigate", "investigation"), dialect.call("notify", "notification")
    )
    process.add(_late(dialect), _element("endEvent", "late-end"))
    process.chain("start", "noted", "register", "scored", "priority", "is-urgent")
    process.flow("is-urgent", "fast", "score > 5")
    process.flow("is-urgent", "normal", "score <= 5")
    process.chain("fast", "route-chosen", "triage", "investigate", "investigated", "split")
    process.chain("normal", "route-chosen")
    process.chain("split", "legal", "lawful", "join")
    process.chain("split", "operations", "feasible", "join")
    process.chain("join", "draft-again", "draft", "drafted", "approve", "is-approved")
    process.flow("is-approved", "draft-again", 'rework = "yes"')
    process.flow("is-approved", "agreed", 'rework != "yes"')
    process.chain("agreed", "notify", "told", "survey", "archived", "end")
    process.chain("late", "reminded", "late-end")
    return process


_CALLED = ("gather", "interview", "letter")


def _late(dialect: Dialect) -> str:
    timer = (
        '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">'
        f"{dialect.timer('P5D')}</bpmn:timeDuration></bpmn:timerEventDefinition>"
    )
    return _element(
        "boundaryEvent", "late", timer, 'attachedToRef="triage" cancelActivity="false"'
    )


def _investigation(dialect: Dialect) -> _Process:
    process = _Process("investigation", dialect)
    process.scripts(("opened", "heard"))
    process.add(dialect.script("counted", "witnesses", "2"))
    process.tasks(("gather", "interview"))
    process.add(_element("exclusiveGateway", "has-witnesses"))
    process.add(_element("startEvent", "investigation-start"))
    process.add(_element("endEvent", "investigation-end"))
    process.chain("investigation-start", "opened", "gather", "counted", "has-witnesses")
    process.flow("has-witnesses", "interview", "witnesses = 2")
    process.flow("has-witnesses", "heard", "witnesses != 2")
    process.chain("interview", "heard", "investigation-end")
    return process


def _notification(dialect: Dialect) -> _Process:
    process = _Process("notification", dialect)
    process.scripts(("collected", "addressed", "sealed", "posted"))
    process.tasks(("letter",))
    process.add(_element("startEvent", "notification-start"))
    process.add(_element("endEvent", "notification-end"))
    process.chain("notification-start", "collected", "addressed", "letter", "sealed")
    process.chain("sealed", "posted", "notification-end")
    return process


def _element(tag: str, name: str, inside: str = "", attributes: str = "") -> str:
    return f'<bpmn:{tag} id="{name}" name="{name}" {attributes}>{inside}</bpmn:{tag}>'


def _extension(inside: str) -> str:
    return f"<bpmn:extensionElements>{inside}</bpmn:extensionElements>"
