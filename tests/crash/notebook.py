"""What a process was told of its commands, kept where no kill can take it back."""

import contextlib
import json
import os
import pickle
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from pathlib import Path

from engine.commands.command import Command
from engine.model import Actor, Clock, Rejected
from engine.runtime import Engine
from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class Intent:
    """A command that a process is about to give."""

    command_id: str
    command: Command[object]
    by: Actor


@dataclass(slots=True)
class Told:
    """All that stands in a notebook."""

    accepted: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)  #: Why, by the command's id.
    unanswered: Intent | None = None  #: What the process was killed at.

    @property
    def count(self) -> int:
        """How many commands were to be given."""
        return len(self.accepted) + len(self.refused) + (self.unanswered is not None)


class Notebook:
    """A file of one process and of those that take its place, written through to disk."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        # What a kill tore would run into the next line.
        whole = path.read_bytes().rfind(b"\n") + 1
        os.ftruncate(self._descriptor, whole)

    def intend(self, intent: Intent) -> None:
        """Note what is to be done, to be able to ask for it again."""
        self._write(do=b64encode(pickle.dumps(intent)).decode())

    def accept(self, command_id: str) -> None:
        """Note that it was done."""
        self._write(accepted=command_id)

    def refuse(self, command_id: str, why: str) -> None:
        """Note that it was refused."""
        self._write(refused=command_id, why=why)

    def _write(self, **line: str) -> None:
        os.write(self._descriptor, json.dumps(line).encode() + b"\n")
        os.fsync(self._descriptor)


def read(path: Path) -> Told:
    """Return what stands in the notebook at *path*; a line torn by a kill is none."""
    told = Told()
    for line in path.read_bytes().split(b"\n")[:-1]:
        said = json.loads(line)
        if "do" in said:
            told.unanswered = pickle.loads(b64decode(said["do"]))
            continue
        told.unanswered = None
        if "accepted" in said:
            told.accepted.append(said["accepted"])
        else:
            told.refused[said["refused"]] = said["why"]
    return told


class NotingEngine(Engine):
    """An engine that notes each command before it is given, and what came of it."""

    def __init__(self, settings: Settings, clock: Clock, path: Path) -> None:
        super().__init__(settings, clock)
        before = read(path) if path.exists() else Told()
        self._notebook = Notebook(path)
        self._name = path.stem
        self._unanswered = before.unanswered
        self._count = before.count

    def ask_again(self) -> None:
        """Give the command again of which the process before was not told the end."""
        if self._unanswered is not None:
            with contextlib.suppress(Rejected):
                self._carry_out(self._unanswered)

    def run(self, command, *, by, command_id=None):
        """Run a command, with notes of it unless the journal has none either."""
        if not getattr(command, "journaled", True):
            return super().run(command, by=by)
        self._count += 1
        intent = Intent(command_id or f"{self._name}-{self._count}", command, by)
        self._notebook.intend(intent)
        return self._carry_out(intent)

    def _carry_out(self, intent: Intent) -> object:
        try:
            result = super().run(intent.command, by=intent.by, command_id=intent.command_id)
        except Rejected as refusal:
            self._notebook.refuse(intent.command_id, str(refusal))
            raise
        self._notebook.accept(intent.command_id)
        return result
