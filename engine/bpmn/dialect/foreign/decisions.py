"""Rewrites which decision a business rule task takes."""

from engine.bpmn.dialect.foreign.marks import Marks

#: How another engine hands out a result, where the value is the one that we hand out.
_SAME_VALUE = ("singleEntry", "collectEntries")


def rewrite_decision(marks: Marks) -> None:
    """Say with zeebe:calledDecision what the attributes say.

    A result that is wrapped in contexts or lists which ours has not (``singleResult``,
    ``resultList``) stays, and is named.
    """
    if marks.get("mapDecisionResult") not in _SAME_VALUE:
        return
    marks.move("decisionRef", "calledDecision", "decisionId")
    marks.move("resultVariable", "calledDecision", "resultVariable")
    marks.take("mapDecisionResult")
