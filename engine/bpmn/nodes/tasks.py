"""Tasks: for people, for the machine, scripts and decisions."""

from engine.bpmn.advance import DecisionTaken, Job
from engine.bpmn.assignment import open_user_task
from engine.bpmn.elements import Term
from engine.bpmn.evaluation import because
from engine.bpmn.failures import Stopped
from engine.bpmn.nodes.node import Awaited, Node, around, top_of
from engine.bpmn.variables import assign
from engine.bpmn.workflow import Token
from engine.dmn import DecisionOutcome
from engine.model import Json, Sentence


class UserTaskNode(Node):
    """A user or manual task: waits for a person."""

    awaits: Awaited | None = "task"

    def begin(self, token: Token) -> bool:
        """Open the task."""
        top = top_of(token)
        top.log.open(open_user_task(top.script_engine, token, self.element, around(token)))
        return False


class JobNode(Node):
    """A service or send task, or a message thrown: waits for the machine."""

    awaits: Awaited | None = "job"

    def begin(self, token: Token) -> bool:
        """Open the job."""
        job = self.element.job
        if job is None:
            return True
        kind = self.evaluate(token, job.type, "job type", kind="job")
        headers = {
            name: self.evaluate(token, term, f"header {name}", kind="job")
            for name, term in job.headers.items()
        }
        retries = self._retries(token, job.retries)
        if not isinstance(kind, str) or not kind:
            raise Stopped(
                "job",
                Sentence(
                    "Expected a type of job, but got {value}.", {"value": _said(kind)}
                ),
            )
        top_of(token).log.open(
            Job(
                token=token.id,
                process_id=self.element.process_id,
                element_id=self.element.id,
                type=kind,
                headers=headers,
                inputs=dict(token.data),
                retries=retries,
            )
        )
        return False

    def _retries(self, token: Token, term: Term | None) -> int:
        if term is None:
            return 3
        value = self.evaluate(token, term, "retries", kind="job")
        try:
            retries = int(value)
        except (TypeError, ValueError):
            retries = -1
        if retries < 0:
            raise Stopped(
                "job",
                Sentence(
                    "Expected a number of retries, but got {value}.",
                    {"value": _said(value)},
                ),
            )
        return retries


class PassThrough(Node):
    """An element at which nothing happens: a none event, an undefined task."""


class ScriptNode(Node):
    """A script task: FEEL whose result becomes a variable."""

    def begin(self, token: Token) -> bool:
        """Evaluate the script."""
        script = self.element.script
        if script is None:
            return True
        engine = top_of(token).script_engine
        value, result = engine.result(token, script, "script", kind="script")
        if value is None and result is not None and result.warnings:
            raise Stopped(
                "script",
                Sentence(
                    "Expected the script to give a value, but it failed: {reason}",
                    {"reason": because(result)},
                ),
            )
        put_result(self, token, value)
        return True


class DecisionNode(Node):
    """A business rule task: a decision whose result becomes a variable."""

    def begin(self, token: Token) -> bool:
        """Take the decision."""
        term = self.element.decision
        if term is None:
            return True
        top = top_of(token)
        decision_id = str(self.evaluate(token, term, "decisionId", kind="decision"))
        outcome = top.script_engine.decide(token, decision_id)
        if outcome.value is None and _without_hit(outcome, decision_id):
            raise Stopped(
                "no-rule",
                Sentence(
                    "Expected a rule of “{decision}” to match, but none does for {inputs}.",
                    {"decision": decision_id, "inputs": _inputs(outcome, decision_id)},
                ),
            )
        if outcome.value is None and outcome.warnings:
            raise Stopped(
                "decision",
                Sentence(
                    "Expected decision “{decision}” to give a value, but it failed: "
                    "{reason}",
                    {"decision": decision_id, "reason": outcome.warnings[0].sentence},
                ),
            )
        top.log.decisions.append(
            DecisionTaken(
                token.id, self.element.process_id, self.element.id, decision_id, outcome
            )
        )
        put_result(self, token, outcome.value)
        return True


def put_result(node: Node, token: Token, value: Json) -> None:
    """Write a result to the element's result variable, by the rules of propagation."""
    name = node.element.result_variable
    if name is not None:
        if node.element.outputs:
            token.data[name] = value
        else:
            assign(token, {name: value}, own=True)


def _without_hit(outcome: DecisionOutcome, decision_id: str) -> bool:
    return any(
        table.decision_id == decision_id and not table.rules for table in outcome.tables
    )


def _inputs(outcome: DecisionOutcome, decision_id: str) -> str:
    for table in outcome.tables:
        if table.decision_id == decision_id:
            return _said(table.inputs)
    return ""


def _said(value: Json) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} = {_said(held)}" for name, held in value.items())
    if isinstance(value, list):
        return ", ".join(map(_said, value))
    return "null" if value is None else str(value)
