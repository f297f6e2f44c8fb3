"""Scenarios: example cases that must go as written, as people type them in TOML.

It plays none of them; engine.simulation does.
"""

from engine.policy.scenario.deeds import (
    PUBLIC,
    CaseFollowed,
    CaseIsRetried,
    CaseIsStopped,
    Deed,
    MessageComes,
    Routed,
    SignalComes,
    Step,
    SurveyAnswered,
    TaskExtended,
    TaskIsGone,
    TaskRouted,
    TaskWaits,
)
from engine.policy.scenario.reading import (
    REMINDERS,
    End,
    ExpectedNotice,
    Scenario,
    parse_scenario,
)

__all__ = [
    "PUBLIC",
    "REMINDERS",
    "CaseFollowed",
    "CaseIsRetried",
    "CaseIsStopped",
    "Deed",
    "End",
    "ExpectedNotice",
    "MessageComes",
    "Routed",
    "Scenario",
    "SignalComes",
    "Step",
    "SurveyAnswered",
    "TaskExtended",
    "TaskIsGone",
    "TaskRouted",
    "TaskWaits",
    "parse_scenario",
]
