"""An outcome tells which tables and rules led to it."""

from tests.engine.dmn.models import (
    decide,
    decision,
    dmn,
    input_data,
    literal,
    requires,
    table,
)

SEVERITY = table(
    ["amount"],
    ["severity"],
    [("<= 100", '"minor"', "小额"), ("> 100", '"serious"', "PQ-5.4")],
    identity="severity-table",
)
REMEDY = table(
    ["severity", "warranty:boolean"],
    ["remedy", "days"],
    [
        ('"serious"', "true", '"replace"', "3"),
        ('"minor"', "-", '"repair"', "5"),
    ],
)
MODEL = dmn(
    input_data("amount", "number"),
    decision("severity", SEVERITY, requires("amount", kind="Input"), name="severity"),
    decision("remedy", REMEDY, requires("severity"), name="处理方式"),
    decision("summary", literal("处理方式.remedy"), requires("remedy")),
)


def test_the_whole_graph_leaves_its_trace():
    outcome = decide(MODEL, "summary", amount=500, warranty=True)

    assert outcome.value == "replace"
    assert [trace.decision_id for trace in outcome.tables] == ["severity", "remedy"]


def test_a_rule_is_named_with_its_notes_and_conclusions():
    trace = decide(MODEL, "severity", amount=500).tables[0]

    assert (trace.name, trace.file, trace.hit_policy) == ("severity", "test.dmn", "UNIQUE")
    assert trace.inputs == {"amount": 500}
    rule = trace.rules[0]
    assert (rule.index, rule.rule_id) == (2, "severity-table-r2")
    assert rule.annotations == ("PQ-5.4",)
    assert rule.outputs == {"severity": "serious"}


def test_the_modeler_keeps_notes_as_a_description():
    logic = table(["n"], ["x"], [("-", "1")]).replace(
        '<rule id="r1">', '<rule id="r1"><description> PQ-3.1 </description>'
    )

    outcome = decide(dmn(decision("d", logic)), "d", n=1)

    assert outcome.tables[0].rules[0].annotations == ("PQ-3.1",)


def test_a_table_is_carried_out_once():
    twice = decision("twice", literal("[severity, severity]"), requires("severity"))
    model = dmn(decision("severity", SEVERITY), twice)

    assert len(decide(model, "twice", amount=1).tables) == 1


def test_a_table_without_a_hit_is_in_the_trace():
    outcome = decide(MODEL, "remedy", amount=500, warranty=False)

    assert outcome.value is None
    assert outcome.tables[-1].rules == ()
    assert outcome.tables[-1].inputs == {"severity": "serious", "warranty": False}


def test_columns_that_ask_the_same_are_told_apart():
    model = dmn(decision("d", table(["a", "a"], ["x"], [("1", "1", "1")])))

    assert decide(model, "d", a=1).tables[0].inputs == {"a": 1, "a (2)": 1}


def test_a_knowledge_model_leaves_its_trace_at_each_call():
    knowledge = (
        '<businessKnowledgeModel id="k" name="share"><variable name="share"/>'
        '<encapsulatedLogic><formalParameter name="fault"/>'
        + table(["fault"], ["percent"], [("< 5", "30"), (">= 5", "60")])
        + "</encapsulatedLogic></businessKnowledgeModel>"
    )
    calls = decision("d", literal("[share(1), share(9)]"), requires("k", kind="Knowledge"))

    outcome = decide(dmn(knowledge, calls), "d")

    assert outcome.value == [30, 60]
    assert [(trace.decision_id, trace.rules[0].index) for trace in outcome.tables] == [
        ("k", 1),
        ("k", 2),
    ]


def test_what_json_cannot_hold_is_shown_as_text():
    model = dmn(decision("d", table(["[1..a]"], ["x"], [("-", "1")])))

    assert decide(model, "d", a=5).tables[0].inputs == {"[1..a]": "[1 .. 5]"}


def test_a_table_in_a_loop_does_not_fill_the_memory():
    function = (
        '<businessKnowledgeModel id="k" name="f"><variable name="f"/>'
        '<encapsulatedLogic><formalParameter name="n"/>'
        + table(["n"], ["x"], [("-", "n")])
        + "</encapsulatedLogic></businessKnowledgeModel>"
    )
    loop = decision(
        "d", literal("count(for i in 1..1500 return f(i))"), requires("k", kind="Knowledge")
    )

    outcome = decide(dmn(function, loop), "d")

    assert outcome.value == 1500
    assert len(outcome.tables) == 1000
    assert [warning.kind for warning in outcome.warnings] == ["many-tables"]


def test_a_warning_names_the_decision_it_belongs_to():
    outcome = decide(MODEL, "summary", amount=None, warranty=True)

    assert {warning.element for warning in outcome.warnings} <= {
        "severity",
        "remedy",
        "summary",
    }
    assert outcome.warnings[0].element == "severity"
