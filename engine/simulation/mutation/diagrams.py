"""Changes one thing in a diagram: a deadline, a condition, a group, a flow, a letter."""

import copy
from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from engine.markup import parse_xml
from engine.model import Sentence
from engine.policy.ids import listed_ids
from engine.simulation.mutation.changes import expression_changes, longer
from engine.simulation.mutation.word import Kind, Mutation

_BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
#: What has an id, but is only a part of an element.
_INNER = frozenset({"conditionExpression", "timerEventDefinition", "timeDuration"})
_LIMITS = ("deadline", "warn")
_SAFEGUARDS = ("fourEyes", "evidence", "signed", "extendable", "outward", "return-to")
_RECIPIENTS = ("groups", "people", "email")


class DiagramChanges:
    """Yields the mutations of one diagram.

    Args:
        file: Its name in the bundle.
        source: Its content.
        roles: The roles of the policy, with which candidate groups are exchanged.
        letters: The letters of the policy, with which letters are exchanged.
    """

    def __init__(
        self, file: str, source: bytes, roles: Sequence[str], letters: Sequence[str]
    ) -> None:
        self._file = file
        self._root = parse_xml(source)
        self._roles = roles
        self._letters = letters

    def all(self) -> Iterator[Mutation]:
        """Yield each mutation, in the order of the file."""
        for node in self._root.iter():
            yield from self._of(node)

    def _of(self, node: etree._Element) -> Iterator[Mutation]:
        match _tag(node):
            case "property":
                yield from self._property(node)
            case "taskSchedule":
                yield from self._schedule(node)
            case "timeDuration" | "timeCycle" | "timeDate":
                yield from self._timer(node)
            case "conditionExpression" | "completionCondition":
                yield from self._condition(node)
            case "assignmentDefinition":
                yield from self._assignment(node)
            case "header":
                yield from self._header(node)
            case _:
                if node.get("default"):
                    yield from self._default(node)

    def _property(self, node: etree._Element) -> Iterator[Mutation]:
        name, value = node.get("name", ""), node.get("value", "")
        if name in _LIMITS:
            changed = longer(value)
            if changed is not None:
                yield self._set(node, "value", changed, "deadline", name)
        elif name in _SAFEGUARDS:
            yield self._cut(
                node,
                "safeguard",
                Sentence("{name} is taken out: {value}", {"name": name, "value": value}),
            )
        elif name == "overdue-notify":
            yield from self._fewer(node, "value", "notification", name)

    def _schedule(self, node: etree._Element) -> Iterator[Mutation]:
        due = node.get("dueDate")
        if due:
            yield self._cut(
                node,
                "deadline",
                Sentence("The due date is taken out: {value}", {"value": due}),
            )

    def _timer(self, node: etree._Element) -> Iterator[Mutation]:
        text = (node.text or "").strip()
        changes = expression_changes(text) if text.startswith("=") else [longer(text)]
        for changed in changes:
            if changed is not None:
                yield self._write(node, changed, "deadline")

    def _condition(self, node: etree._Element) -> Iterator[Mutation]:
        text = (node.text or "").strip()
        if text.startswith("="):
            yield self._write(node, f"= not({text[1:].strip()})", "condition")
            for changed in expression_changes(text[1:]):
                yield self._write(node, f"={changed}", "condition")

    def _assignment(self, node: etree._Element) -> Iterator[Mutation]:
        groups = node.get("candidateGroups", "")
        if groups.startswith("="):
            for role in self._roles:
                if f'"{role}"' in groups:
                    other = f'"{self._other_role([role])}"'
                    changed = groups.replace(f'"{role}"', other, 1)
                    yield self._set(node, "candidateGroups", changed, "candidate group")
        elif groups:
            named = listed_ids(groups)
            other = self._other_role(named)
            changed = ", ".join([other, *named[1:]])
            yield self._set(node, "candidateGroups", changed, "candidate group")
            if len(named) > 1:
                yield from self._fewer(node, "candidateGroups", "candidate group", None)

    def _header(self, node: etree._Element) -> Iterator[Mutation]:
        key, value = node.get("key", ""), node.get("value", "")
        if key == "letter" and value in self._letters and len(self._letters) > 1:
            place = (self._letters.index(value) + 1) % len(self._letters)
            yield self._set(node, "value", self._letters[place], "notification", key)
        elif key in _RECIPIENTS:
            yield from self._fewer(node, "value", "notification", key)

    def _default(self, node: etree._Element) -> Iterator[Mutation]:
        """Let the default flow lead where a sibling leads, and the sibling where it did."""
        default = node.get("default", "")
        flows = {
            flow.get("id", ""): flow
            for flow in self._root.iter(f"{_BPMN}sequenceFlow")
            if flow.get("sourceRef") == node.get("id")
        }
        siblings = [flow for key, flow in flows.items() if key != default]
        if default not in flows or not siblings:
            return
        yield self._changed(
            [flows[default], siblings[0]],
            lambda pair: _exchange(pair[0], pair[1]),
            node,
            "default flow",
            Sentence(
                "The default flow leads to {other} instead of {target}",
                {
                    "other": siblings[0].get("targetRef"),
                    "target": flows[default].get("targetRef"),
                },
            ),
        )

    def _fewer(
        self, node: etree._Element, key: str, kind: Kind, name: str | None
    ) -> Iterator[Mutation]:
        """Take each of several out, or the only one."""
        written = node.get(key, "")
        named = () if written.startswith("=") else listed_ids(written)
        if len(named) < 2:
            if name is not None:
                yield self._cut(
                    node,
                    kind,
                    Sentence(
                        "{name} is taken out: {value}", {"name": name, "value": written}
                    ),
                )
            return
        for gone in named:
            rest = ", ".join(each for each in named if each != gone)
            yield self._set(node, key, rest, kind, name)

    def _other_role(self, named: Sequence[str]) -> str:
        return next((role for role in self._roles if role not in named), named[0])

    def _set(
        self,
        node: etree._Element,
        key: str,
        value: str,
        kind: Kind,
        name: str | None = None,
    ) -> Mutation:
        what = Sentence(
            "{name}: {before} → {after}",
            {"name": name or key, "before": node.get(key), "after": value},
        )
        return self._changed(
            [node], lambda nodes: nodes[0].set(key, value), node, kind, what
        )

    def _write(self, node: etree._Element, text: str, kind: Kind) -> Mutation:
        def write(nodes: Sequence[etree._Element]) -> None:
            nodes[0].text = text

        what = Sentence(
            "{before} → {after}", {"before": (node.text or "").strip(), "after": text}
        )
        return self._changed([node], write, node, kind, what)

    def _cut(self, node: etree._Element, kind: Kind, what: Sentence) -> Mutation:
        return self._changed([node], lambda nodes: _remove(nodes[0]), node, kind, what)

    def _changed(
        self,
        nodes: Sequence[etree._Element],
        change: Callable[[Sequence[etree._Element]], None],
        place: etree._Element,
        kind: Kind,
        what: Sentence,
    ) -> Mutation:
        every = list(self._root.iter())
        places = [every.index(node) for node in nodes]
        root = copy.deepcopy(self._root)
        copied = list(root.iter())
        change([copied[each] for each in places])
        return Mutation(kind, self._file, _owner(place), what, etree.tostring(root))


def _tag(node: etree._Element) -> str:
    return etree.QName(node).localname


def _owner(node: etree._Element) -> str:
    """Return the id of the element that *node* belongs to."""
    here: etree._Element | None = node
    while here is not None:
        if here.get("id") and here.tag.startswith(_BPMN) and _tag(here) not in _INNER:
            return here.get("id", "")
        here = here.getparent()
    return ""


def _remove(node: etree._Element) -> None:
    parent = node.getparent()
    if parent is not None:
        parent.remove(node)


def _exchange(first: etree._Element, second: etree._Element) -> None:
    """Let each of two flows lead to where the other did."""
    process = first.getparent()
    targets = first.get("targetRef", ""), second.get("targetRef", "")
    first.set("targetRef", targets[1])
    second.set("targetRef", targets[0])
    ids = {first.get("id"): second.get("id"), second.get("id"): first.get("id")}
    for node in () if process is None else process:
        if node.get("id") in targets:
            for incoming in node.iter(f"{_BPMN}incoming"):
                incoming.text = ids.get(incoming.text, incoming.text)
