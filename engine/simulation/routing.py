"""Sends work elsewhere by hand in a scenario: returns, withdraws, hands on, asks, urges."""

from engine.commands.command import Command
from engine.commands.tasks.byhand.copying import CopyCase
from engine.commands.tasks.byhand.handing_on import HandOnTask
from engine.commands.tasks.byhand.opinions import AskOpinion, GiveOpinion
from engine.commands.tasks.byhand.returning import ReturnTask
from engine.commands.tasks.byhand.urging import UrgeTask
from engine.commands.tasks.byhand.withdrawing import WithdrawTask
from engine.model import SYSTEM, CaseId, Rejected, TaskId
from engine.policy.scenario import TaskRouted
from engine.queries.handling.byhand import LatestCompleted
from engine.queries.handling.opinions import OpenOpinion
from engine.queries.progress.trace import ActorCalled, WaitingTask, Waits
from engine.runtime import Engine
from engine.simulation.cast import Cast
from engine.simulation.refusals import expect_refusal, refuse_success
from engine.simulation.work import task_at, who_does


def route(
    engine: Engine, case_id: CaseId, waits: Waits, deed: TaskRouted, cast: Cast
) -> None:
    """Do in a case what *deed* says, or be refused."""
    if deed.verb == "withdraw":
        done = engine.ask(LatestCompleted(case_id, deed.element), by=SYSTEM)
        actor = engine.ask(ActorCalled(deed.by or done.by), by=SYSTEM)
        command: Command[object] = WithdrawTask(TaskId(done.task_id), deed.text)
    elif deed.verb == "opinion":
        actor = engine.ask(ActorCalled(deed.by or ""), by=SYSTEM)
        asked = engine.ask(OpenOpinion(case_id, actor.login), by=SYSTEM)
        command = GiveOpinion(asked, deed.text)
    else:
        task = task_at(waits, deed.element)
        actor = who_does(engine, task, deed.by, cast)
        command = _on_task(task, deed)
    try:
        engine.run(command, by=actor)
    except Rejected as refusal:
        expect_refusal(deed, refusal)
        return
    refuse_success(deed, actor, deed.element or deed.verb)


def _on_task(task: WaitingTask, deed: TaskRouted) -> Command[object]:
    to = deed.to or ""
    match deed.verb:
        case "return":
            return ReturnTask(task.id, to, deed.text)
        case "hand-on":
            return HandOnTask(task.id, to, deed.text)
        case "ask-opinion":
            return AskOpinion(task.id, to, deed.text, deed.holds)
        case "copy":
            return CopyCase(task.id, to, deed.text)
        case _:
            return UrgeTask(task.id, deed.text)
