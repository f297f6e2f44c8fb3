import pytest

from engine.store.models import Unit
from tests.engine.commands.knowing import rows

NEW = {"key": "west", "name": "西区营业所", "kind": "branch", "parent": "north"}


def test_they_are_listed(root):
    assert "北区营业所" in root.get("/units/").text


def test_one_is_added(engine, root):
    assert "西区营业所" in root.send("/units/", NEW).said()

    assert rows(engine, Unit, Unit.key == "west")[0].parent == "north"


def test_what_is_wrong_stands_at_its_field(root):
    page = root.post("/units/", NEW | {"key": "西"})

    assert page.status == 422
    assert page.texts("//*[@id='wrong-key']")
    assert page.texts("//input[@name='name'][@id='field-name']/@value") == ["西区营业所"]


def test_a_key_that_is_taken_is_refused(root):
    assert root.post("/units/", NEW | {"key": "north"}).status == 409


def test_one_is_changed_and_closed(engine, root):
    root.send("/units/north", {"name": "北方营业所"})

    unit = rows(engine, Unit, Unit.key == "north")[0]
    assert (unit.name, unit.active) == ("北方营业所", False)


def test_a_unit_lies_not_below_itself(root):
    root.post("/units/", NEW)

    page = root.post("/units/north", {"name": "北", "parent": "west", "active": "1"})

    assert page.status == 422


@pytest.mark.parametrize("path", ["/units/", "/units/north"])
def test_it_is_for_administrators_alone(lin, path):
    assert lin.post(path, NEW).status == 403
