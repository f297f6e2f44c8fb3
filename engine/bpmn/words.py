"""What people call the elements of a diagram."""

from collections.abc import Iterable

from engine.model import Sentence

_WORDS = {
    "startEvent": Sentence("a start event"),
    "endEvent": Sentence("an end event"),
    "intermediateCatchEvent": Sentence("an intermediate catch event"),
    "intermediateThrowEvent": Sentence("an intermediate throw event"),
    "boundaryEvent": Sentence("a boundary event"),
    "userTask": Sentence("a user task"),
    "manualTask": Sentence("a manual task"),
    "businessRuleTask": Sentence("a business rule task"),
    "scriptTask": Sentence("a script task"),
    "serviceTask": Sentence("a service task"),
    "sendTask": Sentence("a send task"),
    "receiveTask": Sentence("a receive task"),
    "task": Sentence("an undefined task"),
    "subProcess": Sentence("a sub-process"),
    "callActivity": Sentence("a call activity"),
    "exclusiveGateway": Sentence("an exclusive gateway"),
    "parallelGateway": Sentence("a parallel gateway"),
    "inclusiveGateway": Sentence("an inclusive gateway"),
    "eventBasedGateway": Sentence("an event-based gateway"),
    "complexGateway": Sentence("a complex gateway"),
    "transaction": Sentence("a transaction"),
    "adHocSubProcess": Sentence("an ad-hoc sub-process"),
    "sequenceFlow": Sentence("a sequence flow"),
    "process": Sentence("a process"),
    "none": Sentence("none"),
    "message": Sentence("message"),
    "timer": Sentence("timer"),
    "error": Sentence("error"),
    "escalation": Sentence("escalation"),
    "terminate": Sentence("terminate"),
    "signal": Sentence("signal"),
    "link": Sentence("link"),
    "conditional": Sentence("conditional"),
    "compensate": Sentence("compensation"),
    "cancel": Sentence("cancel"),
}


def word(kind: str) -> Sentence | str:
    """Return the word for a *kind* of element or event; unknown ones are themselves."""
    return _WORDS.get(kind, kind)


def words(kinds: Iterable[str]) -> Sentence | str:
    """Return the words for *kinds*, one after the other."""
    found: Sentence | str = ""
    for kind in sorted(kinds):
        found = (
            Sentence("{first}, {next}", {"first": found, "next": word(kind)})
            if found
            else word(kind)
        )
    return found
