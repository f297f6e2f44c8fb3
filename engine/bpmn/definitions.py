"""The processes of one deployment, ready to be carried out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from engine.bpmn.checks import find_problems
from engine.bpmn.dialect import read_diagram
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
        read = examine(sources, decisions)
        if read.definitions is None:
            raise ModelErrors(read.problems)
        return read.definitions

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


@dataclass(frozen=True, slots=True)
class Examined:
    """What some BPMN files say, and everything in them that is not right."""

    processes: Mapping[str, ProcessInfo]  #: All that could be read.
    problems: list[Problem]
    definitions: Definitions | None  #: None with problems, or without decisions.


def examine(
    sources: Mapping[str, bytes], decisions: DecisionModel | None = None
) -> Examined:
    """Return what the BPMN files *sources* say, by file name, and what is wrong in them.

    Without *decisions*, the decisions that tasks call are not looked for.
    """
    diagrams = [read_diagram(file, source) for file, source in sorted(sources.items())]
    known = None if decisions is None else frozenset(decisions.decisions)
    problems = find_problems(diagrams, known)
    processes = {
        process.id: process for diagram in diagrams for process in diagram.processes
    }
    definitions = None
    if not problems and decisions is not None:
        definitions = Definitions(processes, decisions, build_specs(diagrams))
    return Examined(processes, problems, definitions)


def inspect(
    sources: Mapping[str, bytes], decisions: DecisionModel | None = None
) -> list[Problem]:
    """Return everything in the files that would not be carried out right."""
    return examine(sources, decisions).problems
