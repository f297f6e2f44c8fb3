"""Instances of a large multi-instance activity that nothing happens to: left as text.

Of some hundred instances a step moves one. The others stay as they were saved, known by
the ids of their tokens only, until somebody asks for one of those or for all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

import msgspec

from engine.bpmn.advance import BODY
from engine.bpmn.phases import INCIDENT, PHASE, SIGNAL, WATCHING, WORKING
from engine.bpmn.rows import read_row, read_tree, write_row, write_tree
from engine.bpmn.workflow import CaseWorkflow, Sleepers, Token, age
from engine.model import Json

MANY = 8  #: Idle instances of one activity; fewer are not worth it.
_encoder = msgspec.json.Encoder(decimal_format="number")
_decoder = msgspec.json.Decoder(float_hook=Decimal)

#: For each body the instances that sleep in it: the ids of their tokens, with a blank
#: before and after each, and what they are, as JSON.
Written: TypeAlias = dict[str, dict[str, msgspec.Raw]]


@dataclass(frozen=True, slots=True)
class Idle:
    """Instances that are awake and may sleep; `tokens` are all that they consist of."""

    instances: Written = field(default_factory=dict)
    tokens: frozenset[str] = frozenset()


class Sleeping(Sleepers):
    """The instances of a case that sleep."""

    def __init__(self, top: CaseWorkflow, asleep: Written) -> None:
        self._top = top
        self._asleep = asleep

    def wake(self, token_id: str) -> None:
        """Wake the instance that *token_id* is in, if it sleeps."""
        wanted = f" {token_id} "
        for body, asleep in self._asleep.items():
            found = next((tokens for tokens in asleep if wanted in tokens), None)
            if found is not None:
                self._wake(body, [asleep.pop(found)])
                return

    def wake_inside(self, body: str) -> None:
        """Wake all instances of the activity at *body*, which is awake."""
        asleep = self._asleep.pop(body, None)
        if asleep:
            self._wake(body, asleep.values())

    def wake_all(self) -> None:
        """Wake everything."""
        for body in list(self._asleep):
            self.wake_inside(body)

    def written(self, idle: Idle) -> Written:
        """Return all that sleeps, with what is *idle*."""
        bodies = sorted({*self._asleep, *idle.instances}, key=age)
        written = {body: self._with(body, idle.instances.get(body, {})) for body in bodies}
        return {body: asleep for body, asleep in written.items() if asleep}

    def _with(self, body: str, idle: dict[str, msgspec.Raw]) -> dict[str, msgspec.Raw]:
        """Return what sleeps in *body*, and what is *idle*, oldest first."""
        asleep = self._asleep.get(body, {})
        if not asleep or not idle:
            return asleep or idle
        return dict(sorted((asleep | idle).items(), key=lambda each: _first(each[0])))

    def count(self, body: str) -> int:
        """Return how many instances of *body* sleep."""
        return len(self._asleep.get(body, ()))

    def _wake(self, body: str, texts: Iterable[msgspec.Raw]) -> None:
        host = self._top.index[body]
        for text in texts:
            rows, trees = _decoder.decode(text)
            for row in rows:
                read_row(host.workflow, row)
            for written in trees:
                read_tree(self._top, written)
        host._children.sort(key=age)
        host.workflow.put_in_order()


def _first(tokens: str) -> int:
    """Return the age of the first of *tokens*."""
    return age(tokens.split(maxsplit=1)[0])


def find_idle(top: CaseWorkflow) -> Idle:
    """Return the instances that may sleep when *top* is saved."""
    instances: Written = {}
    hidden: set[str] = set()
    for body in top.index.values():
        if body.task_spec.kind != BODY:
            continue
        parts = [_idle_part(top, child) for child in body.children]
        idle = [part for part in parts if part]
        if len(idle) + top.sleepers.count(body.id) >= MANY:
            instances[body.id] = dict(_entry(top, part) for part in idle)
            hidden.update(token.id for part in idle for token in part)
    return Idle(instances, frozenset(hidden))


def _idle_part(top: CaseWorkflow, instance: Token) -> list[Token]:
    """Return all tokens of *instance*; none where something may happen to it unasked."""
    part = list(_tokens_of(top, instance))
    instances = instance.internal_data.get(PHASE) == WORKING
    return part if instances and all(map(_is_idle, part)) else []


def _tokens_of(top: CaseWorkflow, token: Token) -> Iterator[Token]:
    yield token
    for child in token.children:
        yield from _tokens_of(top, child)
    if token.id in top.subprocesses:
        for inner in top.subprocesses[token.id].task_tree.children:
            yield from _tokens_of(top, inner)


def _is_idle(token: Token) -> bool:
    """Tell whether *token* waits for somebody who knows its id, and for nothing else."""
    notes, node = token.internal_data, token.task_spec
    return (
        notes.get(PHASE) in (WORKING, WATCHING)
        and INCIDENT not in notes
        and SIGNAL not in notes
        and node.element.event.condition is None
        and node.kind != BODY
    )


def _entry(top: CaseWorkflow, part: list[Token]) -> tuple[str, msgspec.Raw]:
    home = part[0].workflow
    rows = [write_row(token) for token in part if token.workflow is home]
    trees: list[Json] = [
        write_tree(top.subprocesses[token.id], frozenset())
        for token in part
        if token.id in top.subprocesses
    ]
    text = msgspec.Raw(_encoder.encode([rows, trees]))
    return f" {' '.join(token.id for token in part)} ", text
