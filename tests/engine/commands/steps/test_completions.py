"""Diagrams, tables and letters may ask who did which step."""

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.byhand.returning import ReturnTask
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM
from engine.policy import Bundle, check
from engine.queries.cases.prints import CasePrint
from engine.queries.progress.trace import CaseTrace
from engine.store.models import Notice
from tests.engine.commands.conftest import ENTERED, FOUND, changed, waiting, work
from tests.engine.commands.knowing import rows

_OUTPUT = '<zeebe:properties>\n          <zeebe:property name="clause" value="MC-3" />'


def asking(bundle, output, letter="{{ customerName }}"):
    """Return the small policy, where the approval writes a value down."""
    mapping = f'<zeebe:ioMapping><zeebe:output source="{output}" target="who" />'
    bundle = changed(
        bundle, "complaint.bpmn", _OUTPUT, f"{mapping}</zeebe:ioMapping>{_OUTPUT}"
    )
    return changed(bundle, "letters/answer.md", "{{ customerName }}", letter)


def by(step, member):
    return f"get value(completions, &quot;{step}&quot;).by.{member}"


@pytest.fixture
def go(engine, who, minimal):
    """Begin a case of the small policy with an output, and find out about it."""

    def begin(output, **more):
        engine.run(DeployBundle(asking(minimal, f"={output}", **more)), by=who("root"))
        engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))
        engine.run(CompleteTask(waiting(engine, "investigate"), FOUND), by=who("lin"))
        return engine

    return begin


def approve(engine, who):
    task = waiting(engine, "approve")
    engine.run(CompleteTask(task, {"agreed": True}), by=who("zhao"))
    return engine.ask(CaseTrace(1), by=SYSTEM).variables.get("who")


def test_an_output_knows_who_did_a_step_before(go, who):
    assert approve(go(by("investigate", "name")), who) == "林文员"


def test_it_knows_who_does_this_very_step(go, who):
    assert approve(go(by("approve", "login")), who) == "zhao"


def test_it_knows_when(go, who):
    engine = go("get value(completions, &quot;investigate&quot;).at")

    assert approve(engine, who) == "2026-03-02T09:10:00+08:00"


def test_a_step_that_nobody_did_has_nobody(go, who):
    assert approve(go(f"{by('approve', 'name')} = null"), who) is False


def test_what_was_sent_back_counts_as_it_was_done_last(go, who):
    engine = go(by("investigate", "login"))
    engine.run(ReturnTask(waiting(engine, "approve"), "investigate", "x"), by=who("zhao"))
    engine.run(CompleteTask(waiting(engine, "investigate"), FOUND), by=who("lin"))

    assert approve(engine, who) == "lin"


def test_a_letter_may_say_it(go, who):
    name = '{{ get value(completions, "investigate").by.name }}'
    engine = go("null", letter=name)
    task = waiting(engine, "approve")
    engine.run(ReturnTask(task, "investigate", "x"), by=who("zhao"))
    misuse = FOUND | {"fault": "misuse"}
    engine.run(CompleteTask(waiting(engine, "investigate"), misuse), by=who("lin"))

    work(engine)

    [letter] = rows(engine, Notice, Notice.kind == "letter")
    assert letter.body.startswith("林文员")


def test_a_print_may_say_it(engine, who, minimal):
    value = '= get value(completions, \\"investigate\\").by.name'
    printed = f'title = "单"\n[[section]]\nfields = [{{ label = "谁", value = "{value}" }}]'
    files = {**minimal.files, "prints/note.toml": printed.encode()}
    bundle = Bundle(minimal.key, files)
    assert findings(bundle) == []
    engine.run(DeployBundle(bundle), by=who("root"))
    engine.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    engine.run(CompleteTask(waiting(engine, "investigate"), FOUND), by=who("lin"))

    [section] = engine.ask(CasePrint(1, "note"), by=who("lin")).sections
    assert section.rows[0][0].text == "林文员"


def findings(bundle):
    return [each for each in check(bundle) if each.rule == "name-unset"]


def test_the_check_knows_the_steps(minimal):
    letter = '{{ get value(completions, "investigate").by.name }}'

    assert findings(asking(minimal, f"={by('approve', 'name')}", letter)) == []


def test_the_check_names_a_step_that_is_none(minimal):
    [found] = findings(asking(minimal, f"={by('aprove', 'name')}"))

    assert "who did aprove" in str(found.what)
    assert "approve" in str(found.remedy)


def test_the_check_says_where_it_cannot_be_read(minimal):
    bundle = changed(
        minimal, "policy.toml", 'unit = "= branch"', 'unit = "= completions.approve"'
    )

    assert "completions" in str(findings(bundle)[0].what)
