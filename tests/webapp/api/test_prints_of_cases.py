"""Prints of a case are listed and fetched by who may see it."""

import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.commands.policies.deployments import DeployBundle
from engine.commands.tasks.lifecycle import CompleteTask
from tests.engine.commands.conftest import ENTERED, FOUND, waiting
from tests.engine.queries.cases.test_prints import with_print
from tests.people import actor


@pytest.fixture
def place(deployed, minimal):
    deployed.run(DeployBundle(with_print(minimal)), by=actor(deployed, "root"))
    case_id = deployed.run(
        StartCase("minimal", "complaint", ENTERED), by=actor(deployed, "lin")
    )
    return f"/cases/{case_id}/prints"


@pytest.fixture
def found(deployed, place):
    """The place of the prints of a case that has come so far."""
    task = waiting(deployed, "investigate")
    deployed.run(CompleteTask(task, FOUND), by=actor(deployed, "lin"))
    return place


def test_a_print_is_there_once_the_case_has_come_so_far(caller, place):
    assert caller("lin").get(place).json == []
    assert caller("lin").get(f"{place}/handling").status_code == 409


def test_prints_are_listed_with_their_copies(caller, found):
    [told] = caller("lin").get(found).json

    assert (told["id"], told["title"]) == ("handling", "客户投诉处理单")
    assert [copy["number"] for copy in told["copies"]] == [1, 2]


@pytest.mark.parametrize("asked", ["", "?copy=2"])
def test_a_print_is_fetched_as_pdf(caller, found, asked):
    pytest.importorskip("webapp.paper.pdf", exc_type=OSError)

    answer = caller("lin").get(f"{found}/handling{asked}")

    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert answer.data.startswith(b"%PDF")
    answer.close()


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("handling?copy=3", 404),
        ("handling?copy=0", 422),
        ("handling?x=1", 422),
        ("no", 404),
    ],
)
def test_what_there_is_not_is_refused(caller, found, asked, status):
    answer = caller("lin").get(f"{found}/{asked}")

    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"


def test_prints_are_not_for_strangers(caller, found):
    for login, status in (("wu", 403), ("lin", 200)):
        assert caller(login).get(found).status_code == status
    assert caller("wu").get(f"{found}/handling").status_code == 403
    assert caller("lin").get("/cases/999/prints").status_code == 404
    assert caller("lin").get("/cases/999/prints/handling").status_code == 404
