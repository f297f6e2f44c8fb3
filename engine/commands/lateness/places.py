"""Finds whose word counts about a task beside those who do it: a role in its unit."""

from engine.commands.moving.case import Moving, sight
from engine.commands.moving.routing import Place, Router
from engine.policy import Role
from engine.policy.ids import listed_ids
from engine.store import people
from engine.store.models import Task


def place_above(
    moving: Moving, task: Task, role_id: str | None, away: frozenset[str]
) -> Place | None:
    """Return where somebody holds a role about *task*, in its unit, who is not *away*.

    Where nobody does, it is the next role that one escalates to; None if there is none.
    """
    roles, seen = moving.policy.roles, set[str]()
    while role_id is not None and role_id in roles and role_id not in seen:
        seen.add(role_id)
        role = roles[role_id]
        place = place_of(moving, task, role)
        if people.holder_logins(moving.tx, place.role, place.unit) - away:
            return place
        role_id = role.escalates_to
    return None


def places_told(moving: Moving, task: Task) -> list[Place]:
    """Return who hears that *task* is late beside those who do it.

    Those are the roles that it escalates to, in its unit, and who its diagram names.
    """
    roles = moving.policy.roles
    offered = filter(None, (roles.get(each.role or "") for each in task.candidates))
    away = moving.tx.excluded(task.case_id) | {task.assignee or ""}
    above = (place_above(moving, task, role.escalates_to, away) for role in offered)
    named = listed_ids(task.properties.get("overdue-notify"))
    asked = (place_of(moving, task, roles[role]) for role in named if role in roles)
    return list(dict.fromkeys([*filter(None, above), *asked]))


def place_of(moving: Moving, task: Task, role: Role) -> Place:
    """Return *role* in the unit of *task*, or else in the one that the case concerns."""
    if role.within is None:
        return Place(role.id, None)
    for offer in task.candidates:
        unit = moving.tx.find_unit(offer.unit) if offer.unit else None
        if unit is not None and unit.kind == role.within:
            return Place(role.id, unit.key)
    execution = moving.execution
    waits = task.state == "open"
    variables = execution.visible(task.token) if waits else execution.variables
    seen = sight(moving.tx, moving.case, moving.policy, variables)
    router = Router(moving.tx, moving.case, moving.policy, seen)
    return Place(role.id, router.unit_of(role))
