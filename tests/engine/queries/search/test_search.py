import pytest

from engine.commands.cases.lifecycle import StartCase
from engine.queries.search.cases import Cases
from tests.engine.commands.conftest import ENTERED


@pytest.fixture
def found(deployed, who):
    for customer, subject in (("宁波启航", "退款"), ("苏州恒通", "枢密油封 A4-x")):
        entered = ENTERED | {"customerName": customer, "subject": subject}
        deployed.run(StartCase("minimal", "complaint", entered), by=who("lin"))

    def found(text):
        view = deployed.ask(Cases(text=text, sort="number"), by=who("lin"))
        return [case.customer for case in view.page.rows]

    return found


@pytest.mark.parametrize("text", ["退", "退款", "启航", "宁波启航"])
def test_one_character_is_enough(found, text):
    assert found(text) == ["宁波启航"]


@pytest.mark.parametrize("text", ["枢密", "密油", "a4", "A4-X", "a 4"])
def test_any_run_is_found_in_either_case(found, text):
    assert found(text) == ["苏州恒通"]


@pytest.mark.parametrize("text", ["款退", "油密", '"', "宁波 恒通", "' OR 1=1"])
def test_nothing_else_is_found(found, text):
    assert found(text) == []


def test_a_number_is_found_by_any_part(found):
    assert found("2603-0002") == ["苏州恒通"]
    assert found("JY-") == ["宁波启航", "苏州恒通"]


def test_all_words_have_to_be_there(found):
    assert found("宁波 退款") == ["宁波启航"]
