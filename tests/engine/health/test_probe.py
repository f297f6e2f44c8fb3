"""Questions that may never be answered."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from engine.health.probe import NoAnswer, Probe


def test_it_gives_the_answer() -> None:
    assert Probe(lambda: 7, patience=5).answer() == 7


def test_it_raises_what_the_question_raised() -> None:
    with pytest.raises(ZeroDivisionError):
        Probe(lambda: 1 / 0, patience=5).answer()


def test_it_asks_anew_each_time() -> None:
    answers = iter([1, 2])
    probe = Probe(lambda: next(answers), patience=5)

    assert (probe.answer(), probe.answer()) == (1, 2)


def test_it_waits_only_so_long_and_asks_once_meanwhile() -> None:
    asked, release = [], threading.Event()
    probe = Probe(lambda: (asked.append(1), release.wait()), patience=0.05)

    with ThreadPoolExecutor(4) as people:
        waits = [people.submit(probe.answer) for _ in range(4)]
        refusals = [wait.exception() for wait in waits]

    assert [type(refusal) for refusal in refusals] == [NoAnswer] * 4
    assert len(asked) == 1
    release.set()
