"""Finds the input columns that ask about one variable, and must be looked at as one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.dmn.analysis.atoms import axis_of
from engine.dmn.analysis.named import Named, Opaque, Path, named_about, path_of
from engine.dmn.logic.table import InputColumn
from engine.feel.compiling.scope import Scope
from engine.feel.expression import Expression
from engine.feel.run import Run
from engine.feel.values.kinds import FeelValue


@dataclass(frozen=True, slots=True)
class Question:
    """What one input column asks, as a function of what its whole group is about."""

    at: int  #: The column's number, from zero.
    clause: InputColumn
    about: Path | None = None  #: The variable; None: the answer itself is looked at.
    bends: Named = ()  #: The values of the variable at which the answer changes.

    def answer(self, value: FeelValue, scope: Scope) -> FeelValue:
        """Return the answer where *value* is what the group is about."""
        if self.about is None or self.clause.expression is None:
            found = value
        else:
            found = self.clause.expression.within(scope.within(_nested(self.about, value)))
        return self.clause.fitted(found, scope)


@dataclass(frozen=True, slots=True)
class Group:
    """Columns whose answers hang together."""

    label: str
    questions: tuple[Question, ...]
    path: Path | None = None  #: The variable that it is about, if it is one.
    #: The column that asks about the same, but in a way that cannot be followed.
    beside: str | None = None


def groups_of(inputs: Sequence[InputColumn], run: Run) -> list[Group]:
    """Return the columns of a table in groups that have nothing to do with each other."""
    groups: list[Group] = []
    left = list(range(len(inputs)))
    while left:
        together = _connected(left, inputs)
        left = [at for at in left if at not in together]
        groups += _grouped(together, inputs, run)
    return groups


def _connected(left: Sequence[int], inputs: Sequence[InputColumn]) -> list[int]:
    """Return the first column of *left*, and those that share variables with it."""
    together, open_ = {left[0]}, [left[0]]
    while open_:
        at = open_.pop()
        found = {other for other in left if _touch(inputs[at], inputs[other])} - together
        together |= found
        open_ += found
    return sorted(together)


def _touch(left: InputColumn, right: InputColumn) -> bool:
    mine, theirs = left.expression, right.expression
    if mine is None or theirs is None:
        return False
    if mine.doubtful & (theirs.doubtful | theirs.reads) or theirs.doubtful & mine.reads:
        return True
    return any(
        one[: len(other)] == other or other[: len(one)] == one
        for one in mine.read_paths
        for other in theirs.read_paths
    )


def answers_of(clause: InputColumn, run: Run) -> tuple[FeelValue, ...] | None:
    """Return all answers that a column can give; None if they are too many to follow.

    A comparison of one variable, for example, gives yes or no, and never nothing at all.
    """
    expression = clause.expression
    if expression is None or expression.doubtful or len(expression.read_paths) != 1:
        return None
    (path,) = expression.read_paths
    if path_of(expression.tree) == path:
        return None
    try:
        bends = named_about(path, expression.tree, run)
    except Opaque:
        return None
    question, scope = Question(0, clause, path, bends), Scope({}, None, run)
    return tuple(question.answer(atom.example, scope) for atom in axis_of(bends).atoms)


def _grouped(
    together: Sequence[int], inputs: Sequence[InputColumn], run: Run
) -> Iterator[Group]:
    first = inputs[together[0]]
    texts = {inputs[at].source for at in together}
    if len(texts) == 1:
        path = None if first.expression is None else path_of(first.expression.tree)
        questions = tuple(Question(at, inputs[at]) for at in together)
        yield Group(first.label, questions, path)
        return
    path = _most_read(inputs[at].expression for at in together)
    questions = tuple(_questions(path, together, inputs, run))
    main = next((one for one in questions if one.about is None), None)
    label = ".".join(path or ())
    if questions:
        label = main.clause.label if main else label
        yield Group(label, questions, path)
    known = {question.at for question in questions}
    for at in together:
        if at not in known:
            yield Group(inputs[at].label, (Question(at, inputs[at]),), beside=label)


def _most_read(expressions: Iterator[Expression | None]) -> Path | None:
    """Return the variable that most expressions read, and nothing else."""
    counted = Counter(
        next(iter(expression.read_paths))
        for expression in expressions
        if expression is not None
        and len(expression.read_paths) == 1
        and not expression.doubtful
    )
    return counted.most_common(1)[0][0] if counted else None


def _questions(
    path: Path | None, together: Sequence[int], inputs: Sequence[InputColumn], run: Run
) -> Iterator[Question]:
    for at in together:
        expression = inputs[at].expression
        if path is None or expression is None or expression.read_paths != {path}:
            continue
        if path_of(expression.tree) == path:
            yield Question(at, inputs[at])
        elif not expression.doubtful:
            try:
                bends = named_about(path, expression.tree, run)
            except Opaque:
                continue
            yield Question(at, inputs[at], path, bends)


def _nested(path: Path, value: FeelValue) -> dict[str, FeelValue]:
    for name in reversed(path[1:]):
        value = {name: value}
    return {path[0]: value}
