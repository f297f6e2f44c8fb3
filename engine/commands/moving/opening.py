"""Writes down what a case waits for: tasks, timers, messages, jobs; and its incidents."""

from collections.abc import Iterable

from engine.bpmn import Job, Subscription, Timer, UserTask, Waiting
from engine.commands.moving.case import Moving, sight
from engine.commands.moving.handling import kept_away
from engine.commands.moving.routing import Router
from engine.model import Sentence
from engine.store import cases, messages, models
from engine.store.transaction import Transaction
from engine.store.urgency import urgency_of


def open_all(moving: Moving, opened: Iterable[Waiting]) -> None:
    """Write down everything that the case waits for since this step."""
    for waiting in opened:
        if isinstance(waiting, UserTask):
            _open_task(moving, waiting)
        elif isinstance(waiting, Timer):
            _open_timer(moving, waiting)
        elif isinstance(waiting, Subscription):
            _open_subscription(moving, waiting)
        else:
            _open_job(moving, waiting)


def stop(
    moving: Moving,
    *,
    kind: str,
    sentence: Sentence,
    token: str | None = None,
    process_id: str | None = None,
    element_id: str | None = None,
    task_id: int | None = None,
) -> models.Incident:
    """Open an incident: operations shall look at the case, and why."""
    return moving.tx.add(
        models.Incident(
            case_id=moving.case.id,
            token=token,
            process_id=process_id,
            element_id=element_id,
            kind=kind,
            sentence=sentence,
            state="open",
            opened_at=moving.tx.now,
            task_id=task_id,
        )
    )


def _open_task(moving: Moving, waiting: UserTask) -> None:
    tx = moving.tx
    task = models.Task(
        case_id=moving.case.id,
        token=waiting.token,
        around=list(waiting.around),
        process_id=waiting.process_id,
        element_id=waiting.element_id,
        name=waiting.name,
        lane=waiting.lane,
        state="open",
        due=waiting.due,
        warn=waiting.warn,
        follow_up=waiting.follow_up,
        priority=waiting.priority,
        urgency=urgency_of(waiting.due, waiting.priority),
        form_id=waiting.form_id,
        properties=dict(waiting.properties),
        clauses=list(waiting.clauses),
        created_at=tx.now,
        wanted={
            "assignee": waiting.assignee,
            "groups": list(waiting.candidate_groups),
            "users": list(waiting.candidate_users),
        },
    )
    route(moving, task)
    owe_reminders(moving.tx, task)
    moving.opened.append(task)


def route(moving: Moving, task: models.Task) -> None:
    """Offer *task* to whom its diagram names, and note for operations what is missing."""
    variables = moving.execution.visible(task.token)
    router = Router(
        moving.tx,
        moving.case,
        moving.policy,
        sight(moving.tx, moving.case, moving.policy, variables),
        away=kept_away(moving.tx, task),
    )
    wanted = task.wanted
    task.candidates = [
        _offer(task, role=place.role, unit=place.unit)
        for place in router.places(wanted["groups"])
    ] + [
        _offer(task, login=login)
        for login in wanted["users"]
        if router.person(login) is not None
    ]
    if wanted["assignee"] and task.assignee is None:
        task.assignee = router.person(wanted["assignee"])
    if not task.candidates and task.assignee is None and not router.troubles:
        router.troubles.append(
            Sentence(
                "Expected somebody who may do {task}, but the diagram names nobody.",
                {"task": task.name},
            )
        )
    for candidate in task.candidates:
        candidate.waits = task.assignee is None
    if task.id is None:
        cases.open_task(moving.tx, task)
    else:
        moving.tx.session.flush()
    for sentence in router.troubles:
        stop(
            moving,
            kind="routing",
            sentence=sentence,
            token=task.token,
            process_id=task.process_id,
            element_id=task.element_id,
            task_id=task.id,
        )


def _offer(task: models.Task, **to: str | None) -> models.TaskCandidate:
    return models.TaskCandidate(
        case_id=task.case_id, urgency=task.urgency, waits=False, **to
    )


def route_anew(moving: Moving, task: models.Task) -> None:
    """Offer *task* once more, its earlier troubles and who must keep away forgotten."""
    cases.resolve_incidents_of_task(moving.tx, task.id)
    if task.assignee in kept_away(moving.tx, task):
        task.assignee, task.claimed_at = None, None
    route(moving, task)


def owe_reminders(tx: Transaction, task: models.Task) -> None:
    """Owe the reminder of *task* and the notice of its being late, where it has any."""
    for kind, moment in (("reminder", task.warn), ("overdue", task.due)):
        if moment is not None:
            tx.owe(
                models.Job(
                    kind=kind,
                    case_id=task.case_id,
                    token=task.token,
                    key=f"{kind}:{task.id}",
                    due_at=moment,
                    state="waiting",
                    payload={"task": task.id},
                    created_at=tx.now,
                )
            )


def _open_timer(moving: Moving, waiting: Timer) -> None:
    moving.tx.owe(
        models.Job(
            kind="timer",
            case_id=moving.case.id,
            token=waiting.token,
            key=f"timer:{moving.case.id}:{waiting.token}",
            due_at=waiting.due,
            state="waiting",
            payload={"process": waiting.process_id, "element": waiting.element_id},
            created_at=moving.tx.now,
        )
    )


def _open_job(moving: Moving, waiting: Job) -> None:
    moving.tx.owe(
        models.Job(
            kind="work",
            case_id=moving.case.id,
            token=waiting.token,
            key=f"work:{moving.case.id}:{waiting.token}",
            due_at=moving.tx.now,
            state="waiting",
            attempts_allowed=waiting.retries,
            payload={
                "process": waiting.process_id,
                "element": waiting.element_id,
                "type": waiting.type,
                "headers": dict(waiting.headers),
                "inputs": dict(waiting.inputs),
            },
            created_at=moving.tx.now,
        )
    )


def _open_subscription(moving: Moving, waiting: Subscription) -> None:
    messages.lock_correlation(moving.tx, waiting.message, waiting.key)
    moving.tx.add(
        models.Subscription(
            case_id=moving.case.id,
            policy_key=moving.case.policy_key,
            token=waiting.token,
            process_id=waiting.process_id,
            element_id=waiting.element_id,
            kind=waiting.kind,
            name=waiting.message,
            key=waiting.key,
            created_at=moving.tx.now,
        )
    )
