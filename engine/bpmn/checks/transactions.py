"""Transactions: what cancels them, and where that leads."""

from collections.abc import Iterator

from engine.bpmn.checks.surroundings import Around, at
from engine.bpmn.elements import ElementInfo
from engine.bpmn.problems import Problem
from engine.model import Sentence


def check_transaction(element: ElementInfo, around: Around) -> Iterator[Problem]:
    """Yield what is wrong with *element* as a transaction, or an event that cancels it."""
    if element.kind == "transaction":
        yield from _cancelled(element, around)
    if element.event.kind != "cancel":
        return
    if element.kind == "endEvent":
        container = around.elements.get(element.scope or "")
        if container is None or container.kind != "transaction":
            yield at(
                element,
                "bpmn-cancel-end",
                Sentence(
                    "Expected a cancel end event directly inside a transaction only, but "
                    "it lies elsewhere."
                ),
                Sentence("Draw a transaction around it, or another end event."),
            )
    elif element.kind == "boundaryEvent":
        yield from _border(element, around)


def _cancelled(element: ElementInfo, around: Around) -> Iterator[Problem]:
    if not _cancel_ends(element, around):
        return
    if not _of_kind(around.attached[element.id], "cancel"):
        yield at(
            element,
            "bpmn-cancel-border",
            Sentence(
                "Expected a cancel event on the border of the transaction that can be "
                "cancelled, but there is none."
            ),
            Sentence("Draw the event, and how it goes on from there."),
        )
    if element.loop is not None or element.repeat is not None:
        yield at(
            element,
            "bpmn-cancel-once",
            Sentence(
                "Expected a transaction that can be cancelled to be done once, but it is "
                "repeated."
            ),
            Sentence("Put the transaction into a sub-process, and repeat that."),
        )


def _border(element: ElementInfo, around: Around) -> Iterator[Problem]:
    host = around.elements.get(element.attached_to or "")
    if host is None or host.kind != "transaction" or not _cancel_ends(host, around):
        yield at(
            element,
            "bpmn-cancel-place",
            Sentence(
                "Expected a cancel event on a transaction with a cancel end event only, "
                "but it sits elsewhere."
            ),
            Sentence("Remove the event, or draw the end event that it catches."),
        )
        return
    if not element.interrupting:
        yield at(
            element,
            "bpmn-cancel-interrupts",
            Sentence("Expected a cancel event to interrupt, but it does not."),
            Sentence("Make it interrupting."),
        )
    if min(event.id for event in _of_kind(around.attached[host.id], "cancel")) < element.id:
        yield at(
            element,
            "bpmn-cancel-twice",
            Sentence("Expected one cancel event on a transaction, but there are several."),
            Sentence("Keep one of them."),
        )


def _cancel_ends(transaction: ElementInfo, around: Around) -> list[ElementInfo]:
    ends = [end for end in around.within(transaction.id) if end.kind == "endEvent"]
    return _of_kind(ends, "cancel")


def _of_kind(elements: list[ElementInfo], kind: str) -> list[ElementInfo]:
    return [element for element in elements if element.event.kind == kind]
