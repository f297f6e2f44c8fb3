"""Months of a ledger are listed, closed and read."""

import pytest

from engine.commands.cases.lifecycle import CorrectVariable, StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.store.models import Case, ClosedMonth
from tests.engine.commands.conftest import ENTERED
from tests.engine.commands.knowing import rows
from tests.ledgers import with_reports
from tests.people import actor

MONTHS = "/policies/minimal/months"
MARCH = f"{MONTHS}/2026-03"
ONCE = {"Idempotency-Key": "order-17"}


@pytest.fixture
def kept(deployed, minimal, clock):
    """A ledger with a case of March; it is April now."""
    deployed.run(DeployBundle(with_reports(minimal)), by=actor(deployed, "root"))
    deployed.run(StartCase("minimal", "complaint", ENTERED), by=actor(deployed, "lin"))
    clock.move(days=38)
    return deployed


def test_a_month_is_closed_once(caller, kept):
    zhao = caller("zhao")
    assert [row["can_close"] for row in zhao.get(MONTHS).json] == [False, True]

    first, again = (zhao.post(f"{MARCH}/close", headers=ONCE) for _ in range(2))

    assert first.status_code == 200
    assert first.json == again.json
    assert (first.json["is_new"], first.json["figures"]["registered"]) == (True, 1)
    later = zhao.post(f"{MARCH}/close").json
    assert (later["is_new"], later["digest"]) == (False, first.json["digest"])
    assert len(rows(kept, ClosedMonth)) == 1


def test_what_changed_since_is_told(caller, engine, who, kept):
    caller("zhao").post(f"{MARCH}/close")
    root = caller("root")
    assert root.get(MARCH).json["changes"] == []
    [case] = rows(engine, Case)

    engine.run(CorrectVariable(case.id, {"branch": "south"}, "录错"), by=who("root"))
    told = root.get(MARCH).json

    assert told["month"]["closed_by"] == "赵主管"
    assert (told["figures"][0]["then"], told["figures"][0]["now"]) == (1, 1)
    assert [(it["case_id"], it["kind"]) for it in told["changes"]] == [(case.id, "changed")]


def test_it_is_closed_by_who_keeps_the_ledger(caller, kept):
    assert caller("wu").post(f"{MARCH}/close").status_code == 403
    assert caller("wu").get(MONTHS).status_code == 403
    assert caller("zhao", "reports").post(f"{MARCH}/close").status_code == 403
    assert caller("zhao", "months").post(f"{MARCH}/close").status_code == 200
    assert caller("zhao", "reports").get(MARCH).status_code == 200


@pytest.mark.parametrize(
    ("month", "status"),
    [("2026-04", 409), ("2027-01", 409), ("2026-13", 404), ("2026", 404), ("x" * 300, 404)],
)
def test_a_month_that_is_none_or_not_over_stays_open(caller, kept, month, status):
    answer = caller("zhao").post(f"{MONTHS}/{month}/close")

    assert answer.status_code == status
    assert caller("zhao").get(f"{MONTHS}/{month}").status_code == 404
    assert rows(kept, ClosedMonth) == []


def test_there_are_none_without_a_ledger(caller, deployed):
    for policy in ("minimal", "nothing"):
        assert caller("zhao").get(f"/policies/{policy}/months").status_code == 404
        place = f"/policies/{policy}/months/2026-03/close"
        assert caller("zhao").post(place).status_code == 404
