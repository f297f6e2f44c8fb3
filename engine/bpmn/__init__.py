"""Carries out BPMN processes with SpiffWorkflow, which nobody else knows.

It is given definitions, variables and the moment, and gives back what happened. It
reads no clock, draws no random number, writes no table and calls nobody.
"""

from engine.bpmn.advance import (
    Activity,
    Advance,
    DecisionTaken,
    FlowTaken,
    IncidentOpened,
    Job,
    Signal,
    Subscription,
    Timer,
    UserTask,
    Waiting,
)
from engine.bpmn.definitions import Definitions, Examined, examine, inspect
from engine.bpmn.elements import (
    ElementInfo,
    ExpressionInfo,
    FlowInfo,
    ProcessInfo,
    StartInfo,
    Term,
    TimerInfo,
)
from engine.bpmn.evaluation import Surroundings
from engine.bpmn.execution import Execution
from engine.bpmn.problems import ModelError, ModelErrors, Problem
from engine.bpmn.returning import Judge, Place, Standing
from engine.bpmn.rules import RULES, Rule
from engine.bpmn.starts import next_start
from engine.bpmn.state import Saved, without_tokens
from engine.bpmn.timers import TimerError

__all__ = [
    "RULES",
    "Activity",
    "Advance",
    "DecisionTaken",
    "Definitions",
    "ElementInfo",
    "Examined",
    "Execution",
    "ExpressionInfo",
    "FlowInfo",
    "FlowTaken",
    "IncidentOpened",
    "Job",
    "Judge",
    "ModelError",
    "ModelErrors",
    "Place",
    "Problem",
    "ProcessInfo",
    "Rule",
    "Saved",
    "Signal",
    "Standing",
    "StartInfo",
    "Subscription",
    "Surroundings",
    "Term",
    "Timer",
    "TimerError",
    "TimerInfo",
    "UserTask",
    "Waiting",
    "examine",
    "inspect",
    "next_start",
    "without_tokens",
]
