"""Tells which scenarios look at what a mutation changes, so that they are asked first."""

from collections.abc import Collection, Iterator

from engine.policy.scenario import (
    Deed,
    Scenario,
    SurveyAnswered,
    TaskExtended,
    TaskRouted,
    TaskWaits,
)
from engine.simulation.mutation.word import Mutation


def looks_at(scenario: Scenario, mutation: Mutation, letter: str | None) -> bool:
    """Tell whether the scenario says how the mutated thing must be.

    Args:
        scenario: One that comes by.
        mutation: What is changed.
        letter: The letter that the mutated element sends, if it sends one.
    """
    place = mutation.element
    match mutation.kind:
        case "notification":
            return any(each.about in (place, letter) for each in scenario.end.notices)
        case "required field":
            return place in _fields_missed(scenario)
        case "deadline":
            return any(each.due or each.warn for each in _waiting(scenario, place))
        case "candidate group":
            return any(each.group or each.groups for each in _waiting(scenario, place))
        case "safeguard":
            return any(
                _is_guarded(step.deed, place) for step in scenario.steps if step.deed
            )
        case _:
            return False


def first_try(
    scenario: Scenario, places: Collection[str], *, starts: bool, survey: bool
) -> int | None:
    """Return after how many steps the scenario tries a form as it must not be filled in.

    -1: when it is started. None: never.

    Args:
        scenario: Any.
        places: Ids of the tasks with the form.
        starts: Whether its case is started by the form.
        survey: Whether it is the form of the survey.
    """
    if starts and scenario.without:
        return -1
    for done, step in enumerate(scenario.steps):
        match step.deed:
            case TaskWaits(element) if element in places and _is_tried(step.deed):
                return done
            case SurveyAnswered() if survey and _is_tried(step.deed):
                return done
    return None


def _is_tried(deed: TaskWaits | SurveyAnswered) -> bool:
    return bool(deed.without or deed.refused or deed.refused_fields)


def _waiting(scenario: Scenario, place: str) -> Iterator[TaskWaits]:
    for step in scenario.steps:
        if isinstance(step.deed, TaskWaits) and step.deed.element == place:
            yield step.deed


def _is_guarded(deed: Deed, place: str) -> bool:
    match deed:
        case TaskWaits():
            return deed.element == place and (_is_tried(deed) or not deed.signed)
        case TaskExtended() | TaskRouted():
            return deed.element == place
        case _:
            return False


def _fields_missed(scenario: Scenario) -> set[str]:
    """Return the keys of all fields that the scenario proves to be asked for."""
    missed = set(scenario.without)
    for step in scenario.steps:
        if isinstance(step.deed, TaskWaits | SurveyAnswered):
            missed.update(step.deed.without)
            for path in step.deed.refused_fields:
                missed.update(path.split("."))
    return missed
