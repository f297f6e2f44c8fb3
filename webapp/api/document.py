"""Makes the OpenAPI 3.1 document of the interface from the declared operations."""

from collections.abc import Iterator, Mapping
from importlib.metadata import version
from typing import Any

import msgspec

from engine.model import Sentence
from webapp.api.acting import HEADER, LONGEST_KEY
from webapp.api.declaring import JSON, OPERATIONS, Operation
from webapp.api.problems import KINDS, PROBLEM, ROOT, Problem
from webapp.shell.speech import spoken

TITLE = Sentence("Complaints: the interface for other systems")
TAGS: Mapping[str, Sentence] = {
    "intake": Sentence("Registering complaints"),
    "cases": Sentence("Cases"),
    "documents": Sentence("Files"),
    "prints": Sentence("Prints"),
    "tasks": Sentence("Tasks"),
    "drafts": Sentence("Drafts"),
    "routing": Sentence("Tasks that go other ways"),
    "deadlines": Sentence("Deadlines and more time"),
    "messages": Sentence("Messages"),
    "reports": Sentence("Reports and ledger"),
    "months": Sentence("Months of a ledger"),
    "policies": Sentence("Policies"),
}
_REF = "#/components/schemas/{name}"
_ALWAYS = (401, 403, 422, 429, 503)
Schema = dict[str, Any]


def openapi() -> Schema:
    """Return the document, its summaries in the reader's language."""
    kinds = list(_kinds())
    schemas, components = msgspec.json.schema_components(kinds, ref_template=_REF)
    named = {_key(kind): schema for kind, schema in zip(kinds, schemas, strict=True)}
    paths: dict[str, Schema] = {}
    for operation in OPERATIONS.values():
        told = _operation(operation, named, components)
        paths.setdefault(operation.path, {})[operation.method.lower()] = told
    return {
        "openapi": "3.1.0",
        "info": {"title": spoken(TITLE), "version": version("complaintflow")},
        "servers": [{"url": ROOT}],
        "security": [{"token": []}],
        "tags": [{"name": tag, "description": spoken(TAGS[tag])} for tag in TAGS],
        "paths": paths,
        "components": {
            "schemas": _translated(components),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {str(status): _problem(status) for status in KINDS},
        },
    }


def statuses(operation: Operation) -> tuple[int, ...]:
    """Return with what an operation can be refused."""
    found = {*_ALWAYS}
    if operation.places or operation.body or operation.answer is None:
        found.add(404)
    if operation.body is not None:
        found |= {400, 413, 415}
    if operation.takes is not None:
        found |= {413}
    if operation.method != "GET":
        found |= {404, 409}
    if operation.gives:
        found |= {404, 409}
    return tuple(sorted(found))


def _kinds() -> Iterator[Any]:
    yield Problem
    for operation in OPERATIONS.values():
        for kind in (operation.query, operation.body, operation.answer):
            if kind is not None:
                yield kind


def _key(kind: Any) -> str:
    return str(kind)


def _operation(
    operation: Operation, named: Mapping[str, Schema], components: Mapping[str, Schema]
) -> Schema:
    told: Schema = {
        "operationId": operation.id,
        "tags": [operation.tag],
        "summary": spoken(operation.summary),
        "description": spoken(
            Sentence("Scopes: {scopes}", {"scopes": ", ".join(operation.scopes)})
        ),
        "parameters": [*_parameters(operation, components)],
        "responses": {str(operation.status): _answer(operation, named)},
    }
    for status in statuses(operation):
        told["responses"][str(status)] = {"$ref": f"#/components/responses/{status}"}
    content = _content(operation, named)
    if content:
        told["requestBody"] = {"required": True, "content": content}
    return told


def _parameters(operation: Operation, components: Mapping[str, Schema]) -> Iterator[Schema]:
    for name, kind in operation.places.items():
        schema = (
            {"type": "integer", "minimum": 1}
            if kind is int
            else {"type": "string", "minLength": 1}
        )
        yield {"name": name, "in": "path", "required": True, "schema": schema}
    if operation.query is not None:
        asked = components[operation.query.__name__]
        for name, schema in asked["properties"].items():
            required = name in asked.get("required", ())
            yield {"name": name, "in": "query", "required": required, "schema": schema}
    if operation.method != "GET":
        yield {
            "name": HEADER,
            "in": "header",
            "required": False,
            "description": spoken(
                Sentence("The same key again does nothing a second time")
            ),
            "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY},
        }


def _content(operation: Operation, named: Mapping[str, Schema]) -> Schema | None:
    if operation.body is not None:
        return {JSON: {"schema": named[_key(operation.body)]}}
    if operation.takes is not None:
        return {operation.takes.media_type: {"schema": _file()}}
    return None


def _answer(operation: Operation, named: Mapping[str, Schema]) -> Schema:
    described: Schema = {"description": spoken(Sentence("Done"))}
    if operation.gives:
        described["content"] = {kind: {"schema": _file()} for kind in operation.gives}
    elif operation.answer is not None:
        described["content"] = {JSON: {"schema": named[_key(operation.answer)]}}
    return described


def _problem(status: int) -> Schema:
    schema = {"$ref": _REF.format(name=Problem.__name__)}
    told = {
        "description": spoken(KINDS[status][1]),
        "content": {PROBLEM: {"schema": schema}},
    }
    if status == 429:
        told["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
    return told


def _file() -> Schema:
    return {"type": "string", "format": "binary"}


def _translated(schema: Any) -> Any:
    """Return a schema with what it says of its fields in the reader's language."""
    if isinstance(schema, list):
        return [_translated(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    told = {name: _translated(part) for name, part in schema.items()}
    if isinstance(said := told.get("description"), str):
        told["description"] = spoken(Sentence(said))
    return told
