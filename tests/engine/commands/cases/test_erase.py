"""Personal data of cases that are over is erased; figures and the journal stay whole."""

from collections.abc import Callable

import pytest

from engine.commands.cases.erasing import EraseExpired, ErasePersonalData
from engine.commands.cases.lifecycle import CancelCase
from engine.commands.operations.upkeep import PlanUpkeep
from engine.commands.policies.deployments import DeployBundle
from engine.model import (
    SYSTEM,
    Actor,
    CaseId,
    InvalidState,
    InvalidValues,
    NotAllowed,
    NotFound,
)
from engine.policy import Bundle
from engine.queries.cases.file import CaseFile
from engine.queries.progress.executions import case_variables
from engine.queries.search.cases import Cases
from engine.runtime import Engine
from engine.store.entry_faults import entry_faults
from engine.store.models import Case, Comment, Job, LedgerEntry, Submission
from engine.store.verifying import verify
from tests.conftest import StandingClock
from tests.engine.commands.conftest import ENTERED
from tests.engine.commands.knowing import rows
from tests.ledgers import with_ledger

RETENTION = "\n[retention]\nyears = 3\n"


class Variables:
    """Asks for the variables of a case."""

    def answer(self, reading):
        return case_variables(reading, reading.find_case(1))


class Faults:
    """Asks for everything that is wrong with the journal and the ledger."""

    def answer(self, reading):
        return [*verify(reading), *entry_faults(reading, [1])]


@pytest.fixture
def minimal(minimal: Bundle) -> Bundle:
    """The small policy with a ledger, which keeps personal data for three years."""
    return with_ledger(minimal, RETENTION)


@pytest.fixture
def deployed(engine: Engine, minimal: Bundle, who: Callable[[str], Actor]) -> Engine:
    engine.run(DeployBundle(minimal), by=who("root"))
    return engine


@pytest.fixture
def ended(deployed: Engine, case_id: CaseId, who: Callable[[str], Actor]) -> CaseId:
    """A case that was cancelled."""
    deployed.run(CancelCase(case_id, "重复"), by=who("root"))
    return case_id


def test_it_erases_what_names_people_and_keeps_the_rest(
    deployed: Engine, ended: CaseId, who: Callable[[str], Actor]
) -> None:
    deployed.run(ErasePersonalData(ended, "客户要求"), by=who("root"))

    variables = deployed.ask(Variables(), by=SYSTEM)
    assert (variables["customerName"], variables["customerPhone"]) == (None, None)
    assert variables["subject"] is None  # Whoever wrote it may have named somebody.
    assert variables["branch"] == ENTERED["branch"]
    assert [each.values for each in rows(deployed, Submission)] == [None]
    [case] = rows(deployed, Case)
    assert (case.title, case.customer) == (case.number, None)
    [entry] = rows(deployed, LedgerEntry)
    assert (entry.values["customer"], entry.unit) == (None, "north")
    assert not deployed.ask(Cases(text="演示"), by=who("root")).page.rows
    assert deployed.ask(CaseFile(ended), by=who("root")).head.erased_at is not None
    assert [each.text for each in rows(deployed, Comment)] == ["客户要求"]


def test_nothing_is_wrong_with_the_journal_and_the_ledger_then(
    deployed: Engine, ended: CaseId, who: Callable[[str], Actor]
) -> None:
    deployed.run(ErasePersonalData(ended, "客户要求"), by=who("root"))

    assert deployed.ask(Faults(), by=SYSTEM) == []


def test_who_answers_for_the_policy_may_do_it(
    deployed: Engine, ended: CaseId, who: Callable[[str], Actor]
) -> None:
    deployed.run(ErasePersonalData(ended, "客户要求"), by=who("zhao"))

    assert rows(deployed, Case)[0].erased_at is not None


def test_it_is_done_once(
    deployed: Engine, ended: CaseId, who: Callable[[str], Actor]
) -> None:
    deployed.run(ErasePersonalData(ended, "客户要求"), by=who("root"))

    with pytest.raises(InvalidState, match="erased before"):
        deployed.run(ErasePersonalData(ended, "客户要求"), by=who("root"))


def test_it_is_refused_to_others_for_open_cases_and_without_a_reason(
    deployed: Engine, case_id: CaseId, who: Callable[[str], Actor]
) -> None:
    with pytest.raises(NotAllowed):
        deployed.run(ErasePersonalData(case_id, "x"), by=who("lin"))
    with pytest.raises(InvalidState, match="it is open"):
        deployed.run(ErasePersonalData(case_id, "x"), by=who("root"))
    with pytest.raises(NotFound):
        deployed.run(ErasePersonalData(CaseId(99), "x"), by=who("root"))
    deployed.run(CancelCase(case_id, "重复"), by=who("root"))
    with pytest.raises(InvalidValues):
        deployed.run(ErasePersonalData(case_id, " "), by=who("root"))


def test_every_night_what_was_kept_long_enough_is_erased(
    deployed: Engine, ended: CaseId, clock: StandingClock
) -> None:
    clock.move(days=3 * 365)
    assert deployed.run(EraseExpired(), by=SYSTEM) == 0
    deployed.run(PlanUpkeep(), by=SYSTEM)
    clock.move(days=2)

    [night] = rows(deployed, Job, Job.kind == "retention")
    deployed.run(EraseExpired(night.id), by=SYSTEM)

    [case] = rows(deployed, Case)
    assert case.erased_at is not None
    states = [each.state for each in rows(deployed, Job, Job.kind == "retention")]
    assert sorted(states) == ["done", "waiting"]
