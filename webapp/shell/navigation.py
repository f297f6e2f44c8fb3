"""The top bar: what this person may go to, and how much waits there."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, g, request, url_for

from engine.model import Actor, Sentence
from engine.queries.people.notices import UnreadCount
from engine.queries.reports.overview import HasReports
from engine.queries.tasks.worklist import WaitingCount
from webapp.shell.gate import ask


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the top bar."""

    name: Sentence
    endpoint: str
    is_for: Callable[[Actor], bool] = lambda actor: True  #: Others do not see it.

    @property
    def address(self) -> str:
        """Return where it leads."""
        return url_for(self.endpoint)

    @property
    def is_here(self) -> bool:
        """Tell whether the page belongs to this entry."""
        return (request.endpoint or "").split(".")[0] == self.endpoint.split(".")[0]


PLACES = (
    Place(Sentence("Tasks"), "worklist.page"),
    Place(Sentence("Complaints"), "cases.page"),
    Place(Sentence("Register"), "register.page"),
    Place(Sentence("Policies"), "deployments.page"),
    Place(Sentence("Reports"), "reports.page", lambda actor: ask(HasReports())),
    Place(Sentence("Operations"), "operations.page", lambda it: "operate" in it.rights),
    Place(Sentence("Administration"), "people.page", lambda it: "admin" in it.rights),
)


@dataclass(frozen=True, slots=True)
class TopBar:
    """What the top bar shows to the person."""

    places: tuple[Place, ...]
    waiting: int
    unread: int


def top_bar() -> TopBar | None:
    """Return the bar for the person who asks; none for strangers."""
    visitor = g.get("visitor")
    if visitor is None or visitor.actor is None:
        return None
    return TopBar(
        places=tuple(place for place in PLACES if place.is_for(visitor.actor)),
        waiting=ask(WaitingCount()),
        unread=ask(UnreadCount()),
    )


def install(app: Flask) -> None:
    """Give the templates `top_bar`."""
    app.jinja_env.globals["top_bar"] = top_bar
