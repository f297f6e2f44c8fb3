"""The reading of one file: what is found wrong is noted, and reading goes on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from engine.bpmn.dialect.names import bpmn
from engine.bpmn.elements import Term
from engine.bpmn.problems import Problem
from engine.calendar import DEFAULT_CALENDAR
from engine.feel import SyntaxProblem, parse_expression, working_time_functions
from engine.model import Sentence

Node = etree._Element
#: Names such as "next day of month", which FEEL reads as one only if it knows them.
FUNCTION_NAMES = frozenset(working_time_functions(DEFAULT_CALENDAR))


@dataclass(slots=True)
class Reading:
    """One file being read.

    `messages`, `errors`, `escalations` and `signals` are the file's definitions by id.
    """

    file: str
    root: Node
    problems: list[Problem] = field(default_factory=list)
    messages: Mapping[str, Node] = field(default_factory=dict)
    errors: Mapping[str, Node] = field(default_factory=dict)
    escalations: Mapping[str, Node] = field(default_factory=dict)
    signals: Mapping[str, Node] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.messages = self._definitions("message")
        self.errors = self._definitions("error")
        self.escalations = self._definitions("escalation")
        self.signals = self._definitions("signal")

    def _definitions(self, tag: str) -> Mapping[str, Node]:
        return {node.get("id", ""): node for node in self.root.iterchildren(bpmn(tag))}

    def report(self, node: Node, rule: str, what: Sentence, remedy: Sentence) -> None:
        """Note a problem at *node*."""
        self.problems.append(Problem(self.file, owner(node), rule, what, remedy))

    def term(self, node: Node, place: str, text: str | None) -> Term | None:
        """Return *text* as FEEL or literal; None where there is nothing to read."""
        source = (text or "").strip()
        if not source:
            return None
        if not source.startswith("="):
            return Term(source)
        try:
            # A blank for the "=" keeps the columns of what the author sees.
            return Term(source, parse_expression(" " + source[1:], FUNCTION_NAMES))
        except SyntaxProblem as problem:
            self.report(
                node,
                "bpmn-expression",
                Sentence(
                    "Expected FEEL in {place}, but “{source}” does not parse: {reason}",
                    {"place": place, "source": source, "reason": problem.sentence},
                ),
                Sentence("Correct the expression."),
            )
            return Term(source)

    def feel(self, node: Node, place: str, text: str | None) -> Term | None:
        """Return *text* as FEEL, where a literal makes no sense."""
        source = (text or "").strip()
        if source and not source.startswith("="):
            self.report(
                node,
                "bpmn-expression-sign",
                Sentence(
                    "Expected a FEEL expression in {place}, but “{source}” does not begin "
                    'with "=".',
                    {"place": place, "source": source},
                ),
                Sentence('Put "=" in front of the expression, and write it in FEEL.'),
            )
            return Term(source)
        return self.term(node, place, source)


def owner(node: Node) -> str | None:
    """Return the id of *node*, or of the nearest element around it that is drawn."""
    current: Node | None = node
    while current is not None:
        local = etree.QName(current).localname
        if current.get("id") and not local.endswith(("EventDefinition", "Characteristics")):
            return current.get("id")
        current = current.getparent()
    return None


def local_name(node: Node) -> str:
    """Return the tag of *node* without its namespace."""
    return str(etree.QName(node).localname)


def namespace(node: Node) -> str:
    """Return the namespace of *node*."""
    return str(etree.QName(node).namespace or "")


def text_of(parent: Node, tag: str) -> str | None:
    """Return the text of the child *tag* of *parent*."""
    child = parent.find(bpmn(tag))
    return None if child is None else (child.text or "").strip()
