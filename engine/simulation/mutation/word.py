"""One change of one thing in one file of a policy."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from engine.model import Sentence

Kind = Literal[
    "deadline",
    "condition",
    "table cell",
    "candidate group",
    "required field",
    "default flow",
    "notification",
    "safeguard",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
NAMES: Mapping[Kind, Sentence] = {
    "deadline": Sentence("deadline"),
    "condition": Sentence("condition"),
    "table cell": Sentence("table cell"),
    "candidate group": Sentence("candidate group"),
    "required field": Sentence("required field"),
    "default flow": Sentence("default flow"),
    "notification": Sentence("notification"),
    "safeguard": Sentence("safeguard"),
}


@dataclass(frozen=True, slots=True)
class Mutation:
    """What is changed; everything else of the policy stays as it is."""

    kind: Kind
    file: str
    element: str  #: Id of the element, rule or field.
    what: Sentence
    content: bytes = field(repr=False)  #: The whole file, changed.
    number: int = 0  #: Its place among all mutations of the policy, from 1.
