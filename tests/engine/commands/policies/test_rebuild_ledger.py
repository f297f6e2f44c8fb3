"""A ledger that comes later, or changes, says of older cases what it says of new ones."""

import re

import pytest

from engine.commands.cases.erasing import ErasePersonalData
from engine.commands.cases.lifecycle import CancelCase, CorrectVariable, StartCase
from engine.commands.ledger.closings import CloseMonth
from engine.commands.policies.deployments import ActivateDeployment, DeployBundle
from engine.commands.policies.rebuilding import RebuildLedger
from engine.model import SYSTEM, NotAllowed
from engine.policy import Bundle
from engine.store.agreeing import find_disagreements
from engine.store.models import Case, Deployment, Job, LedgerEntry
from tests.engine.commands.conftest import ENTERED, changed
from tests.engine.commands.knowing import rows
from tests.ledgers import with_ledger

ENQUIRY = """
[[start]]
process = "other-complaint"
by = "staff"
title = "查询"
roles = ["clerk"]
"""
BY_SUBJECT = ('value = "= customerName"', 'value = "= subject"')


def begin(engine, who, **entered):
    start = StartCase("minimal", "complaint", ENTERED | entered)
    return engine.run(start, by=who("lin"))


def owed(engine):
    return rows(engine, Job, Job.kind == "ledger", Job.state == "waiting")


def rebuild(engine):
    """Do what is owed of ledgers, and return how many entries it were."""
    done = 0
    while jobs := owed(engine):
        done += engine.run(RebuildLedger(jobs[0].id), by=SYSTEM)
    return done


def customers(engine):
    return [each.values["customer"] for each in rows(engine, LedgerEntry)]


def disagreements(engine):
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        return [str(fault.sentence) for fault in find_disagreements(reading)]


def renamed(diagram):
    """Return *diagram* with other ids throughout: of the process, of all its elements."""
    for name in set(re.findall(r' id="([^"]+)"', diagram)):
        diagram = re.sub(rf'(["\s>]){name}(["<])', rf"\1other-{name}\2", diagram)
    return diagram.replace('formId="other-', 'formId="').replace(
        'value="other-answer"', 'value="answer"'
    )


@pytest.fixture
def kept(engine, who, minimal):
    """A case that came before the ledger, and one that came with it."""
    engine.run(DeployBundle(minimal), by=who("root"))
    begin(engine, who, customerName="演示·早先")
    engine.run(DeployBundle(with_ledger(minimal)), by=who("root"))
    begin(engine, who, customerName="演示·如今")
    return engine


def test_older_cases_come_into_a_new_ledger(kept):
    assert rebuild(kept) == 1

    assert sorted(customers(kept)) == ["演示·如今", "演示·早先"]
    assert not disagreements(kept)


def test_they_are_kept_in_step_from_then_on(kept, who):
    rebuild(kept)
    [older, _] = rows(kept, Case)

    correction = CorrectVariable(older.id, {"customerName": "演示·改名"}, "录错")
    kept.run(correction, by=who("root"))

    assert "演示·改名" in customers(kept)
    assert not disagreements(kept)


def test_columns_that_change_say_it_of_all_cases(kept, who, minimal):
    rebuild(kept)
    other = changed(with_ledger(minimal), "policy.toml", *BY_SUBJECT)
    kept.run(DeployBundle(other), by=who("root"))

    assert rebuild(kept) == 2

    assert customers(kept) == [ENTERED["subject"]] * 2
    assert not disagreements(kept)


def test_columns_that_change_back_do_too(kept, who, minimal):
    rebuild(kept)
    other = changed(with_ledger(minimal), "policy.toml", *BY_SUBJECT)
    kept.run(DeployBundle(other), by=who("root"))
    rebuild(kept)
    [_, second, _] = rows(kept, Deployment)

    kept.run(ActivateDeployment(second.id), by=who("root"))
    rebuild(kept)

    assert sorted(customers(kept)) == ["演示·如今", "演示·早先"]


def test_other_words_for_the_same_columns_change_nothing(kept, who, minimal):
    rebuild(kept)
    renamed = changed(
        with_ledger(minimal), "policy.toml", 'title = "客户"', 'title = "顾客"'
    )

    kept.run(DeployBundle(renamed), by=who("root"))

    assert not owed(kept)


def test_closed_months_stay_as_they_are(kept, who, minimal, clock):
    rebuild(kept)
    clock.move(days=40)
    kept.run(CloseMonth("minimal", "2026-03"), by=who("zhao"))
    begin(kept, who, customerName="演示·四月")
    before = customers(kept)
    other = changed(with_ledger(minimal), "policy.toml", *BY_SUBJECT)

    kept.run(DeployBundle(other), by=who("root"))

    assert rebuild(kept) == 1
    assert customers(kept) == [*before[:-1], ENTERED["subject"]]
    assert not disagreements(kept)


def test_what_was_erased_stays_erased(kept, who):
    [older, _] = rows(kept, Case)
    kept.run(CancelCase(older.id, "重复"), by=who("root"))
    kept.run(ErasePersonalData(older.id, "客户要求"), by=who("root"))

    assert rebuild(kept) == 0

    assert customers(kept) == ["演示·如今"]


def test_a_process_that_leaves_the_ledger_takes_its_cases_along(kept, who, minimal):
    rebuild(kept)
    enquiry = renamed(minimal.text("complaint.bpmn"))
    policy = with_ledger(minimal).text("policy.toml") + ENQUIRY
    alone = policy.replace(
        'readers = ["head"]', 'readers = ["head"]\nprocesses = ["other-complaint"]'
    )
    files = {"other.bpmn": enquiry.encode(), "policy.toml": alone.encode()}

    kept.run(DeployBundle(Bundle("minimal", minimal.files | files)), by=who("root"))
    rebuild(kept)

    assert not customers(kept)
    assert not disagreements(kept)


def test_only_operations_may(kept, who):
    [job] = owed(kept)

    with pytest.raises(NotAllowed):
        kept.run(RebuildLedger(job.id), by=who("lin"))
