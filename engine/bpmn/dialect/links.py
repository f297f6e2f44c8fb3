"""Joins the two ends of links by flows that are not drawn."""

from collections.abc import Iterable, Iterator

from engine.bpmn.elements import ElementInfo, FlowInfo


def link_flows(elements: Iterable[ElementInfo]) -> Iterator[FlowInfo]:
    """Yield a flow from each throwing end of a link to the catching end of its name."""
    links = [element for element in elements if element.event.link]
    catches: dict[tuple[str | None, str | None], ElementInfo] = {}
    for element in links:
        if element.kind == "intermediateCatchEvent":
            catches.setdefault((element.scope, element.event.link), element)
    for element in links:
        target = catches.get((element.scope, element.event.link))
        if element.kind == "intermediateThrowEvent" and target is not None:
            yield FlowInfo(
                id=f"{element.id}→{target.id}",
                name=element.event.link or "",
                source=element.id,
                target=target.id,
                drawn=False,
            )
