"""The processes of one deployment, ready to be carried out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn.checks import find_problems
from engine.bpmn.dialect import Diagram, read_diagram
from engine.bpmn.elements import ProcessInfo
from engine.bpmn.problems import ModelErrors, Problem
from engine.bpmn.specs import build_specs
from engine.dmn import DecisionModel
from engine.model import NotFound


@dataclass(frozen=True, slots=True)
class Definitions:
    """The processes of a deployment and what SpiffWorkflow needs to play them.

    Nothing changes after parsing, so that threads share it.
    """

    processes: Mapping[str, ProcessInfo]
    decisions: DecisionModel
    specs: Mapping[str, Any]

    @classmethod
    def parse(cls, sources: Mapping[str, bytes], decisions: DecisionModel) -> "Definitions":
        """Return the definitions in the BPMN files *sources*, by file name.

        Raises:
            ModelErrors: With everything that would not be carried out right.
        """
        diagrams = [read_diagram(file, source) for file, source in sorted(sources.items())]
        problems = _all_problems(diagrams, decisions)
        if problems:
            raise ModelErrors(problems)
        processes = {
            process.id: process for diagram in diagrams for process in diagram.processes
        }
        return cls(processes, decisions, build_specs(diagrams))

    def process(self, process_id: str) -> ProcessInfo:
        """Return a process.

        Raises:
            NotFound: If there is none of that id.
        """
        if process_id not in self.processes:
            raise NotFound(
                "Expected to find process “{process}”, but there is none.",
                process=process_id,
            )
        return self.processes[process_id]


def inspect(
    sources: Mapping[str, bytes], decisions: DecisionModel | None = None
) -> list[Problem]:
    """Return everything in the files that would not be carried out right.

    Without *decisions*, the decisions that tasks call are not looked for.
    """
    diagrams = [read_diagram(file, source) for file, source in sorted(sources.items())]
    return _all_problems(diagrams, decisions)


def _all_problems(
    diagrams: list[Diagram], decisions: DecisionModel | None
) -> list[Problem]:
    known = None if decisions is None else frozenset(decisions.decisions)
    return find_problems(diagrams, known)
