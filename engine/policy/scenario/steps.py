"""Reads the steps of a scenario."""

from collections.abc import Callable, Mapping

from engine.model import Sentence
from engine.policy.scenario.deeds import (
    CaseFollowed,
    CaseIsRetried,
    CaseIsStopped,
    Deed,
    MessageComes,
    SignalComes,
    Step,
    SurveyAnswered,
    TaskIsGone,
    TaskWaits,
)
from engine.policy.scenario.extended import EXTENDED
from engine.policy.scenario.refusals import read_refusal
from engine.policy.scenario.routed import ROUTED
from engine.policy.toml import Table, did_you_mean


def read_step(table: Table, number: int) -> Step:
    """Return the step in *table*, the *number*-th of its file."""
    at = table.moment("at")
    kinds = [kind for kind in _DEEDS if kind in table]
    if len(kinds) > 1 or (not kinds and "at" not in table):
        table.file.report(
            table.path,
            "scenario-step",
            Sentence(
                "Expected one of {known} in a step, but there are {count}.",
                {"known": ", ".join([*_DEEDS, "at"]), "count": len(kinds)},
            ),
            Sentence("Make a step of its own for each, with its own [[step]]."),
        )
    deed = _DEEDS[kinds[0]](table) if kinds else None
    if len(kinds) <= 1:
        table.close()
    return Step(number, at, deed)


def _task_waits(table: Table) -> TaskWaits:
    completes = "values" in table
    refused, fields = read_refusal(table)
    if (refused or fields) and not completes:
        table.missing("values")
    return TaskWaits(
        element=table.required_text("waits"),
        group=table.text("group") or None,
        due=table.moment("due"),
        groups=table.texts("groups"),
        warn=table.moment("warn"),
        by=table.text("by") or None,
        values=table.values("values") if completes else None,
        refused=refused,
        refused_fields=fields,
        without=read_without(table, "values"),
        signed=table.flag("signed", True),
    )


def read_without(table: Table, values: str) -> tuple[str, ...]:
    """Return the fields that are left out one by one; each must be among the *values*."""
    named = table.texts("without")
    known = table.values(values) if named else {}
    for name in named:
        if name not in known:
            table.report(
                "without",
                "scenario-without",
                Sentence(
                    "Expected only fields that are filled in here, but {name} is not.",
                    {"name": name},
                ),
                did_you_mean(name, known),
            )
    return named


def _message_comes(table: Table) -> MessageComes:
    return MessageComes(
        name=table.required_text("message"),
        key=table.required_text("key"),
        payload=table.values("payload"),
    )


def _signal_comes(table: Table) -> SignalComes:
    return SignalComes(name=table.required_text("signal"), payload=table.values("payload"))


def _task_is_gone(table: Table) -> TaskIsGone:
    return TaskIsGone(table.required_text("gone"))


def _case_is_stopped(table: Table) -> CaseIsStopped:
    return CaseIsStopped(table.required_text("incident"))


def _case_is_retried(table: Table) -> CaseIsRetried:
    return CaseIsRetried(table.required_text("retry"), table.values("values"))


def _case_followed(table: Table) -> CaseFollowed:
    return CaseFollowed(table.required_text("follow"))


def _survey_answered(table: Table) -> SurveyAnswered:
    refused, fields = read_refusal(table)
    without = read_without(table, "survey")
    return SurveyAnswered(table.values("survey"), refused, fields, without)


_DEEDS: Mapping[str, Callable[[Table], Deed]] = {
    "waits": _task_waits,
    "message": _message_comes,
    "signal": _signal_comes,
    "gone": _task_is_gone,
    "incident": _case_is_stopped,
    "retry": _case_is_retried,
    "survey": _survey_answered,
    "follow": _case_followed,
    **ROUTED,
    **EXTENDED,
}
