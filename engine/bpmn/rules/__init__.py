"""The rules of diagrams in one table: each with its id, a sentence, and whose rule it is.

What breaks them is found in `engine.bpmn.dialect` and `engine.bpmn.checks`.
"""

from collections.abc import Mapping

from engine.bpmn.rules import activities, drawing, events, flows, gateways, undoing
from engine.bpmn.rules.rule import Rule

RULES: Mapping[str, Rule] = {
    rule.id: rule
    for part in (drawing, flows, gateways, events, activities, undoing)
    for rule in part.RULES
}

__all__ = ["RULES", "Rule"]
