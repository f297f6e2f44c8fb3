"""Business rule tasks: the rule that hit is told; without one the case stops."""

from engine.bpmn import Definitions, ModelErrors
from engine.dmn import DecisionModel
from tests.engine.bpmn.models import (
    decision,
    diagram,
    end,
    flows,
    process,
    script,
    start,
    user,
)
from tests.engine.bpmn.stage import Stage

RULES = b"""
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
             namespace="http://example.org">
  <decision id="remedy" name="Remedy">
    <decisionTable id="table" hitPolicy="UNIQUE">
      <input id="i"><inputExpression id="e" typeRef="string"><text>result</text>
      </inputExpression></input>
      <output id="o" name="remedy" typeRef="string"/>
      <rule id="fault"><inputEntry id="a"><text>"fault"</text></inputEntry>
        <outputEntry id="b"><text>"replace"</text></outputEntry></rule>
      <rule id="misuse"><inputEntry id="c"><text>"misuse"</text></inputEntry>
        <outputEntry id="f"><text>"repair"</text></outputEntry></rule>
    </decisionTable>
  </decision>
  <decision id="sum" name="Sum">
    <literalExpression id="l"><text>amount + 1</text></literalExpression>
  </decision>
</definitions>
"""


def deciding(decision_id: str, **variables: object) -> Stage:
    model = diagram(
        process(
            "p",
            start(),
            decision("decide", decision_id, "remedy"),
            user("tell"),
            end(),
            flows("start", "decide", "tell", "end"),
        )
    )
    return Stage(model, variables, decisions=RULES)


def test_a_decision_sets_a_variable_and_tells_its_rule() -> None:
    stage = deciding("remedy", result="misuse")

    assert stage.variables["remedy"] == "repair"
    (taken,) = stage.last.decisions
    assert (taken.element_id, taken.decision_id) == ("decide", "remedy")
    assert [rule.rule_id for rule in taken.outcome.tables[0].rules] == ["misuse"]


def test_no_matching_rule_is_an_incident_until_it_is_corrected() -> None:
    stage = deciding("remedy", result="unclear")
    assert stage.incidents == {"decide": "no-rule"}
    assert "unclear" in str(stage.why("decide"))

    stage.correct(result="fault").retry("decide")

    assert stage.places == ["tell"]
    assert stage.variables["remedy"] == "replace"


def test_a_decision_that_fails_is_an_incident() -> None:
    assert deciding("sum", amount="x").incidents == {"decide": "decision"}


def test_a_decision_named_at_run_time_must_be_there() -> None:
    stage = deciding("= kind", kind="nothing")
    assert stage.incidents == {"decide": "decision"}

    stage.correct(kind="sum", amount=1).retry("decide")

    assert stage.variables["remedy"] == 2


def test_a_decision_that_is_not_deployed_is_refused() -> None:
    model = diagram(
        process(
            "p",
            start(),
            decision("decide", "nothing", "x"),
            script("count", "= 1 +", "y"),
            end(),
            flows("start", "decide", "count", "end"),
        )
    )

    try:
        Definitions.parse({"p.bpmn": model}, DecisionModel.parse({}))
    except ModelErrors as errors:
        found = {(problem.element, problem.rule) for problem in errors.problems}

    assert found == {
        ("decide", "bpmn-decision"),
        ("count", "bpmn-expression"),
    }
