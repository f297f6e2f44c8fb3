"""Random models do what the oracle says, through save and load after every step."""

import pytest

from engine.bpmn import Execution
from tests.engine.bpmn import models
from tests.engine.bpmn.random_models import Block, Dice, Label, ScopeRun, Sheet
from tests.engine.bpmn.stage import Stage

PLAIN = ["task", "chain", "parallel", "exclusive"]
SETS = {
    "plain": PLAIN,
    "loops": [*PLAIN, "loop"],
    "inclusive": [*PLAIN, "inclusive"],
    "inclusive in loops": [*PLAIN, "inclusive", "loop"],
    "sub-processes and borders": [*PLAIN, "sub", "guarded"],
    "multi-instance": [*PLAIN, "each", "guarded"],
    "everything": [*PLAIN, "inclusive", "loop", "sub", "guarded", "each"],
}
MOST_STEPS = 250


def draw(block: Block) -> bytes:
    sheet = Sheet()
    entry, exit_ = block.draw(sheet)
    sheet.draw(models.start(), models.end())
    sheet.draw(models.flows("start", entry), models.flows(exit_, "end"))
    return models.diagram(models.process("p", *sheet.parts))


def label(execution: Execution, element: str, token: str) -> Label:
    items = {
        (name, number)
        for name, number in execution.visible(token).items()
        if name.startswith("n")
    }
    return element, tuple(sorted(items))


def check(seed: int, kinds: list[str]) -> None:
    """Play one model by chance; the oracle and the engine must agree at every step."""
    dice = Dice(seed, kinds)
    model = dice.model()
    stage, oracle = Stage(draw(model)), ScopeRun(model)
    for _ in range(MOST_STEPS):
        execution = stage.execution
        waiting = {
            label(execution, found.element_id, token): token
            for token, found in stage.waiting.items()
        }
        expected = sorted(oracle.enabled())
        assert sorted(waiting) == expected, f"seed {seed}"
        if not expected:
            assert stage.ended, f"seed {seed}"
            return
        chosen, again = dice.random.choice(expected), dice.random.random() < 0.4
        oracle.happen(chosen, again)
        step = execution.fire if chosen[0].endswith("-t") else execution.complete
        values = () if chosen[0].endswith("-t") else ({"again": again},)
        stage._keep(execution, step(waiting[chosen], *values, stage.around))


@pytest.mark.parametrize("kinds", SETS.values(), ids=SETS)
def test_random_models_do_what_the_oracle_says(kinds: list[str]) -> None:
    for seed in range(40):
        check(seed, kinds)


@pytest.mark.slow
@pytest.mark.parametrize("kinds", SETS.values(), ids=SETS)
def test_many_random_models_do_what_the_oracle_says(kinds: list[str]) -> None:
    for seed in range(1000, 1500):
        check(seed, kinds)
