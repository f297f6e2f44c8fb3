"""One component of a form: a field, a container or something to read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from engine.forms.context import Scope
from engine.forms.settings import NOTHING, Setting
from engine.model import Json

_CLAUSES = re.compile(r"[,，、;；\s]+")


@dataclass(frozen=True, slots=True)
class Component:
    """A component as its author drew it, its expressions parsed."""

    id: str
    kind: str  #: The type in the file, such as ``textfield``.
    path: tuple[str, ...]  #: Where its value lies, counted from its container's.
    settings: Mapping[str, Setting]  #: By dotted name, such as ``validate.min``.
    properties: Mapping[str, str]  #: The author's own, from the properties panel.
    children: tuple["Component", ...] = ()
    hide: Setting = NOTHING
    preset: Setting = NOTHING  #: The value that it begins with.

    def setting(self, name: str, scope: Scope) -> Json:
        """Return what the setting *name* comes to, None where it is not given."""
        return self.settings.get(name, NOTHING).value(scope)

    def plain(self, name: str) -> Json:
        """Return the setting *name* where it can be no expression."""
        return self.settings.get(name, NOTHING).plain

    def spoken(self, name: str, scope: Scope) -> Setting:
        """Return a setting for people, in the reader's language where that is given."""
        other = self.settings.get(f"{name}@{scope.around.language}")
        return other or self.settings.get(name, NOTHING)

    def words(self, name: str, scope: Scope) -> str:
        """Return a text for people; empty where there is none."""
        value = self.spoken(name, scope).value(scope)
        return "" if value is None else str(value)

    def flag(self, name: str, scope: Scope) -> bool:
        """Tell whether the setting *name* is true; null and texts are not."""
        return self.setting(name, scope) is True

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that ask for this component, from its property ``clause``."""
        return tuple(filter(None, _CLAUSES.split(self.properties.get("clause", ""))))

    def walk(self) -> Iterator["Component"]:
        """Go through it and all that is in it."""
        yield self
        for child in self.children:
            yield from child.walk()
