"""Texts with expressions in them: ``您好，{{ customerName }}：…``."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.feel.context import Context
from engine.feel.errors import SyntaxProblem, TooLarge
from engine.feel.expression import Expression, parse_expression
from engine.feel.run import Run, Warning_
from engine.feel.syntax.cursor import position_in
from engine.feel.values.kinds import FeelValue
from engine.feel.values.text import to_text
from engine.model import Json

OPENING, CLOSING = "{{", "}}"
BETWEEN_ITEMS = "、"
LONGEST_TEXT = 100_000  #: Characters.
KEPT = 256  #: Parsed templates; the least recently used is forgotten.


@dataclass(frozen=True, slots=True)
class Template:
    """A text whose expressions are parsed."""

    source: str
    parts: tuple[str | Expression, ...]

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """The expressions in it, in their order."""
        return tuple(part for part in self.parts if isinstance(part, Expression))

    @property
    def reads(self) -> frozenset[str]:
        """The variables that its expressions read."""
        return frozenset(name for part in self.expressions for name in part.reads)

    def render(
        self, variables: Mapping[str, Json], context: Context
    ) -> tuple[str, tuple[Warning_, ...]]:
        """Return the text with values in place of the expressions, and the warnings.

        Raises:
            BudgetExceeded: If all of them together take too long or too much.
        """
        run = context.run()
        written: list[str] = []
        for part in self.parts:
            if isinstance(part, str):
                written.append(part)
                continue
            value = part.within(part.scope(variables, context, run))
            try:
                written.append(_shown(value, run))
            except RecursionError:
                raise run.too_deep() from None
            run.take_text(written[-1])
        return "".join(written), tuple(run.warnings)


def _shown(value: FeelValue, run: Run) -> str:
    run.spend()
    if value is None:
        return ""
    if isinstance(value, list):
        return BETWEEN_ITEMS.join(_shown(item, run) for item in value if item is not None)
    return to_text(value, run)


@lru_cache(maxsize=KEPT)
def _kept(text: str, names: tuple[str, ...]) -> Template:
    parts: list[str | Expression] = []
    place = 0
    while (start := text.find(OPENING, place)) >= 0:
        end = _end_of_expression(text, start + len(OPENING))
        source = text[start + len(OPENING) : end]
        try:
            expression = parse_expression(source.strip(), names)
        except SyntaxProblem as problem:
            raise _moved(problem, text, start) from problem
        parts += [text[place:start], expression]
        place = end + len(CLOSING)
    parts.append(text[place:])
    return Template(text, tuple(part for part in parts if part != ""))


def parse_template(text: str, names: Collection[str] = ()) -> Template:
    """Return *text* with its expressions parsed.

    Raises:
        SyntaxProblem: If one of them is no FEEL, or is not closed, or it is too long.
    """
    if len(text) > LONGEST_TEXT:
        raise TooLarge(
            "Expected a text of at most {limit} characters, but it has {count}.",
            "size",
            limit=LONGEST_TEXT,
            count=len(text),
        )
    return _kept(text, tuple(sorted(names)))


def render_template(text: str, variables: Mapping[str, Json], context: Context) -> str:
    """Return *text* with values in place of its ``{{ expressions }}``; null is nothing."""
    return parse_template(text).render(variables, context)[0]


def _end_of_expression(text: str, start: int) -> int:
    """Return where the ``}}`` stands that closes it, past texts and contexts within."""
    depth, quoted, place = 0, False, start
    while place < len(text):
        character = text[place]
        if quoted:
            place += character == "\\"
            quoted = character != '"'
        elif character == '"':
            quoted = True
        elif character == "{":
            depth += 1
        elif character == "}":
            if depth == 0 and text.startswith(CLOSING, place):
                return place
            depth -= 1
        place += 1
    line, column = position_in(text, start)
    raise SyntaxProblem(
        "Expected “}}}}” to close the expression in line {line}, column {column}.",
        (line, column),
        line=line,
        column=column,
    )


def _moved(problem: SyntaxProblem, text: str, start: int) -> SyntaxProblem:
    line, column = position_in(text, start)
    return SyntaxProblem(
        "The expression in line {line}, column {column} of the text is wrong: {reason}",
        (line, column),
        line=line,
        column=column,
        reason=problem.sentence,
    )
