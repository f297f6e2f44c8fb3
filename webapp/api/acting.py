"""Runs commands for other systems: the same key twice does it once."""

import hashlib
from typing import TypeVar

from flask import request

from engine.commands.command import Command
from webapp.shell.gate import actor, engine

T = TypeVar("T")

HEADER = "Idempotency-Key"
LONGEST_KEY = 150  #: Characters.


def run(command: Command[T]) -> T:
    """Run *command* by who asks; under the same key it is done once.

    Keys are of the person alone, so that nobody meets those of others. The journal, which
    forgets nothing, gets their digest: a sender may make keys of anybody's name.
    """
    key = request.headers.get(HEADER)
    command_id = f"api:{actor().person_id}:{_digest(key)}" if key else None
    return engine().run(command, by=actor(), command_id=command_id)


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
