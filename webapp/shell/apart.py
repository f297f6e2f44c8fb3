"""Starts long work as a process of its own, so that no page waits for it."""

import os
import subprocess
import sys
import threading

from flask import Flask, current_app

from engine.model import InvalidState
from engine.settings import Settings


def install(app: Flask, settings: Settings) -> None:
    """Let `start_apart` know where this installation lies."""
    app.extensions["settings"] = settings


def refuse_alone() -> None:
    """Refuse work by another process where no other can see the database.

    Raises:
        InvalidState: If it is in the memory of this process.
    """
    settings: Settings = current_app.extensions["settings"]
    if settings.database_url in ("sqlite://", "sqlite:///:memory:"):
        raise InvalidState(
            "Expected a database that other processes see, but it is in memory."
        )


def start_apart(module: str, *arguments: str) -> None:
    """Start a module of the program with *arguments* on the same installation."""
    settings: Settings = current_app.extensions["settings"]
    here = {
        "COMPLAINTFLOW_DATABASE_URL": settings.database_url,
        "COMPLAINTFLOW_FILES": str(settings.files),
        "COMPLAINTFLOW_POLICIES": str(settings.policies),
        "COMPLAINTFLOW_ZONE": settings.zone,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, **here},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    # Somebody has to hear of its end, or it stays in the list of processes.
    threading.Thread(target=process.wait, name="apart", daemon=True).start()
