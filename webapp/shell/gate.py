"""The one way from a page to the engine."""

from typing import TypeVar, cast

from flask import current_app, g, request

from engine.commands.command import Command
from engine.model import Actor
from engine.runtime import Engine, Query

T = TypeVar("T")

#: The form field that carries the id of a command: the same id twice changes nothing.
COMMAND_ID = "_command"


def engine() -> Engine:
    """Return the engine that this app serves."""
    return cast("Engine", current_app.extensions["engine"])


def actor() -> Actor:
    """Return who asks; only for pages that are not public."""
    return cast("Actor", g.visitor.actor)


def run(command: Command[T]) -> T:
    """Run *command* by the person who asks, once for each form that was sent."""
    return engine().run(command, by=actor(), command_id=request.form.get(COMMAND_ID))


def ask(query: Query[T]) -> T:
    """Answer *query* as far as the person who asks may see."""
    return engine().ask(query, by=actor())
