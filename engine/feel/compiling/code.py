"""What a tree is compiled to, and what a compiled part needs to know of its place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import singledispatch
from typing import TypeAlias

from engine.feel.compiling.scope import Scope
from engine.feel.errors import Position
from engine.feel.run import Run, Warning_
from engine.feel.syntax import tree
from engine.feel.syntax.cursor import position_in
from engine.feel.types import Resolve, no_types
from engine.feel.values.kinds import FeelFunction, FeelValue
from engine.model import Sentence

Code: TypeAlias = Callable[[Scope], FeelValue]
#: A unary test: of a scope and the value that is tested.
TestCode: TypeAlias = Callable[[Scope, FeelValue], FeelValue]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which expression something happens."""

    position: Position | None
    source: str | None

    def warn(self, run: Run, kind: str, template: str, **values: object) -> None:
        """Keep a warning of what happened here."""
        self.report(run, kind, Sentence(template, values))

    def report(self, run: Run, kind: str, sentence: Sentence) -> None:
        """Keep a warning that is put in words already."""
        run.warn(Warning_(kind, sentence, self.position, self.source))


@dataclass(frozen=True, slots=True)
class Compiler:
    """What compiling an expression depends on."""

    source: str
    functions: Mapping[str, FeelFunction] = field(default_factory=dict)
    resolve: Resolve = no_types

    def place(self, node: tree.Node) -> Place:
        """Return where *node* stands."""
        return Place(position_in(self.source, node.at), self.source)


@singledispatch
def code_of(node: tree.Node, compiler: Compiler) -> Code:
    """Return what *node* does, as a function of the scope that it is evaluated in."""
    raise TypeError(f"no code for {type(node).__name__}")
