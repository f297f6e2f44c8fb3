import pytest

from engine.commands.people.units import AddUnit, ChangeUnit
from engine.model import Conflict, InvalidValues, NotAllowed, NotFound
from engine.store.models import Unit
from tests.engine.commands.knowing import rows


def unit(engine, key):
    [found] = rows(engine, Unit, Unit.key == key)
    return found


def test_it_adds_a_unit_below_another(engine, who):
    engine.run(AddUnit("north-1", "北区一店", "store", "north"), by=who("root"))

    assert unit(engine, "north-1").parent == "north"


def test_adding_needs_an_administrator(engine, who):
    with pytest.raises(NotAllowed):
        engine.run(AddUnit("west", "西区营业所", "branch"), by=who("lin"))


def test_it_refuses_a_key_that_is_taken(engine, who):
    with pytest.raises(Conflict, match="北区营业所"):
        engine.run(AddUnit("north", "另一个", "branch"), by=who("root"))


def test_it_refuses_an_unknown_parent(engine, who):
    with pytest.raises(NotFound, match="nowhere"):
        engine.run(AddUnit("west", "西区营业所", "branch", "nowhere"), by=who("root"))


def test_it_says_what_is_wrong_at_each_field(engine, who):
    with pytest.raises(InvalidValues) as refusal:
        engine.run(AddUnit("West!", "", "Branch Office"), by=who("root"))

    assert set(refusal.value.errors) == {"key", "name", "kind"}


def test_it_changes_name_and_parent(engine, who):
    engine.run(ChangeUnit("south", "华南营业所", "north", active=False), by=who("root"))

    changed = unit(engine, "south")
    assert (changed.name, changed.parent, changed.active) == ("华南营业所", "north", False)


def test_a_unit_does_not_lie_below_itself(engine, who):
    engine.run(ChangeUnit("south", "南区营业所", "north"), by=who("root"))

    with pytest.raises(InvalidValues) as refusal:
        engine.run(ChangeUnit("north", "北区营业所", "south"), by=who("root"))

    assert set(refusal.value.errors) == {"parent"}


def test_changing_needs_an_administrator_and_a_unit(engine, who):
    with pytest.raises(NotAllowed):
        engine.run(ChangeUnit("north", "北区"), by=who("zhao"))
    with pytest.raises(NotFound):
        engine.run(ChangeUnit("west", "西区"), by=who("root"))
