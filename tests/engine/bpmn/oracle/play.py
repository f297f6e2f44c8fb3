"""Plays a net by chance with the engine and the interpreter, and compares every step.

The engine plays thrice: once kept in memory, twice saved as text and loaded again before
every step; all must tell the same.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

from engine.bpmn import (
    Advance,
    Definitions,
    Execution,
    Job,
    Saved,
    Subscription,
    Surroundings,
    Timer,
    UserTask,
    Waiting,
)
from engine.calendar import DEFAULT_CALENDAR
from engine.dmn import DecisionModel
from engine.model import InvalidState, Json
from tests.engine.bpmn.oracle import interpreter
from tests.engine.bpmn.oracle.catching import catcher
from tests.engine.bpmn.oracle.drawing import draw
from tests.engine.bpmn.oracle.interpreter import Label, Sight
from tests.engine.bpmn.oracle.nets import Net
from tests.engine.bpmn.oracle.state import Case, freeze

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
FLAGS = ("f0", "f1", "f2", "f3")
NUMBERS = ("n0", "n1", "n2")
BEGINNING: dict[str, Json] = {
    **dict.fromkeys(FLAGS, False),
    **dict.fromkeys(NUMBERS, 0),
}
ERRORS = ("e0", "e1", "e2")
MOST_STEPS = 50  #: Things that happen in a game.
ASLEEP = '"asleep"'  #: In a state that keeps what is idle as text.
UNSURE = 3  #: Configurations at once from which on only what is clear happens.
CROWD = 40  #: Things that wait at once at which the game is over.
LOST = 40  #: Configurations at once at which the game is over.

Act = Callable[[Execution, Surroundings], Advance]


class Difference(AssertionError):
    """The engine does what the interpreter cannot."""


@dataclass
class Play:
    """One game: a net, what happened so far, and where both are."""

    net: Net
    random: Random
    trace: list[str] = field(default_factory=list)
    steps: int = 0
    most: int = 1  #: The most configurations that were possible at once.

    def __post_init__(self) -> None:
        source = {"p.bpmn": draw(self.net)}
        self.definitions = Definitions.parse(source, DecisionModel.parse({}))
        self.now = MONDAY
        self.tokens: dict[str, Waiting] = {}
        self.cases: list[Case] = []

    @property
    def around(self) -> Surroundings:
        return Surroundings(self.now, DEFAULT_CALENDAR, {})

    def play(self, most: int) -> None:
        """Start the process and let *most* things happen.

        Raises:
            Difference: If the engine is not where the interpreter may be.
        """
        self.trace.append("start")
        self.live, advance = Execution.start(
            self.definitions, self.net.id, BEGINNING, self.around
        )
        self.saved = self.live.save()
        self.cases = interpreter.begin(self.net, BEGINNING)
        self._compare(advance)
        while self.steps < most and self._is_clear():
            if not self._anything():
                return
            self.steps += 1

    def _is_clear(self) -> bool:
        """Tell whether the game is worth going on."""
        few = len(self.cases) <= LOST and len(self.tokens) <= CROWD
        return few and not self.live.ended

    def _anything(self) -> bool:
        """Let one thing happen; tell whether there was one."""
        options = sorted((self._label(token), token) for token in self.tokens)
        stuck = sorted({(i.element_id, i.token) for i in self.live.incidents})
        chance = self.random.random()
        if chance < 0.05:
            self._correct()
        elif stuck and (chance < 0.2 or not options):
            self._retry(*self.random.choice(stuck))
        elif options:
            label, token = self._choose(options)
            if label.kind == "job" and self.random.random() < 0.4:
                self._fail(label, token)
            else:
                self._happen(label, token)
        else:
            return False
        return True

    def _choose(self, options: list[tuple[Label, str]]) -> tuple[Label, str]:
        """Return what happens; something that cannot be mistaken when much is possible."""
        names = [label for label, _ in options]
        if len(self.cases) > UNSURE:
            sure = [option for option in options if names.count(option[0]) == 1]
            options = sure or options
        done = [option for option in options if option[0].kind in ("user", "job")]
        return self.random.choice(done if done and self.random.random() < 0.4 else options)

    def _label(self, token: str) -> Label:
        found = self.tokens[token]
        seen = freeze(self.live.visible(token))
        match found:
            case UserTask():
                return Label("user", found.element_id, seen)
            case Job():
                return Label("job", found.element_id, seen)
            case Timer():
                return Label("timer", found.element_id, seen)
            case Subscription():
                return Label(found.kind, found.element_id, seen)

    def _values(self) -> dict[str, Json]:
        """Return what somebody may hand in."""
        values: dict[str, Json] = {}
        if self.random.random() < 0.7:
            values[self.random.choice(FLAGS)] = self.random.random() < 0.5
        if self.random.random() < 0.4:
            values[self.random.choice(NUMBERS)] = self.random.randrange(4)
        return values

    def _happen(self, label: Label, token: str) -> None:
        values: dict[str, Json] = {} if label.kind == "timer" else self._values()
        self.trace.append(f"{label.kind} {label.element} {values or ''}")
        found = self.tokens[token]
        if isinstance(found, Timer):
            self.now = max(self.now, found.due)
        self.cases = interpreter.after(self.cases, label, values)
        match label.kind:
            case "user":
                self._step(lambda e, around: e.complete(token, values, around))
            case "job":
                self._step(lambda e, around: e.finish_job(token, values, around))
            case "timer":
                self._step(lambda e, around: e.fire(token, around))
            case _:
                self._step(lambda e, around: e.deliver(token, values, around))

    def _fail(self, label: Label, token: str) -> None:
        code, values = self.random.choice(ERRORS), self._values()
        self.trace.append(f"fail {label.element} with {code} {values or ''}")
        caught = [
            catcher(path, "error", code, own=True) is not None
            for case in self.cases
            for found, path, _ in interpreter.waiting(case, label.element)
            if found == label
        ]

        def act(execution: Execution, around: Surroundings) -> Advance:
            return execution.fail_job(token, code, values, around)

        try:
            advance = act(self._loaded(), self.around)
        except InvalidState:
            if all(caught):
                raise Difference("the error is caught, but the engine says no") from None
            return
        if not any(caught):
            raise Difference(f"the error is not caught, but the engine goes on: {advance}")
        self.cases = interpreter.after(self.cases, label, values, code)
        self._step(act)

    def _retry(self, element: str, token: str) -> None:
        self.trace.append(f"retry {element}")
        self.cases = interpreter.retried(self.cases, element)
        self._step(lambda e, around: e.retry(token, around))

    def _correct(self) -> None:
        values = self._values()
        if self.random.random() < 0.3:
            values["never"] = self.random.random() < 0.5
        self.trace.append(f"correct {values}")
        self.cases = interpreter.corrected(self.cases, values)
        self._step(lambda e, around: e.correct(values, around))

    def _loaded(self) -> Execution:
        text = Saved(self.saved.state, self.saved.variables)
        return Execution.load(self.definitions, text)

    def _step(self, act: Act) -> None:
        advance = act(self.live, self.around)
        first, second = self._loaded(), self._loaded()
        for loaded in (first, second):
            if act(loaded, self.around) != advance:
                raise Difference("after loading, the same step does something else")
        saved, live = first.save(), self.live.save()
        if saved != second.save():
            raise Difference("the same step of the same state leads somewhere else")
        if saved != live and ASLEEP not in saved.state + live.state:
            raise Difference("after loading, the same step leads somewhere else")
        self.saved = saved
        if self._loaded().save() != saved:
            raise Difference("what was loaded is saved differently")
        self._compare(advance)

    def _compare(self, advance: Advance) -> None:
        for token in advance.closed:
            self.tokens.pop(token, None)
        for opened in advance.opened:
            if opened.token in self.tokens:
                raise Difference(f"{opened.element_id} is opened twice")
            self.tokens[opened.token] = opened
        seen = self._sight(advance)
        self.trace.append(describe(seen))
        self.most = max(self.most, len(self.cases))
        sights = [(interpreter.sight(case), case) for case in self.cases]
        expected = dict.fromkeys(sight for sight, _ in sights)
        self.cases = [case for sight, case in sights if sight == seen]
        if not self.cases:
            wanted = "\n or: ".join(describe(sight) for sight in expected)
            raise Difference(f"engine: {describe(seen)}\nmust be: {wanted}")

    def _sight(self, advance: Advance) -> Sight:
        live = self.live
        if live.ended != advance.ended:
            raise Difference("the step and the execution disagree on the end")
        return Sight(
            tuple(sorted(self._label(token) for token in self.tokens)),
            freeze(dict(live.variables)),
            live.ended,
            tuple(sorted(advance.end_events)),
            tuple(sorted((i.element_id, i.kind) for i in live.incidents)),
            _signals(advance),
        )


def _signals(advance: Advance) -> tuple[tuple[str, str], ...]:
    thrown = getattr(advance, "signals", ())
    return tuple(sorted((each.name, freeze(each.payload)) for each in thrown))


def describe(seen: Sight) -> str:
    """Return *seen* in words; of what is visible only what the process does not hold."""
    whole = set(_parts(seen.variables))
    places = []
    for label in seen.waiting:
        local = [part for part in _parts(label.seen) if part not in whole]
        places.append(f"{label.kind} {label.element}" + (f"{local}" if local else ""))
    more = "".join(
        f"; {name} {value}"
        for name, value in (
            ("ends", seen.ends),
            ("incidents", seen.incidents),
            ("signals", seen.signals),
        )
        if value
    )
    return f"  waits: {places}{' ENDED' if seen.ended else ''}{more}; {seen.variables}"


def _parts(values: str) -> list[str]:
    return values.strip("[]").replace("), (", ")\n(").split("\n")
