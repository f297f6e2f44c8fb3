"""What tests of the interface start from."""

from collections.abc import Callable

import pytest

from tests.webapp.api.caller import Caller, token_of
from webapp.api.admitting import GUESSES, PACE
from webapp.api.pace import Pace


@pytest.fixture(autouse=True)
def fresh_pace(app):
    """Requests of the tests before do not count."""
    app.config[PACE], app.config[GUESSES] = Pace(10_000), Pace(10_000)


@pytest.fixture
def caller(app, engine) -> Callable[..., Caller]:
    """Make a system that calls for one of the people, with all scopes or some."""
    return lambda login, *scopes: Caller(
        app, token_of(engine, login, scopes) if scopes else token_of(engine, login)
    )


@pytest.fixture
def nobody(app) -> Caller:
    """A system without a token."""
    return Caller(app, None)
