"""Links: each throwing end leads to one catching end of its name in the same scope."""

from collections.abc import Iterator

from engine.bpmn.checks.surroundings import Around, at
from engine.bpmn.elements import ElementInfo
from engine.bpmn.problems import Problem
from engine.model import Sentence


def check_link(element: ElementInfo, around: Around) -> Iterator[Problem]:
    """Yield what is wrong with the end of a link that *element* is."""
    name = element.event.link
    if name is None:
        return
    ends = [
        other
        for other in around.within(element.scope)
        if other.event.link == name and other.kind != element.kind
    ]
    throws = element.kind == "intermediateThrowEvent"
    if not ends:
        yield at(
            element,
            "bpmn-link-end",
            Sentence(
                "Expected another end of the link “{name}” in the same process or "
                "sub-process, but there is none.",
                {"name": name},
            ),
            Sentence("Draw the other end, or correct the name."),
        )
    if throws and len(ends) > 1:
        yield at(
            element,
            "bpmn-link-twice",
            Sentence(
                "Expected one place where the link “{name}” goes on, but there are "
                "{count}.",
                {"name": name, "count": len(ends)},
            ),
            Sentence("Keep one of them, or give them different names."),
        )
    yield from _drawn(element, around, throws=throws)


def _drawn(element: ElementInfo, around: Around, *, throws: bool) -> Iterator[Problem]:
    flows = around.outgoing[element.id] if throws else around.incoming[element.id]
    if any(flow.drawn for flow in flows):
        yield at(
            element,
            "bpmn-link-flow",
            Sentence(
                "Expected no flow out of the throwing end of a link or into its catching "
                "end, but there is one."
            ),
            Sentence("Remove the flow: the link stands for it."),
        )
