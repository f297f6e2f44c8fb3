"""One line after an action: what happened, and what comes next."""

from flask import flash, session

from webapp.shell.speech import speak

#: Messages that wait for the next page; more would not fit into the cookie that has them.
MOST_WAITING = 5
_WAITING = "_flashes"  #: The name by which Flask keeps them.


def say_done(template: str, /, **values: object) -> None:
    """Show on the next page that something was done."""
    _say(speak(template, **values), "done")


def say_wrong(template: str, /, **values: object) -> None:
    """Show on the next page that something was not done, and why."""
    _say(speak(template, **values), "wrong")


def _say(text: str, kind: str) -> None:
    flash(text, kind)
    session[_WAITING] = session[_WAITING][-MOST_WAITING:]
