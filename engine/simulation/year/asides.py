"""What happens in made-up cases beside tasks: messages, routing, more time, surveys."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from engine.commands.cases.lifecycle import CancelCase
from engine.commands.command import Command
from engine.commands.deadlines.extending import DecideExtension, RequestExtension
from engine.commands.outside.messages import CorrelateMessage
from engine.commands.outside.signals import BroadcastSignal
from engine.commands.tasks.byhand.copying import CopyCase
from engine.commands.tasks.byhand.handing_on import HandOnTask
from engine.commands.tasks.byhand.opinions import AskOpinion, GiveOpinion
from engine.commands.tasks.byhand.returning import ReturnTask
from engine.commands.tasks.byhand.urging import UrgeTask
from engine.commands.tasks.byhand.withdrawing import WithdrawTask
from engine.commands.tasks.lifecycle import ClaimTask
from engine.feel import parse_expression, to_json
from engine.model import SYSTEM, Actor, InvalidValues, NotAllowed, Rejected, TaskId
from engine.policy.scenario import (
    MessageComes,
    SignalComes,
    SurveyAnswered,
    TaskExtended,
    TaskRouted,
)
from engine.queries.deadlines.extensions import OpenExtension
from engine.queries.handling.byhand import LatestCompleted
from engine.queries.handling.opinions import OpenOpinion
from engine.queries.progress.office import CaseWork, Work
from engine.queries.progress.trace import CaseTrace
from engine.simulation import customer as customers
from engine.simulation.year import phrases
from engine.simulation.year.desk import Desk
from engine.simulation.year.scripts import Dated
from engine.simulation.year.walk import Walk

Action = Callable[[], None]
Planned = Iterator[tuple[datetime, Action]]

_JUDGES = 0.55  #: Of the customers who are asked.
_ASKS = 0.45  #: Of those who will be late, who ask for more time.
_GRANTS = 0.8
_URGES = 0.35  #: Of what is late, what somebody urges.
_CANCELS = 0.012  #: Of the cases.
_COMES = 2.0  #: Days until something comes from outside.
_LITTLE = timedelta(minutes=7)


def planned(desk: Desk, walk: Walk, work: CaseWork, better: float) -> Planned:
    """Yield what happens next beside the tasks of a case, and when."""
    now = desk.clock.now()
    if work.state == "closed" and not walk.is_judged:
        walk.is_judged = True
        dated = _survey(desk, walk)
        if dated is not None:
            at = desk.pace.days_later(now, _COMES)
            yield at, lambda: _judge(desk, walk, dated, better)
    if work.state != "open":
        return
    if walk.count == 0 and desk.chance.random() < _CANCELS:
        yield desk.pace.within(now, 16), lambda: _cancel(desk, walk)
    place = walk.free_deed()
    if place is None:
        return
    deed = walk.deeds[place].deed
    if isinstance(deed, MessageComes | SignalComes):
        if deed.name not in work.awaited:
            return
        walk.take(place)
        outside: MessageComes | SignalComes = deed
        yield desk.pace.days_later(now, _COMES), lambda: _come(desk, walk, outside)
    elif isinstance(deed, TaskRouted):
        walk.take(place)
        routed: TaskRouted = deed
        yield now + _LITTLE, lambda: _free(desk, walk, routed)


def route(desk: Desk, walk: Walk, task: Work, deed: TaskRouted) -> None:
    """Do with a task by hand what a scenario does."""
    walk.planned.discard(task.id)
    people = desk.staff.may_do(task, deed.by, desk.chance)
    actor = desk.staff.called(deed.by) or (people[0] if people else None)
    if actor is None:
        return
    to = deed.to or ""
    commands: dict[str, Command[object]] = {
        "return": ReturnTask(task.id, to, deed.text),
        "hand-on": HandOnTask(task.id, to, deed.text),
        "ask-opinion": AskOpinion(task.id, to, deed.text, deed.holds),
        "copy": CopyCase(task.id, to, deed.text),
        "urge": UrgeTask(task.id, deed.text),
    }
    desk.engine.run(commands[deed.verb], by=actor)


def _free(desk: Desk, walk: Walk, deed: TaskRouted) -> None:
    """Take a task back, or give the opinion that one was asked for."""
    engine = desk.engine
    if deed.verb == "withdraw":
        done = engine.ask(LatestCompleted(walk.case_id, deed.element), by=SYSTEM)
        actor = desk.staff.called(deed.by or done.by)
        if actor is not None:
            engine.run(WithdrawTask(TaskId(done.task_id), deed.text), by=actor)
        return
    actor = desk.staff.called(deed.by)
    if actor is not None:
        asked = engine.ask(OpenOpinion(walk.case_id, actor.login), by=SYSTEM)
        engine.run(GiveOpinion(asked, deed.text), by=actor)


def extend_as_written(
    desk: Desk, walk: Walk, task: Work, dated: Dated, deed: TaskExtended
) -> None:
    """Ask for more time as a scenario does, and decide on it."""
    walk.planned.discard(task.id)
    people = desk.staff.may_do(task, deed.by, desk.chance)
    asker = desk.staff.called(deed.by) or (people[0] if people else None)
    if asker is None or task.due is None:
        return
    until = task.due + timedelta(days=3)
    if deed.until is not None:
        until = max(until, deed.until + timedelta((desk.today - dated.at.date()).days))
    decider = desk.staff.called(deed.decider)
    _ask(desk, task, asker, until, deed.reason)
    if decider is not None:
        _decide(desk, task, [decider], granted=deed.granted, remark=deed.remark)


def because_late(
    desk: Desk, walk: Walk, task: Work, holder: Actor, done: datetime, claimed: datetime
) -> Planned:
    """Yield what people do about a task that will be late: ask for more time, or urge."""
    if task.due is None or done <= task.due:
        return
    if task.extendable is not None and desk.chance.random() < _ASKS:
        deciders = [
            person
            for person in desk.staff.holders(task.extendable)
            if person.login != holder.login
        ]
        reason = desk.chance.choice(phrases.WHY_LONGER)
        until, granted = done + timedelta(days=1), desk.chance.random() < _GRANTS
        asked = claimed + (task.due - claimed) * 0.7
        yield asked, lambda: _ask(desk, task, holder, until, reason)
        if deciders:
            decided = asked + (task.due - asked) * 0.5
            yield (
                decided,
                lambda: _decide(
                    desk, task, deciders, granted=granted, remark=phrases.GRANTED
                ),
            )
    elif desk.chance.random() < _URGES:
        why = desk.chance.choice(phrases.WHY_URGED)
        late = task.due + (done - task.due) * 0.5
        yield late, lambda: _urge(desk, walk, task, why)


def _ask(desk: Desk, task: Work, asker: Actor, until: datetime, reason: str) -> None:
    if task.assignee is None:
        with suppress(Rejected):  # Somebody has it by now; then that one may ask.
            desk.engine.run(ClaimTask(task.id), by=asker)
    desk.engine.run(RequestExtension(task.id, until, reason), by=asker)


def _decide(
    desk: Desk, task: Work, deciders: Sequence[Actor], *, granted: bool, remark: str
) -> None:
    """Let the first of *deciders* decide who may: some do so in other units."""
    number = desk.engine.ask(OpenExtension(task.id), by=SYSTEM)
    said = remark if granted or remark != phrases.GRANTED else phrases.REFUSED
    for decider in deciders:
        with suppress(NotAllowed):
            desk.engine.run(DecideExtension(number, granted, remark=said), by=decider)
            return


def _urge(desk: Desk, walk: Walk, task: Work, why: str) -> None:
    trace = desk.engine.ask(CaseTrace(walk.case_id), by=SYSTEM)
    starter = desk.staff.called(str(trace.facts.get("case", {}).get("startedBy")))
    if starter is not None:
        desk.engine.run(UrgeTask(task.id, why), by=starter)


def _come(desk: Desk, walk: Walk, deed: MessageComes | SignalComes) -> None:
    """Let something from outside come, if the case waits for it."""
    if isinstance(deed, SignalComes):
        desk.engine.run(BroadcastSignal(deed.name, deed.payload), by=SYSTEM)
        return
    days = desk.clock.now().date()
    message = CorrelateMessage(
        name=deed.name,
        key=_evaluated(desk, walk, deed.key),
        message_id=f"demo-{walk.case_id}-{walk.count}-{days:%m%d}",
        payload=deed.payload,
    )
    walk.count += 1
    desk.engine.run(message, by=SYSTEM)


def _evaluated(desk: Desk, walk: Walk, key: str) -> str:
    if not key.startswith("="):
        return key
    trace = desk.engine.ask(CaseTrace(walk.case_id), by=SYSTEM)
    names = {**trace.variables, **trace.facts}
    return str(to_json(parse_expression(key[1:]).evaluate(names, trace.context).value))


def _survey(desk: Desk, walk: Walk) -> Dated | None:
    """Return how the customer judges; None for those who do not."""
    public = desk.policy.settings.public
    if public is None or public.survey is None or desk.chance.random() > _JUDGES:
        return None
    known = desk.repertoire.surveys
    return walk.survey() or (desk.chance.choice(known) if known else None)


def _judge(desk: Desk, walk: Walk, dated: Dated, better: float) -> None:
    assert isinstance(dated.deed, SurveyAnswered)
    public = desk.policy.settings.public
    form_id = public.survey if public else None
    for values in desk.entered(dated, dated.deed.values, form_id, walk.face, better):
        try:
            customers.judge(desk.engine, walk.case_id, values)
        except InvalidValues:
            continue
        return


def _cancel(desk: Desk, walk: Walk) -> None:
    operators = [person for person in desk.staff.everybody() if "operate" in person.rights]
    by = operators[0] if operators else SYSTEM
    desk.engine.run(CancelCase(walk.case_id, phrases.WHY_CANCELLED), by=by)
