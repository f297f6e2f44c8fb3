"""After a task went back to an earlier one, random models still come to their end.

They are played by chance, saved and loaded before every step. Of each task that waits it
is tried to send it back to some other; what is allowed is done.
"""

from collections import Counter
from random import Random

import pytest

from engine.bpmn import Definitions, Execution, Job, Surroundings, Timer, UserTask, Waiting
from engine.calendar import DEFAULT_CALENDAR
from engine.dmn import DecisionModel
from engine.model import InvalidState, Json, NotFound
from engine.policy.soundness.reaching import may_stand
from tests.engine.bpmn.oracle.classes import draw_lots
from tests.engine.bpmn.oracle.drawing import draw
from tests.engine.bpmn.oracle.play import BEGINNING, FLAGS, MONDAY, NUMBERS

#: Models in which a task waits at most once at a time in each process.
CLASSES = (
    "sequence and choice",
    "parallel",
    "inclusive",
    "loops",
    "event gateways",
    "links",
    "flows out of activities",
    "tangles",
)
#: Models in which what is inside others goes back too.
NESTED = (
    "borders",
    "event sub-processes",
    "multi-instance",
    "calls",
    "transactions",
    "everything",
)


class Game:
    """One model that is played by chance."""

    def __init__(self, name: str, seed: int) -> None:
        net = draw_lots(name, seed)
        self.random = Random(seed)
        self.diagram = draw(net)
        source = {"p.bpmn": self.diagram}
        self.definitions = Definitions.parse(source, DecisionModel.parse({}))
        self.now, self.returned, self.story = MONDAY, 0, [f"{name}, seed {seed}"]
        self.waiting: dict[str, Waiting] = {}
        execution, advance = Execution.start(
            self.definitions, net.id, {**BEGINNING, "never": True}, self.around
        )
        self._keep(execution, advance)

    @property
    def around(self) -> Surroundings:
        return Surroundings(self.now, DEFAULT_CALENDAR, {})

    @property
    def execution(self) -> Execution:
        return Execution.load(self.definitions, self.saved)

    def play(self, returns: int, most: int = 90) -> None:
        for step in range(most):
            if self.execution.ended or self.execution.incidents:
                return
            if not self.waiting:  # Such a model is unsound by itself: nothing went back.
                assert not self.returned, self.story
                return
            if step % 3 == 2 and self.returned < returns:
                self._return()
            else:
                self._anything()

    def _return(self) -> None:
        tasks = [each for each in self.waiting.values() if isinstance(each, UserTask)]
        process = self.definitions.processes
        known = [
            element.id
            for each in process.values()
            for element in each.elements.values()
            if element.kind == "userTask"
        ]
        if not tasks:
            return
        task, target = self.random.choice(tasks), self.random.choice(known)
        execution = self.execution
        try:
            advance = execution.send_back(
                task.token,
                target,
                lambda file, scope, places: may_stand(self.diagram, scope, places),
                self.around,
            )
        except (InvalidState, NotFound):
            return
        self.returned += 1
        self.story.append(f"return {task.element_id} to {target}")
        assert task.token in advance.closed
        assert target in [each.element_id for each in advance.opened]
        self._keep(execution, advance)

    def _anything(self) -> None:
        found = self.waiting[self.random.choice(sorted(self.waiting))]
        execution = self.execution
        values: dict[str, Json] = {
            self.random.choice(FLAGS): self.random.random() < 0.5,
            self.random.choice(NUMBERS): self.random.randrange(4),
        }
        self.story.append(f"{type(found).__name__} {found.element_id} {values}")
        match found:
            case UserTask():
                advance = execution.complete(found.token, values, self.around)
            case Job():
                advance = execution.finish_job(found.token, values, self.around)
            case Timer():
                self.now = max(self.now, found.due)
                advance = execution.fire(found.token, self.around)
            case _:
                advance = execution.deliver(found.token, values, self.around)
        self._keep(execution, advance)

    def _keep(self, execution: Execution, advance: object) -> None:
        for token in advance.closed:  # type: ignore[attr-defined]
            self.waiting.pop(token, None)
        for each in advance.opened:  # type: ignore[attr-defined]
            assert each.token not in self.waiting, self.story
            self.waiting[each.token] = each
        self.saved = execution.save()
        assert set(self.execution.awaited) == set(self.waiting), self.story

    def doubled(self) -> list[str]:
        """Return the tasks that wait more than once."""
        tasks = [e.element_id for e in self.waiting.values() if isinstance(e, UserTask)]
        return [element for element, times in Counter(tasks).items() if times > 1]


def check(name: str, seeds: range, *, once: bool) -> int:
    """Play a model for each seed; return how many tasks went back."""
    returned = 0
    for seed in seeds:
        game = Game(name, seed)
        game.play(returns=12)
        returned += game.returned
        if once and game.returned:
            assert not game.doubled(), game.story
        if not game.execution.incidents and game.execution.ended:
            assert not game.waiting, game.story
            assert not game.execution.places, game.story
    return returned


@pytest.mark.parametrize("name", CLASSES)
def test_models_end_soundly_after_tasks_went_back(name: str) -> None:
    assert check(name, range(12), once=True) > 0


@pytest.mark.parametrize("name", NESTED)
def test_models_with_inner_processes_end_soundly_too(name: str) -> None:
    assert check(name, range(8), once=False) >= 0


@pytest.mark.slow
@pytest.mark.parametrize("name", CLASSES)
def test_many_models_end_soundly_after_tasks_went_back(name: str) -> None:
    # In few tangled models a task can go back, so that it takes more of them.
    models = 1200 if name == "tangles" else 400
    assert check(name, range(1000, 1000 + models), once=True) > 100
