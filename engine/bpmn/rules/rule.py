"""One rule that a diagram keeps."""

from dataclasses import dataclass

from engine.model import Sentence


@dataclass(frozen=True, slots=True)
class Rule:
    """What a diagram must be; a finding that names the rule says where it is not."""

    id: str  #: Stable, such as ``bpmn-flow-border``.
    says: Sentence
    source: str  #: Whose rule it is; ours where we carry out less than BPMN allows.
