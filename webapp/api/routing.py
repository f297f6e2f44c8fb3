"""What people do with a task beside completing it: send it back, ask, copy, urge…"""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from engine.commands.admitting.entries import LONGEST_TEXT
from engine.commands.tasks.byhand.copying import CopyCase
from engine.commands.tasks.byhand.opinions import AskOpinion, DropOpinion, GiveOpinion
from engine.commands.tasks.byhand.returning import ReturnTask
from engine.commands.tasks.byhand.urging import UrgeTask
from engine.commands.tasks.byhand.withdrawing import WithdrawTask
from engine.model import Sentence, TaskId
from engine.queries.handling.opinions import WantedOpinions
from engine.queries.tasks.one import OneTask
from webapp.api.acting import run
from webapp.api.declaring import about, operation
from webapp.shell.gate import ask
from webapp.shell.madeup import is_made_up
from webapp.shell.speech import current_language

_Login = Annotated[str, Meta(min_length=1, max_length=200)]
_Words = Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]
_FewWords = Annotated[str, Meta(max_length=LONGEST_TEXT)]


class Choosable(msgspec.Struct, frozen=True):
    """A step or a person that can be named."""

    id: Annotated[str, about("The id of the step, or the login of the person")]
    name: str


class OpinionAsked(msgspec.Struct, frozen=True):
    """An opinion that was asked for at a task."""

    id: int
    by: str
    asked: Annotated[str, about("The name of who is to answer")]
    question: str
    holds: Annotated[bool, about("Whether the task waits for the answer")]
    state: Annotated[str, about("open, given or dropped")]
    text: Annotated[str | None, about("The answer")]
    at: datetime
    ended_at: datetime | None
    is_for_me: bool


class WaitsAgain(msgspec.Struct, frozen=True):
    """Why a task waits once more."""

    by: str
    step: Annotated[str, about("The name of the step that was sent back from")]
    at: datetime
    reason: str


class RoutingTold(msgspec.Struct, frozen=True):
    """What the person may do with a task beside completing it."""

    verbs: Annotated[
        list[str],
        about("Of return, withdraw, hand-on, ask-opinion, copy and urge"),
    ]
    returns: Annotated[list[Choosable], about("The steps that it can go back to")]
    receivers: Annotated[list[Choosable], about("Who may do it in place of the person")]
    opinions: list[OpinionAsked]
    sent_back: Annotated[
        WaitsAgain | None, about("Who sent the case back to this task, and why")
    ]


class SentBack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """To which step a task goes back, and why."""

    to: Annotated[str, Meta(min_length=1, max_length=200), about("The id of the step")]
    reason: _Words


class TaskAgain(msgspec.Struct, frozen=True):
    """The task that waits in place of the one that was sent back."""

    task_id: int


