"""Files as the users of other tools write them are read, or are said to be foreign."""

from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from lxml import etree

from engine.bpmn import Definitions, ElementInfo, ModelErrors, Problem, Term, inspect
from engine.bpmn.elements import Call
from engine.dmn import DecisionModel

FILES = Path(__file__).parent / "files"
TABLE = {
    "redress.dmn": b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" '
    b'id="d" name="d" namespace="n"><decision id="redress" name="redress">'
    b'<literalExpression id="l"><text>"all"</text></literalExpression></decision>'
    b"</definitions>"
}


def read(name: str) -> bytes:
    return (FILES / name).read_bytes()


def elements(name: str) -> dict[str, ElementInfo]:
    definitions = Definitions.parse({name: read(name)}, DecisionModel.parse(TABLE))
    return {
        element.id: element
        for process in definitions.processes.values()
        for element in process.elements.values()
    }


def conditions(name: str) -> dict[str, str | None]:
    definitions = Definitions.parse({name: read(name)}, DecisionModel.parse(TABLE))
    return {
        flow.id: flow.condition
        for process in definitions.processes.values()
        for flow in process.flows.values()
        if flow.condition
    }


def text(term: Term | None) -> str | None:
    return term and term.source


def found(name: str) -> dict[str, set[str]]:
    """Return what is found at each element, in words."""
    problems: dict[str, set[str]] = {}
    for problem in inspect({name: read(name)}):
        problems.setdefault(problem.element or "", set()).add(str(problem.what))
    return problems


@pytest.mark.parametrize("name", ["camunda-7.bpmn", "operaton.bpmn"])
def test_it_reads_who_does_a_task_and_by_when_from_camunda_7_and_operaton(
    name: str,
) -> None:
    task = elements(name)["check-claim"]

    assert text(task.assignment.assignee) == "= clerk"
    assert text(task.assignment.groups) == "clerks, leads"
    assert text(task.schedule.due) == "= due"
    assert text(task.schedule.priority) == "80"
    assert (task.form_id, task.clauses) == ("check", ("R-1",))


@pytest.mark.parametrize("name", ["camunda-7.bpmn", "operaton.bpmn"])
def test_it_reads_what_goes_in_and_out_from_camunda_7_and_operaton(name: str) -> None:
    held = elements(name)

    task, call = held["check-claim"], held["archive"]
    assert [(m.target, m.source.source) for m in task.inputs] == [
        (("hint",), '= "请核对" + (if (number) = null then "" else string(number))'),
        (("copy",), "= amount * 2"),
    ]
    assert [(m.target, m.source.source) for m in call.inputs] == [
        (("file",), "= number"),
        (("sum",), "= amount + 1"),
    ]
    assert [(m.target, m.source.source) for m in call.outputs] == [(("kept",), "= shelf")]
    assert call.call == Call("archiving", all_in=False, all_out=False)


@pytest.mark.parametrize("name", ["camunda-7.bpmn", "operaton.bpmn"])
def test_it_reads_decisions_jobs_scripts_and_loops_of_camunda_7(name: str) -> None:
    held = elements(name)

    loop = held["approve"].loop
    assert held["decide"].decision_id == "redress"
    assert held["pay"].job_type == "notify"
    assert held["shelve"].result_variable == "shelf"
    assert loop is not None
    assert text(loop.collection) == "= approvers"
    assert text(loop.completion) == "= numberOfCompletedInstances >= 1"
    assert conditions(name) == {"f5": '= amount > 100 and redress != "none"'}


def test_it_reads_what_flowable_writes() -> None:
    held = elements("flowable.bpmn")

    look, mend, tell = held["look"], held["mend"], held["tell"]
    assert text(look.assignment.groups) == "engineers"
    assert look.form_id == "look-form"
    assert mend.call == Call("mending", all_in=True, all_out=False)
    assert tell.loop is not None
    assert tell.loop.item == "customer"
    assert conditions("flowable.bpmn") == {"s3": "= worth = true and price < 500"}


def test_it_reads_who_may_do_a_task_as_bpmn_itself_says_it() -> None:
    work = elements("flowable.bpmn")["work"]

    assert text(work.assignment.users) == "anna"
    assert text(work.assignment.groups) == "engineers, helpers"


def test_it_reads_what_the_desktop_modeler_writes() -> None:
    held = elements("desktop-modeler.bpmn")

    assert held["greet"].lane == "前台"
    assert held["greet"].form_id == "greet"


def test_it_names_everything_in_a_file_that_calls_java() -> None:
    problems = found("java-inside.bpmn")

    assert set(problems) == {"p", "s", "bean", "klass", "ask", "groovy", "table", "f7"}
    assert len(problems["ask"]) == 5
    assert "Expected a script in FEEL, but it is in groovy." in problems["groovy"]


def test_what_another_engine_keeps_for_itself_does_not_matter() -> None:
    problems = inspect({"flowable.bpmn": read("flowable.bpmn")})

    assert not problems


def test_two_dialects_that_say_different_things_are_named() -> None:
    source = read("camunda-7.bpmn").replace(
        b"<bpmn:extensionElements>\n        <camunda:inputOutput>",
        b'<bpmn:extensionElements><zeebe:assignmentDefinition assignee="bo" '
        b'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" /><camunda:inputOutput>',
    )

    problems = inspect({"c.bpmn": source})

    assert [problem.element for problem in problems] == ["check-claim"]
    assert "camunda:assignee" in str(problems[0].what)


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.glob("*.bpmn")))
@pytest.mark.parametrize("seed", range(8))
def test_a_broken_file_gives_findings_in_words(name: str, seed: int) -> None:
    sources = [broken(read(name), Random(seed * 100 + turn)) for turn in range(25)]

    problems = [problem for source in sources for problem in refused(name, source)]

    assert not [text for text in map(words, problems) if "Error" in text or "<" in text]


def refused(name: str, source: bytes) -> Sequence[Problem]:
    try:
        Definitions.parse({name: source}, DecisionModel.parse(TABLE))
    except ModelErrors as error:
        return error.problems
    return ()


def words(problem: Problem) -> str:
    return f"{problem.what} {problem.remedy}".replace("<= ", "").replace("< ", "")


def broken(source: bytes, dice: Random) -> bytes:
    """Return *source* with a few elements or attributes taken out, doubled or moved."""
    root = etree.fromstring(source)
    for _ in range(dice.randint(1, 4)):
        nodes = [node for node in root.iter(tag=etree.Element) if node is not root]
        if not nodes:
            break
        node = dice.choice(nodes)
        parent = node.getparent()
        assert parent is not None
        turn = dice.randrange(5)
        if turn == 0:
            parent.remove(node)
        elif turn == 1 and node.attrib:
            del node.attrib[dice.choice(list(node.attrib))]
        elif turn == 2 and node.attrib:
            node.set(
                dice.choice(list(node.attrib)), dice.choice(["", "=", "${", "nowhere"])
            )
        elif turn == 3:
            other = dice.choice(nodes)
            if not any(above is node for above in other.iterancestors()) and other != node:
                other.append(node)
        else:
            node.text = dice.choice(["", "= (", "${x.y()}", "∞"])
    return etree.tostring(root)
