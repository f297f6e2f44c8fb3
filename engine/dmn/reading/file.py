"""Reads DMN files (versions 1.1 to 1.5) into plain data."""

from collections.abc import Iterator

from lxml import etree

from engine.dmn.errors import DmnError
from engine.dmn.reading.boxed import boxed_in, function_definition
from engine.dmn.reading.elements import (
    Decision,
    DecisionServiceNode,
    DmnFile,
    DrgElement,
    ForeignLanguage,
    Import,
    InputData,
    ItemDefinition,
    KnowledgeModel,
    Typed,
)
from engine.dmn.reading.identities import identities
from engine.dmn.reading.markup import child, children, line_of, name_of, tag, text_in
from engine.markup import MarkupError, parse_xml

Node = etree._Element
_NAMESPACE_MARK = "/DMN/"  #: In the namespaces of all versions.


def read_dmn(file: str, source: bytes) -> DmnFile:
    """Return what stands in *source*.

    Raises:
        DmnError: If it is no XML, or no DMN.
    """
    try:
        root = parse_xml(source)
    except MarkupError as error:
        raise DmnError(
            "Expected a DMN file, but {file} cannot be read: {reason}",
            file=file,
            element=None,
            reason=error.sentence,
        ) from error
    if tag(root) != "definitions" or _NAMESPACE_MARK not in (
        root.nsmap.get(root.prefix) or ""
    ):
        raise DmnError(
            "Expected a DMN file, but {file} holds {tag}.",
            file=file,
            element=None,
            tag=tag(root),
        )
    elements = tuple(element for node in root for element in _drg_element(node))
    return DmnFile(
        file,
        root.get("namespace", ""),
        tuple(_imports(root)),
        {item.name: item for item in map(_item, children(root, "itemDefinition"))},
        elements,
        tuple(_members(root, elements)),
        tuple(_foreign(root)),
        tuple(identities(root)),
        {element.id: element for element in elements},
        {element.name: element for element in elements},
    )


def _foreign(root: Node) -> Iterator[ForeignLanguage]:
    for node in root.iter():
        language = node.get("expressionLanguage")
        if language and "feel" not in language.casefold():
            near = (node, *node.iterancestors())
            element = next((one.get("id") for one in near if one.get("id")), None)
            yield ForeignLanguage(element, language, line_of(node))


def _imports(root: Node) -> Iterator[Import]:
    for node in children(root, "import"):
        kind = node.get("importType", "")
        if "DMN" in kind or "MODEL" in kind:
            yield Import(node.get("name") or "", node.get("namespace", ""))


def _drg_element(node: Node) -> Iterator[DrgElement]:
    name, line = name_of(node), line_of(node)
    identity = node.get("id") or f"_{name}"
    variable = _variable(node, name)
    match tag(node):
        case "inputData":
            yield InputData(identity, name, variable, line)
        case "decision":
            yield Decision(
                identity,
                name,
                variable,
                line,
                _requirements(node),
                boxed_in(node, identity),
            )
        case "businessKnowledgeModel":
            logic = child(node, "encapsulatedLogic")
            yield KnowledgeModel(
                identity,
                name,
                variable,
                line,
                _requirements(node),
                None if logic is None else function_definition(logic, identity),
            )
        case "decisionService":
            yield DecisionServiceNode(
                identity,
                name,
                variable,
                line,
                _references(node, "outputDecision"),
                _references(node, "inputDecision"),
                _references(node, "inputData"),
            )


def _variable(node: Node, name: str) -> Typed:
    variable = child(node, "variable")
    if variable is None:
        return Typed(name)
    return Typed(name_of(variable) or name, variable.get("typeRef"))


def _requirements(node: Node) -> tuple[str, ...]:
    return tuple(
        reference.get("href", "")
        for requirement in children(node, "informationRequirement", "knowledgeRequirement")
        for reference in requirement
        if tag(reference).startswith("required")
    )


def _references(node: Node, name: str) -> tuple[str, ...]:
    return tuple(reference.get("href", "") for reference in children(node, name))


def _item(node: Node) -> ItemDefinition:
    function = child(node, "functionItem")
    signature = None
    if function is not None:
        parameters = children(function, "parameters")
        types = tuple(parameter.get("typeRef") for parameter in parameters)
        signature = (types, function.get("outputTypeRef"))
    reference = child(node, "typeRef")
    return ItemDefinition(
        name=node.get("name") or "",
        type_ref=(reference.text or "").strip()
        if reference is not None
        else node.get("typeRef"),
        components=tuple(_item(component) for component in children(node, "itemComponent")),
        function=signature,
        is_collection=node.get("isCollection") == "true",
        allowed=text_in(child(node, "allowedValues")),
        constraint=text_in(child(node, "typeConstraint")),
        line=line_of(node),
    )


def _members(root: Node, elements: tuple[DrgElement, ...]) -> Iterator[str]:
    for node in root.iter():
        match tag(node):
            case "itemComponent" | "column" | "output" | "informationItem":
                yield node.get("name") or ""
            case "contextEntry":
                variable = child(node, "variable")
                yield "" if variable is None else variable.get("name") or ""
    for element in elements:
        yield element.name
