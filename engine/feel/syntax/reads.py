"""Which variables an expression reads, and which parts of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.feel.syntax import tree
from engine.feel.syntax.names import Names

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reads:
    """What an expression reads from its surroundings."""

    paths: frozenset[Path]  #: Each a variable, and the members behind its dots.
    #: Names that may be variables: in a filter they may be members of its items, and
    #: elsewhere built-in functions that are passed on.
    doubtful: frozenset[str]

    @property
    def roots(self) -> frozenset[str]:
        """The variables themselves."""
        return frozenset(path[0] for path in self.paths)

    @property
    def candidates(self) -> frozenset[str]:
        """All names for which a value might be asked."""
        return self.roots | self.doubtful


def reads_of(node: tree.Node, functions: Names) -> Reads:
    """Return what *node* reads; *functions* are known without being variables."""
    reader = _Reader(functions)
    reader.read(node, frozenset(), filtered=False)
    return Reads(frozenset(reader.paths), frozenset(reader.doubtful))


class _Reader:
    def __init__(self, functions: Names) -> None:
        self.functions = functions
        self.paths: set[Path] = set()
        self.doubtful: set[str] = set()

    def read(self, node: tree.Node, bound: frozenset[str], *, filtered: bool) -> None:
        """Note what *node* reads, where *bound* are names of its own surroundings."""
        path = _path(node)
        if path:
            self._note(path, bound, filtered)
            for condition in _conditions(node):
                self.read(condition, bound | {"item"}, filtered=True)
        elif isinstance(node, tree.Filter):
            self.read(node.value, bound, filtered=filtered)
            self.read(node.condition, bound | {"item"}, filtered=True)
        elif isinstance(node, (tree.For, tree.Quantified)):
            self._read_loop(node, bound, filtered)
        elif isinstance(node, tree.ContextOf):
            for name, value in node.entries:
                self.read(value, bound, filtered=filtered)
                bound |= {name}
        else:
            self._read_rest(node, bound, filtered)

    def _read_rest(self, node: tree.Node, bound: frozenset[str], filtered: bool) -> None:
        if isinstance(node, tree.FunctionOf):
            bound |= {name for name, _ in node.parameters}
        for child in node.children():
            called = (
                isinstance(node, (tree.Call, tree.NamedCall)) and child is node.function
            )
            if not (
                called and isinstance(child, tree.Name) and child.name in self.functions
            ):
                self.read(child, bound, filtered=filtered)

    def _read_loop(
        self, node: tree.For | tree.Quantified, bound: frozenset[str], filtered: bool
    ) -> None:
        for name, domain in node.bindings:
            self.read(domain, bound, filtered=filtered)
            bound |= {name}
        body = node.body if isinstance(node, tree.For) else node.condition
        self.read(body, bound | {"partial"}, filtered=filtered)

    def _note(self, path: Path, bound: frozenset[str], filtered: bool) -> None:
        if path[0] in bound or path[0] == "?":
            return
        if filtered or path[0] in self.functions:
            self.doubtful.add(path[0])
        else:
            self.paths.add(path)


def _path(node: tree.Node) -> Path | None:
    """Return the path of ``a.b[…].c``; None if it does not begin with a name."""
    if isinstance(node, tree.Name):
        return (node.name,)
    if isinstance(node, tree.Filter):
        return _path(node.value)
    if isinstance(node, tree.Path):
        before = _path(node.value)
        return (*before, node.name) if before else None
    return None


def _conditions(node: tree.Node) -> Iterator[tree.Node]:
    if isinstance(node, tree.Filter):
        yield node.condition
    if isinstance(node, (tree.Filter, tree.Path)):
        yield from _conditions(node.value)
