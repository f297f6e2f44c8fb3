"""Decisions, what they require, and what they are given."""

import pytest

from engine.dmn import DecisionModel, DmnError
from engine.feel import Budget, BudgetExceeded, Context
from tests.engine.dmn.models import (
    CONTEXT,
    decide,
    decision,
    dmn,
    input_data,
    literal,
    requires,
    table,
)


def test_a_required_decision_is_known_by_name_and_by_id():
    first = decision("Decision_1", literal("1"), name="第一 步")
    second = decision("b", literal("第一 步 + Decision_1"), requires("Decision_1"))

    assert decide(dmn(first, second), "b").value == 2


def test_variables_are_seen_without_being_required():
    assert decide(dmn(decision("d", literal("赔偿金额 * 2"))), "d", 赔偿金额=5).value == 10


def test_a_requirement_hides_a_variable_of_its_name():
    model = dmn(decision("a", literal("1")), decision("d", literal("a"), requires("a")))

    assert decide(model, "d", a=5).value == 1


@pytest.mark.parametrize(
    ("type_ref", "given", "value"),
    [
        ("number", 5, 5),
        ("number", "5", None),
        ("number", [5], 5),
        ("date", "2026-03-02", "2026-03-02"),
        ("date", "soon", None),
        ("dateTime", "2026-03-02T09:30:00+08:00", "2026-03-02T09:30:00+08:00"),
        ("days and time duration", "PT36H", "P1DT12H"),
        ("boolean", True, True),
    ],
)
def test_input_is_made_to_fit_its_type(type_ref, given, value):
    model = dmn(
        input_data("x", type_ref), decision("d", literal("x"), requires("x", kind="Input"))
    )

    assert decide(model, "d", x=given).value == value


def test_a_table_compares_iso_texts_as_dates():
    logic = table(
        ["bought:date"], ["late"], [('< date("2026-01-01")', "true"), ("-", "false")]
    )
    model = dmn(decision("d", logic.replace("UNIQUE", "FIRST")))

    assert decide(model, "d", bought="2025-12-31").value is True
    assert decide(model, "d", bought="2026-01-01").value is False


def test_missing_input_is_null_with_a_reason():
    model = dmn(input_data("x"), decision("d", literal("x"), requires("x", kind="Input")))

    outcome = decide(model, "d")

    assert outcome.value is None
    assert [warning.kind for warning in outcome.warnings] == ["unknown-name"]


def test_a_value_that_is_not_allowed_gives_nothing():
    logic = table(['type:string|"a", "b"'], ["x"], [("-", "1")])

    outcome = decide(dmn(decision("d", logic)), "d", type="c")

    assert outcome.value is None
    assert [warning.kind for warning in outcome.warnings] == ["not-allowed"]


def test_a_result_that_does_not_fit_is_null_with_a_reason():
    outcome = decide(dmn(decision("d", literal('"a"'), type_ref="number")), "d")

    assert outcome.value is None
    assert [warning.kind for warning in outcome.warnings] == ["wrong-type"]


def test_input_data_may_be_a_mere_label():
    model = DecisionModel.parse(
        {
            "x.dmn": dmn(
                input_data("检测结果"),
                decision("d", literal("result"), requires("检测结果", kind="Input")),
            )
        }
    )

    assert model.decisions["d"].reads == {"result"}
    assert model.evaluate("d", {"result": 1}, CONTEXT).warnings == ()


ITEMS = """
<itemDefinition name="tKind"><typeRef>string</typeRef>
  <allowedValues><text>"quality", "service"</text></allowedValues></itemDefinition>
<itemDefinition name="tCase">
  <itemComponent name="kind"><typeRef>tKind</typeRef></itemComponent>
  <itemComponent name="amounts" isCollection="true"><typeRef>number</typeRef>
  </itemComponent>
</itemDefinition>
<itemDefinition name="tTree"><itemComponent name="inner"><typeRef>tTree</typeRef>
</itemComponent></itemDefinition>
"""


