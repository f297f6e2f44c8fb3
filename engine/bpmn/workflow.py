"""A running process: SpiffWorkflow's trees of tasks, kept to the tokens that are alive.

SpiffWorkflow gives the task with its states, the tree and the nesting of workflows. What
it predicts of the future and keeps of the past is left out: a tree holds its root and
the living tokens. A token lies below another where it belongs to it: the events that
watch an activity, the instances of a multi-instance activity.
"""

from abc import abstractmethod
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from engine.bpmn.advance import Log
from engine.bpmn.phases import PHASE, WATCHING
from engine.model import Json

ROOT = ""  #: Key of the root in each tree.


def age(token_id: str) -> int:
    """Return a number by which older tokens come first, whatever tree they are in."""
    return int(token_id[1:] or 0)


class Token(Task):
    """A token: a place where the process is.

    Its `data` are its local variables, its `internal_data` what the element notes.
    """

    triggered = False
    thread_id = 0
    last_state_change = 0.0

    def __init__(
        self,
        workflow: Any,
        task_spec: Any,
        parent: Task | None = None,
        state: int = TaskState.FUTURE,
        id: str = ROOT,
    ) -> None:
        # SpiffWorkflow's constructor reads the clock and draws a random id.
        self.id = id
        self.workflow = workflow
        self.task_spec = task_spec
        self._parent = None if parent is None else parent.id
        self._children: list[str] = []
        self._state = state
        self.data: dict[str, Json] = {}
        self.internal_data: dict[str, Json] = {}
        workflow.tasks[id] = self
        if parent is not None:
            parent._children.append(id)

    def _set_state(self, value: int) -> None:
        self._state = value  # Without its time and its line in the log.


class Sleepers:
    """Tokens of a case that are not in its trees until they are asked for: here none."""

    def wake(self, token_id: str) -> None:
        """Bring *token_id* back into its tree, with what belongs to it."""

    def wake_inside(self, body: str) -> None:
        """Bring back all that belongs to the token *body*."""

    def wake_all(self) -> None:
        """Bring back everything."""

    def written(self, idle: Any) -> dict[str, Any]:
        """Return what sleeps and what is *idle*, to be saved."""
        return dict(idle.instances)

    def count(self, body: str) -> int:
        """Return how many instances of *body* sleep."""
        return 0


class TokenTree:
    """What the top process, called processes and sub-processes have in common."""

    tasks: dict[str, Token]
    task_tree: Token
    top_workflow: "CaseWorkflow"
    spec: Any
    data: dict[str, Json]
    completed: bool
    host: Token | None  #: The token of the activity that it runs inside.
    is_home: bool  #: Whether what it writes stays here: not so in a sub-process.
    records: list[Json]  #: Of completed activities that can be undone, oldest first.

    def plant(self) -> None:
        """Set the root that the tokens hang from."""
        self.records = []
        self.task_tree = Token(self, self.spec.start, state=TaskState.COMPLETED)

    def put(
        self,
        spec: Any,
        parent: Token | None = None,
        *,
        data: Mapping[str, Json] | None = None,
        notes: Mapping[str, Json] | None = None,
    ) -> Token:
        """Place a new token at *spec*; it takes its turn when it is made ready."""
        top = self.top_workflow
        top.counter += 1
        token = Token(self, spec, parent or self.task_tree, id=f"t{top.counter}")
        token.data.update(data or {})
        token.internal_data.update(notes or {})
        top.index[token.id] = token
        return token

    @property
    def is_undoing(self) -> bool:
        """Whether it is there for a compensation handler only, and is no scope."""
        return self.host is not None and bool(self.host.task_spec.undoes)

    def tokens(self) -> Iterator[Token]:
        """Yield every living token of this tree, oldest first."""
        for token in list(self.tasks.values()):
            if token.id != ROOT:
                yield token

    def put_in_order(self) -> None:
        """Let the oldest tokens come first, after some have come back."""
        self.tasks = dict(sorted(self.tasks.items(), key=lambda each: age(each[0])))

    def withdraw(self, token: Token) -> None:
        """Take *token* away, with everything inside it and attached to it."""
        self.top_workflow.sleepers.wake_inside(token.id)
        inner = self.top_workflow.subprocesses.pop(token.id, None)
        if inner is not None:
            inner.completed = True
            for lost in inner.task_tree.children:
                inner.withdraw(lost)
        for child in token.children:
            self.withdraw(child)
        token.cancel()
        self.forget(token)

    def forget(self, token: Token) -> None:
        """Take *token* out of the tree without a word."""
        self._remove_task(token.id)  # type: ignore[attr-defined]

    def update_waiting_tasks(self) -> None:
        """Do nothing: tokens wait for events, not for being looked at."""

    def _task_completed_notify(self, task: Token) -> None:
        if task.id in self.tasks:
            self.forget(task)
        if not self.completed and self._is_over():
            for watcher in self.task_tree.children:
                self.withdraw(watcher)
            self.completed = True
            self.finish()

    def _is_over(self) -> bool:
        """Tell whether none is left but those that watch for event sub-processes."""
        left = len(self.tasks) - 1
        return left <= len(self.spec.watches) and all(
            token.internal_data.get(PHASE) == WATCHING for token in self.tokens()
        )

    def _task_removed_notify(self, task: Token) -> None:
        self.top_workflow.index.pop(task.id, None)

    @abstractmethod
    def finish(self) -> None:
        """Go on around this process, which has no token left."""


