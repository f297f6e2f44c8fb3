"""What people do with a task beside completing it: return it, take it back, urge…"""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from engine.commands.tasks.byhand.copying import CopyCase
from engine.commands.tasks.byhand.handing_on import HandOnTask
from engine.commands.tasks.byhand.opinions import AskOpinion, DropOpinion, GiveOpinion
from engine.commands.tasks.byhand.returning import ReturnTask
from engine.commands.tasks.byhand.urging import UrgeTask
from engine.commands.tasks.byhand.withdrawing import WithdrawTask
from engine.model import TaskId
from engine.queries.handling.byhand import LoginOf
from engine.queries.handling.opinions import OpinionPage
from webapp.shell.gate import ask, run
from webapp.shell.messages import say_done
from webapp.shell.visitors import is_local

pages = Blueprint("byhand", __name__, url_prefix="/tasks")


@pages.post("/<int:task_id>/return")
def send_back(task_id: int) -> Response:
    """Send the task back to a finished step."""
    run(ReturnTask(TaskId(task_id), request.form.get("to", ""), _reason()))
    say_done("Returned. The step is to be done again; those concerned were told.")
    return redirect(url_for("worklist.page"), code=303)


@pages.post("/<int:task_id>/withdraw")
def withdraw(task_id: int) -> Response:
    """Take a completion back."""
    run(WithdrawTask(TaskId(task_id), _reason()))
    say_done("Taken back. What you had entered is kept; change it and complete it again.")
    return redirect(url_for("tasks.page", task_id=task_id), code=303)


@pages.post("/<int:task_id>/hand-on")
def hand_on(task_id: int) -> Response:
    """Hand the task on to another person."""
    login = _login()
    run(HandOnTask(TaskId(task_id), login, _reason()))
    say_done("The task was handed to {login}.", login=login)
    return redirect(url_for("worklist.page"), code=303)


@pages.post("/<int:task_id>/ask")
def ask_opinion(task_id: int) -> Response:
    """Ask somebody for an opinion."""
    question, holds = request.form.get("question", ""), "holds" in request.form
    run(AskOpinion(TaskId(task_id), _login(), question, holds))
    say_done("Asked. The answer will stand here, and you will be told.")
    return redirect(url_for("tasks.page", task_id=task_id), code=303)


@pages.post("/<int:task_id>/copy")
def copy(task_id: int) -> Response:
    """Let somebody know of the case."""
    run(CopyCase(TaskId(task_id), _login(), _reason()))
    say_done("Sent. The person was told, and may read the complaint from now on.")
    return redirect(url_for("tasks.page", task_id=task_id), code=303)


@pages.post("/<int:task_id>/urge")
def urge(task_id: int) -> Response:
    """Urge whoever has to do the task."""
    count = run(UrgeTask(TaskId(task_id), _reason()))
    say_done("{count} people were urged.", count=count)
    back = request.form.get("back", "")
    page = back if is_local(back) else url_for("tasks.page", task_id=task_id)
    return redirect(page, code=303)


@pages.post("/opinions/<int:opinion_id>/give")
def give_opinion(opinion_id: int) -> Response:
    """Answer who asked for an opinion."""
    run(GiveOpinion(opinion_id, request.form.get("text", "")))
    say_done("Thank you. Your opinion is kept with the complaint, and who asked was told.")
    return redirect(url_for("worklist.page"), code=303)


@pages.post("/opinions/<int:opinion_id>/drop")
def drop_opinion(opinion_id: int) -> Response:
    """Do without an opinion that was asked for."""
    task_id = ask(OpinionPage(opinion_id))
    run(DropOpinion(opinion_id))
    say_done("Nobody is asked any more.")
    return redirect(url_for("tasks.page", task_id=task_id), code=303)


def _reason() -> str:
    return request.form.get("reason", "")


def _login() -> str:
    """Return the login of who was chosen, or typed by login or by name."""
    return ask(LoginOf(request.form.get("login", "")))
