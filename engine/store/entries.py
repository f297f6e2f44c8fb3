"""What the ledger says of a case: derived from its variables by columns and measures."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.feel import Expression, to_json
from engine.model import EngineError, InvalidState, Json, Sentence, Variables
from engine.policy import LoadedPolicy
from engine.policy.sections.cells import cell
from engine.policy.sections.ledger import Ledger
from engine.policy.sections.statistics import Statistics
from engine.store.facts import case_facts, feel_context
from engine.store.models import Case
from engine.store.reading import Reading
from engine.store.surveys import survey_of
from engine.store.values import canonical

_WORST, _BEST = 1, 5


@dataclass(frozen=True, slots=True)
class Entry:
    """The row of a case in the ledger of its policy."""

    closed_at: datetime | None
    state: str
    unit: str | None
    values: Variables
    measures: Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Grounds:
    """All that the entry of a case is derived from."""

    case: Case
    policy: LoadedPolicy
    ledger: Ledger
    names: Mapping[str, Json]  #: What the expressions may read.

    @property
    def digest(self) -> str:
        """A sha256 that differs when the entry may have become another one."""
        statistics = self.policy.settings.statistics
        said = [column.value for column in self.ledger.columns]
        said += statistics.measures.values() if statistics is not None else ()
        read = frozenset[str]().union(*(each.reads | each.doubtful for each in said))
        state = [self.case.deployment_id, self.case.state, self.case.unit]
        known = [state, {name: self.names[name] for name in read if name in self.names}]
        return hashlib.sha256(canonical(known)).hexdigest()


def keeper_of(reading: Reading, case: Case, policy: LoadedPolicy) -> LoadedPolicy:
    """Return the policy by whose ledger the entry of *case* is kept.

    It is *policy*, that of its own deployment, until a later one with other columns takes
    the entry over.
    """
    return policy if case.ledger_by is None else reading.loaded(case.ledger_by)


def grounds_of(
    reading: Reading, case: Case, policy: LoadedPolicy, names: Mapping[str, Json]
) -> Grounds | None:
    """Return what the entry of *case* is derived from; None where it has none.

    Args:
        reading: The tables.
        case: The case, with its head as it is to be.
        policy: By whose ledger its entry is kept, see `keeper_of`.
        names: Its variables, and the facts that all expressions of it may read.
    """
    ledger = policy.settings.ledger
    if ledger is None or case.process_id not in ledger.processes:
        return None
    zone = ZoneInfo(policy.settings.zone)
    known = {
        **names,
        **case_facts(case, policy),
        "survey": _survey(reading, case, policy),
        "clock": {"openedAt": _text(case.started_at, zone), "closedAt": _ended(case, zone)},
    }
    return Grounds(case, policy, ledger, known)


def entry_of(reading: Reading, grounds: Grounds) -> tuple[Entry, list[Sentence]]:
    """Return what the ledger shall say of a case, and what of it cannot be derived.

    What cannot be derived is null.
    """
    case, policy = grounds.case, grounds.policy
    zone, context = ZoneInfo(policy.settings.zone), feel_context(reading, policy)
    troubles: list[Sentence] = []

    def value(expression: Expression) -> Json:
        try:
            return to_json(expression.evaluate(grounds.names, context).value)
        except EngineError as error:
            troubles.append(error.sentence)
            return None

    values: dict[str, Json] = {}
    for column in grounds.ledger.columns:
        try:
            values[column.id] = cell(column, value(column.value), zone)
        except InvalidState as error:
            troubles.append(error.sentence)
            values[column.id] = None
    statistics = policy.settings.statistics
    said = {} if statistics is None else statistics.measures
    measures = {key: _measure(key, value(each)) for key, each in said.items()}
    entry = Entry(
        case.ended_at, case.state, _unit(case, statistics, values), values, measures
    )
    return entry, troubles


def local_day(moment: datetime, policy: LoadedPolicy) -> date:
    """Return the day of *moment* in the time zone of *policy*."""
    return moment.astimezone(ZoneInfo(policy.settings.zone)).date()


def _survey(reading: Reading, case: Case, policy: LoadedPolicy) -> Json:
    """Return what the customer answered; only of closed cases anybody asks for it."""
    public = policy.settings.public
    if case.state != "closed" or public is None or public.survey is None:
        return None
    return survey_of(reading, case.id)


def _text(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).isoformat(timespec="seconds")


def _ended(case: Case, zone: ZoneInfo) -> str | None:
    return None if case.ended_at is None else _text(case.ended_at, zone)


def _measure(key: str, value: Json) -> Json:
    """Return a measure as it counts; what is none counts as not measured."""
    if key != "satisfaction":
        return value if isinstance(value, bool) else None
    is_number = isinstance(value, int | float) or hasattr(value, "is_finite")
    if isinstance(value, bool) or not is_number:
        return None
    return value if _WORST <= value <= _BEST else None


def _unit(case: Case, statistics: Statistics | None, values: Variables) -> str | None:
    """Return the responsible unit: the column that says it, or the unit of the case."""
    if statistics is None or statistics.unit is None:
        return case.unit
    unit = values[statistics.unit]
    return unit if isinstance(unit, str) else None
