"""Reads the steps of a scenario by which people ask for more time, and get it or not."""

from collections.abc import Callable, Mapping

from engine.policy.scenario.deeds import TaskExtended
from engine.policy.scenario.refusals import read_refusal
from engine.policy.toml import Table


def _extended(table: Table) -> TaskExtended:
    refused, fields = read_refusal(table)
    decider = table.text("granted-by") or None
    if decider is None and "until" not in table:
        table.missing("until")
    return TaskExtended(
        element=table.required_text("extend"),
        until=table.moment("until"),
        reason=table.text("reason"),
        by=table.text("by") or None,
        decider=decider,
        granted=table.flag("granted", True),
        remark=table.text("remark"),
        refused=refused,
        refused_fields=fields,
    )


EXTENDED: Mapping[str, Callable[[Table], TaskExtended]] = {"extend": _extended}
