"""One run of a process: start it, move it, save it.

Each step is given the moment and its surroundings, runs until nothing can move by
itself, and returns what changed. An execution that raised anything but `Rejected` is
half moved: throw it away and load the saved one again.
"""

from collections.abc import Mapping
from types import MappingProxyType

from SpiffWorkflow.util.task import TaskState

from engine.bpmn.advance import Advance, IncidentOpened, Log, Subscription
from engine.bpmn.definitions import Definitions
from engine.bpmn.evaluation import Evaluator, Surroundings
from engine.bpmn.failures import Stopped, unpack
from engine.bpmn.joins import ready_join
from engine.bpmn.nodes import Node, begin_process, is_alive, let_conditions_happen
from engine.bpmn.nodes.throwing import find_catcher, throw
from engine.bpmn.nodes.waits import open_wait
from engine.bpmn.phases import INCIDENT, PHASE, WATCHING, WORKING
from engine.bpmn.returning import Judge, Standing, send_back, standing_of
from engine.bpmn.state import Saved, read_state, write_state
from engine.bpmn.variables import assign, visible
from engine.bpmn.workflow import CaseWorkflow, Token, age
from engine.model import InvalidState, NotFound, Sentence, Variables

MOST_STEPS = 1000  #: Elements that one step may run through; more is an endless loop.


