"""What differs between one installation and another; read once, at the doors."""

import os
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one installation.

    Each is read from the environment variable ``COMPLAINTFLOW_`` and its name.
    """

    database_url: str  #: An SQLAlchemy address; an SQLite file unless set.
    files: Path  #: Where documents lie, by digest.
    policies: Path  #: The folder with processes/ and forms/.
    secret: str | None = None  #: Signs sessions and checkpoints; made at first start.
    mail_url: str | None = None  #: smtp://user:password@host:port; none keeps mail queued.
    mail_sender: str = "complaintflow@localhost"
    zone: str = "Asia/Shanghai"  #: Where policies do not say otherwise.


def read_settings(home: Path | None = None) -> Settings:
    """Return the settings from the environment, with data under *home* (``var/``)."""
    data = home or Path(os.environ.get("COMPLAINTFLOW_HOME", "var")).resolve()

    def value(name: str) -> str | None:
        return os.environ.get(f"COMPLAINTFLOW_{name}")

    return Settings(
        database_url=value("DATABASE_URL") or f"sqlite:///{data / 'complaintflow.db'}",
        files=Path(value("FILES") or data / "files"),
        policies=Path(value("POLICIES") or _shipped()),
        secret=value("SECRET"),
        mail_url=value("MAIL_URL"),
        mail_sender=value("MAIL_SENDER") or "complaintflow@localhost",
        zone=value("ZONE") or "Asia/Shanghai",
    )


def _shipped() -> Path:
    """Return where the policies lie: beside the code, or inside an installed wheel."""
    checkout = _HERE.parent
    return checkout if (checkout / "processes").is_dir() else _HERE / "shipped"
