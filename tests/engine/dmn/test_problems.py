"""A model that cannot be carried out is refused with all that is wrong."""

import pytest

from engine.dmn import DecisionModel, DmnProblems
from engine.language import say
from tests.engine.dmn.models import decision, dmn, input_data, literal, requires, table


def problems(**sources):
    files = {f"{name}.dmn": source for name, source in sources.items()}
    with pytest.raises(DmnProblems) as caught:
        DecisionModel.parse(files)
    return caught.value.problems


def rules(*elements):
    return [problem.rule for problem in problems(x=dmn(*elements))]


GOOD = decision("good", literal("1"))


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (b"", "无法读取"),
        (b"<a", "无法读取"),
        (b"<!DOCTYPE a><a/>", "DOCTYPE"),
        (b"<definitions/>", "应为 DMN 文件"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "html"),
        (dmn(GOOD)[:-20], "无法读取"),
    ],
)
def test_what_is_no_dmn_is_refused(source, said):
    found = problems(x=source)

    assert [(problem.file, problem.rule) for problem in found] == [
        ("x.dmn", "dmn-unreadable")
    ]
    assert said in say(found[0].what, "zh_CN")


@pytest.mark.parametrize(
    ("logic", "rule"),
    [
        ("", "dmn-no-logic"),
        (literal("1 +"), "dmn-syntax"),
        (literal("1", type_ref="tMissing"), "dmn-type"),
        (literal("1").replace(">", ' expressionLanguage="javascript">', 1), "dmn-language"),
        (table(["a"], ["x"], [("<", "1")]), "dmn-syntax"),
        (table(["a"], ["x"], [("1", "1 +")]), "dmn-syntax"),
        (table(["a +"], ["x"], [("1", "1")]), "dmn-syntax"),
        (table(["a|<"], ["x"], [("1", "1")]), "dmn-syntax"),
        (table(["a"], ["x=1 +"], [("1", "1")]), "dmn-syntax"),
        (table(["a", "b"], ["x"], [("1",)]), "dmn-cells"),
        (table(["a"], ["x", "x"], [("1", "1", "1")]), "dmn-output-names"),
        (table(["a"], [], [("1",)]), "dmn-no-output"),
        (table(["a"], ["x"], [("1", "1")], "BEST"), "dmn-hit-policy"),
        (table(["a"], ["x"], [("1", "1")], "COLLECT", "MEAN"), "dmn-aggregation"),
        ('<functionDefinition kind="Java"/>', "dmn-external"),
        (table(["a"], ["x"], [("1", "1")], "FIRST", "SUM"), "dmn-aggregation"),
        (table(["a"], ["x"], [("1", '"text"')], "COLLECT", "SUM"), "dmn-aggregated"),
        (table(["a"], ["x"], [("1", "")], "COLLECT", "MIN"), "dmn-aggregated"),
        (table(["a"], ["x"], [("1", "true")], "COLLECT", "MAX"), "dmn-aggregated"),
        (table(["a"], ["x", "y"], [("1", "1", "1")], "COLLECT", "SUM"), "dmn-aggregated"),
        (table(["a"], ["x"], [("1", "1")], "PRIORITY"), "dmn-no-order"),
        (table(["a"], ["x"], [("1", "1")], "OUTPUT ORDER"), "dmn-no-order"),
        (table(["a"], ["x"], []), "dmn-no-rule"),
        (table([""], ["x"], [("1", "1")]), "dmn-no-input"),
        (
            table(["a"], ["x"], [("1", "1", "1")]).replace("annotation", "output"),
            "dmn-cells",
        ),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_refused(logic, rule):
    assert rules(GOOD, decision("d", logic)) == [rule]


@pytest.mark.parametrize(
    "logic",
    [
        table(["a"], ["x"], [("1", "1")], "COLLECT", "SUM"),
        table(["a"], ["x"], [("1", "duration(a)")], "COLLECT", "SUM"),
        table(["a"], ["x"], [("1", "fee * 2"), ("2", "fee")], "COLLECT", "MAX"),
        table(["a"], ["x"], [("1", '"text"')], "COLLECT", "MIN"),
        table(["a"], ["x"], [("1", "true")], "COLLECT", "COUNT"),
        table(["a"], ["x", "y"], [("1", "1", "1")], "COLLECT", "COUNT"),
        table(["a"], ["x", "y"], [("1", "1", "")], "COLLECT"),
        table(["a"], ["x|1, 2", "y"], [("1", "1", "1")], "PRIORITY"),
        table(["a", "b"], ["x"], [("1", "-", "1", "a note")]),
        table([], ["x"], [("1",)]),
    ],
)
def test_a_table_of_good_shape_is_taken(logic):
    model = DecisionModel.parse({"x.dmn": dmn(decision("d", logic))})

    assert model.decisions["d"].kind == "table"


def test_outputs_of_a_declared_type_that_is_no_number_cannot_be_summed():
    logic = table(["a"], ["x"], [("1", "b")], "COLLECT", "SUM").replace(
        '<output name="x"', '<output name="x" typeRef="string"'
    )

    assert rules(decision("d", logic)) == ["dmn-aggregated"]


def test_ranks_may_stand_in_the_type_of_the_output():
    kinds = (
        '<itemDefinition name="tKind"><typeRef>string</typeRef>'
        '<allowedValues><text>"a", "b"</text></allowedValues></itemDefinition>'
    )
    logic = table(["n"], ["x"], [("1", '"a"')], "PRIORITY").replace(
        '<output name="x"', '<output name="x" typeRef="tKind"'
    )

    assert DecisionModel.parse({"x.dmn": dmn(kinds, decision("d", logic))}).tables


def test_a_rule_of_the_wrong_length_is_told_with_numbers():
    found = problems(x=dmn(decision("d", table(["a", "b"], ["x"], [("1",)]))))

    assert (found[0].element, found[0].line) == ("r1", 1)
    assert str(found[0].what) == (
        "Rule 1 has 1 conditions and 0 conclusions, but the table has 2 input and 1 output"
        " columns."
    )


def test_an_id_that_stands_twice_in_a_file_is_refused():
    found = problems(x=dmn(GOOD, input_data("good"), decision("d", literal("1"))))

    assert [(one.element, one.rule, one.line) for one in found] == [
        ("good", "dmn-id-twice", 1)
    ]


def test_a_rule_whose_id_is_taken_is_refused():
    logic = table(["a"], ["x"], [("1", "1"), ("2", "1")]).replace("r2", "r1")

    assert rules(decision("d", logic)) == ["dmn-id-twice"]


def test_a_drawing_may_have_ids_of_its_own():
    drawing = (
        '<x:DMNShape xmlns:x="https://www.omg.org/spec/DMN/20191111/DMNDI/" id="good"/>'
    )

    assert DecisionModel.parse({"x.dmn": dmn(GOOD, drawing)}).decisions.keys() == {"good"}


@pytest.mark.parametrize("length", [0, 201, 100_000])
def test_an_id_that_no_column_holds_is_refused(length):
    found = problems(x=dmn(decision("d" * length, literal("1"), name="d")))

    assert [one.rule for one in found] == ["dmn-id-length"]
    assert len(str(found[0].what)) < 200


def test_an_id_may_have_two_hundred_characters():
    model = DecisionModel.parse({"x.dmn": dmn(decision("d" * 200, literal("1")))})

    assert list(model.decisions) == ["d" * 200]


def test_a_requirement_without_a_reference_is_refused():
    empty = "<informationRequirement><requiredDecision/></informationRequirement>"

    assert rules(decision("d", literal("1"), empty)) == ["dmn-reference"]


def test_two_requirements_of_one_name_are_refused():
    found = problems(
        x=dmn(
            decision("a", literal("1"), name="rate"),
            decision("b", literal("2"), name="rate"),
            decision("d", literal("rate"), requires("a", "b")),
        )
    )

    assert [(one.element, one.rule) for one in found] == [("d", "dmn-names")]


def test_a_reference_to_nothing_is_refused():
    assert rules(decision("d", literal("1"), requires("missing"))) == ["dmn-reference"]


def test_a_cell_in_another_language_is_refused():
    logic = table(["a"], ["x"], [("1", "1")]).replace(
        "<inputEntry>", '<inputEntry id="cell" expressionLanguage="juel">'
    )

    found = problems(x=dmn(decision("d", logic)))

    assert [(problem.element, problem.rule) for problem in found] == [
        ("cell", "dmn-language")
    ]


def test_a_circle_is_refused():
    found = problems(
        x=dmn(
            decision("a", literal("1"), requires("b")),
            decision("b", literal("1"), requires("a")),
            decision("c", literal("1"), requires("a")),
        )
    )

    assert [(problem.element, problem.rule) for problem in found] == [
        ("a", "dmn-circle"),
        ("b", "dmn-circle"),
    ]


def test_an_id_of_two_decisions_is_refused():
    found = problems(x=dmn(GOOD), y=dmn(GOOD))

    assert [(problem.file, problem.element) for problem in found] == [("y.dmn", "good")]


def test_a_knowledge_model_of_java_is_refused():
    knowledge = (
        '<businessKnowledgeModel id="k" name="k"><encapsulatedLogic kind="Java"/>'
        "</businessKnowledgeModel>"
    )

    assert rules(knowledge) == ["dmn-external"]


def test_all_problems_are_told_with_their_places():
    found = problems(
        x=dmn(
            decision("one", literal("1 +")),
            decision("two", table(["a"], ["x"], [("1", "1"), ("(", "1")])),
        ),
        y=b"",
    )

    assert [(problem.file, problem.element) for problem in found] == [
        ("y.dmn", None),
        ("x.dmn", "one"),
        ("x.dmn", "r2"),
    ]
    assert all(problem.line == 1 for problem in found[1:])
    assert "1 +" in str(found[1].what)


def test_what_can_be_read_is_read_all_the_same():
    model, found = DecisionModel.read({"x.dmn": dmn(GOOD, decision("d", literal("1 +")))})

    assert set(model.decisions) == {"good", "d"}
    assert len(found) == 1


def test_a_file_of_five_million_bytes_is_refused():
    source = dmn(GOOD, input_data("x" * 5_000_000))

    assert [problem.rule for problem in problems(x=source)] == ["dmn-unreadable"]


def test_a_type_that_is_only_another_name_for_itself_is_refused():
    items = (
        '<itemDefinition name="a"><typeRef>b</typeRef></itemDefinition>'
        '<itemDefinition name="b"><typeRef>a</typeRef></itemDefinition>'
    )

    assert rules(items, input_data("x", "a")) == ["dmn-type"]


def test_types_that_go_too_deep_are_refused():
    items = "".join(
        f'<itemDefinition name="t{number}"><itemComponent name="x">'
        f"<typeRef>t{number + 1}</typeRef></itemComponent></itemDefinition>"
        for number in range(2000)
    )

    assert rules(items, input_data("x", "t0")) == ["dmn-too-deep"]


def test_boxes_that_go_too_deep_are_refused():
    begin, end = "<context><contextEntry>", "</contextEntry></context>"

    assert rules(decision("d", begin * 200 + literal("1") + end * 200)) == [
        "dmn-unreadable"
    ]
