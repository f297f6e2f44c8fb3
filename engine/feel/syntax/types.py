"""Parses the types behind ``instance of`` and of a function's parameters."""

import re

from engine.feel.syntax import tree
from engine.feel.syntax.cursor import KEYWORDS, Cursor
from engine.feel.syntax.names import NO_PART, plain
from engine.model import Sentence

_SEVERAL_WORDS = re.compile(
    r"(years\s+and\s+months\s+duration|days\s+and\s+time\s+duration|date\s+and\s+time)"
    + NO_PART
)


class TypeParser(Cursor):
    """Adds types to what a cursor reads."""

    def type(self) -> tree.TypeNode:
        """Take a type."""
        start = self.at
        self.go_deeper()
        node = self._type(start)
        self.depth -= 1
        return node

    def _type(self, start: int) -> tree.TypeNode:
        match = _SEVERAL_WORDS.match(self.text, start)
        if match:
            self.move_to(match.end())
            return tree.TypeName(start, plain(match[0]))
        word = self.word()
        if word is None:
            raise self.problem(Sentence("a type"))
        if word in ("list", "range", "context", "function"):
            self.move_to(start + len(word))
            if self.take("<"):
                return self._type_with_parts(start, word)
            self.move_to(start)
        return self._qualified(start)

    def _qualified(self, start: int) -> tree.TypeName:
        parts = [self.free_name(KEYWORDS)]
        while self.take("."):
            parts.append(self.free_name(KEYWORDS))
        return tree.TypeName(start, ".".join(parts))

    def _type_with_parts(self, start: int, word: str) -> tree.TypeNode:
        if word in ("list", "range"):
            item = self.type()
            self.expect(">")
            return tree.ItemsType(start, word, item)
        if word == "context":
            entries = [self._entry()]
            while self.take(","):
                entries.append(self._entry())
            self.expect(">")
            return tree.ContextType(start, tuple(entries))
        return self._function(start)

    def _entry(self) -> tuple[str, tree.TypeNode]:
        name = self.free_name(KEYWORDS)
        self.expect(":")
        return name, self.type()

    def _function(self, start: int) -> tree.FunctionType:
        parameters: list[tree.TypeNode] = []
        if not self.take(">"):
            parameters.append(self.type())
            while self.take(","):
                parameters.append(self.type())
            self.expect(">")
        self.expect("-")
        self.expect(">")
        return tree.FunctionType(start, tuple(parameters), self.type())
