"""Opens a case: shared by the commands of people, messages and schedules."""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from engine.bpmn import Execution
from engine.commands.ledger import casehead
from engine.commands.ledger.numbering import case_number, period_of
from engine.commands.moving.case import Moving, surroundings
from engine.commands.steps import progress
from engine.model import Actor, InvalidState, Json, NotAllowed, NotFound, Variables
from engine.policy import LoadedPolicy, PolicySettings, Start
from engine.policy.sections.number import DEMO_NUMBER
from engine.policy.settings import Starter
from engine.store.facts import registrar
from engine.store.models import Case, Policy, SavedExecution
from engine.store.numbers import demo_series, is_given, next_count
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Opening:
    """Where and how a case begins."""

    policy: Policy
    loaded: LoadedPolicy
    start: Start


@dataclass(frozen=True, slots=True)
class Origin:
    """The case that another one comes out of; who registered it counts for both."""

    case: Case
    registrar: Json


def find_opening(tx: Transaction, policy_key: str, process_id: str, by: Starter) -> Opening:
    """Return how *process_id* of the active deployment is started *by* whom or what.

    Raises:
        NotFound: If the policy is not deployed, or does not let it be started so.
        InvalidState: If no deployment of the policy is active.
    """
    policy, loaded = _active(tx, policy_key)
    for start in loaded.settings.starts:
        if start.process == process_id and start.by == by:
            return Opening(policy, loaded, start)
    raise NotFound(
        "Expected the policy {policy} to let {process} be started this way, but it does"
        " not.",
        policy=policy.title,
        process=process_id,
    )


def find_next(tx: Transaction, policy_key: str, process_id: str) -> Opening:
    """Return how another case of the policy begins *process_id*, at its none start event.

    Raises:
        NotFound: If the active deployment does not start it, or has no such event in it.
        InvalidState: If no deployment of the policy is active.
    """
    policy, loaded = _active(tx, policy_key)
    for start in loaded.settings.starts:
        events = loaded.definitions.process(start.process).starts
        if start.process == process_id and any(event.kind == "none" for event in events):
            return Opening(policy, loaded, start)
    raise NotFound(
        "Expected the policy {policy} to let a case begin {process}, but it does not.",
        policy=policy.title,
        process=process_id,
    )


def _active(tx: Transaction, policy_key: str) -> tuple[Policy, LoadedPolicy]:
    policy = tx.policy(policy_key)
    if policy.active_deployment_id is None:
        raise InvalidState(
            "Expected an active deployment of {policy}, but there is none.",
            policy=policy.title,
        )
    return policy, tx.loaded(policy.active_deployment_id)


def starting_unit(actor: Actor, opening: Opening, chosen: str | None) -> str | None:
    """Return the unit in which *actor* holds a role that may start; None for none.

    Raises:
        NotAllowed: If they hold no such role, or not in the unit that was chosen.
    """
    units = [
        held.unit
        for role in opening.start.roles
        for held in sorted(actor.memberships, key=lambda held: held.unit or "")
        if held.role == role and chosen in (None, held.unit)
    ]
    if not units:
        roles = opening.loaded.roles
        raise NotAllowed(
            "Expected somebody with one of the roles {roles}, but {name} has none.",
            roles="、".join(
                roles[role].title if role in roles else role for role in opening.start.roles
            ),
            name=actor.name,
        )
    return units[0]


def open_case(
    tx: Transaction,
    opening: Opening,
    variables: Variables,
    *,
    unit: str | None = None,
    start_event: str | None = None,
    hops: int = 0,
    origin: Origin | None = None,
) -> Moving:
    """Open a case on the active deployment and go on to its first stop.

    Args:
        tx: The transaction.
        opening: What `find_opening` returned.
        variables: What the case begins with.
        unit: The unit in which the starter holds the role for it.
        start_event: Which start event; the none start event unless said.
        hops: Signals that led here, from case to case.
        origin: The case that it comes out of, if it comes out of one.
    """
    loaded = opening.loaded
    case = _add_case(tx, opening, unit, origin)
    registered = registrar(tx, unit) if origin is None else origin.registrar
    known = {**variables, "registrar": registered}
    casehead.derive(tx, case, loaded, known)
    execution, advance = Execution.start(
        loaded.definitions,
        opening.start.process,
        known,
        surroundings(tx, case, loaded),
        start_event=start_event,
    )
    saved = execution.save()
    tx.add(
        SavedExecution(
            case_id=case.id, state=saved.state, variables=saved.variables, flows="{}"
        )
    )
    moving = Moving(tx, case, loaded, execution, hops=hops)
    progress.record(moving, advance)
    return moving


def _add_case(
    tx: Transaction, opening: Opening, unit: str | None, origin: Origin | None
) -> Case:
    settings = opening.loaded.settings
    assert opening.policy.active_deployment_id is not None
    is_demo = tx.holdings.demo if origin is None else origin.case.demo
    case = tx.add(
        Case(
            number=_number(tx, settings, opening.start, is_demo=is_demo),
            policy_key=settings.key,
            deployment_id=opening.policy.active_deployment_id,
            process_id=opening.start.process,
            state="open",
            title="",
            started_at=tx.now,
            started_by=origin.case.started_by if origin else tx.actor.login,
            started_unit=unit,
            opened_from=origin.case.number if origin else None,
            updated_at=tx.now,
            end_events=[],
            demo=is_demo,
        )
    )
    tx.touch(case)
    return case


def _number(
    tx: Transaction, settings: PolicySettings, start: Start, *, is_demo: bool
) -> str:
    """Return the next number of a series that no case has from another format before.

    Demo cases are counted in series of their own and leave no gap in the real one.
    """
    local = tx.now.astimezone(ZoneInfo(settings.zone))
    key, series = settings.series(start)
    if is_demo:
        key = demo_series(key)
        series = replace(series, format=DEMO_NUMBER + series.format)
    while True:
        count = next_count(tx, key, period_of(series, local))
        number = case_number(series, local, count)
        if not is_given(tx, number):
            return number
