"""Finds rules that no case ever comes to."""

from collections.abc import Iterator, Sequence

from engine.dmn.analysis.atoms import bits
from engine.dmn.analysis.named import is_constant
from engine.dmn.analysis.problem import Subject, TableProblem
from engine.dmn.analysis.search import Effort, Stopped, common, covers
from engine.dmn.logic.fitting import fit
from engine.dmn.logic.hit_policies import Hit, ranked
from engine.dmn.logic.table import Row, Table
from engine.feel.builtins.range_text import literal_value
from engine.feel.compiling.scope import Scope
from engine.feel.values.kinds import FeelValue
from engine.model import Sentence

STEPS_A_RULE = 30_000  #: Lest one rule take the time of all others.


def unreachable(subject: Subject) -> Iterator[TableProblem]:
    """Give the rules with a condition that nothing passes."""
    for row, taken in enumerate(subject.perhaps):
        for column, pieces in zip(subject.columns, taken, strict=True):
            if pieces:
                continue
            tests = _tests(subject.table, row, column.at)
            yield subject.problem(
                "dmn-unreachable",
                (row,),
                Sentence(
                    "Rule {rule} never hits: {column} has no value that passes {tests}.",
                    {"rule": row + 1, "column": column.label, "tests": tests},
                ),
                Sentence("Correct the condition, or remove the rule."),
            )
            break


def _tests(table: Table, row: int, columns: Sequence[int]) -> str:
    cells = {
        table.inputs[at].label: cell.source
        for at in columns
        if (cell := table.rows[row].conditions[at]) is not None
    }
    if len(cells) == 1:
        return next(iter(cells.values()))
    return "; ".join(f"{label}: {tests}" for label, tests in cells.items())


def masked(subject: Subject, effort: Effort) -> Iterator[TableProblem]:
    """Give the rules whose cases others decide before them.

    Raises:
        Stopped: When there is more to look through than *effort* allows.
    """
    order = _order(subject)
    left: list[int] = []
    for place, row in enumerate(order):
        try:
            others = _masking(subject, row, order[:place], effort.part(STEPS_A_RULE))
        except Stopped:
            left.append(row)
            if effort.is_spent:
                left += order[place + 1 :]
                break
            continue
        if others:
            yield _masked(subject, row, others)
    if left:
        raise Stopped(effort.limit, sorted(left))


def _masking(
    subject: Subject, row: int, before: Sequence[int], effort: Effort
) -> Sequence[int]:
    """Return the rules that together take all cases of a rule; none if there are not."""
    own = subject.perhaps[row]
    if not all(own):
        return ()  # It is unreachable by itself.
    effort.spend(1 + len(before))
    touching = [one for one in before if common(subject.surely[one], own)]
    for one in touching:
        if covers(subject.surely[one], own):
            return (one,)
    found = subject.search(sure=True).gaps(own, bits(touching), effort)
    return touching if next(found, None) is None else ()


def _masked(subject: Subject, row: int, others: Sequence[int]) -> TableProblem:
    rules = ", ".join(str(other + 1) for other in sorted(others))
    values = {"rule": row + 1, "others": rules}
    if subject.table.policy == "FIRST":
        what = Sentence(
            "Rule {rule} never decides: rules before it ({others}) take all its cases.",
            values,
        )
        remedy = Sentence("Remove the rule, or move it up.")
    else:
        what = Sentence(
            "Rule {rule} never decides: rules that count more ({others}) take all its"
            " cases.",
            values,
        )
        remedy = Sentence("Remove the rule, or change the order of the output values.")
    return subject.problem("dmn-masked", (row,), what, remedy)


def _order(subject: Subject) -> list[int]:
    """Return the rules in the order in which they decide, as far as that is known."""
    table = subject.table
    if table.policy == "FIRST":
        return list(range(len(table.rows)))
    if table.policy != "PRIORITY":
        return []
    scope = Scope({}, None, subject.run)
    orders = [
        None if output.order is None else output.order(scope) for output in table.outputs
    ]
    return [hit.index - 1 for hit in ranked(list(_hits(subject)), orders, subject.run)]


def _hits(subject: Subject) -> Iterator[Hit]:
    """Give the rules whose conclusions, and so their ranks, are known."""
    for row in subject.table.rows:
        if all(one is None or is_constant(one.tree) for one in row.conclusions):
            yield Hit(row.index, row.rule, _conclusion(subject, row))


def _conclusion(subject: Subject, row: Row) -> dict[str, FeelValue]:
    return {
        output.name: None
        if one is None
        else fit(literal_value(one.tree, subject.run), output.type, subject.run, "")
        for output, one in zip(subject.table.outputs, row.conclusions, strict=True)
    }
