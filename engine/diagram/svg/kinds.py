"""What the kinds of elements are called, for people who rest the pointer on them."""

from engine.model import Sentence

_KINDS = {
    "startEvent": "start",
    "endEvent": "end",
    "intermediateCatchEvent": "event that the case waits for",
    "intermediateThrowEvent": "event that the case sends",
    "boundaryEvent": "event during a step",
    "task": "task",
    "userTask": "task of a person",
    "manualTask": "task outside the system",
    "serviceTask": "task of the machine",
    "sendTask": "sending task",
    "receiveTask": "receiving task",
    "scriptTask": "calculation",
    "businessRuleTask": "decision by a table",
    "subProcess": "sub-process",
    "adHocSubProcess": "sub-process in any order",
    "transaction": "transaction",
    "callActivity": "called process",
    "exclusiveGateway": "one way out of several",
    "inclusiveGateway": "one or more ways out of several",
    "parallelGateway": "all ways at once",
    "eventBasedGateway": "whichever happens first",
    "complexGateway": "complex gateway",
    "participant": "pool",
    "lane": "lane",
    "dataObjectReference": "data",
    "dataStoreReference": "data store",
    "dataInput": "data input",
    "dataOutput": "data output",
    "textAnnotation": "remark",
    "group": "group",
}


def kind_sentence(kind: str) -> Sentence:
    """Return what an element of *kind* is called."""
    return Sentence(_KINDS.get(kind, "element"))
