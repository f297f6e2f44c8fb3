"""Whatever is drawn, a decision ends soon: with a value, a refusal, or not deployed."""

import time

import pytest

from engine.dmn import DecisionModel
from engine.dmn.errors import DmnProblems
from engine.feel import BudgetExceeded
from tests.engine.dmn.models import CONTEXT, SPACE, decision, dmn, literal, requires, table
from tests.engine.dmn.test_depth import knowledge

SHARED = "(for i in 1..45 return if i = 1 then 1 else {a: partial[-1], b: partial[-1]})[-1]"


def asked(logic, *more):
    """Return a model whose decision x calls the knowledge model f."""
    needs = requires("f", kind="Knowledge")
    return dmn(*more, decision("x", literal(logic), needs))


def pairs(depth, operator):
    """Return decisions, each of which needs the one before it twice."""
    return [decision("d0", literal("1"))] + [
        decision(f"d{n}", literal(f"d{n - 1} {operator} d{n - 1}"), requires(f"d{n - 1}"))
        for n in range(1, depth)
    ]


def calling(depth):
    """Return knowledge models, each of which calls the one before it twice."""
    return [knowledge("f0", literal("n"), "n")] + [
        knowledge(
            "f" if n == depth else f"f{n}",
            literal(f"f{n - 1}(n) + f{n - 1}(n)"),
            "n",
            needs=requires(f"f{n - 1}", kind="Knowledge"),
        )
        for n in range(1, depth + 1)
    ]


def services(depth):
    """Return decision services, each of which calls the one before it twice."""
    found = [decision("e0", literal("1"))]
    for n in range(1, depth):
        found.append(
            f'<decisionService id="s{n - 1}" name="s{n - 1}"><variable name="s{n - 1}"/>'
            f'<outputDecision href="#e{n - 1}"/></decisionService>'
        )
        body = literal(f"s{n - 1}() + s{n - 1}()")
        found.append(decision(f"e{n}", body, requires(f"s{n - 1}", kind="Knowledge")))
    return found


def nested_types(depth):
    """Return item definitions, each of which has the next one twice."""
    return [
        f'<itemDefinition name="T{n}">'
        f'<itemComponent name="a"><typeRef>T{n + 1}</typeRef></itemComponent>'
        f'<itemComponent name="b"><typeRef>T{n + 1}</typeRef></itemComponent>'
        "</itemDefinition>"
        for n in range(depth)
    ] + [f'<itemDefinition name="T{depth}"><typeRef>number</typeRef></itemDefinition>']


ROWS = [(f"> {n}", str(n)) for n in range(200)]
TABLE = knowledge("f", table(["n"], ["o"], ROWS, policy="COLLECT"), "n")
REFUSED = {
    "knowledge that calls itself": (
        asked("f(0)", knowledge("f", literal("f(n)"), "n")),
        "depth",
    ),
    "knowledge that calls itself twice": (
        asked(
            "f(50)",
            knowledge("f", literal("if n = 0 then 0 else f(n - 1) + f(n - 1)"), "n"),
        ),
        "steps seconds",
    ),
    "knowledge that calls others twice": (asked("f(1)", *calling(50)), "steps seconds"),
    "a table in a huge loop": (
        asked("for i in 1..100000 return f(i)", TABLE),
        "steps seconds memory",
    ),
    "a table that is traced with a long list": (
        asked("{l: for i in 1..20000 return i, r: for i in 1..900 return f(l)}.r", TABLE),
        "memory seconds",
    ),
    "services that call each other twice": (
        dmn(*services(50), decision("x", literal("e49"), requires("e49"))),
        "steps seconds",
    ),
    "a deep value": (
        dmn(decision("x", literal("(for i in 1..900 return {a: partial[-1]})[-1]"))),
        "depth",
    ),
    "a value of shared parts": (dmn(decision("x", literal(SHARED))), "size"),
}
CARRIED_OUT = {
    "each needs the one before twice": (pairs(60, "+"), "d59", 2**59),
    "a thousand, each of which needs the one before twice": (pairs(1000, "-"), "d999", 0),
    "a type with a million parts": (
        [*nested_types(20), decision("x", literal("{a: 1, b: 2}"), type_ref="T0")],
        "x",
        None,
    ),
}
NOT_DEPLOYED = {
    "knowledge in a circle": dmn(
        knowledge("f", literal("g(n)"), "n", needs=requires("g", kind="Knowledge")),
        knowledge("g", literal("f(n)"), "n", needs=requires("f", kind="Knowledge")),
    ),
    "decisions in a circle": dmn(
        decision("a", literal("b"), requires("b")),
        decision("b", literal("a"), requires("a")),
    ),
    "types in a circle": dmn(
        '<itemDefinition name="A"><typeRef>B</typeRef></itemDefinition>',
        '<itemDefinition name="B"><typeRef>A</typeRef></itemDefinition>',
        decision("x", literal("1"), type_ref="A"),
    ),
    "types without end": dmn(
        *(
            f'<itemDefinition name="T{n}"><typeRef>T{n + 1}</typeRef></itemDefinition>'
            for n in range(1500)
        ),
        decision("x", literal("1"), type_ref="T0"),
    ),
    "boxes in boxes": dmn(decision("x", "<list>" * 900 + literal("1") + "</list>" * 900)),
    "an expression that is too long": dmn(decision("x", literal("1 + " * 9000 + "1"))),
    "an expression that is too deep": dmn(
        decision("x", literal("(" * 900 + "1" + ")" * 900))
    ),
    "entities that grow": (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        + f'<definitions xmlns="{SPACE}">&b;</definitions>'.encode()
    ),
}


@pytest.mark.parametrize(("model", "budgets"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_by_name(model, budgets):
    begun = time.thread_time()

    with pytest.raises(BudgetExceeded) as refusal:
        DecisionModel.parse({"x.dmn": model}).evaluate("x", {}, CONTEXT)

    assert refusal.value.budget in budgets.split()
    assert time.thread_time() - begun < 2


@pytest.mark.parametrize(
    ("elements", "which", "expected"), CARRIED_OUT.values(), ids=CARRIED_OUT
)
def test_it_is_carried_out(elements, which, expected):
    begun = time.thread_time()

    outcome = DecisionModel.parse({"x.dmn": dmn(*elements)}).evaluate(which, {}, CONTEXT)

    assert outcome.value == expected
    assert time.thread_time() - begun < 2


@pytest.mark.parametrize("model", NOT_DEPLOYED.values(), ids=NOT_DEPLOYED)
def test_it_is_not_deployed(model):
    begun = time.thread_time()

    with pytest.raises(DmnProblems):
        DecisionModel.parse({"x.dmn": model})

    assert time.thread_time() - begun < 2
