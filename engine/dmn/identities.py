"""Finds ids that are taken twice or too long: journals and traces name things by them."""

from collections.abc import Iterator

from engine.dmn.errors import DmnProblem
from engine.dmn.reading.elements import Decision, DecisionServiceNode, DmnFile, DrgElement
from engine.model import Sentence

LONGEST = 200  #: Characters, as wide as the columns that keep ids.
SHOWN = 40  #: Characters of an id that is too long.
_OWN_ID = Sentence("Give each decision an id of its own.")


def identity_problems(files: tuple[DmnFile, ...]) -> Iterator[DmnProblem]:
    """Give what is wrong with the ids of *files*."""
    known: dict[str, str] = {}
    for file in files:
        yield from _in_file(file)
        for element in file.elements:
            if not isinstance(element, (Decision, DecisionServiceNode)):
                continue
            if known.setdefault(element.id, file.file) != file.file:
                yield _taken(file, element, known[element.id])


def _in_file(file: DmnFile) -> Iterator[DmnProblem]:
    lines: dict[str, int | None] = {}
    for found in file.ids:
        if found.id in lines:
            yield DmnProblem(
                file.file,
                found.id,
                "dmn-id-twice",
                Sentence(
                    "The id “{id}” stands twice in the file, the first time on line"
                    " {line}.",
                    {"id": found.id, "line": lines[found.id]},
                ),
                Sentence("Give one of the two another id, and correct what refers to it."),
                found.line,
            )
        lines.setdefault(found.id, found.line)
        if not found.id or len(found.id) > LONGEST:
            yield _unfit(file, found.id, found.line)
    for element in file.elements:
        if element.id not in lines and len(element.id) > LONGEST:
            yield _unfit(file, element.id, element.line)


def _unfit(file: DmnFile, identity: str, line: int | None) -> DmnProblem:
    return DmnProblem(
        file.file,
        identity[:SHOWN] or None,
        "dmn-id-length",
        Sentence(
            "The id “{id}” has {length} characters; from 1 to {limit} are possible.",
            {"id": identity[:SHOWN], "length": len(identity), "limit": LONGEST},
        ),
        Sentence("Give it another id, and correct what refers to it."),
        line,
    )


def _taken(file: DmnFile, element: DrgElement, other: str) -> DmnProblem:
    return DmnProblem(
        file.file,
        element.id,
        "dmn-twice",
        Sentence(
            "The id “{id}” is taken in {file} already.", {"id": element.id, "file": other}
        ),
        _OWN_ID,
        element.line,
    )
