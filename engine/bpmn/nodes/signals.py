"""Signals: whoever in the case waits for one catches it at once.

What waits in other cases, and processes that a signal starts, is the caller's business:
each signal that is thrown is in what the step returns.
"""

from engine.bpmn.advance import Signal
from engine.bpmn.phases import PHASE, SIGNAL, WATCHING, WORKING
from engine.bpmn.workflow import CaseWorkflow, Token
from engine.model import Variables


def broadcast(top: CaseWorkflow, name: str, payload: Variables) -> None:
    """Let everybody in the case who waits for the signal at this instant catch it."""
    top.log.signals.append(Signal(name, payload))
    waiting = [token for token in top.index.values() if _waits_for(token, name)]
    for token in sorted(waiting, key=age):
        if top.index.get(token.id) is token:
            token.task_spec.met(token, payload)


def age(token: Token) -> int:
    """Return a number by which older tokens come first, whatever tree they are in."""
    return int(token.id[1:])


def _waits_for(token: Token, name: str) -> bool:
    notes = token.internal_data
    return notes.get(SIGNAL) == name and notes.get(PHASE) in (WATCHING, WORKING)
