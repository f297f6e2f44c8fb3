"""Parses what an expression begins with: literals, names, brackets, loops, functions."""

from abc import abstractmethod
from collections.abc import Callable

from engine.feel.syntax import tree
from engine.feel.syntax.cursor import KEYWORDS
from engine.feel.syntax.names import Names, plain
from engine.feel.syntax.types import TypeParser
from engine.model import Sentence

COMPARISONS = ("<", "<=", ">", ">=", "=", "!=")
_CONSTANTS = {"true": True, "false": False, "null": None}
_BEGIN_VALUES = frozenset('"@-([{?')
_KEY_ENDS = ':"{}[],'
ABOVE_COMPARISON = 3.0  #: Binds closer than comparisons do.
ABOVE_POWER = 6.5  #: Binds closer than ``**`` does.


class PrimaryParser(TypeParser):
    """Adds the beginnings of expressions; what follows them is the subclass's."""

    #: How many filters surround the place: in them, members are names too.
    filters = 0

    @abstractmethod
    def expression(self, binding: float = 0, *, ends_range: bool = False) -> tree.Node:
        """Take an expression whose operators bind closer than *binding*.

        Args:
            binding: How closely the operator before it binds.
            ends_range: Whether it is the end of a range, which ``[`` may close.
        """

    def primary(self) -> tree.Node:
        """Take what stands before any operator."""
        here = self.character()
        start = self.at
        if here.isdecimal() or (
            here == "." and self.text[start + 1 : start + 2].isdecimal()
        ):
            return tree.Literal(start, self.number())
        if here == '"':
            return tree.Literal(start, self.string())
        by_sign = {
            "@": self._at_literal,
            "-": self._negation,
            "(": self._parenthesis,
            "[": self._bracket,
            "]": self._range_open_below,
            "{": self._context,
            "?": self._input,
        }
        if here in by_sign:
            return by_sign[here](start)
        return self._word(start)

    def _at_literal(self, start: int) -> tree.Node:
        self.at += 1
        return tree.AtLiteral(start, self.string())

    def _negation(self, start: int) -> tree.Node:
        self.take("-")
        return tree.Negation(start, self.expression(ABOVE_POWER))

    def _input(self, start: int) -> tree.Node:
        self.take("?")
        return tree.Name(start, "?")

    def _word(self, start: int) -> tree.Node:
        word = self.word()
        if word is None or word in KEYWORDS:
            raise self.problem(Sentence("a value"))
        if word in _CONSTANTS:
            self.take_word(word)
            return tree.Literal(start, _CONSTANTS[word])
        by_word: dict[str, Callable[[int], tree.Node]] = {
            "if": self._if,
            "for": self._for,
            "some": self._quantified,
            "every": self._quantified,
        }
        if word in by_word:
            return by_word[word](start)
        if word == "function" and self._begins_function():
            return self._function_of(start)
        known = (self.names, self.functions)
        return tree.Name(
            start, self.known_name((*known, self.members) if self.filters else known)
        )

    # Brackets

    def _parenthesis(self, start: int) -> tree.Node:
        self.take("(")
        operator = self.sign()
        if operator in COMPARISONS:
            node = self._open_range(start, operator)
            self.expect(")")
            return node
        inner = self.expression()
        if self.take(".."):
            return self.range_end(start, inner, low_included=False)
        self.expect(")")
        return inner

    def _open_range(self, start: int, operator: str) -> tree.Node:
        self.take(operator)
        return tree.OpenRange(start, operator, self.expression(ABOVE_COMPARISON))

    def _bracket(self, start: int) -> tree.Node:
        self.take("[")
        if self.take("]"):
            return tree.ListOf(start, ())
        first = self._item()
        if self.take(".."):
            return self.range_end(start, first, low_included=True)
        items = [first]
        while self.take(","):
            items.append(self._item())
        self.expect("]")
        return tree.ListOf(start, tuple(items))

    def _item(self) -> tree.Node:
        operator = self.sign()
        if operator in COMPARISONS:
            return self._open_range(self.at, operator)
        return self.expression()

    def _range_open_below(self, start: int) -> tree.Node:
        self.take("]")
        low = self.expression(ABOVE_COMPARISON)
        self.expect("..")
        return self.range_end(start, low, low_included=False)

    def range_end(self, start: int, low: tree.Node, *, low_included: bool) -> tree.Node:
        """Take the end of a range, which began at *start*, behind its two points."""
        high = self.expression(ABOVE_COMPARISON, ends_range=True)
        closing = self.sign()
        if closing not in (")", "]", "["):
            raise self.problem("]")
        self.take(closing)
        return tree.RangeOf(start, low, high, low_included, closing == "]")

    def closes_range(self) -> bool:
        """Tell whether ``[`` stands here and closes a range, as no index follows it."""
        if self.sign() != "[":
            return False
        place = self.at
        self.take("[")
        here, word = self.character(), self.word()
        self.at = place
        if here.isdecimal() or here in _BEGIN_VALUES:
            return False
        return word is None or word in KEYWORDS

    # Contexts

    def _context(self, start: int) -> tree.Node:
        self.take("{")
        entries: list[tuple[str, tree.Node]] = []
        outer = self.names
        self.names = Names((), outer)
        if not self.take("}"):
            while True:
                key = self._key()
                self.expect(":")
                entries.append((key, self.expression()))
                self.names.add(key)
                self.members.add(key)
                if self.take("}"):
                    break
                self.expect(",")
        self.names = outer
        return tree.ContextOf(start, tuple(entries))

    def _key(self) -> str:
        if self.character() == '"':
            return self.string()
        if self.word() is None:
            raise self.problem(Sentence("the name of an entry"))
        end = self.at
        while end < len(self.text) and self.text[end] not in _KEY_ENDS:
            end += 1
        key = plain(self.text[self.at : end])
        self.move_to(end)
        return key

    # Words

    def _if(self, start: int) -> tree.Node:
        self.take_word("if")
        condition = self.expression()
        self.expect_word("then")
        chosen = self.expression()
        self.expect_word("else")
        return tree.If(start, condition, chosen, self.expression())

    def _for(self, start: int) -> tree.Node:
        self.take_word("for")
        outer = self.names
        bindings = self._bindings()
        self.expect_word("return")
        self.names = Names(("partial",), self.names)
        body = self.expression()
        self.names = outer
        return tree.For(start, bindings, body)

    def _quantified(self, start: int) -> tree.Node:
        every = not self.take_word("some")
        if every:
            self.take_word("every")
        outer = self.names
        bindings = self._bindings()
        self.expect_word("satisfies")
        condition = self.expression()
        self.names = outer
        return tree.Quantified(start, every, bindings, condition)

    def _bindings(self) -> tuple[tuple[str, tree.Node], ...]:
        bindings = [self._binding()]
        while self.take(","):
            bindings.append(self._binding())
        return tuple(bindings)

    def _binding(self) -> tuple[str, tree.Node]:
        name = self.free_name(KEYWORDS)
        if self.take(":"):
            self.type()
        self.expect_word("in")
        start = self.at
        domain = self.expression()
        if self.take(".."):
            domain = tree.Span(start, domain, self.expression(ABOVE_COMPARISON))
        self.names = Names((name,), self.names)
        return name, domain

    def _begins_function(self) -> bool:
        place = self.at
        self.take_word("function")
        if self.sign() == "(":
            return True
        self.at = place
        return False

    def _function_of(self, start: int) -> tree.Node:
        self.take("(")
        parameters: list[tuple[str, tree.TypeNode | None]] = []
        if not self.take(")"):
            while True:
                name = self.free_name()
                parameters.append((name, self.type() if self.take(":") else None))
                if self.take(")"):
                    break
                self.expect(",")
        external = self.take_word("external")
        outer = self.names
        self.names = Names([name for name, _ in parameters], outer)
        body = self.expression()
        self.names = outer
        return tree.FunctionOf(start, tuple(parameters), body, external)
