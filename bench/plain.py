"""The measure to compare with: plain SpiffWorkflow, saved as JSON after every step."""

import time
from collections.abc import Callable
from typing import Any

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn import BpmnWorkflow
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer

from bench.models import document, plain
from bench.values import CASE, form


def steps(cases: int, clock: Callable[[], float] = time.perf_counter) -> list[float]:
    """Return the seconds of each user task completed, in *cases* whole cases."""
    parser = BpmnParser()
    parser.add_bpmn_str(document(plain()))
    spec, called = parser.get_spec("main"), parser.get_subprocess_specs("main")
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    taken: list[float] = []
    for _ in range(cases):
        workflow = BpmnWorkflow(spec, called)
        workflow.task_tree.data.update(CASE)
        workflow.do_engine_steps()
        saved = serializer.serialize_json(workflow)
        while saved is not None:
            begun = clock()
            saved = _step(serializer, saved)
            taken.append(clock() - begun)
    return taken


def _step(serializer: Any, saved: str) -> str | None:
    """Load, complete the next user task, run on, save; return None at the end."""
    workflow = serializer.deserialize_json(saved)
    task = workflow.get_next_task(state=TaskState.READY, manual=True)
    task.data.update(form(task.task_spec.name))
    task.run()
    workflow.do_engine_steps()
    again = serializer.serialize_json(workflow)
    return None if workflow.is_completed() else again
