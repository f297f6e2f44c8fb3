"""Random models do what an independent interpreter says, whatever happens when."""

from random import Random

import pytest

from tests.engine.bpmn.oracle.classes import CLASSES, draw_lots
from tests.engine.bpmn.oracle.interpreter import TooMany
from tests.engine.bpmn.oracle.nets import Net, Node, Trigger
from tests.engine.bpmn.oracle.play import MOST_STEPS, Difference, Play
from tests.engine.bpmn.oracle.shrinking import shrink
from tests.engine.bpmn.oracle.telling import tell


def check(name: str, seeds: range) -> None:
    """Play one model for each seed; tell the smallest game that goes differently."""
    games = [_play(name, seed) for seed in seeds]
    assert games.count("unclear") <= max(2, len(seeds) // 5)


def _play(name: str, seed: int) -> str:
    """Play a model and say how clear it was; fail with the story of a difference."""
    play = Play(draw_lots(name, seed), Random(seed))
    try:
        play.play(MOST_STEPS)
    except TooMany:
        return "unclear"
    except Difference as difference:
        play.trace.append(str(difference))
    else:
        return "clear"
    return pytest.fail(_story(f"{name}, seed {seed}", play), pytrace=False)


def _story(title: str, play: Play) -> str:
    """Tell the smallest game like *play* that goes differently."""
    small = shrink(play.net, play)
    return "\n".join([title, tell(small.net), "", *small.trace])


def test_a_difference_is_noticed_and_told() -> None:
    net = Net("p", is_process=True)
    for node in (
        Node("b", "start"),
        Node("t", "user"),
        Node("y", "boundary", host="t", trigger=Trigger("message", "m")),
        Node("e", "end"),
        Node("o", "end"),
    ):
        net.put(node)
    for source, target in (("b", "t"), ("t", "e"), ("y", "o")):
        net.join(source, target)
    play = Play(net, Random(1))  # Drawn as it is, played as if it did not interrupt.
    net.nodes["y"].interrupting = False

    with pytest.raises(Difference, match=r"engine:.*\n.*must be:.*user t"):
        play.play(MOST_STEPS)

    assert "y boundary on t message m (not interrupting)" in tell(net)


@pytest.mark.parametrize("name", CLASSES)
def test_random_models_do_what_the_interpreter_says(name: str) -> None:
    check(name, range(15))


@pytest.mark.slow
@pytest.mark.parametrize("name", CLASSES)
def test_many_random_models_do_what_the_interpreter_says(name: str) -> None:
    check(name, range(1000, 1500))
