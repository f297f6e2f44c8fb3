"""Begins made-up cases: somebody complains, and somebody takes it down."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.commands.cases.lifecycle import StartCase
from engine.commands.outside.customers import StartPublicly
from engine.model import PUBLIC, Actor, CaseId, InvalidValues, Rejected, Variables
from engine.policy.scenario import TaskWaits
from engine.simulation.year.desk import Desk
from engine.simulation.year.entering import Face
from engine.simulation.year.scripts import Dated, Script
from engine.simulation.year.walk import Walk, texts_in


def begin(desk: Desk, face: Face, better: float) -> Walk | None:
    """Begin a case as one of the scenarios does, and return it; None if it is refused."""
    script = desk.repertoire.draw(desk.chance)
    if script is None:
        return None
    # Elsewhere first; where a form does not let that be chosen, where the scenario is.
    for actor, places in (_elsewhere(desk, script), _there(desk, script)):
        walk = _attempt(desk, script, actor, replace(face, places=places), better)
        if walk is not None:
            return walk
    return None


def _attempt(
    desk: Desk, script: Script, actor: Actor, face: Face, better: float
) -> Walk | None:
    form_id = _start_form(desk, script)
    first = Dated(TaskWaits("", None, None, None, {}, None, ()), script.start)
    for values in desk.entered(first, script.given, form_id, face, better):
        try:
            case_id = _begun(desk, script, actor, desk.with_files(form_id, values, actor))
        except InvalidValues:
            continue
        except Rejected:
            return None
        return Walk(case_id, face, script.deeds)
    return None


def _begun(desk: Desk, script: Script, actor: Actor, values: Variables) -> CaseId:
    key = desk.policy.settings.key
    if actor is PUBLIC:
        address = f"demo-{desk.chance.randrange(1000)}"
        filed = StartPublicly(key, script.process, values, address)
        return desk.engine.run(filed, by=PUBLIC).case_id
    return desk.engine.run(StartCase(key, script.process, values), by=actor)


def _elsewhere(desk: Desk, script: Script) -> tuple[Actor, Mapping[str, str]]:
    """Return somebody who begins it, perhaps in another unit than in the scenario."""
    actor, places = _there(desk, script)
    if actor is not PUBLIC:
        roles = [
            role
            for start in desk.policy.settings.starts
            if start.process == script.process and start.by == "staff"
            for role in start.roles
        ]
        actor, places = desk.staff.beginner(actor, roles, desk.chance)
    moved = desk.staff.moved_places(_mentioned(script), desk.chance)
    return actor, {**moved, **places}


def _there(desk: Desk, script: Script) -> tuple[Actor, Mapping[str, str]]:
    if script.by == PUBLIC.login:
        return PUBLIC, {}
    return desk.staff.called(script.by) or PUBLIC, {}


def _mentioned(script: Script) -> Iterator[str]:
    yield from texts_in(script.given)
    for dated in script.deeds:
        if isinstance(dated.deed, TaskWaits):
            yield from texts_in(dated.deed.values)


def _start_form(desk: Desk, script: Script) -> str | None:
    process = desk.policy.definitions.process(script.process)
    return next((each.form_id for each in process.starts if each.kind == "none"), None)