@pytest.mark.parametrize(
    ("given", "fits"),
    [
        ({"kind": "quality", "amounts": [1]}, True),
        ({"kind": "other", "amounts": [1]}, False),
        ({"kind": "quality", "amounts": ["a"]}, False),
        ({"amounts": []}, False),
    ],
)
def test_item_definitions_say_what_fits(given, fits):
    model = dmn(
        ITEMS,
        input_data("c", "tCase"),
        decision("d", literal("c"), requires("c", kind="Input")),
    )

    assert (decide(model, "d", c=given).value == given) is fits


def test_a_type_may_contain_itself():
    model = dmn(
        ITEMS,
        input_data("t", "tTree"),
        decision("d", literal("t.inner.inner"), requires("t", kind="Input")),
    )

    assert decide(model, "d", t={"inner": {"inner": None}}).value is None
    assert decide(model, "d", t={"inner": {"inner": {"inner": None}}}).value == {
        "inner": None
    }


def test_an_import_is_known_by_its_prefix():
    imports = (
        '<import name="lib" namespace="other" importType="https://www.omg.org/spec/DMN/"/>'
    )
    library = dmn(decision("rate", literal("0.3"), name="rate"), namespace="other")
    main = dmn(imports, decision("d", literal("lib.rate * 10"), requires("other#rate")))
    model = DecisionModel.parse({"main.dmn": main, "lib.dmn": library})

    assert decide(model, "d").value == 3
    assert model.decisions["rate"].file == "lib.dmn"


def test_files_of_one_namespace_know_each_other():
    first = dmn(decision("a", literal("1")))
    second = dmn(decision("b", literal("a + 1"), requires("test#a")))
    model = DecisionModel.parse({"a.dmn": first, "b.dmn": second})

    assert decide(model, "b").value == 2


def test_a_service_is_evaluated_and_called():
    service = (
        '<decisionService id="s" name="twice"><variable name="twice"/>'
        '<outputDecision href="#double"/><inputData href="#n"/></decisionService>'
    )
    model = dmn(
        input_data("n", "number"),
        decision("double", literal("n * 2"), requires("n", kind="Input")),
        service,
        decision("d", literal("twice(4) + twice(n: 1)"), requires("s", kind="Knowledge")),
    )

    assert decide(model, "s", n=3).value == 6
    assert decide(model, "d").value == 10


def test_a_knowledge_model_may_call_itself():
    factorial = (
        '<businessKnowledgeModel id="k" name="fact"><variable name="fact"/>'
        '<encapsulatedLogic><formalParameter name="n" typeRef="number"/>'
        + literal("if n < 2 then 1 else n * fact(n - 1)")
        + "</encapsulatedLogic></businessKnowledgeModel>"
    )
    model = dmn(
        factorial, decision("d", literal("fact(10)"), requires("k", kind="Knowledge"))
    )

    assert decide(model, "d").value == 3628800


def test_a_decision_tells_what_it_is():
    model = DecisionModel.parse(
        {
            "x.dmn": dmn(
                input_data("amount"),
                decision("a", literal("amount + fee"), requires("amount", kind="Input")),
                decision(
                    "b", table(["a", "kind"], ["x"], [("1", "k", "1")]), requires("a")
                ),
            )
        }
    )

    info = model.decisions["b"]

    assert (info.id, info.file, info.kind, info.rule_ids) == (
        "b",
        "x.dmn",
        "table",
        ("r1",),
    )
    assert info.reads == {"amount", "fee", "kind", "k"}
    assert model.decisions["a"].kind == "literal"


def test_an_unknown_decision_is_refused():
    with pytest.raises(DmnError) as caught:
        decide(dmn(decision("d", literal("1"))), "other")

    assert caught.value.sentence.values["element"] == "other"


def test_a_budget_covers_the_whole_graph():
    model = DecisionModel.parse(
        {
            "x.dmn": dmn(
                decision("a", literal("count(for i in 1..600 return i)")),
                decision(
                    "b", literal("a + count(for i in 1..600 return i)"), requires("a")
                ),
            )
        }
    )
    small = Context(CONTEXT.now, budget=Budget(steps=2000))

    assert model.evaluate("a", {}, small).value == 600
    with pytest.raises(BudgetExceeded):
        model.evaluate("b", {}, small)
