"""Demo cases are marked as such wherever the interface tells of cases."""

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import DeployBundle
from tests.engine.commands.conftest import ENTERED
from tests.ledgers import with_reports
from tests.people import actor


@pytest.fixture
def both(engine, deployed, minimal):
    """A real case, and then a demo case."""
    engine.run(DeployBundle(with_reports(minimal)), by=actor(engine, "root"))
    cases = []
    for is_demo in (False, True):
        engine.database.holdings.demo = is_demo
        start = StartCase("minimal", "complaint", ENTERED)
        cases.append(engine.run(start, by=actor(engine, "lin")))
    engine.database.holdings.demo = False
    return cases


@pytest.mark.parametrize("path", ["/cases", "/policies/minimal/ledger"])
def test_lists_tell_demo_cases_from_real_ones(caller, both, path):
    rows = caller("root").get(path).json["rows"]

    marks = {row["number"].startswith("DEMO-"): row["is_demo"] for row in rows}
    assert marks == {False: False, True: True}


def test_a_case_and_its_task_say_whether_they_are_made_up(caller, both):
    root = caller("root")

    told = [root.get(f"/cases/{case_id}").json for case_id in both]
    tasks = [root.get(f"/tasks/{case['tasks'][0]['id']}").json for case in told]

    assert [case["is_demo"] for case in told] == [False, True]
    assert [task["is_demo"] for task in tasks] == [False, True]


@pytest.mark.parametrize("path", ["reports/trend", "ledger"])
def test_figures_say_how_many_demo_cases_they_count(caller, both, path):
    assert caller("root").get(f"/policies/minimal/{path}").json["demo_cases"] == 1
