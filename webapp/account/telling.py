"""What reaches the person how: channels by kind of notice, and the robot of a chat."""

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engine.commands.telling.choices import ChooseNotices
from engine.commands.telling.robots import RemoveRobot, SetMyRobot
from engine.model import InvalidValues, Sentence
from engine.queries.people.telling import MyTelling
from engine.store.telling import KEYWORD, ROBOT_NAMES
from webapp.people.robots import KIND_NAMES, tried
from webapp.shell.gate import ask, run
from webapp.shell.messages import say_done

pages = Blueprint("telling", __name__, url_prefix="/account/notices")
_Errors = Mapping[str, tuple[Sentence, ...]]


@pages.get("/")
def page() -> str:
    """Show what reaches the person how."""
    return _page({})


@pages.post("/")
def choose() -> Response:
    """Keep what the person chose."""
    fields = request.form
    run(ChooseNotices(tuple(fields.getlist("email")), tuple(fields.getlist("chat"))))
    say_done("From now on notices reach you as you chose.")
    return redirect(url_for("telling.page"), code=303)


@pages.post("/robot")
def set_robot() -> Response | tuple[str, int]:
    """Keep the webhook of the person's robot."""
    fields = request.form
    command = SetMyRobot(
        fields.get("kind", ""), fields.get("address", ""), fields.get("secret", "")
    )
    try:
        run(command)
    except InvalidValues as refusal:
        return _page(refusal.errors), 422
    say_done("The robot is kept. Send a test message to see whether it speaks.")
    return redirect(url_for("telling.page", _anchor="robot"), code=303)


@pages.post("/robot/<int:robot_id>/try")
def try_one(robot_id: int) -> Response:
    """Let the person's robot say something."""
    tried(robot_id)
    return redirect(url_for("telling.page", _anchor="robot"), code=303)


@pages.post("/robot/<int:robot_id>/remove")
def remove(robot_id: int) -> Response:
    """Take the person's robot away."""
    run(RemoveRobot(robot_id))
    say_done("The robot was taken away. Nothing goes to the chat any more.")
    return redirect(url_for("telling.page", _anchor="robot"), code=303)


def _page(errors: _Errors) -> str:
    return render_template(
        "telling/mine.html",
        telling=ask(MyTelling()),
        kinds=KIND_NAMES,
        robots=ROBOT_NAMES,
        keyword=KEYWORD,
        errors=errors,
    )
