"""Does what waits in made-up cases: who does it, when, and what they enter."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from engine.commands.command import Command
from engine.commands.tasks.lifecycle import ClaimTask, CompleteTask
from engine.commands.tasks.signing import Proof
from engine.model import (
    PUBLIC,
    Actor,
    Conflict,
    InvalidState,
    InvalidValues,
    NotAllowed,
    Rejected,
)
from engine.policy.scenario import TaskExtended, TaskRouted, TaskWaits
from engine.policy.sections.public import CUSTOMER
from engine.queries.progress.office import CaseWork, Work
from engine.simulation import customer as customers
from engine.simulation.year import asides
from engine.simulation.year.desk import Desk
from engine.simulation.year.scripts import Dated
from engine.simulation.year.staff import is_for_customer
from engine.simulation.year.walk import MOST_DEEDS, Walk

Action = Callable[[], None]
Planned = Iterator[tuple[datetime, Action]]

_CLAIMED = 0.35  #: After this part of the time somebody takes what they will do.
_ANSWERS = 1.5  #: Days until customers answer.


def planned(desk: Desk, walk: Walk, work: CaseWork, better: float) -> Planned:
    """Yield what is to be done in a case besides what somebody is at already, and when."""
    if walk.count >= MOST_DEEDS:
        return
    yield from asides.planned(desk, walk, work, better)
    for task in work.tasks:
        if task.id in walk.planned or task.id in walk.given_up:
            continue
        place = walk.deed_at(task.element_id)
        dated = _improvised(desk, task) if place is None else walk.take(place)
        walk.planned.add(task.id)
        walk.count += 1
        yield from _with_task(desk, walk, task, dated, better)


def _improvised(desk: Desk, task: Work) -> Dated:
    """Return how the task was done in some scenario; with nothing entered if in none."""
    known = desk.repertoire.known(task.element_id, desk.chance)
    if known is not None:
        return known
    nothing = TaskWaits(task.element_id, None, None, None, {}, None, ())
    return Dated(nothing, desk.clock.now())


def _with_task(desk: Desk, walk: Walk, task: Work, dated: Dated, better: float) -> Planned:
    now = desk.clock.now()
    unit = next((offer.unit for offer in task.offers if offer.unit), None)
    done = desk.pace.done_at(now, task.due, better, unit)
    if isinstance(dated.deed, TaskRouted):
        routed = dated.deed
        yield done, lambda: asides.route(desk, walk, task, routed)
        return
    if isinstance(dated.deed, TaskExtended):
        asked = dated.deed
        begun = desk.pace.within(now, 2)
        yield begun, lambda: asides.extend_as_written(desk, walk, task, dated, asked)
        return
    assert isinstance(dated.deed, TaskWaits)
    deed = dated.deed
    if deed.by == CUSTOMER or (is_for_customer(task) and len(task.offers) == 1):
        answered = desk.pace.days_later(now, _ANSWERS)
        yield answered, lambda: _answer(desk, walk, task, dated, better)
        return
    people = desk.staff.may_do(task, deed.by, desk.chance)
    if people and task.assignee is None:
        claimed = now + (done - now) * _CLAIMED
        yield claimed, lambda: _run(desk, ClaimTask(task.id), people[0])
        yield from asides.because_late(desk, walk, task, people[0], done, claimed)
    yield done, lambda: _complete(desk, walk, task, dated, people, better)


def _run(desk: Desk, command: Command[object], by: Actor) -> None:
    desk.engine.run(command, by=by)


def _complete(
    desk: Desk,
    walk: Walk,
    task: Work,
    dated: Dated,
    people: Sequence[Actor],
    better: float,
) -> None:
    """Complete a task, first by whoever took it; who is not let, leaves it to the next."""
    walk.planned.discard(task.id)
    assert isinstance(dated.deed, TaskWaits)
    # Made-up people have no passwords: the clock that they live by vouches for them.
    proof = Proof("", holds=True)
    given = dated.deed.values or {}
    for actor in people:
        for values in desk.entered(dated, given, task.form_id, walk.face, better):
            entered = desk.with_files(task.form_id, values, actor)
            try:
                desk.engine.run(CompleteTask(task.id, entered, proof), by=actor)
            except InvalidValues:
                continue
            except (NotAllowed, InvalidState, Conflict):
                break
            return
    walk.given_up.add(task.id)


def _answer(desk: Desk, walk: Walk, task: Work, dated: Dated, better: float) -> None:
    """Answer what the customer is asked."""
    walk.planned.discard(task.id)
    assert isinstance(dated.deed, TaskWaits)
    given = dated.deed.values or {}
    for values in desk.entered(dated, given, task.form_id, walk.face, better):
        entered = desk.with_files(task.form_id, values, PUBLIC)
        try:
            customers.answer(desk.engine, walk.case_id, task.id, entered)
        except InvalidValues:
            continue
        except Rejected:
            break
        return
    walk.given_up.add(task.id)
