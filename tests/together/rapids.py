"""A policy in which much happens at once: tasks, timers, messages and letters side by side.

Durations are parameters, since a race wants them long and a crash test short.
"""

from engine.policy import Bundle
from tests.engine.bpmn.models import (
    boundary,
    catch,
    diagram,
    duration,
    each,
    element,
    end,
    first_of,
    flow,
    flows,
    fork,
    message,
    of_message,
    process,
    script,
    start,
    sub,
    xor,
    zeebe,
)

KEY = "rapids"
PROCESS = "work"
MAILBOX = "customer@example.com"  #: Every letter goes there by e-mail.

_POLICY = """
key = "rapids"
title = "急流"
owner = "clerk"
about = "供测试使用：许多事情同时发生。"
zone = "Asia/Shanghai"

[number]
format = "JL-{YYMM}-{00000}"
period = "month"

[case]
title = '= "急流 " + case.number'

[[start]]
process = "work"
by = "staff"
roles = ["clerk"]
title = "登记"
"""
_ROLES = """
[clerk]
title = "文员"
"""
_LETTER = """+++
title = "{{ case.number }} 通知"
+++
案件 {{ case.number }} 有了进展。
"""
_CLERK = zeebe("assignmentDefinition", candidateGroups="clerk")


def rapids(
    soon: str = "PT2H", late: str = "PT4H", silent: str = "PT3H", title: str = "急流"
) -> Bundle:
    """Return the policy.

    Args:
        soon: After how long a letter reminds of the examination.
        late: After how long the examination is cut off.
        silent: After how long no answer is waited for any more.
        title: Of the policy; another one makes another bundle.
    """
    parts = (
        *_beginning(),
        *_examination(soon, late),
        *_answer(silent),
        *_signatures(),
        *_ending(),
    )
    source = diagram(process(PROCESS, *parts), message("answered", key="= case.number"))
    return Bundle(
        KEY,
        {
            "policy.toml": _POLICY.replace('"急流"', f'"{title}"').encode(),
            "roles.toml": _ROLES.encode(),
            "clauses.toml": b"",
            "work.bpmn": source,
            "letters/progress.md": _LETTER.encode(),
        },
    )


def _beginning() -> tuple[str, ...]:
    return (
        start("begun"),
        fork("all-begin"),
        fork("all-done"),
        flows("begun", "all-begin"),
    )


def _examination(soon: str, late: str) -> tuple[str, ...]:
    """A task that a timer cuts off, and a reminder by letter before that."""
    return (
        _task("examine", "审查"),
        boundary("too-late", "examine", duration(late)),
        boundary("soon-late", "examine", duration(soon), interrupting=False),
        _letter("remind"),
        end("reminded"),
        script("cut-off", '= "late"', "examined"),
        xor("examined"),
        flows("all-begin", "examine", "examined", "all-done"),
        flows("too-late", "cut-off", "examined"),
        flows("soon-late", "remind", "reminded"),
    )


def _answer(silent: str) -> tuple[str, ...]:
    """A message and a timer, of which one comes first."""
    return (
        first_of("whatever-comes"),
        catch("answer-came", of_message("answered")),
        catch("nobody-answered", duration(silent)),
        script("note-answer", '= "answered"', "answer"),
        script("note-silence", '= "silent"', "answer"),
        xor("answer-or-not"),
        flows("all-begin", "whatever-comes", "answer-came", "note-answer", "answer-or-not"),
        flows("whatever-comes", "nobody-answered", "note-silence", "answer-or-not"),
        flow("answer-or-not", "all-done"),
    )


def _signatures() -> tuple[str, ...]:
    """Two people sign beside each other, in a sub-process."""
    return (
        sub(
            "signing",
            start("sign-begun"),
            _task("sign", "签字", each("= [1, 2]")),
            end("signed"),
            flows("sign-begun", "sign", "signed"),
        ),
        flows("all-begin", "signing", "all-done"),
    )


def _ending() -> tuple[str, ...]:
    return (
        _letter("inform"),
        _task("close", "结案"),
        end("closed"),
        flows("all-done", "inform", "close", "closed"),
    )


def _task(element_id: str, name: str, *inside: str) -> str:
    return element("userTask", element_id, "<zeebe:userTask />", _CLERK, *inside, name=name)


def _letter(element_id: str) -> str:
    headers = zeebe(
        "taskHeaders",
        zeebe("header", key="letter", value="progress"),
        zeebe("header", key="email", value=MAILBOX),
    )
    definition = zeebe("taskDefinition", type="notify")
    return element("sendTask", element_id, definition, headers)
