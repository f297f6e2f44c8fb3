"""Pages over a ledger of four months, filled once for all tests."""

from collections.abc import Callable

import pytest
from flask import Flask

from engine.commands.people.sessions import LogIn
from engine.model import SYSTEM
from engine.runtime import Engine
from tests.engine.queries.reports.conftest import at, fill
from tests.people import LOGINS, PASSWORD
from tests.webapp.browser import Browser
from tests.webapp.conftest import _connection

_IMAGES: list[bytes] = []
_TOKENS: dict[str, str] = {}


@pytest.fixture
def kept(engine: Engine, clock, minimal, who) -> Engine:
    """An engine with the ledger; it is the eighth of April, and all have signed in."""
    if _IMAGES:
        _connection(engine).deserialize(_IMAGES[0])
    else:
        fill(engine, clock, minimal, who)
        for login in LOGINS:
            log_in = LogIn(login, PASSWORD, "10.0.0.1", "test")
            _TOKENS[login] = engine.run(log_in, by=SYSTEM).token
        _IMAGES.append(_connection(engine).serialize())
    clock.moment = at(4, 8)
    return engine


@pytest.fixture
def browser(kept: Engine, app: Flask) -> Callable[[str], Browser]:
    """Open a browser in which one of the people is signed in."""
    return lambda login: Browser(app, _TOKENS[login])


@pytest.fixture
def zhao(browser: Callable[[str], Browser]) -> Browser:
    """The browser of a head, who keeps the ledger."""
    return browser("zhao")
