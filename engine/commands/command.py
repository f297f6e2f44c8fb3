"""What a command is, and what it may offer beyond `run`."""

from dataclasses import Field, fields
from typing import ClassVar, Protocol, TypeVar, runtime_checkable

from engine.model import Json, Rejected
from engine.store.reading import Reading
from engine.store.transaction import Transaction

T_co = TypeVar("T_co", covariant=True)

#: For a field that the journal must not hold: passwords, files, what a form asks.
PRIVATE = {"private": True}


class Command(Protocol[T_co]):
    """Something that a person, a timer or another system asks the engine to do."""

    __dataclass_fields__: ClassVar[dict[str, Field[Json]]]

    def run(self, tx: Transaction) -> T_co:
        """Do it, or raise `Rejected` and leave everything as it was."""


@runtime_checkable
class Preparing(Protocol[T_co]):
    """A command with slow work to do before it may hold up others by a transaction.

    Where only some of its kind have that, an attribute `prepares` tells them apart.
    """

    def prepare(self, reading: Reading) -> Command[T_co]:
        """Do the slow work and return the command that is run in its place."""


@runtime_checkable
class RefusalKept(Protocol):
    """A command of which even a refusal leaves a trace, such as a failed log-in."""

    def refused(self, tx: Transaction, refusal: Rejected) -> None:
        """Write down that it was refused, in a transaction of its own."""


def journal_body(command: Command[object]) -> dict[str, Json]:
    """Return the fields of *command* that the journal keeps."""
    return {
        field.name: getattr(command, field.name)
        for field in fields(command)
        if not field.metadata.get("private")
    }