class InnerWorkflow(TokenTree, BpmnSubWorkflow):
    """A called process or an embedded sub-process, inside the token of its activity."""

    host: Token

    def __init__(self, spec: Any, host: Token, top: "CaseWorkflow", is_home: bool) -> None:
        # SpiffWorkflow's constructor makes events and counts depths, which none reads.
        self.host = host
        self.is_home = is_home
        self.parent_task_id = host.id
        self.top_workflow = top
        self.spec = spec
        self.tasks = {}
        self.data = {}
        self.completed = False
        self.plant()

    def finish(self) -> None:
        """Let the activity around it go on."""
        self.top_workflow.subprocesses.pop(self.host.id, None)
        self.host.task_spec.inner_done(self.host, self)


class CaseWorkflow(TokenTree, BpmnWorkflow):
    """The top process of a case, with all that runs inside it."""

    host = None
    is_home = True

    def __init__(self, spec: Any, specs: Mapping[str, Any], script_engine: Any) -> None:
        self.index: dict[str, Token] = {}
        self.agenda: deque[Token] = deque()
        self.urgent: deque[Token] = deque()
        self.is_hurrying = False  # Whether it is the turn of what an event set going.
        self.counter = 0
        self.allowance = 0  #: Elements that instances may run through in this step.
        self.log = Log()
        self.sleepers = Sleepers()
        super().__init__(spec, specs, script_engine=script_engine, deserializing=True)
        self.plant()

    def create_subprocess(
        self, my_task: Token, spec_name: str, is_home: bool = False
    ) -> InnerWorkflow:
        """Open the process *spec_name* inside *my_task*."""
        inner = InnerWorkflow(self.subprocess_specs[spec_name], my_task, self, is_home)
        self.subprocesses[my_task.id] = inner
        return inner

    def line_up(self, token: Token) -> None:
        """Let *token* wait for its turn; what an event set going stays ahead."""
        (self.urgent if self.is_hurrying else self.agenda).append(token)

    def hurry(self, token: Token) -> None:
        """Let *token*, which has just become ready, go before all other ready work."""
        if self.agenda and self.agenda[-1] is token:
            self.agenda.pop()
            self.urgent.append(token)

    def next_token(self) -> Token | None:
        """Return the token whose turn it is; None where none can move by itself."""
        self.is_hurrying = bool(self.urgent)
        turn = self.urgent or self.agenda
        return turn.popleft() if turn else None

    def get_task_from_id(self, task_id: str) -> Token:
        """Return the living token *task_id*, wherever it is."""
        return self.index[task_id]

    def find(self, token_id: str) -> Token | None:
        """Return the token *token_id*, if it lives."""
        if token_id not in self.index:
            self.sleepers.wake(token_id)
        return self.index.get(token_id)

    def all_tokens(self) -> Iterable[Token]:
        """Return every living token."""
        self.sleepers.wake_all()
        return self.index.values()

    def trees(self) -> Iterator[TokenTree]:
        """Yield the top process and every process inside it, oldest activity first."""
        yield self
        for host in sorted(self.subprocesses, key=age):
            yield self.subprocesses[host]

    def finish(self) -> None:
        """Do nothing more: the case is over."""
