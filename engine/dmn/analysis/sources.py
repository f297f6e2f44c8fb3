"""What is known of the values that come to tables, from those who give them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from engine.dmn.analysis.named import Path
from engine.dmn.graph import Located, called
from engine.dmn.logic.table import Table
from engine.dmn.model import DecisionModel
from engine.dmn.reading.elements import Decision, DecisionTable, InputData
from engine.feel.syntax import tree

Texts: TypeAlias = Mapping[str, str]
_NONE: Texts = {}


@dataclass(frozen=True, slots=True)
class Given:
    """What is known of a case's variables, such as from the forms that fill them."""

    #: Texts that may come, each with the words that people read for it, or "".
    texts: Mapping[Path, Texts] = field(default_factory=dict)
    optional: frozenset[Path] = frozenset()  #: May be missing.


class Sources:
    """What is known of what the tables of a model ask.

    Args:
        model: The model.
        given: What is known of variables.
    """

    def __init__(self, model: DecisionModel, given: Given) -> None:
        self._given = given
        self._concluded = _concluded(model)
        #: For each decision that is a table its table; within others, such as contexts,
        #: names may mean other things.
        self._own: dict[str, str] = {}
        self._needed: dict[str, dict[Path, Texts]] = {}
        for file in model.files:
            for element in file.elements:
                if isinstance(element, Decision) and isinstance(
                    element.body, DecisionTable
                ):
                    self._own[element.id] = element.body.element
                    where = Located(file, element)
                    self._needed[element.id] = dict(self._of_requirements(model, where))

    def _of_requirements(
        self, model: DecisionModel, where: Located
    ) -> Iterator[tuple[Path, Texts]]:
        for needed in model.required(where):
            if isinstance(needed.element, InputData):
                continue  # It is the variable itself.
            for name in called(needed.element):
                yield (name,), _NONE
                for path, texts in self._concluded.get(needed.key, {}).items():
                    yield (name, *path), texts

    def texts(self, table: Table, path: Path | None) -> Texts:
        """Return texts that are known to come for the variable *path* in *table*."""
        if path is None or not self._is_plain(table):
            return _NONE
        needed = self._needed[table.owner.id]
        if path[:1] in needed:  # It hides a variable of its name.
            return needed.get(path, _NONE)
        return self._given.texts.get(path, _NONE)

    def is_optional(self, table: Table, path: Path | None) -> bool:
        """Tell whether the variable *path* in *table* is known to be missing at times."""
        if path is None or not self._is_plain(table):
            return False
        return path in self._given.optional and path[:1] not in self._needed[table.owner.id]

    def _is_plain(self, table: Table) -> bool:
        return self._own.get(table.owner.id) == table.element


def _concluded(model: DecisionModel) -> dict[tuple[str, str], dict[Path, Texts]]:
    """Return the texts that decision tables conclude, by decision and member."""
    found: dict[tuple[str, str], dict[Path, Texts]] = {}
    for table in model.tables:
        if table.policy not in ("UNIQUE", "ANY", "FIRST", "PRIORITY"):
            continue
        single = len(table.outputs) == 1
        members = found.setdefault((table.file, table.owner.id), {})
        for at, output in enumerate(table.outputs):
            path = () if single else (output.name,)
            members[path] = dict.fromkeys(_texts(table, at), "")
    return found


def _texts(table: Table, at: int) -> Iterator[str]:
    for row in table.rows:
        conclusion = row.conclusions[at]
        if conclusion is not None and isinstance(conclusion.tree, tree.Literal):
            value = conclusion.tree.value
            if isinstance(value, str):
                yield value
