"""Prints: the forms of the house on paper, each a file that says what stands where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from engine.feel import Expression, FeelError, parse_expression, parse_template
from engine.model import Finding, Sentence
from engine.policy.expressions import CHECK_EXPRESSION, read_expression
from engine.policy.toml import Table, TomlFile

Orientation = Literal["portrait", "landscape"]
ORIENTATIONS: tuple[Orientation, ...] = ("portrait", "landscape")
MOST_COLUMNS = 4  #: So many pairs of label and value fit beside each other.
CONTENTS = ("fields", "text", "rows", "photos", "signatures")  #: One of them a section.


@dataclass(frozen=True, slots=True)
class PrintField:
    """A label and the value beside it."""

    label: str
    value: Expression
    wide: bool  #: Whether it takes a whole row.
    labels: Mapping[str, str]  #: What people read in place of some values.


@dataclass(frozen=True, slots=True)
class PrintSection:
    """A part of a print; it has one kind of content, the others are empty."""

    title: str
    columns: int
    fields: tuple[PrintField, ...] = ()
    text: str = ""  #: A template in Markdown.
    rows: Expression | None = None  #: Gives a list of contexts.
    row_fields: tuple[PrintField, ...] = ()  #: Read the entries of each row.
    photos: Expression | None = None  #: Gives a list of documents.
    signatures: tuple[str, ...] = ()  #: Ids of user tasks.


@dataclass(frozen=True, slots=True)
class Print:
    """A form of the house, as it goes to paper."""

    id: str
    title: str
    number: Expression | None
    copies: tuple[str, ...]  #: What each says of its keeper; none for a single copy.
    keepers: tuple[str, ...]  #: The role that keeps each copy.
    when: Expression | None  #: Offered once this is true; always where it is None.
    orientation: Orientation
    clauses: tuple[str, ...]
    sections: tuple[PrintSection, ...]

    def expressions(self) -> Iterator[tuple[str, Expression]]:
        """Yield what is read of a case, with its place; not what is read of rows."""
        for place, expression in (("number", self.number), ("when", self.when)):
            if expression is not None:
                yield place, expression
        for index, section in enumerate(self.sections, start=1):
            place = f"section[{index}]"
            for field in section.fields:
                yield f"{place}.fields", field.value
            for inner in parse_template(section.text).expressions:
                yield f"{place}.text", inner
            for key, listed in (("rows", section.rows), ("photos", section.photos)):
                if listed is not None:
                    yield f"{place}.{key}", listed


def read_print(name: str, text: str) -> tuple[Print | None, list[Finding]]:
    """Return the print in file *name*, if it can be used, and all that is wrong."""
    file = TomlFile(name, text)
    top = file.top
    copies, keepers = top.texts("copies"), top.texts("keepers")
    if keepers and len(keepers) != len(copies):
        top.report("keepers", "print-keepers", _KEEPERS, _NAME_KEEPERS)
    sections = tuple(_section(table) for table in top.tables("section"))
    if not sections and "section" not in top:
        top.missing("section")
    printed = Print(
        id=PurePosixPath(name).stem,
        title=top.required_text("title"),
        number=read_expression(top, "number"),
        copies=copies,
        keepers=keepers,
        when=read_expression(top, "when"),
        orientation=top.choice("orientation", ORIENTATIONS, "portrait"),
        clauses=top.texts("clauses"),
        sections=sections,
    )
    top.close()
    return (None if file.is_broken else printed), file.findings


def _section(table: Table) -> PrintSection:
    written = [key for key in CONTENTS if key in table]
    if len(written) != 1:
        table.file.report(
            table.path,
            "print-section",
            Sentence(
                "Expected one of {known} in a section, but there are {count}.",
                {"known": ", ".join(CONTENTS), "count": len(written)},
            ),
            Sentence("Make a section of its own for each, with its own [[section]]."),
        )
    if "rows" in table and "row-fields" not in table:
        table.missing("row-fields")
    section = PrintSection(
        title=table.text("title"),
        columns=table.whole("columns", 2, least=1, most=MOST_COLUMNS),
        fields=tuple(map(_field, table.tables("fields"))),
        text=_template(table, "text"),
        rows=read_expression(table, "rows"),
        row_fields=tuple(map(_field, table.tables("row-fields"))),
        photos=read_expression(table, "photos"),
        signatures=table.texts("signatures"),
    )
    table.close()
    return section


def _field(table: Table) -> PrintField:
    label = table.required_text("label")
    value = read_expression(table, "value")
    if "value" not in table:
        table.missing("value")
    labels = {key: str(word) for key, word in table.values("labels").items()}
    field = PrintField(
        label=label,
        value=value or parse_expression("null"),
        wide=table.flag("wide"),
        labels=labels,
    )
    table.close()
    return field


def _template(table: Table, key: str) -> str:
    text = table.text(key)
    try:
        parse_template(text)
    except FeelError as error:
        table.report(key, "feel-syntax", error.sentence, CHECK_EXPRESSION)
        return ""
    return text


_KEEPERS = Sentence("Expected one keeper for each copy, or none at all.")
_NAME_KEEPERS = Sentence("List as many roles in keepers as there are copies.")
