"""Several DMN files together: what refers to what, within a file and across imports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.dmn.circles import circles
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
        self._required = {
            where.key: tuple(self._requirements(where))
            for file in self.files
            for where in (Located(file, element) for element in file.elements)
        }
        self._callable = {file.file: tuple(self._functions(file)) for file in self.files}

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

    def requirements(self, where: Located) -> tuple[Located, ...]:
        """Return the elements that *where* needs, as far as they can be found."""
        return self._required[where.key]

    def _requirements(self, where: Located) -> Iterator[Located]:
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

    def imported_functions(self, file: DmnFile) -> tuple[tuple[str, Located], ...]:
        """Return what *file* may call in the files that it imports, with their prefixes."""
        return self._callable[file.file]

    def _functions(self, file: DmnFile) -> Iterator[tuple[str, Located]]:
        prefixes = dict.fromkeys(item.prefix for item in file.imports if item.prefix)
        for prefix in prefixes:
            for other in self.imported(file, prefix):
                for element in other.elements:
                    if isinstance(element, (KnowledgeModel, DecisionServiceNode)):
                        yield prefix, Located(other, element)

    def circles(self) -> Iterator[tuple[Located, ...]]:
        """Give the groups of elements that need each other in a circle."""
        every = {
            (file.file, element.id): Located(file, element)
            for file in self.files
            for element in file.elements
        }
        needs = {key: self._needed(where) for key, where in every.items()}
        for circle in circles(needs):
            yield tuple(every[key] for key in circle)

    def _needed(self, where: Located) -> list[tuple[str, str]]:
        """Return the keys of what must be known before *where*."""
        needed = [other.key for other in self.requirements(where)]
        if isinstance(where.element, (Decision, KnowledgeModel)):
            needed += [other.key for _, other in self.imported_functions(where.file)]
        return needed

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
