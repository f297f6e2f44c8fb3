"""Says where a case left the way that its scenario describes."""

from engine.model import EngineError, InvalidValues, Sentence


class Differs(EngineError):
    """The case did not go as written, so that going on makes no sense."""


def told(error: EngineError) -> Sentence:
    """Return what *error* says, with what is wrong at each field."""
    said = error.sentence
    if isinstance(error, InvalidValues):
        for field, faults in error.errors.items():
            for fault in faults:
                said = Sentence(
                    "{before} {field}: {fault}",
                    {"before": said, "field": field, "fault": fault},
                )
    return said
