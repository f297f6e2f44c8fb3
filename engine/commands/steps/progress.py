"""Writes down what an execution did: shared by every command that moves a case.

Order matters: what waits no longer is taken away first, then the way taken is written,
then the head of the case, since who may do a task follows from it, then what waits now.
"""

from collections.abc import Collection

from engine.bpmn import Advance, Job, Subscription, UserTask, Waiting
from engine.bpmn.advance import Activity, DecisionTaken
from engine.commands.lateness.breaches import close_late
from engine.commands.ledger import casehead
from engine.commands.moving import opening
from engine.commands.moving.case import Moving
from engine.commands.steps.spreading import spread
from engine.commands.telling import correspondence
from engine.commands.telling.offers import tell_of_offers
from engine.model import Json, Sentence, Variables
from engine.store import cases, history, messages, models

#: Kept messages that one command may deliver; more are a loop between two cases' waits.
MOST_MESSAGES = 100


def record(moving: Moving, advance: Advance) -> None:
    """Write down *advance*, deliver the messages that were kept for it, and save."""
    known = len(moving.opened)
    _write(moving, advance)
    if any(isinstance(waiting, Subscription) for waiting in advance.opened):
        _deliver_all_kept(moving)
    tell_of_offers(moving, moving.opened[known:])
    moving.save()
    moving.tx.date(moving.case)


def _write(moving: Moving, advance: Advance) -> None:
    tx, case = moving.tx, moving.case
    _close(moving, advance.closed)
    _write_activities(moving, advance.activities)
    history.count_flows(
        moving.flows, ((flow.process_id, flow.flow_id) for flow in advance.flows)
    )
    for decision in advance.decisions:
        tx.put(_decision(moving, decision))
    refresh(moving, entering=not advance.ended, opened=advance.opened)
    opening.open_all(moving, advance.opened)
    for incident in advance.incidents:
        opening.stop(
            moving,
            kind=incident.kind,
            sentence=incident.sentence,
            token=incident.token,
            process_id=incident.process_id,
            element_id=incident.element_id,
        )
    if advance.signals or advance.end_events or _sets_off(advance):
        moving.undo_task = None  # Others know of it already, or will in a moment.
    for signal in advance.signals:
        spread(tx, signal.name, signal.payload, but=case.id, hops=moving.hops)
    if advance.end_events:
        case.end_events = [*case.end_events, *advance.end_events]
    if advance.ended:
        end(moving, "closed")
        correspondence.ask_for_survey(moving)


def _sets_off(advance: Advance) -> bool:
    """Tell whether the machine has work now: a letter, a report, another case."""
    return any(isinstance(waiting, Job) for waiting in advance.opened)


def refresh(
    moving: Moving, *, entering: bool = True, opened: Collection[Waiting] = ()
) -> None:
    """Derive the head of a case anew, noting for operations what cannot be derived.

    Where it changes who must keep away, the tasks that wait are offered anew.

    Args:
        moving: The case.
        entering: Whether the ledger is kept in step too, and not only when the case ends.
        opened: What began to wait just now.
    """
    tx, case = moving.tx, moving.case
    away = tx.excluded(case.id)
    derive = casehead.refresh if entering else casehead.derive
    known, local = moving.execution.variables, _local(moving, opened)
    _note_troubles(moving, derive(tx, case, moving.policy, known, local))
    if tx.excluded(case.id) != away:
        for task in cases.open_tasks(tx, case.id):
            opening.route_anew(moving, task)


def _local(moving: Moving, opened: Collection[Waiting]) -> Variables:
    """Return what tasks that opened just now see, where it may name the spokesperson."""
    secret = moving.policy.settings.confidential
    local: dict[str, Json] = {}
    if secret is not None and secret.spokesperson is not None:
        for waiting in opened:
            if isinstance(waiting, UserTask):
                local.update(moving.execution.visible(waiting.token))
    return local


def end(moving: Moving, state: str) -> None:
    """Close a case: nothing waits for it any more, and the ledger says so."""
    tx, case = moving.tx, moving.case
    _close(moving, cases.waiting_tokens(tx, case.id))
    history.cancel_activities(tx, case.id)
    case.state, case.ended_at = state, tx.now
    variables = moving.execution.variables
    _note_troubles(moving, casehead.enter(tx, case, moving.policy, variables))


def _close(moving: Moving, tokens: Collection[str]) -> None:
    """Take away what waits for *tokens*, and write down the tasks that were late."""
    if cases.close_tokens(moving.tx, moving.case.id, tokens):
        close_late(moving, tokens)


def _note_troubles(moving: Moving, troubles: list[Sentence]) -> None:
    """Tell operations what of the head could not be derived, once while it lasts."""
    if not troubles:
        return
    known = cases.open_troubles(moving.tx, moving.case.id)
    for sentence in troubles:
        if str(sentence) not in known:
            opening.stop(moving, kind="head", sentence=sentence)


def _write_activities(moving: Moving, activities: tuple[Activity, ...]) -> None:
    """Write what was entered and left; what was both at once becomes one finished row."""
    tx = moving.tx
    entered: list[dict[str, Json]] = []
    here: dict[str, list[dict[str, Json]]] = {}
    left: list[tuple[str, str]] = []
    for activity in activities:
        if activity.event == "entered":
            row = _entered(moving, activity)
            entered.append(row)
            here.setdefault(activity.token, []).append(row)
        elif here.get(activity.token):
            row = here[activity.token].pop()
            row.update(state=activity.event, left_at=tx.now, by=tx.actor.login)
        else:
            left.append((activity.token, activity.event))
    history.leave(tx, moving.case.id, left)
    history.enter(tx, entered)


def _entered(moving: Moving, activity: Activity) -> dict[str, Json]:
    return {
        "case_id": moving.case.id,
        "token": activity.token,
        "process_id": activity.process_id,
        "element_id": activity.element_id,
        "kind": activity.kind,
        "name": activity.name,
        "path": list(activity.path),
        "state": "active",
        "entered_at": moving.tx.now,
        "left_at": None,
        "by": None,
    }


def _decision(moving: Moving, decision: DecisionTaken) -> models.DecisionTaken:
    outcome = decision.outcome
    return models.DecisionTaken(
        case_id=moving.case.id,
        token=decision.token,
        process_id=decision.process_id,
        element_id=decision.element_id,
        decision_id=decision.decision_id,
        value=outcome.value,
        tables=list(outcome.tables),
        at=moving.tx.now,
    )


def _deliver_all_kept(moving: Moving) -> None:
    for _ in range(MOST_MESSAGES):
        delivered = _deliver_kept(moving)
        if delivered is None:
            return
        _write(moving, delivered)


def _deliver_kept(moving: Moving) -> Advance | None:
    """Deliver one message that came before the case waited for it."""
    tx, case = moving.tx, moving.case
    if case.state != "open":
        return None
    for waiting in messages.subscriptions_of_case(tx, case.id):
        if waiting.kind != "message" or waiting.token is None:
            continue
        message = messages.kept(tx, waiting.name, waiting.key)
        if message is not None:
            advance = moving.execution.deliver(
                waiting.token, message.payload, moving.around
            )
            moving.undo_task = None  # The message would be lost.
            message.state, message.case_id = "correlated", case.id
            message.correlated_at = tx.now
            return advance
    return None
