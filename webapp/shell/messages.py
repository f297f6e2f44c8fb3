"""One line after an action: what happened, and what comes next."""

from flask import flash

from webapp.shell.speech import speak


def say_done(template: str, /, **values: object) -> None:
    """Show on the next page that something was done."""
    flash(speak(template, **values), "done")


def say_wrong(template: str, /, **values: object) -> None:
    """Show on the next page that something was not done, and why."""
    flash(speak(template, **values), "wrong")
