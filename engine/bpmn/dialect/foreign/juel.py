"""Says in FEEL what JUEL says, where both mean the same.

JUEL (``${…}`` and ``#{…}``) is the language of Camunda 7 and Flowable. It can call Java,
which FEEL cannot and must not; such an expression has no counterpart.
"""

import re
from collections.abc import Sequence

from engine.model import EngineError

_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>\d+(?:\.\d+)?)
      | (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
      | (?P<name>[A-Za-z_]\w*)
      | (?P<sign>==|!=|<=|>=|&&|\|\||[-+*/<>!?:.,()\[\]])
    )""",
    re.VERBOSE,
)
_EXPRESSION = re.compile(r"[$#]\{([^{}]*)\}")
DEEPEST = 20  #: Brackets and signs inside each other.
_WORDS = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "eq": "==",
    "ne": "!=",
    "lt": "<",
    "gt": ">",
    "le": "<=",
    "ge": ">=",
    "div": "/",
}
_BINARY: Sequence[dict[str, str]] = (
    {"||": "or"},
    {"&&": "and"},
    {"==": "=", "!=": "!="},
    {"<": "<", "<=": "<=", ">": ">", ">=": ">="},
    {"+": "+", "-": "-"},
    {"*": "*", "/": "/"},
)
#: Counters of multi-instance activities, by Camunda 8's names.
_COUNTERS = {
    "nrOfInstances": "numberOfInstances",
    "nrOfCompletedInstances": "numberOfCompletedInstances",
    "nrOfActiveInstances": "numberOfActiveInstances",
}
#: Names that stand for objects of Java, or mean something else in FEEL.
_STRANGE = frozenset(
    {
        "execution",
        "task",
        "authenticatedUserId",
        "currentUser",
        "loopCounter",
        "delegateTask",
        "variables",
        "if",
        "then",
        "else",
        "for",
        "return",
        "in",
        "some",
        "every",
        "satisfies",
        "between",
        "instance",
        "of",
        "function",
        "mod",
    }
)
_EMPTY = (
    'if {0} = null then true else if {0} instance of string then {0} = "" '
    "else if {0} instance of list<Any> then count({0}) = 0 else false"
)

#: In JUEL a text with nothing in it goes on, in FEEL it is nothing itself.
_SPOKEN = '(if ({0}) = null then "" else string({0}))'


class NoCounterpart(EngineError):
    """FEEL has nothing that means what the expression means."""


def is_juel(text: str) -> bool:
    """Tell whether *text* holds an expression in JUEL."""
    return _EXPRESSION.search(text) is not None or "${" in text or "#{" in text


def to_feel(text: str) -> str:
    """Return *text* as Camunda 8 writes it: FEEL behind "=", or the text itself.

    Raises:
        NoCounterpart: If it holds JUEL that FEEL cannot say.
    """
    if not is_juel(text):
        return text
    whole = _EXPRESSION.fullmatch(text.strip())
    if whole:
        return f"= {_translate(whole[1])}"
    parts, end = [], 0
    for found in _EXPRESSION.finditer(text):
        if found.start() > end:
            parts.append(quoted(text[end : found.start()]))
        parts.append(_SPOKEN.format(_translate(found[1])))
        end = found.end()
    rest = text[end:]
    if is_juel(rest):
        raise _none()
    return "= " + " + ".join([*parts, *([quoted(rest)] if rest else [])])


def quoted(text: str) -> str:
    """Return *text* as a string of FEEL."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _translate(source: str) -> str:
    tokens: list[tuple[str, str]] = []
    place = 0
    while source[place:].strip():
        match = _TOKEN.match(source, place)
        if match is None or match.lastgroup is None:
            raise _none()
        kind, text = match.lastgroup, match[match.lastgroup]
        tokens.append(("sign", _WORDS[text]) if text in _WORDS else (kind, text))
        place = match.end()
    reader = _Reader(tokens)
    feel = reader.choice()
    if reader.tokens:
        raise _none()
    return feel


def _none() -> NoCounterpart:
    return NoCounterpart(
        "Expected an expression that FEEL can say, but it calls Java or means something "
        "else there."
    )


class _Reader:
    """Reads the tokens of an expression from left to right."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self._depth = 0

    def choice(self) -> str:
        condition = self.binary(0)
        if not self._take("?"):
            return condition
        first = self.choice()
        self._need(":")
        return f"if {condition} then {first} else {self.choice()}"

    def binary(self, level: int) -> str:
        if level == len(_BINARY):
            return self.unary()
        left = self.binary(level + 1)
        while self._sign() in _BINARY[level]:
            sign = _BINARY[level][self.tokens.pop(0)[1]]
            left = f"{left} {sign} {self.binary(level + 1)}"
        return left

    def unary(self) -> str:
        self._depth += 1
        if self._depth > DEEPEST:
            raise _none()
        if self._take("!"):
            feel = f"not({self.unary()})"
        elif self._take("-"):
            feel = f"-{self.unary()}"
        elif self.tokens[:1] == [("name", "empty")]:
            self.tokens.pop(0)
            feel = f"({_EMPTY.format(self.unary())})"
        else:
            feel = self.path()
        self._depth -= 1
        return feel

    def path(self) -> str:
        value = self.value()
        while self._sign() in (".", "["):
            if self._take("."):
                value = f"{value}.{self._name()}"
            else:
                self._need("[")
                value += self._index()
                self._need("]")
        if self._sign() == "(":
            raise _none()
        return value

    def value(self) -> str:
        if self._take("("):
            inner = self.choice()
            self._need(")")
            return f"({inner})"
        kind, text = self._next()
        if kind == "number":
            return text
        if kind == "text":
            return quoted(re.sub(r"\\(.)", r"\1", text[1:-1]))
        if kind != "name" or text in _STRANGE:
            raise _none()
        if text == "now" and self._take("("):
            self._need(")")
            return "now()"
        return _COUNTERS.get(text, text)

    def _index(self) -> str:
        kind, text = self._next()
        if kind == "number" and text.isdigit():
            return f"[{int(text) + 1}]"  # JUEL counts from nought.
        if kind == "text" and text[1:-1].isidentifier():
            return f".{text[1:-1]}"
        raise _none()

    def _name(self) -> str:
        kind, text = self._next()
        if kind != "name" or text in _STRANGE:
            raise _none()
        return text

    def _next(self) -> tuple[str, str]:
        if not self.tokens:
            raise _none()
        return self.tokens.pop(0)

    def _sign(self) -> str:
        kind, text = self.tokens[0] if self.tokens else ("", "")
        return text if kind == "sign" else ""

    def _take(self, sign: str) -> bool:
        found = self._sign() == sign
        if found:
            self.tokens.pop(0)
        return found

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise _none()
