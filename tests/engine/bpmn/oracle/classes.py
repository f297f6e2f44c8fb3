"""The classes of random models."""

from collections.abc import Mapping

from tests.engine.bpmn.oracle.dice import Dice
from tests.engine.bpmn.oracle.nets import Net, TriggerKind
from tests.engine.bpmn.oracle.sketch import Recipe
from tests.engine.bpmn.oracle.tangles import Tangle

FLOW = ["task", "task", "script", "chain", "exclusive"]
FORKS = [*FLOW, "parallel"]
BORDERS: list[TriggerKind] = ["timer", "message", "error"]
ALL: list[TriggerKind] = [
    "timer", "message", "error", "escalation", "signal", "conditional"
]  # fmt: skip

CLASSES: Mapping[str, Recipe] = {
    "sequence and choice": Recipe(FLOW, locals=True),
    "parallel": Recipe([*FORKS, "parallel"]),
    "inclusive": Recipe([*FORKS, "inclusive", "inclusive"]),
    "loops": Recipe([*FORKS, "inclusive", "loop", "counted"]),
    "standard loops": Recipe(
        [*FORKS, "again", "again"], BORDERS, hosts=["sub"], locals=True
    ),
    "borders": Recipe(
        [*FORKS, "guarded", "guarded", "escalate", "leap", "signal"],
        ALL,
        ends=[None, None, "error", "escalation", "signal", "terminate"],
        hosts=["user", "job", "sub", "sub"],
    ),
    "event sub-processes": Recipe(
        [*FORKS, "sub", "escalate", "leap", "signal", "guarded"],
        ["error", "escalation", "timer"],
        starts=ALL,
        ends=[None, None, "error", "escalation", "signal", "terminate"],
        hosts=["sub", "sub", "job"],
    ),
    "multi-instance": Recipe(
        [*FORKS, "each", "each", "leap"],
        BORDERS,
        ends=[None, None, None, "error", "terminate"],
        hosts=["sub"],
        locals=True,
    ),
    "many instances": Recipe(
        ["task", "task", "exclusive", "parallel", "crowd", "guarded", "leap", "catch"],
        ["timer", "message", "error", "signal", "conditional"],
        starts=["timer", "message", "error"],
        ends=[None, None, None, "error"],
        hosts=["user", "job"],
    ),
    "calls": Recipe(
        [*FORKS, "call", "call", "guarded", "leap"],
        ["timer", "message", "error", "escalation"],
        ends=[None, None, "error", "escalation", "terminate"],
        hosts=["call"],
        locals=True,
    ),
    "event gateways": Recipe([*FORKS, "race", "race", "catch", "signal"]),
    "links": Recipe([*FORKS, "inclusive", "link", "link"]),
    "flows out of activities": Recipe([*FORKS, "out", "out", "inclusive"], hosts=["sub"]),
    "signals": Recipe(
        [*FORKS, "signal", "signal", "catch", "race", "guarded"],
        ["signal"],
        starts=["signal"],
        ends=[None, "signal"],
        hosts=["user", "sub"],
    ),
    "conditions": Recipe(
        [*FORKS, "catch", "race", "guarded"],
        ["conditional"],
        starts=["conditional"],
        hosts=["user", "sub"],
    ),
    "transactions": Recipe(
        [*FORKS, "transaction", "transaction", "undone", "undone", "leap", "sub"],
        ["timer", "message", "error"],
        ends=[None, None, None, "error"],
        hosts=["user", "sub"],
        locals=True,
    ),
    "compensation": Recipe(
        [
            *("task", "exclusive", "parallel", "loop", "again", "leap"),
            *("undone", "undone", "undone", "undo", "undo", "sub", "rolled", "rolled"),
        ],
        ["timer", "error"],
        ends=[None, None, "compensation"],
        hosts=["user", "sub"],
        locals=True,
    ),
    "tangles": Recipe(["task", "guard", "script", "split", "split", "join", "join"]),
    "tangles with loops": Recipe(
        ["task", "guard", "split", "split", "join", "join", "back"]
    ),
    "everything": Recipe(
        [
            "task",
            "script",
            "chain",
            "exclusive",
            "parallel",
            "inclusive",
            "loop",
            "counted",
            "again",
            "each",
            "guarded",
            "guarded",
            "sub",
            "call",
            "race",
            "catch",
            "link",
            "out",
            "signal",
            "escalate",
            "leap",
            "transaction",
            "undone",
            "undo",
        ],
        ALL,
        starts=ALL,
        ends=[None, None, None, "error", "escalation", "signal", "terminate"],
        hosts=["user", "job", "sub", "call", "transaction"],
        locals=True,
    ),
}

TANGLES = frozenset({"tangles", "tangles with loops"})


def draw_lots(name: str, seed: int) -> Net:
    """Return a random model of the class *name*."""
    if name in TANGLES:
        return Tangle(seed, CLASSES[name]).process()
    return Dice(seed, CLASSES[name]).process()
