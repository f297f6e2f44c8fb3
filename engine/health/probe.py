"""Asks something that may never answer, and waits for it only so long."""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class NoAnswer(Exception):
    """There was no answer in time."""


class Probe(Generic[T]):
    """One question at a time: who asks while it is open waits for the same answer.

    So a database that hangs holds one thread, however often a watchdog comes by.

    Args:
        question: What may take long.
        patience: Seconds to wait.
    """

    def __init__(self, question: Callable[[], T], patience: float) -> None:
        self._question = question
        self._patience = patience
        self._lock = threading.Lock()
        self._asked: _Asked[T] | None = None

    def answer(self) -> T:
        """Return the answer, or raise what the question raised.

        Raises:
            NoAnswer: If it does not come in time.
        """
        with self._lock:
            asked = self._asked
            if asked is None or asked.answered.is_set():
                asked = self._asked = _Asked(self._question)
                threading.Thread(target=asked.ask, name="probe", daemon=True).start()
        if not asked.answered.wait(self._patience):
            raise NoAnswer
        if asked.error is not None:
            raise asked.error
        return asked.found[0]


class _Asked(Generic[T]):
    def __init__(self, question: Callable[[], T]) -> None:
        self._question = question
        self.answered = threading.Event()
        self.found: list[T] = []
        self.error: Exception | None = None

    def ask(self) -> None:
        try:
            self.found.append(self._question())
        except Exception as error:  # It is raised again where it was asked for.
            self.error = error
        finally:
            self.answered.set()
