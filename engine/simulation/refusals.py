"""Compares a refusal, or that there was none, with what a scenario says of it."""

from engine.model import (
    Actor,
    Conflict,
    InvalidState,
    InvalidValues,
    NotAllowed,
    NotFound,
    Rejected,
)
from engine.policy.scenario import SurveyAnswered, TaskExtended, TaskRouted, TaskWaits
from engine.simulation.differences import Differs

Refusable = TaskWaits | SurveyAnswered | TaskRouted | TaskExtended
_REFUSALS: dict[str, type[Rejected]] = {
    "not-allowed": NotAllowed,
    "not-found": NotFound,
    "invalid-state": InvalidState,
    "conflict": Conflict,
}


def refuse_success(deed: Refusable, actor: Actor, task: str) -> None:
    """Raise if what was done was to be refused."""
    if deed.refused or deed.refused_fields:
        raise Differs(
            "Expected {name} to be refused at {task}, but it was completed.",
            name=actor.name,
            task=task,
        )


def expect_refusal(deed: Refusable, refusal: Rejected) -> None:
    """Raise *refusal* again unless the scenario expects just that."""
    if deed.refused is not None and isinstance(refusal, _REFUSALS[deed.refused]):
        return
    fields = set(deed.refused_fields)
    if fields and isinstance(refusal, InvalidValues) and fields <= refusal.errors.keys():
        return
    raise refusal
