"""An execution is saved as text and taken up again."""

from decimal import Decimal

import pytest

from engine.bpmn import Definitions, Execution, ModelError, Saved
from engine.dmn import DecisionModel
from tests.engine.bpmn.models import (
    boundary,
    cycle,
    diagram,
    each,
    end,
    flows,
    process,
    start,
    undone_by,
    user,
)
from tests.engine.bpmn.stage import Stage, play


def waiting_stage() -> Stage:
    return play(
        start(),
        user("x", each("= [1, 2.5, {a: null}]")),
        boundary("late", "x", cycle("R/PT1H"), interrupting=False),
        end(),
        flows("start", "x", "end"),
        flows("late", "end"),
        amount=Decimal("10.10"),
        name="演示",
    )


def test_loading_and_saving_changes_nothing() -> None:
    stage = waiting_stage()

    assert stage.execution.save() == stage.saved


def test_numbers_and_texts_come_back_as_they_were() -> None:
    stage = waiting_stage()

    assert stage.variables == {"amount": Decimal("10.10"), "name": "演示"}
    items = [stage.waiting[token].local["item"] for token in sorted(stage.waiting)[:3]]
    assert Decimal("2.5") in items


def test_the_same_steps_give_the_same_state() -> None:
    assert waiting_stage().fire("late").saved == waiting_stage().fire("late").saved


def test_the_specification_is_not_stored() -> None:
    assert len(waiting_stage().saved.state) < 600


def test_a_state_of_other_definitions_is_refused() -> None:
    other = diagram(process("p", start(), user("y"), end(), flows("start", "y", "end")))
    definitions = Definitions.parse({"p.bpmn": other}, DecisionModel.parse({}))

    with pytest.raises(ModelError, match="element “x”"):
        Execution.load(definitions, waiting_stage().saved)


def test_a_state_of_another_version_is_refused() -> None:
    stage = waiting_stage()
    saved = Saved(stage.saved.state.replace('"v":1', '"v":9'), stage.saved.variables)

    with pytest.raises(ModelError, match="version"):
        Execution.load(stage.definitions, saved)


def test_only_what_older_programs_cannot_read_is_of_a_newer_version() -> None:
    plain = waiting_stage()
    undoable = play(
        start(),
        user("x"),
        undone_by("x", "h"),
        user("h", isForCompensation="true"),
        user("y"),
        end(),
        flows("start", "x", "y", "end"),
    )
    assert '"v":1' in undoable.saved.state

    undoable.complete("x")

    assert '"v":1' in plain.saved.state
    assert '"v":2' in undoable.saved.state
