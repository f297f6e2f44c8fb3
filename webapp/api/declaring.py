"""Declares operations: one declaration routes it, reads what it takes, and documents it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from inspect import signature
from typing import Any, Literal, get_type_hints

from msgspec import Meta
from werkzeug.wrappers import Response

from engine.commands.people.tokens import Scope
from engine.model import Sentence

Method = Literal["GET", "POST", "PUT", "DELETE"]
JSON = "application/json"
LARGEST_JSON = 2_000_000  #: Bytes.


@dataclass(frozen=True, slots=True)
class Binary:
    """A body that is a file."""

    media_type: str
    largest: int  #: Bytes.


@dataclass(frozen=True, slots=True)
class Operation:
    """Something that another system can ask for."""

    method: Method
    path: str  #: Below /api/v1, such as ``/cases/{case_id}``.
    summary: Sentence
    scopes: tuple[Scope, ...]  #: One of them is enough; none: any token will do.
    status: int
    handler: Callable[..., Any]
    takes: Binary | None
    gives: tuple[str, ...]  #: Media types, where the answer is a file.

    @property
    def id(self) -> str:
        """Its name in the document, that of the function."""
        return self.handler.__name__

    @property
    def tag(self) -> str:
        """The resource that it belongs to, that of the module."""
        return self.handler.__module__.rpartition(".")[2]

    @property
    def rule(self) -> str:
        """Its path as Flask writes it."""
        names = {int: "int", str: "string"}
        return re.sub(
            r"{(\w+)}", lambda it: f"<{names[self.places[it[1]]]}:{it[1]}>", self.path
        )

    @property
    def places(self) -> dict[str, type]:
        """The parameters in its path."""
        hints = _hints(self.handler)
        return {name: hints[name] for name in re.findall(r"{(\w+)}", self.path)}

    @property
    def query(self) -> type | None:
        """The parameters after the question mark."""
        return self._hint("query")

    @property
    def body(self) -> type | None:
        """The JSON that it takes."""
        return self._hint("body")

    @property
    def answer(self) -> type | None:
        """The JSON that it gives; None where it gives nothing, or a file."""
        found = self._hint("return")
        return None if found is Response or found is type(None) else found

    def _hint(self, name: str) -> type | None:
        return _hints(self.handler).get(name)


@cache
def _hints(handler: Callable[..., Any]) -> dict[str, Any]:
    return get_type_hints(handler)


OPERATIONS: dict[str, Operation] = {}  #: By id.


def operation(
    method: Method,
    path: str,
    summary: Sentence,
    *,
    scopes: tuple[Scope, ...],
    status: int = 200,
    takes: Binary | None = None,
    gives: tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare that a function carries out an operation.

    Its parameters are those of the path, `query` and `body` with the types that they are
    read as, or `content` for a file. What it returns is the answer.
    """

    def declare(handler: Callable[..., Any]) -> Callable[..., Any]:
        assert set(re.findall(r"{(\w+)}", path)) <= set(signature(handler).parameters)
        declared = Operation(method, path, summary, scopes, status, handler, takes, gives)
        assert declared.id not in OPERATIONS
        OPERATIONS[declared.id] = declared
        return handler

    return declare


def about(text: str) -> Meta:
    """Return what the document says of a field, for `Annotated`."""
    return Meta(description=text)
