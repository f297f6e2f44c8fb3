"""Jobs that look into the ledger: how many cases are like this one, and which to review."""

import hashlib
from datetime import timedelta

import pytest

from engine.commands.cases.lifecycle import CancelCase, StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from engine.model import SYSTEM
from engine.queries.progress.trace import CaseTrace
from engine.store.models import Case, Incident, JournalLine, Task
from engine.store.values import loads
from tests.engine.commands.conftest import ENTERED, FOUND, work
from tests.engine.commands.knowing import rows
from tests.ledgers import with_job, with_ledger

MISUSE = FOUND | {"fault": "misuse"}
WEEK = '=today() - duration("P7D")'


class Desk:
    """The clerk, on an engine whose small policy ends with a job."""

    def __init__(self, engine, who) -> None:
        self.engine, self.lin = engine, who("lin")

    def register(self, **entered) -> int:
        start = StartCase("minimal", "complaint", ENTERED | entered)
        return self.engine.run(start, by=self.lin)

    def finish(self, case_id: int) -> dict:
        """Find out about a case, let the machine do the rest, and return its variables."""
        [task] = rows(self.engine, Task, Task.case_id == case_id, Task.state == "open")
        self.engine.run(CompleteTask(task.id, MISUSE), by=self.lin)
        work(self.engine)
        return self.engine.ask(CaseTrace(case_id), by=SYSTEM).variables


@pytest.fixture
def desk(engine, who, minimal):
    """Deploy the small policy with a ledger, and a job where it answers the customer."""

    def deploy(kind, **headers) -> Desk:
        bundle = with_job(with_ledger(minimal), kind, **headers)
        engine.run(DeployBundle(bundle), by=who("root"))
        return Desk(engine, who)

    return deploy


def test_cases_like_this_one_are_counted_but_not_itself(desk):
    counting = desk("count-cases", where="={unit: branch}", since=WEEK)
    for branch in ("north", "north", "south"):
        counting.register(branch=branch)

    assert counting.finish(counting.register())["count"] == 2


@pytest.mark.parametrize(
    ("headers", "count"),
    [
        ({"where": '={fault: "misuse"}'}, 1),
        ({"where": '={fault: ["misuse", null]}'}, 3),
        ({"where": "={}"}, 3),
        ({"where": "={}", "state": "closed"}, 1),
        ({"where": "={}", "state": "open, cancelled"}, 3),
        ({"where": "={}", "since": '=now() - duration("PT3H")'}, 1),
    ],
)
def test_what_counts_is_said_by_headers(desk, who, clock, headers, count):
    counting = desk("count-cases", **{"since": WEEK, **headers})
    counting.finish(counting.register())
    called_off = CancelCase(counting.register(), "误登记")
    counting.engine.run(called_off, by=who("root"))
    counting.register()
    clock.move(days=1)
    counting.register()

    assert counting.finish(counting.register())["count"] == count


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"where": "=fault"}, "where to be a context, but it is misuse"),
        ({"where": "={}", "since": "=fault"}, "since to be a date, but it is misuse"),
        ({"where": "={}", "state": "=fault"}, "none called misuse"),
        ({"where": "=context put({}, fault, 1)"}, "none called misuse"),
    ],
)
def test_what_cannot_be_counted_stops_the_case(desk, headers, said):
    counting = desk("count-cases", **{"since": WEEK, **headers})

    counting.finish(counting.register())

    [incident] = rows(counting.engine, Incident)
    assert incident.element_id == "answer"
    assert said in str(incident.sentence)
    assert rows(counting.engine, Case)[0].state == "open"


@pytest.fixture
def sampling(desk):
    return desk("draw-sample", process="complaint", count="2", since=WEEK)


def drawn(variables) -> list[str]:
    return [row["number"] for row in variables["sample"]]


def test_closed_cases_are_drawn_by_lot(sampling, clock):
    for _ in range(5):
        sampling.finish(sampling.register())
    still_open = sampling.register()

    sample = sampling.finish(still_open)["sample"]

    since = (clock.now() - timedelta(days=7)).date().isoformat()
    lots = {
        number: hashlib.sha256(f"{number}/{since}".encode()).hexdigest()
        for number in (f"JY-2603-000{count}" for count in range(1, 6))
    }
    assert [row["number"] for row in sample] == sorted(lots, key=lots.get)[:2]
    assert sample[0]["title"] == "演****：水泵漏水"
    assert sample[0]["fault"] == "misuse"
    assert sample[0]["closedAt"] == "2026-03-02T09:10:00+08:00"


def test_who_draws_again_draws_the_same(sampling):
    for _ in range(5):
        sampling.finish(sampling.register())
    first, second = sampling.register(), sampling.register()

    sample = drawn(sampling.finish(first))

    assert set(drawn(sampling.finish(second))) <= {*sample, "JY-2603-0006"}


def test_the_journal_says_what_was_drawn(sampling):
    sampling.finish(sampling.register())
    last = sampling.register()

    sampling.finish(last)

    lines = rows(sampling.engine, JournalLine, JournalLine.case_id == last)
    assert ["JY-2603-0001"] in [loads(line.body).get("sample") for line in lines]


def test_a_sample_of_few_is_all_of_them(sampling):
    assert sampling.finish(sampling.register())["sample"] == []
