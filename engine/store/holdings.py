"""What a database is used with: loaded policies, files, the queue, and the secret."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from sqlalchemy.orm import Session

from engine.policy import Library
from engine.store.files import FileStore


class Queue(Protocol):
    """Tells workers of jobs; the table of jobs stays the truth."""

    def announce(self, session: Session, job_id: int, due_at: datetime) -> None:
        """Make the job known once the transaction of *session* commits."""


class Chance(Protocol):
    """Where tokens, salts and keys come from; tests bring their own."""

    def token(self, size: int) -> str:
        """Return *size* random bytes in hexadecimal."""


class SystemChance:
    """The randomness of the operating system."""

    def token(self, size: int) -> str:
        """Return *size* random bytes in hexadecimal."""
        return secrets.token_hex(size)


@dataclass(slots=True)
class Holdings:
    """The things beside the tables that a transaction may need."""

    files: FileStore
    library: Library = field(default_factory=Library)
    queue: Queue | None = None  #: None: workers look into the table of jobs.
    chance: Chance = field(default_factory=SystemChance)
    demo: bool = False  #: Whether the cases that begin are made up, for a demonstration.
    part: str = ""  #: Before the names of their chains that belong to no case.
    secret: str | None = None  #: Signs checkpoints; without it a key kept in the database.
