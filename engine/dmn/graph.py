"""Several DMN files together: what refers to what, within a file and across imports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.dmn.reading.elements import (
    Decision,
    DecisionServiceNode,
    DmnFile,
    DrgElement,
    KnowledgeModel,
)
from engine.feel.syntax.names import IDENTIFIER, Names


@dataclass(frozen=True, slots=True)
class Located:
    """An element, and the file that it stands in."""

    file: DmnFile
    element: DrgElement

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from all other elements."""
        return self.file.file, self.element.id


def called(element: DrgElement) -> tuple[str, ...]:
    """Return the names by which logic may call the value of *element*.

    The standard has its name; modelers also write the variable's name and the id.
    """
    names = (element.name, element.variable.name, element.id)
    return tuple(name for name in names if name != element.id or IDENTIFIER.fullmatch(name))


class Graph:
    """All files of a model.

    Args:
        files: The files; of several with one namespace, each is looked into.
    """

    def __init__(self, files: Sequence[DmnFile]) -> None:
        self.files = tuple(files)

    def imported(self, file: DmnFile, prefix: str) -> tuple[DmnFile, ...]:
        """Return the files that *file* knows by *prefix*."""
        spaces = {item.namespace for item in file.imports if item.prefix == prefix}
        return tuple(other for other in self.files if other.namespace in spaces)

    def find(self, file: DmnFile, href: str) -> Located | None:
        """Return the element that *href* in *file* means."""
        namespace, _, identity = href.rpartition("#")
        if not namespace:
            places: tuple[DmnFile, ...] = (file,)
        else:
            places = tuple(other for other in self.files if other.namespace == namespace)
        for place in places:
            element = place.by_id.get(identity)
            if element is not None:
                return Located(place, element)
        return None

    def prefix(self, file: DmnFile, other: DmnFile) -> str | None:
        """Return the name by which *file* knows the elements of *other*; None if bare."""
        if other is file or other.namespace == file.namespace:
            return None
        for item in file.imports:
            if item.namespace == other.namespace:
                return item.prefix or None
        return None

    def requirements(self, where: Located) -> Iterator[Located]:
        """Give the elements that *where* needs, as far as they can be found."""
        element = where.element
        if isinstance(element, (Decision, KnowledgeModel)):
            references: Sequence[str] = element.requirements
        elif isinstance(element, DecisionServiceNode):
            references = element.outputs
        else:
            references = ()
        for reference in references:
            found = self.find(where.file, reference)
            if found is not None:
                yield found

    def circles(self) -> tuple[Located, ...]:
        """Return the elements that need themselves, directly or through others."""
        every = [Located(file, element) for file in self.files for element in file.elements]
        needs = {
            where.key: {needed.key for needed in self.requirements(where)}
            for where in every
        }
        left = set(needs)
        while True:
            needed = {key for other in left for key in needs[other]}
            free = {key for key in left if not needs[key] & left or key not in needed}
            if not free:
                return tuple(where for where in every if where.key in left)
            left -= free

    def names(self, where: Located) -> Names:
        """Return the names that the logic of *where* may use."""
        names = Names(item.prefix for item in where.file.imports)
        for found in self.requirements(where):
            prefix = self.prefix(where.file, found.file)
            for name in (prefix,) if prefix else called(found.element):
                names.add(name)
        return names

    def members(self, file: DmnFile) -> Names:
        """Return the names that may stand behind a dot in *file*."""
        names = Names(file.members)
        for item in file.imports:
            for other in self.imported(file, item.prefix):
                for element in other.elements:
                    names.add(element.name)
        return names
