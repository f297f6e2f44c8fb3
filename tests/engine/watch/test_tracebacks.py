"""Exceptions in logs: where and of what kind, without what people entered."""

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from engine.model import NotFound
from engine.watch.tracebacks import add_traceback, said


def written(error: Exception) -> str:
    return str(add_traceback(None, "error", {"exc_info": error})["exception"])


def test_it_says_where_and_of_what_kind() -> None:
    error = raised(ValueError("王小明 13900000000"))

    text = written(error)

    assert "test_tracebacks.py" in text
    assert "ValueError" in text
    assert "13900000000" not in text


def test_it_says_what_came_first() -> None:
    error = raised(TypeError("'int' object is not callable"), KeyError("王小明"))

    text = written(error)

    assert text.index("KeyError") < text.index("which led to") < text.index("TypeError")
    assert "'int' object is not callable" in text
    assert "王小明" not in text


def raised(error: Exception, cause: Exception | None = None) -> Exception:
    """Return *error* as it is when it was raised."""
    with pytest.raises(type(error)) as caught:
        raise error from cause
    return caught.value


def test_our_own_are_told_by_their_template() -> None:
    error = NotFound("Expected to find {name}, but there is none.", name="王小明")

    assert said(error) == "Expected to find {name}, but there is none."


def test_those_of_the_database_by_their_statement() -> None:
    connections = create_engine("sqlite://", hide_parameters=True)

    with connections.connect() as connection, pytest.raises(OperationalError) as caught:
        connection.execute(text("SELECT :name FROM nowhere"), {"name": "王小明"})

    assert "nowhere" in said(caught.value)
    assert "王小明" not in said(caught.value)
    connections.dispose()


def test_a_line_without_an_exception_stays_as_it_is() -> None:
    assert add_traceback(None, "info", {"event": "x"}) == {"event": "x"}
