"""A model that fails while running stops the case, keeps the work, and can be put right."""

import pytest

from engine.commands.cases.lifecycle import CorrectVariable, StartCase
from engine.commands.operations.incidents import RetryIncident
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.language import say
from engine.queries.operations.troubles import Incidents
from engine.store.models import Case, Incident, Submission, Task
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting, work
from tests.engine.commands.knowing import rows

BPMN, DMN = "complaint.bpmn", "remedy.dmn"
DECIDES = '<zeebe:calledDecision decisionId="remedy" resultVariable="remedy" />'
ENDLESS = "count(for i in 1..(if costs = null then 100000000 else costs) return i)"
UNKNOWN = "=if costs = null then &quot;nothing&quot; else &quot;remedy&quot;"
SCRIPT = f'<zeebe:script expression="={ENDLESS}" resultVariable="counted" />'
MAPPED = (
    f'{DECIDES}<zeebe:ioMapping><zeebe:{{}} source="={ENDLESS}" target="counted" />'
    "</zeebe:ioMapping>"
)
COSTS = {"costs": 5}

#: What is changed in the small policy, where the case stops, and what puts it right.
MODELS = {
    "a condition that is null": (
        (BPMN, '=remedy = "replace"', "=costs &gt; 100"),
        "is-replaced",
        COSTS,
    ),
    "a table without a rule that hits": (
        (DMN, '<text>"quality"</text>', '<text>"nothing"</text>'),
        "decide",
        {"fault": "misuse"},
    ),
    "a decision that there is not": (
        (BPMN, 'decisionId="remedy"', f'decisionId="{UNKNOWN}"'),
        "decide",
        COSTS,
    ),
    "a script that does not end": ((BPMN, DECIDES, SCRIPT), "decide", COSTS),
    "an input that does not end": (
        (BPMN, DECIDES, MAPPED.format("input")),
        "decide",
        COSTS,
    ),
    "an output that does not end": (
        (BPMN, DECIDES, MAPPED.format("output")),
        "decide",
        COSTS,
    ),
}


@pytest.fixture(params=MODELS.values(), ids=MODELS.keys())
def model(request, engine, who, minimal):
    """A case that a model has stopped: where, and what puts it right."""
    change, place, cure = request.param
    bundle = changed(minimal, *change)
    if "zeebe:script" in change[2]:
        bundle = changed(bundle, BPMN, "businessRuleTask", "scriptTask")
    engine.run(DeployBundle(bundle), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    engine.run(CompleteTask(waiting(engine, "investigate"), FOUND), by=who("lin"))
    return engine, place, cure


def test_the_persons_work_is_kept_and_operations_reads_why(model, who):
    engine, place, _ = model

    [task] = rows(engine, Task)
    [stop] = engine.ask(Incidents(), by=who("root")).rows
    assert (task.state, task.completed_by) == ("completed", "lin")
    assert rows(engine, Submission)[-1].values == FOUND
    assert rows(engine, Case)[0].state == "open"
    assert stop.element_id == place
    for language in ("zh_CN", "zh_TW"):
        said = say(stop.sentence, language)
        assert any("\u4e00" <= character <= "\u9fff" for character in said)
        assert not said.startswith("Expected")


def test_what_is_put_right_goes_on(model, who):
    engine, _, cure = model
    [incident] = rows(engine, Incident)

    engine.run(CorrectVariable(incident.case_id, cure, "更正"), by=who("root"))
    engine.run(RetryIncident(incident.id), by=who("root"))
    work(engine)

    assert [row.state for row in rows(engine, Incident)] == ["resolved"]
    done = rows(engine, Case)[0].state == "closed"
    assert done or rows(engine, Task, Task.state == "open")


def test_what_is_still_wrong_stops_again(model, who):
    engine, place, _ = model
    [incident] = rows(engine, Incident)

    engine.run(RetryIncident(incident.id), by=who("root"))

    again = rows(engine, Incident)[-1]
    assert (again.state, again.element_id) == ("open", place)


def test_a_letter_that_cannot_be_written_is_written_once_it_can(engine, who, minimal):
    bad = changed(
        minimal, "letters/answer.md", "{{ customerName }}", f"{{{{ {ENDLESS} }}}}"
    )
    engine.run(DeployBundle(bad), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
    task = waiting(engine, "investigate")
    engine.run(CompleteTask(task, FOUND | {"fault": "misuse"}), by=who("lin"))
    work(engine)
    [incident] = rows(engine, Incident)
    assert (incident.kind, incident.element_id) == ("job", "answer")
    assert rows(engine, Task)[0].state == "completed"

    engine.run(CorrectVariable(incident.case_id, COSTS), by=who("root"))
    engine.run(RetryIncident(incident.id), by=who("root"))
    work(engine)

    assert rows(engine, Case)[0].state == "closed"
