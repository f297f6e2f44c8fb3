"""A case that another system registered and went on with is erased as any other."""

import pytest

from engine.commands.cases.erasing import EraseExpired
from engine.model import SYSTEM
from engine.store.agreeing import find_disagreements
from engine.store.verifying import verify
from tests.engine.commands.cases.everywhere import found
from tests.engine.commands.conftest import ENTERED, FOUND, waiting, work

MARK = "密密qzx"  #: Nothing else of the tests has it.


def keyed(what):
    """Return the header of a sender who makes keys of people's names."""
    return {"Idempotency-Key": f"{what}-qzx"}


@pytest.fixture
def registered(caller, deployed, root):
    """The number of a case of which another system told, which then was cancelled."""
    system = caller("lin")
    entered = {**ENTERED, "customerName": MARK, "subject": f"水泵{MARK}"}
    starts = "/policies/minimal/processes/complaint/cases"
    case = system.post(starts, {"values": entered}, headers=keyed("case")).json
    file = {"data": f"附件{MARK}".encode(), "headers": keyed("file")}
    system.post(f"/cases/{case['id']}/documents?name={MARK}.txt", **file)
    system.post(f"/cases/{case['id']}/comments", {"text": MARK}, headers=keyed("say"))
    early = {"name": "goods-arrived", "key": case["number"], "message_id": f"m-{MARK}"}
    early |= {"payload": {"carrier": MARK}}
    assert caller("root").post("/messages", early).status_code == 200
    task = waiting(deployed, "investigate")
    told = {"values": {**FOUND, "findings": MARK}}
    done = system.post(f"/tasks/{task}/complete", told, headers=keyed("task"))
    assert done.status_code == 200
    root.send(f"/cases/{case['id']}/cancel", {"reason": MARK})
    return case["id"]


def places(engine, folder):
    return {place.partition(".")[0] for place in found(MARK, engine, folder)}


def test_what_it_told_is_in_many_places(registered, engine, tmp_path):
    kept = places(engine, tmp_path)

    assert kept > {"submission", "document", "comment", "message", "execution", "cases"}
    assert not kept & {"journal", "chain"}


def test_nothing_of_it_is_left(registered, engine, root, tmp_path):
    root.send(f"/cases/{registered}/erase", {"reason": "客户要求"})
    work(engine)
    engine.run(EraseExpired(), by=SYSTEM)

    assert places(engine, tmp_path) == set()
    with engine.database.reading(engine.clock.now(), SYSTEM) as reading:
        assert verify(reading) == []
        assert list(find_disagreements(reading)) == []
