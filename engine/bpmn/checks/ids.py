"""Ids: every element has one, and no two in a deployment have the same."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from engine.bpmn.dialect import Diagram
from engine.bpmn.problems import Problem
from engine.model import Sentence

LONGEST_ID = 150  #: Characters.
_NAME = re.compile(r"[\w.-]+")


def check_ids(diagrams: Sequence[Diagram]) -> Iterator[Problem]:
    """Yield a problem for each id that is missing or taken."""
    first: dict[str, str] = {}
    for diagram in diagrams:
        for element_id, times in Counter(diagram.ids).items():
            if not element_id:
                yield Problem(
                    diagram.file,
                    None,
                    "bpmn-id",
                    Sentence(
                        "Expected an id at every element, but {count} have none.",
                        {"count": times},
                    ),
                    Sentence("Save the diagram again from the modeler, which gives ids."),
                )
            elif not _NAME.fullmatch(element_id):
                yield _odd(diagram.file, element_id)
            elif len(element_id) > LONGEST_ID:
                yield _long(diagram.file, element_id)
            elif times > 1 or element_id in first:
                yield _taken(diagram.file, element_id, first.get(element_id, diagram.file))
            first.setdefault(element_id, diagram.file)


def _odd(file: str, element_id: str) -> Problem:
    return Problem(
        file,
        element_id,
        "bpmn-id-form",
        Sentence(
            "Expected an id of letters, digits, “-”, “_” and “.”, but got “{id}”.",
            {"id": element_id},
        ),
        Sentence("Give it another id."),
    )


def _long(file: str, element_id: str) -> Problem:
    return Problem(
        file,
        element_id[:LONGEST_ID] + "…",
        "bpmn-id-form",
        Sentence(
            "Expected an id of at most {limit} characters, but it has {count}.",
            {"limit": LONGEST_ID, "count": len(element_id)},
        ),
        Sentence("Give it another id."),
    )


def _taken(file: str, element_id: str, other: str) -> Problem:
    return Problem(
        file,
        element_id,
        "bpmn-duplicate-id",
        Sentence(
            "Expected the id “{id}” only once, but {file} has it too.",
            {"id": element_id, "file": other},
        ),
        Sentence("Give one of them another id."),
    )
