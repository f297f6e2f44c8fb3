"""A case while a command moves it on: its row, its policy, and where it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import bindparam, update

from engine.bpmn import Execution, Saved, Surroundings
from engine.feel import Context, Expression, to_json
from engine.model import Json, NotFound, Variables
from engine.policy import LoadedPolicy
from engine.store.ahead import Stand, stand_of
from engine.store.facts import carried_facts, feel_context
from engine.store.history import Flows
from engine.store.models import Case, SavedExecution, Task
from engine.store.transaction import Transaction
from engine.store.values import dumps, loads

_SAVED = SavedExecution.__table__
_SAVE = update(_SAVED).where(_SAVED.c.case_id == bindparam("of_case"))


@dataclass(slots=True)
class Moving:
    """What the steps of one command on one case have in hand."""

    tx: Transaction
    case: Case
    policy: LoadedPolicy
    execution: Execution
    flows: Flows = field(default_factory=dict)  #: That the case took up to now.
    opened: list[Task] = field(default_factory=list)  #: Tasks that the command opened.
    hops: int = 0  #: Signals that led here, from case to case.
    came_from: Stand | None = None  #: Where the case stood when it was picked up.
    #: The task whose completion this is, as long as it could be taken back.
    undo_task: int | None = None

    @property
    def around(self) -> Surroundings:
        """The moment, the calendar and the facts that the case is carried out in."""
        return surroundings(self.tx, self.case, self.policy)

    def save(self) -> None:
        """Remember where the case stands."""
        saved = self.execution.save()
        may_undo = self.undo_task is not None and self.came_from is not None
        before = self.came_from if may_undo else None
        state, variables, flows = before or (None, None, None)
        self.tx.execute(
            _SAVE,
            {
                "of_case": self.case.id,
                "state": saved.state,
                "variables": saved.variables,
                "flows": dumps(self.flows),
                "undo_task": self.undo_task if before else None,
                "undo_state": state,
                "undo_variables": variables,
                "undo_flows": flows,
            },
        )


def pick_up(tx: Transaction, case: Case, stand: Stand | None = None) -> Moving:
    """Load where a locked case stands, unless that was read since it was locked."""
    policy = tx.loaded(case.deployment_id)
    stand = stand or stand_of(tx, case)
    if stand is None:
        raise NotFound(
            "Expected to find where case {case} stands, but that is not kept.", case=case.id
        )
    state, variables, flows = stand
    saved = Saved(state=state, variables=variables)
    execution = Execution.load(policy.definitions, saved)
    return Moving(tx, case, policy, execution, loads(flows), came_from=stand)


def surroundings(tx: Transaction, case: Case, policy: LoadedPolicy) -> Surroundings:
    """Return the moment, the calendar and the facts that a case is carried out in."""
    return Surroundings(
        now=tx.now, calendar=policy.calendar, facts=carried_facts(tx, case, policy)
    )


@dataclass(frozen=True, slots=True)
class Sight:
    """What the expressions of policy.toml and roles.toml see of a case."""

    names: Mapping[str, Json]
    context: Context

    def value(self, expression: Expression | None) -> Json:
        """Return the value of *expression*; None where there is no expression.

        Raises:
            EngineError: If it takes too long, or gives what is no data.
        """
        if expression is None:
            return None
        return to_json(expression.evaluate(self.names, self.context).value)


def sight(tx: Transaction, case: Case, policy: LoadedPolicy, variables: Variables) -> Sight:
    """Return what expressions about *case* see when it has these variables."""
    facts = carried_facts(tx, case, policy)
    return Sight({**variables, **facts}, feel_context(tx, policy))
