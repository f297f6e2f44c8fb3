"""Robots in the chats of groups: who administers sets them for a role, within a unit."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.telling.robots import (
    ChooseGroupNotices,
    RemoveRobot,
    SetGroupRobot,
    TryRobot,
)
from engine.model import InvalidValues, Sentence
from engine.queries.people.roles import Roles, Units
from engine.queries.people.telling import GroupRobots
from engine.queries.showing.visibility import OnlyWith
from engine.store.telling import KEYWORD, ROBOT_NAMES, NoticeKind
from engine.worker.speaking import try_robot
from webapp.shell.gate import ask, engine, run
from webapp.shell.messages import say_done, say_wrong
from webapp.shell.speech import current_language, spoken

pages = Blueprint("robots", __name__, url_prefix="/people/robots")

KIND_NAMES: Mapping[NoticeKind, Sentence] = {
    "letter": Sentence("Letters about complaints"),
    "reminder": Sentence("Reminders that a task is to be done soon"),
    "overdue": Sentence("Tasks that are late"),
    "routed": Sentence("Tasks that others handed on, copied or urged, and more time"),
    "offered": Sentence("New tasks"),
}
#: Nobody is handed a task as a group.
GROUP_KINDS = {kind: name for kind, name in KIND_NAMES.items() if kind != "routed"}
_Errors = Mapping[str, tuple[Sentence, ...]]


@pages.get("/")
def page() -> str:
    """List the robots of groups."""
    return _page({})


@pages.post("/")
def set_robot() -> Response | tuple[str, int]:
    """Keep the webhook of a group's robot."""
    fields = request.form
    command = SetGroupRobot(
        role=fields.get("role", ""),
        unit=fields.get("unit") or None,
        kind=fields.get("kind", ""),
        notices=tuple(fields.getlist("notices")),
        address=fields.get("address", ""),
        secret=fields.get("secret", ""),
    )
    try:
        run(command)
    except InvalidValues as refusal:
        return _page(refusal.errors), 422
    say_done("The robot is kept. Send a test message to see whether it speaks.")
    return redirect(url_for("robots.page"), code=303)


@pages.post("/<int:robot_id>")
def choose(robot_id: int) -> Response:
    """Keep what a group hears of."""
    run(ChooseGroupNotices(robot_id, tuple(request.form.getlist("notices"))))
    say_done("From now on the group hears of what you chose.")
    return redirect(url_for("robots.page"), code=303)


@pages.post("/<int:robot_id>/try")
def try_one(robot_id: int) -> Response:
    """Let a group's robot say something."""
    tried(robot_id)
    return redirect(url_for("robots.page"), code=303)


@pages.post("/<int:robot_id>/remove")
def remove(robot_id: int) -> Response:
    """Take a group's robot away."""
    run(RemoveRobot(robot_id))
    say_done("The robot was taken away. Nothing goes to the chat any more.")
    return redirect(url_for("robots.page"), code=303)


def tried(robot_id: int) -> None:
    """Let a robot say something, and show on the next page whether it did."""
    run(TryRobot(robot_id))
    trouble = try_robot(engine(), robot_id, current_language())
    if trouble is None:
        say_done("The test message was sent: look into the chat.")
    else:
        say_wrong("The test message was not sent. {reason}", reason=spoken(trouble))


def _page(errors: _Errors) -> str:
    ask(OnlyWith("admin"))
    return render_template(
        "telling/groups.html",
        found=ask(GroupRobots()),
        kinds=GROUP_KINDS,
        robots=ROBOT_NAMES,
        roles=ask(Roles()),
        units=ask(Units()),
        keyword=KEYWORD,
        errors=errors,
    )
