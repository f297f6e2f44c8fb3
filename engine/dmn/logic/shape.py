"""Finds tables whose columns, rules and hit policy do not fit each other."""

from collections.abc import Iterator

from engine.dmn.logic.builder import Builder
from engine.dmn.logic.hit_policies import AGGREGATIONS, POLICIES, RANKED
from engine.dmn.logic.table import OutputColumn
from engine.dmn.reading.elements import DecisionTable, Rule
from engine.feel.expression import Expression
from engine.feel.types import Simple
from engine.model import Sentence

MOST_COLUMNS, MOST_CELLS = 500, 20_000  #: Of a table that is carried out.
_OTHER_POLICY = Sentence("Choose another hit policy for the table.")
_DURATIONS = ("years and months duration", "days and time duration")
_MOMENTS = ("date", "time", "date and time")
#: What may be aggregated. Anything at all may be counted.
_AGGREGABLE = {
    "SUM": ("number", *_DURATIONS),
    "MIN": ("number", "string", *_DURATIONS, *_MOMENTS),
    "MAX": ("number", "string", *_DURATIONS, *_MOMENTS),
}


def is_too_large(node: DecisionTable, builder: Builder) -> bool:
    """Tell whether the table is larger than is carried out, which is reported."""
    columns = len(node.inputs) + len(node.outputs)
    cells = sum(len(rule.inputs) + len(rule.outputs) for rule in node.rules)
    if columns <= MOST_COLUMNS and cells <= MOST_CELLS:
        return False
    what = Sentence(
        "The table has {columns} columns and {cells} cells; up to {most_columns} columns"
        " and {most_cells} cells are carried out.",
        {
            "columns": columns,
            "cells": cells,
            "most_columns": MOST_COLUMNS,
            "most_cells": MOST_CELLS,
        },
    )
    remedy = Sentence("Split the table into several decisions.")
    builder.problem(node.element, "dmn-too-many", what, remedy, node.line)
    return True


def check_shape(
    node: DecisionTable, outputs: tuple[OutputColumn, ...], builder: Builder
) -> None:
    """Report what is wrong with the table as a whole, and with the shape of its rules."""
    for rule, what, remedy in (
        *_of_policy(node),
        *_of_ranking(node, outputs),
        *_of_aggregation(node, outputs),
        *_of_columns(node),
    ):
        builder.problem(node.element, rule, what, remedy, node.line)
    _check_inputs(node, builder)
    _check_rules(node, builder)


Flaw = tuple[str, Sentence, Sentence]  #: Rule of the check, what, remedy.


def _of_policy(node: DecisionTable) -> Iterator[Flaw]:
    policy, aggregation = node.hit_policy, node.aggregation
    if policy not in POLICIES:
        what = Sentence("There is no hit policy “{policy}”.", {"policy": policy})
        yield "dmn-hit-policy", what, _OTHER_POLICY
    if aggregation is not None and aggregation not in AGGREGATIONS:
        what = Sentence("There is no aggregation “{name}”.", {"name": aggregation})
        yield "dmn-aggregation", what, _OTHER_POLICY
    elif aggregation is not None and policy in POLICIES and policy != "COLLECT":
        what = Sentence(
            "The hit policy {policy} does not aggregate, but {name} is set.",
            {"policy": policy, "name": aggregation},
        )
        remedy = Sentence("Choose the hit policy COLLECT, or remove the aggregation.")
        yield "dmn-aggregation", what, remedy


def _of_ranking(node: DecisionTable, outputs: tuple[OutputColumn, ...]) -> Iterator[Flaw]:
    if node.hit_policy not in RANKED or not outputs:
        return
    if all(output.order is None for output in outputs):
        what = Sentence(
            "The hit policy {policy} goes by the order of the output values, but no output"
            " column lists any.",
            {"policy": node.hit_policy},
        )
        remedy = Sentence("List the output values, the most important first.")
        yield "dmn-no-order", what, remedy


def _of_aggregation(
    node: DecisionTable, outputs: tuple[OutputColumn, ...]
) -> Iterator[Flaw]:
    aggregation = node.aggregation
    if node.hit_policy != "COLLECT" or aggregation not in _AGGREGABLE:
        return
    if len(outputs) > 1:
        what = Sentence(
            "{name} cannot aggregate {count} output columns together.",
            {"name": aggregation, "count": len(outputs)},
        )
        yield "dmn-aggregated", what, Sentence("Split the table: one decision an output.")
        return
    for output in outputs:
        declared = output.type.unconstrained()
        if isinstance(declared, Simple) and declared.name not in _AGGREGABLE[aggregation]:
            what = Sentence(
                "{name} cannot aggregate the output “{output}”, whose type is {type}.",
                {"name": aggregation, "output": output.name, "type": declared.name},
            )
            yield "dmn-aggregated", what, _OTHER_POLICY


def _of_columns(node: DecisionTable) -> Iterator[Flaw]:
    if not node.outputs:
        what = Sentence("The table concludes nothing.")
        yield "dmn-no-output", what, Sentence("Give the table an output column.")
    if not node.rules:
        what = Sentence("The table has no rule.")
        yield "dmn-no-rule", what, Sentence("Give the table at least one rule.")
    names = [output.name for output in node.outputs]
    if len(names) > 1 and len(set(names)) < len(names):
        what = Sentence("Several output columns have the same name, or none.")
        yield (
            "dmn-output-names",
            what,
            Sentence("Give each output column a name of its own."),
        )


def _check_inputs(node: DecisionTable, builder: Builder) -> None:
    for number, clause in enumerate(node.inputs, start=1):
        if clause.expression is None or not clause.expression.text:
            builder.problem(
                clause.element,
                "dmn-no-input",
                Sentence(
                    "Input column {number} does not say what it asks.", {"number": number}
                ),
                Sentence("Write a variable or an expression into the head of the column."),
                node.line if clause.expression is None else clause.expression.line,
            )


def _check_rules(node: DecisionTable, builder: Builder) -> None:
    for index, rule in enumerate(node.rules, start=1):
        if not fits(node, rule):
            builder.problem(
                rule.element,
                "dmn-cells",
                Sentence(
                    "Rule {rule} has {conditions} conditions and {conclusions} conclusions,"
                    " but the table has {inputs} input and {outputs} output columns.",
                    {
                        "rule": index,
                        "conditions": len(rule.inputs),
                        "conclusions": len(rule.outputs),
                        "inputs": len(node.inputs),
                        "outputs": len(node.outputs),
                    },
                ),
                Sentence("Give the rule one cell for each column of the table."),
                rule.line,
            )


def fits(node: DecisionTable, rule: Rule) -> bool:
    """Tell whether a rule has a cell for each column."""
    wanted = (len(node.inputs), len(node.outputs))
    return (len(rule.inputs), len(rule.outputs)) == wanted


def fits_aggregation(node: DecisionTable, conclusion: Expression | None) -> bool:
    """Tell whether the hit policy can aggregate what a cell concludes.

    Args:
        node: The table.
        conclusion: The cell; None if it is empty.
    """
    if node.hit_policy != "COLLECT" or node.aggregation not in _AGGREGABLE:
        return True
    if conclusion is None:
        return False
    return any(conclusion.can_be(kind) for kind in _AGGREGABLE[node.aggregation])