class Why(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why something is done."""

    reason: _FewWords = ""


class Copied(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is told of a case, and why."""

    login: _Login
    reason: _FewWords = ""


class NewQuestion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked of whom."""

    login: _Login
    question: _Words
    holds: Annotated[bool, about("Whether the task waits for the answer")] = False


class QuestionPut(msgspec.Struct, frozen=True):
    """The question that was put."""

    id: int


class OpinionGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to who asked for an opinion."""

    text: _Words


class Urged(msgspec.Struct, frozen=True):
    """How many people were urged."""

    people: int


class OpinionWanted(msgspec.Struct, frozen=True):
    """An opinion that the person is asked for."""

    id: int
    task_id: int
    task: str
    case_id: int
    case_number: str
    is_demo: Annotated[bool, about("Whether its case is made up, for a demonstration")]
    case_title: str
    by: str
    question: str
    at: datetime


@operation(
    "GET",
    "/tasks/{task_id}/routing",
    Sentence("Read what can be done with a task beside completing it"),
    scopes=("tasks",),
)
def show_routing(task_id: int) -> RoutingTold:
    """Return it, with the steps and people that can be named."""
    found = ask(OneTask(task_id, current_language())).by_hand
    back = found.sent_back
    return RoutingTold(
        verbs=sorted(found.verbs),
        returns=[Choosable(step.key, step.name) for step in found.returns],
        receivers=[Choosable(person.key, person.name) for person in found.receivers],
        opinions=[
            OpinionAsked(
                id=each.id,
                by=each.by,
                asked=each.asked,
                question=each.question,
                holds=each.holds,
                state=each.state,
                text=each.text,
                at=each.at,
                ended_at=each.ended_at,
                is_for_me=each.is_for_me,
            )
            for each in found.opinions
        ],
        sent_back=None
        if back is None
        else WaitsAgain(back.by, back.step, back.at, back.reason),
    )


@operation(
    "POST",
    "/tasks/{task_id}/return",
    Sentence("Send a task back to a finished step, with a reason"),
    scopes=("tasks",),
)
def return_task(task_id: int, body: SentBack) -> TaskAgain:
    """Let the step be done once more, by who did it if possible."""
    return TaskAgain(run(ReturnTask(TaskId(task_id), body.to, body.reason)))


@operation(
    "POST",
    "/tasks/{task_id}/withdraw",
    Sentence("Take one's completed task back before anybody acts on it"),
    scopes=("tasks",),
    status=204,
)
def withdraw_task(task_id: int, body: Why) -> None:
    """Let the case stand as it did before."""
    run(WithdrawTask(TaskId(task_id), body.reason))


@operation(
    "POST",
    "/tasks/{task_id}/opinions",
    Sentence("Ask somebody for an opinion on a task"),
    scopes=("tasks",),
    status=201,
)
def ask_opinion(task_id: int, body: NewQuestion) -> QuestionPut:
    """Put the question; the person may read the case from then on."""
    command = AskOpinion(TaskId(task_id), body.login, body.question, body.holds)
    return QuestionPut(run(command))


@operation(
    "GET",
    "/opinions",
    Sentence("List the opinions that the person is asked for"),
    scopes=("tasks",),
)
def list_opinions() -> list[OpinionWanted]:
    """Return them, the oldest first."""
    return [
        OpinionWanted(
            id=row.id,
            task_id=row.task_id,
            task=row.task,
            case_id=row.case_id,
            case_number=row.case_number,
            is_demo=is_made_up(row.case_number),
            case_title=row.case_title,
            by=row.by,
            question=row.question,
            at=row.at,
        )
        for row in ask(WantedOpinions())
    ]


@operation(
    "POST",
    "/opinions/{opinion_id}/answer",
    Sentence("Answer who asked for an opinion"),
    scopes=("tasks",),
    status=204,
)
def give_opinion(opinion_id: int, body: OpinionGiven) -> None:
    """Keep the answer with the case, and tell who asked."""
    run(GiveOpinion(opinion_id, body.text))


@operation(
    "POST",
    "/opinions/{opinion_id}/drop",
    Sentence("Do without an opinion that was asked for"),
    scopes=("tasks",),
    status=204,
)
def drop_opinion(opinion_id: int) -> None:
    """Take the question back."""
    run(DropOpinion(opinion_id))


@operation(
    "POST",
    "/tasks/{task_id}/copy",
    Sentence("Let somebody know of the case of a task"),
    scopes=("tasks",),
    status=204,
)
def copy_case(task_id: int, body: Copied) -> None:
    """Tell the person, who may read the case from then on."""
    run(CopyCase(TaskId(task_id), body.login, body.reason))


@operation(
    "POST",
    "/tasks/{task_id}/urge",
    Sentence("Urge whoever has to do a task"),
    scopes=("tasks",),
)
def urge_task(task_id: int, body: Why) -> Urged:
    """Tell them, once an hour at most."""
    return Urged(run(UrgeTask(TaskId(task_id), body.reason)))
