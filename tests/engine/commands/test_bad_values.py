"""Values that no table holds and no expression reads are refused at once."""

from decimal import Decimal

import pytest

from engine.commands.cases.lifecycle import AddComment, CorrectVariable, StartCase
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask, SaveDraft
from engine.model import CaseId, InvalidValues, NotFound, TaskId
from engine.queries.cases.file import CaseFile
from engine.store.models import Case, Draft, JournalLine, Message, SavedExecution
from engine.store.values import loads
from tests.engine.commands.conftest import ENTERED, FOUND, waiting
from tests.engine.commands.knowing import rows
from tests.engine.commands.outside.test_correlate_message import by_message


def nested(levels):
    value = []
    for _ in range(levels):
        value = [value]
    return value


ODD = {
    "1E400000": Decimal("1E400000"),
    "NaN": Decimal("NaN"),
    "Infinity": Decimal("Infinity"),
    "a fraction of 5000 digits": Decimal("9" * 5000),
    "a whole number of 5000 digits": 10**5000,
    "5000 lists in lists": nested(5000),
    "a NUL character": "a\0b",
    "half a pair of surrogates": "a\ud800b",
    "a float": float("inf"),
    "bytes": b"x",
    "an object": object(),
}
odd = pytest.mark.parametrize("value", ODD.values(), ids=ODD.keys())


def refused(engine, command, actor):
    """Return the fields that the refusal names, once it is clear that nothing changed."""
    lines = len(rows(engine, JournalLine))
    with pytest.raises(InvalidValues) as refusal:
        engine.run(command, by=actor)
    assert len(rows(engine, JournalLine)) == lines
    return set(refusal.value.errors)


@odd
def test_no_message_carries_them(deployed, who, case_id, value):
    message = CorrelateMessage("goods-arrived", "JY-2603-0001", "m1", {"goods": value})

    assert refused(deployed, message, who("root")) == {"goods"}
    assert rows(deployed, Message) == []


@odd
def test_no_correction_sets_them(deployed, who, case_id, value):
    correction = CorrectVariable(case_id, {"branch": [{"inside": value}]})

    assert refused(deployed, correction, who("root")) == {"branch"}


@odd
def test_no_draft_keeps_them(deployed, who, investigate, value):
    draft = SaveDraft({"findings": value}, investigate)

    assert refused(deployed, draft, who("lin")) == {"findings"}
    assert rows(deployed, Draft) == []


@odd
def test_no_form_takes_them(deployed, who, investigate, value):
    completion = CompleteTask(investigate, FOUND | {"findings": value})

    assert refused(deployed, completion, who("lin")) == {"findings"}


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_no_remark_holds_characters_that_cannot_be_seen(deployed, who, case_id, text):
    assert refused(deployed, AddComment(case_id, text), who("lin")) == {"text"}


@pytest.mark.parametrize("name", ["a\0b", "a\ud800b", "x" * 201, " "])
@pytest.mark.parametrize("field", ["name", "key", "message_id"])
def test_a_message_has_names_that_can_be_kept(deployed, who, field, name):
    named = {"name": "goods-arrived", "key": "JY-2603-0001", "message_id": "m1"}
    message = CorrelateMessage(**named | {field: name})

    assert refused(deployed, message, who("root")) == {field}


@pytest.mark.parametrize(
    "name",
    ["__class__", "__init__", "typename", "self", "case", "", "a.b", "=1", "投诉 人"],
)
def test_a_variable_may_be_called_anything(deployed, who, case_id, investigate, name):
    deployed.run(CorrectVariable(case_id, {name: "x"}), by=who("root"))
    deployed.run(CompleteTask(investigate, FOUND), by=who("lin"))

    assert loads(rows(deployed, SavedExecution)[0].variables)[name] == "x"
    assert waiting(deployed, "approve")


def test_a_megabyte_of_text_starts_a_case_with_what_a_list_shows_cut(engine, who, minimal):
    engine.run(DeployBundle(by_message(minimal)), by=who("root"))
    long = "演示" * 500_000
    payload = {"customerName": long, "subject": long, "branch": long}

    engine.run(CorrelateMessage("complaint-filed", None, "m1", payload), by=who("root"))

    [case] = rows(engine, Case)
    assert case.state == "open"
    assert case.customer == case.unit == long[:200]
    assert len(case.title) <= 200


@pytest.mark.parametrize("number", [2**31, 2**63, 10**300, -(2**40)])
def test_a_number_that_no_row_has_is_not_found(deployed, who, case_id, number):
    with pytest.raises(NotFound):
        deployed.run(CompleteTask(TaskId(number), {}), by=who("lin"))
    with pytest.raises(NotFound):
        deployed.ask(CaseFile(CaseId(number)), by=who("lin"))


@pytest.mark.parametrize("command_id", ["x" * 201, "x" * 1_000_000, "a\0b", "\ud800"])
def test_a_command_id_is_short(deployed, who, command_id):
    with pytest.raises(InvalidValues) as refusal:
        deployed.run(
            StartCase("minimal", "complaint", ENTERED),
            by=who("lin"),
            command_id=command_id,
        )

    assert set(refusal.value.errors) == {"command_id"}
    assert rows(deployed, Case) == []


@pytest.mark.parametrize(
    "text",
    ["1e99999999999999999999", "NaN", "[" * 100_000, '"\\ud800"', "", "{", "1" * 5000],
)
def test_json_that_cannot_be_read_is_no_value(text):
    with pytest.raises(ValueError, match=r"."):
        loads(text)