class Execution:
    """A process on its way from start to end."""

    def __init__(self, definitions: Definitions, workflow: CaseWorkflow) -> None:
        self._definitions = definitions
        self._workflow = workflow

    @classmethod
    def start(
        cls,
        definitions: Definitions,
        process_id: str,
        variables: Variables,
        around: Surroundings,
        *,
        start_event: str | None = None,
    ) -> tuple["Execution", Advance]:
        """Begin a process and run to the first stop.

        Args:
            definitions: The deployment that the case runs on.
            process_id: The process to begin.
            variables: What the start is given.
            around: The moment and what else the step is given.
            start_event: Which start event; the none start event unless said.

        Raises:
            NotFound: If there is no such process or start event.
        """
        spec = definitions.specs[definitions.process(process_id).id]
        begin = spec.begin if start_event is None else spec.task_specs.get(start_event)
        if begin is None or begin.kind != "startEvent":
            raise NotFound(
                "Expected a start event “{element}” in process “{process}”, but there is "
                "none.",
                element=start_event,
                process=process_id,
            )
        workflow = CaseWorkflow(spec, definitions.specs, None)
        execution = cls(definitions, workflow)
        execution._begin_step(around)
        if not begin.element.outputs:
            workflow.data.update(variables)
        token = begin_process(workflow, begin)
        if begin.element.outputs:
            token.data.update(variables)
        return execution, execution._run()

    @classmethod
    def load(cls, definitions: Definitions, saved: Saved) -> "Execution":
        """Take up an execution where `save` left it."""
        return cls(definitions, read_state(saved, definitions.specs))

    def rewound(self, to: Saved) -> "Execution":
        """Return this execution as it stood at *to*; new tokens get names of their own."""
        earlier = Execution.load(self._definitions, to)
        earlier._workflow.counter = self._workflow.counter
        return earlier

    def has_placed(self, token: str) -> bool:
        """Tell whether *token*, alive or not, is among those placed so far."""
        return age(token) <= self._workflow.counter

    def save(self) -> Saved:
        """Return the execution as text."""
        return write_state(self._workflow)

    @property
    def variables(self) -> Variables:
        """The variables of the root scope."""
        return MappingProxyType(self._workflow.data)

    @property
    def ended(self) -> bool:
        """Whether no token is left."""
        return bool(self._workflow.completed)

    @property
    def incidents(self) -> tuple[IncidentOpened, ...]:
        """The tokens that are stopped, and why."""
        return tuple(
            IncidentOpened(
                token.id,
                token.task_spec.element.process_id,
                token.task_spec.element.id,
                token.internal_data[INCIDENT]["kind"],
                unpack(token.internal_data[INCIDENT]),
            )
            for token in self._workflow.all_tokens()
            if INCIDENT in token.internal_data
        )

    @property
    def places(self) -> Mapping[str, str]:
        """For each living token the id of its element."""
        return {
            token.id: token.task_spec.element.id for token in self._workflow.all_tokens()
        }

    @property
    def awaited(self) -> Mapping[str, str]:
        """For each token that something outside moves on, what: a task, a timer, a job…"""
        return {
            token.id: token.task_spec.awaits
            for token in self._workflow.all_tokens()
            if token.task_spec.awaits
            and token.internal_data.get(PHASE) in (WORKING, WATCHING)
            and INCIDENT not in token.internal_data
        }

    def subscription(self, token: str, around: Surroundings) -> Subscription:
        """Return the message or signal that is waited for at *token*."""
        place = self._waiting(token, "message", "signal")
        self._begin_step(around)
        watches = place.internal_data[PHASE] == WATCHING
        wait = place.task_spec.prepare(place.parent if watches else place)
        open_wait(place, place.task_spec.element, wait)
        opened = self._workflow.log.opened[token]
        assert isinstance(opened, Subscription)
        return opened

    def visible(self, token: str) -> Variables:
        """Return the variables as the element at *token* sees them."""
        return dict(visible(self._token(token)))

    def complete(self, token: str, values: Variables, around: Surroundings) -> Advance:
        """Finish the user or manual task at *token* with *values*."""
        return self._finish(token, "task", values, around)

    def standing(self, token: str) -> Standing:
        """Return where the task at *token* stands, and what else is in its scope.

        Raises:
            InvalidState: If no task waits there, or it can go nowhere else.
        """
        return standing_of(self._waiting(token, "task"))

    def send_back(
        self, token: str, target: str, judge: Judge, around: Surroundings
    ) -> Advance:
        """Let the earlier task *target* wait in place of the one at *token*.

        Raises:
            NotFound: If the scope has no such user task.
            InvalidState: If no task waits there, or by the *judge* it must not go back.
        """
        place = self._waiting(token, "task")
        self._begin_step(around)
        send_back(place, target, judge)
        return self._run()

    def finish_job(self, token: str, values: Variables, around: Surroundings) -> Advance:
        """Finish the job at *token* with *values*."""
        return self._finish(token, "job", values, around)

    def fail_job(
        self, token: str, code: str, values: Variables, around: Surroundings
    ) -> Advance:
        """End the job at *token* with an error that a boundary event may catch.

        Raises:
            InvalidState: If no job waits there, or nobody catches the error.
        """
        place = self._waiting(token, "job")
        catcher = find_catcher(place, "error", code, own=True)
        if catcher is None:
            raise InvalidState(
                "Expected the error {code} to be caught, but nothing around it does.",
                code=code,
            )
        self._begin_step(around)
        throw(catcher, values)
        return self._run()

    def fire(self, token: str, around: Surroundings) -> Advance:
        """Let the timer at *token*, which is due, go off."""
        place = self._waiting(token, "timer")
        self._begin_step(around)
        place.task_spec.met(place, {})
        return self._run()

    def deliver(self, token: str, payload: Variables, around: Surroundings) -> Advance:
        """Hand a message or signal with *payload* to the subscription at *token*."""
        place = self._waiting(token, "message", "signal")
        self._begin_step(around)
        place.task_spec.met(place, payload)
        return self._run()

    def retry(self, token: str, around: Surroundings) -> Advance:
        """Go on at the incident at *token*.

        Raises:
            InvalidState: If it is not stopped.
        """
        place = self._token(token)
        if INCIDENT not in place.internal_data:
            raise InvalidState(
                "Expected an incident at {token}, but there is none.", token=token
            )
        self._begin_step(around)
        self._workflow.log.close(token)
        place.task_spec.resume(place)
        return self._run()

    def correct(
        self, values: Variables, around: Surroundings, *, token: str | None = None
    ) -> Advance:
        """Set variables of the root scope; with *token*, as the element there sees them."""
        self._begin_step(around)
        if token is None:
            self._workflow.data.update(values)
        else:
            assign(self._token(token), values, own=True)
        return self._run()

    def _finish(
        self, token: str, awaited: str, values: Variables, around: Surroundings
    ) -> Advance:
        place = self._waiting(token, awaited)
        self._begin_step(around)
        place.task_spec.deposit(place, values)
        place.task_spec.work_done(place)
        return self._run()

    def _token(self, token: str) -> Token:
        place = self._workflow.find(token)
        if place is None:
            raise InvalidState(
                "Expected the case to wait at {token}, but it no longer does.", token=token
            )
        return place

    def _waiting(self, token: str, *awaited: str) -> Token:
        """Return the token if it waits for that.

        Raises:
            InvalidState: If it is gone, or waits for something else.
        """
        place = self._token(token)
        phase = place.internal_data.get(PHASE)
        if phase not in (WORKING, WATCHING) or place.task_spec.awaits not in awaited:
            raise InvalidState(
                "Expected the case to wait at {token}, but it no longer does.", token=token
            )
        return place

    def _begin_step(self, around: Surroundings) -> None:
        self._workflow.log = Log()
        self._workflow.allowance = 0
        self._workflow.script_engine = Evaluator(self._definitions.decisions, around)

    def _run(self) -> Advance:
        """Run every token that can move, and return what happened."""
        workflow, steps = self._workflow, 0
        while True:
            while (token := workflow.next_token()) is not None:
                if is_alive(token):
                    steps += 1
                    _run_token(token, steps, MOST_STEPS + workflow.allowance)
            if let_conditions_happen(workflow):
                continue
            released = ready_join(workflow)
            if released is None:
                return workflow.log.advance(bool(workflow.completed))
            released._ready()


def _run_token(token: Token, steps: int, limit: int) -> None:
    if steps <= limit:
        token.run()
        return
    node: Node = token.task_spec
    token._set_state(TaskState.STARTED)
    node.stop(
        token,
        Stopped(
            "budget",
            Sentence(
                "Expected the process to come to a stop within {limit} elements, but it "
                "goes on and on.",
                {"limit": limit},
            ),
        ),
    )
