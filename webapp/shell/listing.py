"""Addresses of the same list: sorted otherwise, narrowed, or another page of it."""

from flask import Flask, request, url_for

from engine.queries.showing.listing import COUNTED

MOST_PAGES = 1_000_000  #: Lists have fewer; the last one is shown instead.


def here(**changes: object) -> str:
    """Return the address of this page with *changes* in its query; None takes one out."""
    values: dict[str, object] = {**request.args, **(request.view_args or {}), **changes}
    kept = {name: value for name, value in values.items() if value not in (None, "")}
    return url_for(request.endpoint or "", **kept)  # type: ignore[arg-type]


def sorted_by(name: str) -> str:
    """Return the address of this list sorted by *name*; once more turns it round."""
    turned = f"-{name}" if request.args.get("sort") == name else name
    return here(sort=turned, page=None)


def direction(name: str, default: str) -> str | None:
    """Return how the list is sorted by *name* now, as ``aria-sort`` says it."""
    match request.args.get("sort") or default:
        case sort if sort == name:
            return "ascending"
        case sort if sort == f"-{name}":
            return "descending"
        case _:
            return None


def page_number() -> int:
    """Return which page is asked for."""
    return min(request.args.get("page", 1, type=int), MOST_PAGES)


def counted(number: int) -> str:
    """Return a number as lists count, which is not to the end."""
    return str(number) if number <= COUNTED else f"{COUNTED}+"


def install(app: Flask) -> None:
    """Give the templates `here`, `sorted_by` and `direction`, and the filter `counted`."""
    app.jinja_env.globals.update(here=here, sorted_by=sorted_by, direction=direction)
    app.jinja_env.filters["counted"] = counted
