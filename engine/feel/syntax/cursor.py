"""Walks through the text of an expression: blanks, words, signs, strings and names."""

import re
from collections.abc import Collection
from decimal import Decimal

from engine.feel.decimal128 import DECIMAL128
from engine.feel.errors import Position, SyntaxProblem, TooLarge
from engine.feel.syntax.names import IDENTIFIER, Names
from engine.model import Sentence

_BLANK = "\\s\u0085\u180e\u200b\u2060\ufeff\u000b\u000c"
_SKIP = re.compile(rf"(?:[{_BLANK}]+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_NUMBER = re.compile(r"(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_STRING = re.compile(r'"((?:[^"\\\n\r]|\\.)*)"', re.DOTALL)
_SIGN = re.compile(r"\*\*|<=|>=|!=|\.\.|[-+*/<>=.,:()\[\]{}?]")
_ESCAPE = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{6}|.)", re.DOTALL)
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "'": "'", "\\": "\\"}
#: What an input method for Chinese writes, and what FEEL wants in its place.
_FULL_WIDTH = dict(
    zip("“”‘’（），：；＝＞＜【】｛｝。？＋－×÷", "\"\"''(),:;=><[]{}.?+-*/", strict=True)
)
KEYWORDS = frozenset(
    ("and", "or", "between", "in", "instance", "then", "else", "return", "satisfies", "of")
)
NO_WORDS: frozenset[str] = frozenset()
LONGEST_TEXT = 20_000
DEEPEST = 90


def position_in(text: str, at: int) -> Position:
    """Return line and column, from one, of the character *at*."""
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


class Cursor:
    """A place in *text*.

    Args:
        text: The expression.
        names: The variables that are known.
        members: What may stand behind a dot.
        functions: The names of the functions that there are.
    """

    def __init__(self, text: str, names: Names, members: Names, functions: Names) -> None:
        if len(text) > LONGEST_TEXT:
            raise TooLarge(
                "Expected an expression of at most {limit} characters, but it has {size}.",
                "size",
                limit=LONGEST_TEXT,
                size=len(text),
            )
        self.text, self.at, self.depth = text, 0, 0
        self.names, self.members, self.functions = names, members, functions
        self.skip_blanks()

    # What stands here

    @property
    def at_end(self) -> bool:
        """Whether there is no text left."""
        return self.at >= len(self.text)

    def character(self) -> str:
        """Return the character here, or nothing at the end."""
        return self.text[self.at : self.at + 1]

    def sign(self) -> str | None:
        """Return the operator or bracket here."""
        match = _SIGN.match(self.text, self.at)
        return match[0] if match else None

    def word(self) -> str | None:
        """Return the word here."""
        match = IDENTIFIER.match(self.text, self.at)
        return match[0] if match else None

    # Going on

    def skip_blanks(self) -> None:
        """Go past blanks and comments."""
        match = _SKIP.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def move_to(self, place: int) -> None:
        """Go to *place* and past the blanks there."""
        self.at = place
        self.skip_blanks()

    def take(self, sign: str) -> bool:
        """Go past *sign* if it stands here."""
        if self.sign() != sign:
            return False
        self.move_to(self.at + len(sign))
        return True

    def expect(self, sign: str) -> None:
        """Go past *sign*, which must stand here."""
        if not self.take(sign):
            raise self.problem(sign)

    def take_word(self, word: str) -> bool:
        """Go past *word* if it stands here."""
        if self.word() != word:
            return False
        self.move_to(self.at + len(word))
        return True

    def expect_word(self, word: str) -> None:
        """Go past *word*, which must stand here."""
        if not self.take_word(word):
            raise self.problem(word)

    def go_deeper(self) -> None:
        """Count a level of nesting."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooLarge(
                "Expected an expression nested at most {limit} deep, but it is deeper.",
                "depth",
                position_in(self.text, self.at),
                limit=DEEPEST,
            )

    # Names and literals

    def known_name(self, tables: Collection[Names]) -> str:
        """Take the longest known name, or else all words up to a keyword."""
        first = self.word()
        if first is None:
            raise self.problem(Sentence("a name"))
        known_end, known = max(table.longest(self.text, self.at, first) for table in tables)
        end, words = self._words(KEYWORDS)
        if known_end >= end or (known_end > 0 and " " in words):
            end, words = known_end, known
        self.move_to(end)
        return words

    def free_name(self, stop: frozenset[str] = NO_WORDS) -> str:
        """Take all words up to one of *stop* as a name that is being defined."""
        if self.word() is None:
            raise self.problem(Sentence("a name"))
        end, words = self._words(stop)
        self.move_to(end)
        return words

    def _words(self, stop: frozenset[str]) -> tuple[int, str]:
        words: list[str] = []
        end = place = self.at
        while match := IDENTIFIER.match(self.text, place):
            if words and match[0] in stop:
                break
            words.append(match[0])
            end = match.end()
            blanks = _SKIP.match(self.text, end)
            place = blanks.end() if blanks else end
            if place == end:
                break
        return end, " ".join(words)

    def number(self) -> Decimal:
        """Take the number here."""
        match = _NUMBER.match(self.text, self.at)
        if not match:
            raise self.problem(Sentence("a number"))
        try:
            number = DECIMAL128.create_decimal(match[0])
        except ArithmeticError:
            raise self.problem(Sentence("a smaller number")) from None
        self.move_to(match.end())
        return number

    def string(self) -> str:
        """Take the string in quotes here."""
        match = _STRING.match(self.text, self.at)
        if not match:
            raise self.problem(Sentence("a text in quotes on one line"))
        self.move_to(match.end())
        return _unescaped(match[1]) if "\\" in match[1] else match[1]

    # Refusing

    def problem(self, wanted: str | Sentence) -> SyntaxProblem:
        """Return the error that *wanted* should stand here."""
        here = self.character()
        line, column = position_in(self.text, self.at)
        values = {"wanted": wanted, "line": line, "column": column}
        if here in _FULL_WIDTH and here:
            return SyntaxProblem(
                "Expected {wanted} in line {line}, column {column},"
                " but found the full-width {found}; write the half-width {instead}.",
                (line, column),
                found=here,
                instead=_FULL_WIDTH[here],
                **values,
            )
        if not here:
            return SyntaxProblem(
                "Expected {wanted} in line {line}, column {column},"
                " but the expression ends.",
                (line, column),
                **values,
            )
        found = self.word() or self.sign() or here
        return SyntaxProblem(
            "Expected {wanted} in line {line}, column {column}, but found “{found}”.",
            (line, column),
            found=found,
            **values,
        )


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        code = match[1]
        if code[0] in "uU" and len(code) > 1:
            number = int(code[1:], 16)
            return chr(number) if number <= 0x10FFFF else "\ufffd"
        return _ESCAPES.get(code, "\\" + code)

    result = _ESCAPE.sub(character, text)
    if any("\ud800" <= letter <= "\udfff" for letter in result):
        return result.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return result
