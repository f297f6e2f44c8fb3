"""Graphs may be deep and wide; what goes too deep is refused, and never crashes."""

import pytest

from engine.dmn import DecisionModel, DmnError
from engine.feel import BudgetExceeded
from tests.engine.dmn.models import CONTEXT, decide, decision, dmn, literal, requires, table


def chain(length, first="1"):
    return [decision("d0", literal(first))] + [
        decision(f"d{n}", literal(f"d{n - 1} + 1"), requires(f"d{n - 1}"))
        for n in range(1, length)
    ]


def knowledge(name, body, *parameters, needs=""):
    formal = "".join(f'<formalParameter name="{one}"/>' for one in parameters)
    return (
        f'<businessKnowledgeModel id="{name}" name="{name}"><variable name="{name}"/>'
        f"<encapsulatedLogic>{formal}{body}</encapsulatedLogic>{needs}"
        "</businessKnowledgeModel>"
    )


def test_a_chain_of_a_thousand_decisions_is_carried_out():
    model = DecisionModel.parse({"x.dmn": dmn(*chain(1000))})

    assert model.evaluate("d999", {}, CONTEXT).value == 1000


def test_what_reads_a_variable_at_the_end_of_a_chain_is_known():
    model = DecisionModel.parse({"x.dmn": dmn(*chain(1000, "amount"))})

    assert model.decisions["d999"].reads == {"amount"}
    assert model.evaluate("d999", {"amount": 1}, CONTEXT).value == 1000


def test_diamonds_are_carried_out_once_each():
    def logic(name):
        return table(["1"], ["x"], [("-", "1")], identity=f"t-{name}")

    layers = [decision("a0", logic("a0")), decision("b0", logic("b0"))]
    for n in range(1, 40):
        both = requires(f"a{n - 1}", f"b{n - 1}")
        layers += [decision(f"{side}{n}", logic(f"{side}{n}"), both) for side in "ab"]

    outcome = decide(dmn(*layers), "a39")

    names = [trace.decision_id for trace in outcome.tables]
    assert len(names) == len(set(names)) == 79


def test_the_tables_of_a_chain_are_traced_from_the_inside():
    a, b, c = (table(["1"], ["x"], [("-", "1")], identity=f"t-{one}") for one in "abc")
    model = dmn(
        decision("c", c, requires("a", "b")),
        decision("b", b, requires("a")),
        decision("a", a),
    )

    assert [trace.decision_id for trace in decide(model, "c").tables] == ["a", "b", "c"]


def test_a_function_that_calls_itself_too_deep_is_refused():
    factorial = knowledge("f", literal("if n = 0 then 0 else 1 + f(n - 1)"), "n")
    needs = requires("f", kind="Knowledge")

    def of(depth):
        return decide(dmn(factorial, decision("d", literal(f"f({depth})"), needs)), "d")

    assert of(50).value == 50
    with pytest.raises(BudgetExceeded) as caught:
        of(100_000)
    assert caught.value.budget == "depth"


def test_functions_that_call_in_a_chain_too_deep_are_refused():
    functions = [knowledge("f0", literal("n"), "n")] + [
        knowledge(
            f"f{at}",
            literal(f"f{at - 1}(n)"),
            "n",
            needs=requires(f"f{at - 1}", kind="Knowledge"),
        )
        for at in range(1, 300)
    ]
    calls = decision("d", literal("f299(1)"), requires("f299", kind="Knowledge"))

    with pytest.raises(BudgetExceeded) as caught:
        decide(dmn(*functions, calls), "d")

    assert caught.value.budget == "depth"


def test_a_value_that_is_nested_too_deeply_is_refused():
    nested = literal("for i in 1..900 return if i = 1 then [] else [partial[-1]]")

    with pytest.raises(BudgetExceeded) as caught:
        decide(dmn(decision("d", nested)), "d")

    assert caught.value.budget == "depth"


def test_a_circle_is_refused_when_it_is_run_all_the_same():
    model, problems = DecisionModel.read(
        {
            "x.dmn": dmn(
                decision("a", literal("b"), requires("b")),
                decision("b", literal("a"), requires("a")),
                decision("c", literal("a"), requires("a")),
            )
        }
    )

    assert [problem.element for problem in problems] == ["a", "b"]
    with pytest.raises(DmnError) as caught:
        model.evaluate("c", {}, CONTEXT)
    assert caught.value.sentence.values["name"] in ("a", "b")


def test_functions_of_files_that_import_each_other_are_a_circle():
    def file(mine, other):
        imports = (
            f'<import name="{other}" namespace="{other}"'
            ' importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>'
        )
        return dmn(imports, knowledge(f"f{mine}", literal("n"), "n"), namespace=mine)

    sources = {"x.dmn": file("x", "y"), "y.dmn": file("y", "x")}

    model, problems = DecisionModel.read(sources)

    assert {(one.file, one.rule) for one in problems} == {
        ("x.dmn", "dmn-circle"),
        ("y.dmn", "dmn-circle"),
    }
    assert model.decisions == {}


def test_a_circle_of_a_thousand_names_the_first_of_them():
    ring = chain(1000)
    ring[0] = decision("d0", literal("1"), requires("d999"))

    _, problems = DecisionModel.read({"x.dmn": dmn(*ring)})

    assert len(problems) == 1000
    assert problems[0].what.values["names"].split(" → ")[-1] == "d9"


def test_more_elements_than_the_limit_are_refused():
    sources = {"x.dmn": dmn(*chain(1001)), "y.dmn": dmn(decision("good", literal("1")))}
    sources["z.dmn"] = dmn(*chain(1000), namespace="z")

    model, problems = DecisionModel.read(sources)

    assert [(one.file, one.rule) for one in problems] == [("z.dmn", "dmn-too-many")]
    assert "good" in model.decisions


@pytest.mark.parametrize(("columns", "rules", "cells"), [(500, 1, 501), (2, 7000, 21_000)])
def test_a_table_of_more_cells_than_the_limit_is_refused(columns, rules, cells):
    names = [f"c{number}" for number in range(columns)]
    logic = table(names, ["x"], [("-",) * columns + ("1",)] * rules)

    model, problems = DecisionModel.read({"x.dmn": dmn(decision("d", logic))})

    assert [(one.element, one.rule) for one in problems] == [("t", "dmn-too-many")]
    assert problems[0].what.values["cells"] == cells
    assert model.evaluate("d", {}, CONTEXT).value is None


def test_a_table_as_large_as_the_limit_is_carried_out():
    rules = [(f"{number % 100}", "1") for number in range(10_000)]
    logic = table(["n"], ["x"], rules, "COLLECT", "SUM")

    outcome = decide(dmn(decision("d", logic)), "d", n=7)

    assert outcome.value == 100
