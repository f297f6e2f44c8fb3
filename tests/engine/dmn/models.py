"""Builds small DMN files for tests."""

from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from engine.dmn import DecisionModel, DecisionOutcome
from engine.feel import Context

CONTEXT = Context(datetime(2026, 3, 2, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai")))
SPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def dmn(*elements: str, namespace: str = "test") -> bytes:
    """Return a DMN file."""
    inside = "".join(elements)
    return (
        f'<definitions xmlns="{SPACE}" id="defs" name="defs" namespace="{namespace}">'
        f"{inside}</definitions>"
    ).encode()


def requires(*ids: str, kind: str = "Decision") -> str:
    """Return the requirements of an element."""
    outer = "knowledgeRequirement" if kind == "Knowledge" else "informationRequirement"
    return "".join(
        f'<{outer}><required{kind} href="{one if "#" in one else "#" + one}"/></{outer}>'
        for one in ids
    )


def decision(
    identity: str, logic: str, *more: str, name: str = "", type_ref: str = ""
) -> str:
    """Return a decision."""
    name = name or identity
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    return (
        f'<decision id="{identity}" name={quoteattr(name)}>'
        f"<variable name={quoteattr(name)}{typed}/>{''.join(more)}{logic}</decision>"
    )


def literal(text: str, type_ref: str = "") -> str:
    """Return a literal expression."""
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    return f"<literalExpression{typed}><text>{escape(text)}</text></literalExpression>"


def input_data(name: str, type_ref: str = "") -> str:
    """Return input data whose id is its name without blanks."""
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    return (
        f'<inputData id="{name.replace(" ", "")}" name={quoteattr(name)}>'
        f"<variable name={quoteattr(name)}{typed}/></inputData>"
    )


def table(
    inputs: Sequence[str],
    outputs: Sequence[str],
    rules: Sequence[Sequence[str]],
    policy: str = "UNIQUE",
    aggregation: str = "",
    identity: str = "t",
) -> str:
    """Return a decision table, whose rules have the ids r1, r2 and so on.

    Args:
        inputs: Each an expression, and behind ``:`` its type, behind ``|`` allowed values.
        outputs: Each a name, and behind ``=`` a default, behind ``|`` the possible values.
        rules: Each the cells, and one more for an annotation if there is one.
        policy: The hit policy.
        aggregation: For COLLECT.
        identity: Its id; that of any but "t" stands before those of its rules too.
    """
    more = f' aggregation="{aggregation}"' if aggregation else ""
    columns = "".join(map(_input, inputs)) + "".join(map(_output, outputs))
    width = len(inputs)
    before = "" if identity == "t" else f"{identity}-"
    rows = "".join(
        f'<rule id="{before}r{number}">'
        + "".join(_cell("inputEntry", cell) for cell in cells[:width])
        + "".join(
            _cell("outputEntry", cell) for cell in cells[width : width + len(outputs)]
        )
        + "".join(_cell("annotationEntry", cell) for cell in cells[width + len(outputs) :])
        + "</rule>"
        for number, cells in enumerate(rules, start=1)
    )
    return (
        f'<decisionTable id="{identity}" hitPolicy="{policy}"{more}>'
        f"{columns}{rows}</decisionTable>"
    )


def _cell(tag: str, text: str) -> str:
    return f"<{tag}><text>{escape(text)}</text></{tag}>"


def _input(column: str) -> str:
    column, _, allowed = column.partition("|")
    text, _, type_ref = column.partition(":")
    typed = f' typeRef="{type_ref}"' if type_ref else ""
    values = _cell("inputValues", allowed) if allowed else ""
    expression = f"<inputExpression{typed}><text>{escape(text)}</text></inputExpression>"
    return f"<input>{expression}{values}</input>"


def _output(column: str) -> str:
    column, _, allowed = column.partition("|")
    name, _, default = column.partition("=")
    values = _cell("outputValues", allowed) if allowed else ""
    defaults = _cell("defaultOutputEntry", default) if default else ""
    return f"<output name={quoteattr(name)}>{values}{defaults}</output>"


def decide(
    model: bytes | DecisionModel, which: str, **variables: object
) -> DecisionOutcome:
    """Return the outcome of a decision."""
    if isinstance(model, bytes):
        model = DecisionModel.parse({"test.dmn": model})
    return model.evaluate(which, variables, CONTEXT)
