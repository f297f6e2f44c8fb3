"""Reads the steps of a scenario by which people send work elsewhere by hand."""

from collections.abc import Callable, Mapping
from functools import partial

from engine.policy.scenario.deeds import Routed, TaskRouted
from engine.policy.scenario.refusals import read_refusal
from engine.policy.toml import Table

#: For each verb the key that says to where or whom, and the key of what is said.
_KEYS: Mapping[Routed, tuple[str | None, str]] = {
    "return": ("to", "reason"),
    "withdraw": (None, "reason"),
    "hand-on": ("to", "reason"),
    "ask-opinion": ("of", "question"),
    "copy": ("to", "reason"),
    "urge": (None, "reason"),
}


def _routed(table: Table, *, verb: Routed) -> TaskRouted:
    whither, words = _KEYS[verb]
    refused, fields = read_refusal(table)
    return TaskRouted(
        verb=verb,
        element=table.required_text(verb),
        to=table.required_text(whither) if whither else None,
        by=table.text("by") or None,
        text=table.text(words),
        holds=table.flag("hold") if verb == "ask-opinion" else False,
        refused=refused,
        refused_fields=fields,
    )


def _opinion(table: Table) -> TaskRouted:
    refused, fields = read_refusal(table)
    return TaskRouted(
        verb="opinion",
        element="",
        to=None,
        by=table.required_text("by"),
        text=table.text("opinion"),
        holds=False,
        refused=refused,
        refused_fields=fields,
    )


ROUTED: Mapping[str, Callable[[Table], TaskRouted]] = {
    **{verb: partial(_routed, verb=verb) for verb in _KEYS},
    "opinion": _opinion,
}
