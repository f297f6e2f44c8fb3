"""Judges whether diagrams fit together: all that is wrong, at once.

What cannot be read at all, and extensions that nobody knows, are found while reading, in
`engine.bpmn.dialect`. Deadlocks and lack of synchronisation are judged by the policy's
soundness check, forms and roles by its other checks.
"""

from collections.abc import Collection, Iterable, Iterator

from engine.bpmn.checks.calls import check_calls
from engine.bpmn.checks.collaboration import check_collaboration
from engine.bpmn.checks.compensation import check_compensation
from engine.bpmn.checks.conditions import check_condition
from engine.bpmn.checks.directions import check_direction
from engine.bpmn.checks.event_subs import check_event_sub
from engine.bpmn.checks.events import check_event
from engine.bpmn.checks.flows import check_flows
from engine.bpmn.checks.gateways import check_gateway
from engine.bpmn.checks.ids import check_ids
from engine.bpmn.checks.lanes import check_lanes
from engine.bpmn.checks.links import check_link
from engine.bpmn.checks.loops import check_loop
from engine.bpmn.checks.paths import check_paths
from engine.bpmn.checks.surroundings import Around
from engine.bpmn.checks.tasks import check_task
from engine.bpmn.checks.transactions import check_transaction
from engine.bpmn.dialect import Diagram
from engine.bpmn.elements import ProcessInfo
from engine.bpmn.problems import Problem


def find_problems(
    diagrams: Iterable[Diagram], decisions: Collection[str] | None
) -> list[Problem]:
    """Return everything that is wrong with *diagrams*, in the order of the files.

    Args:
        diagrams: All files of a deployment.
        decisions: Ids of its decisions; None where they are not known.
    """
    diagrams = list(diagrams)
    problems = [problem for diagram in diagrams for problem in diagram.problems]
    problems += check_ids(diagrams)
    for diagram in diagrams:
        problems += check_collaboration(diagram)
        problems += check_lanes(diagram)
    processes = [process for diagram in diagrams for process in diagram.processes]
    for process in processes:
        problems += _of_process(process, decisions)
    problems += check_calls(processes)
    order = {diagram.file: number for number, diagram in enumerate(diagrams)}
    unique = dict.fromkeys(map(_Comparable, problems))
    return sorted((held.problem for held in unique), key=lambda found: order[found.file])


class _Comparable:
    """A problem that equals another which says the same, since values may be unhashable."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self._key = (problem.file, problem.element, problem.rule, str(problem.what))

    def __hash__(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Comparable) and self._key == other._key


def _of_process(
    process: ProcessInfo, decisions: Collection[str] | None
) -> Iterator[Problem]:
    around = Around(process)
    yield from check_flows(around)
    yield from check_paths(around)
    for element in process.elements.values():
        yield from check_event(element, around)
        yield from check_condition(element)
        yield from check_event_sub(element, around)
        yield from check_link(element, around)
        yield from check_gateway(element, around)
        yield from check_direction(element, around)
        yield from check_task(element, decisions)
        yield from check_loop(element)
        yield from check_compensation(element, around)
        yield from check_transaction(element, around)
