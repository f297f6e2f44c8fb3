"""All tables, as typed SQLAlchemy classes; columns and keys, no behaviour."""

from engine.store.models.cases import (
    Case,
    CaseText,
    Circle,
    Comment,
    Document,
    Draft,
    Exclusion,
    NumberSeries,
    SavedExecution,
    Submission,
)
from engine.store.models.closings import ClosedMonth
from engine.store.models.columns import Base
from engine.store.models.deadlines import Breach, BreachLeader, Extension
from engine.store.models.history import Activity, DecisionTaken, Incident
from engine.store.models.jobs import Delivery, Job, Message, Notice, Subscription
from engine.store.models.journal import Chain, Checkpoint, JournalLine, Setting
from engine.store.models.ledger import CaseLink, LedgerEntry
from engine.store.models.masked import MaskedHead
from engine.store.models.mutations import MutationRun
from engine.store.models.people import (
    LoginAttempt,
    LoginSession,
    Membership,
    Person,
    Unit,
)
from engine.store.models.policies import Deployment, DeploymentFile, Policy
from engine.store.models.public import (
    CustomerLetter,
    PublicVisit,
    SurveyAnswer,
    TrackingLink,
)
from engine.store.models.readers import PolicyReader
from engine.store.models.routing import Opinion, Routed
from engine.store.models.signatures import Signature
from engine.store.models.tasks import Task, TaskCandidate
from engine.store.models.telling import ChatRobot, NoticeChoice
from engine.store.models.tokens import ApiToken

__all__ = [
    "Activity",
    "ApiToken",
    "Base",
    "Breach",
    "BreachLeader",
    "Case",
    "CaseLink",
    "CaseText",
    "Chain",
    "ChatRobot",
    "Checkpoint",
    "Circle",
    "ClosedMonth",
    "Comment",
    "CustomerLetter",
    "DecisionTaken",
    "Delivery",
    "Deployment",
    "DeploymentFile",
    "Document",
    "Draft",
    "Exclusion",
    "Extension",
    "Incident",
    "Job",
    "JournalLine",
    "LedgerEntry",
    "LoginAttempt",
    "LoginSession",
    "MaskedHead",
    "Membership",
    "Message",
    "MutationRun",
    "Notice",
    "NoticeChoice",
    "NumberSeries",
    "Opinion",
    "Person",
    "Policy",
    "PolicyReader",
    "PublicVisit",
    "Routed",
    "SavedExecution",
    "Setting",
    "Signature",
    "Submission",
    "Subscription",
    "SurveyAnswer",
    "Task",
    "TaskCandidate",
    "TrackingLink",
    "Unit",
]
