"""The clauses of a policy: from a clause to the diagram and back, and from a case."""

import pytest

from engine.commands.tasks.lifecycle import CompleteTask
from tests.engine.commands.conftest import FOUND
from tests.people import actor

PAGE = "/policies/minimal/clauses/"


def test_each_clause_is_listed_with_what_carries_and_proves_it(lin, deployed):
    page = lin.get(PAGE)

    assert page.texts("//tbody//td[1]") == ["MC-1", "MC-2", "MC-3", "MC-4", "MC-5"]
    assert "登记投诉" in page.text
    assert "3 个例案" in page.text


def test_clauses_are_listed_by_kind(lin, deployed):
    page = lin.get(f"{PAGE}?kind=deadline")

    assert page.texts("//tbody//td[1]") == ["MC-2"]


def test_a_clause_is_shown_on_the_diagram(lin, deployed):
    page = lin.get(f"{PAGE}MC-2")

    cited = page.texts("//svg//*[contains(@class, 'is-cited')]/@data-element")
    assert "investigate" in cited
    assert page.texts("//a[@rel='prev']") == ["← MC-1"]
    assert page.texts("//a[@rel='next']") == ["MC-3 →"]


def test_a_rule_of_a_table_is_named_with_its_number(lin, deployed):
    page = lin.get(f"{PAGE}MC-4")

    assert "规则 1" in page.text
    assert "/policies/versions/1/decisions/remedy" in page.texts("//main//a/@href")


def test_a_diagram_leads_back_to_its_clauses(lin, deployed):
    page = lin.get("/policies/versions/1/processes/complaint")

    assert f"{PAGE}MC-2?version=1" in page.texts("//main//a/@href")


def test_a_step_of_a_case_leads_to_its_clause(engine, lin, investigate):
    engine.run(CompleteTask(investigate, FOUND), by=actor(engine, "lin"))

    page = lin.get("/cases/1")

    assert f"{PAGE}MC-2?version=1" in page.texts("//*[@class='timeline']//a/@href")


@pytest.mark.parametrize(
    "path", [f"{PAGE}MC-9", "/policies/none/clauses/", f"{PAGE}?version=9"]
)
def test_what_is_not_there_is_not_found(lin, deployed, path):
    assert lin.get(path).status == 404
