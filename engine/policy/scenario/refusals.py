"""Reads what a step of a scenario is to be refused for."""

from engine.policy.scenario.deeds import REFUSALS
from engine.policy.toml import Table


def read_refusal(table: Table) -> tuple[str | None, tuple[str, ...]]:
    """Return one of `REFUSALS`, or the fields that must be wrong, or neither."""
    if isinstance(table.raw("refused"), str):
        return table.choice("refused", REFUSALS, REFUSALS[0]), ()
    refused = table.table("refused")
    fields = refused.texts("fields")
    if field := refused.text("field"):
        fields = (*fields, field)
    if "refused" in table and not fields:
        refused.missing("field")
    refused.close()
    return None, fields
