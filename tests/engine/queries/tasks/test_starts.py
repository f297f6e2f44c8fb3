"""What a start form knows about who registers, before there is a case."""

from engine.commands.cases.lifecycle import StartCase
from engine.commands.people.units import GrantRole
from engine.queries.tasks.starts import StartForm
from engine.store.models import SavedExecution
from engine.store.values import loads
from tests.engine.commands.conftest import ENTERED
from tests.engine.commands.knowing import rows

FORM = ("minimal", "complaint", "zh_CN")


def registrar(engine, who, login, unit=None):
    view = engine.ask(StartForm(*FORM, unit), by=who(login))
    return view.form.context.variables["registrar"]


def test_it_knows_the_unit_of_who_registers_and_what_that_belongs_to(deployed, who):
    deployed.run(GrantRole(who("wu").person_id, "clerk", "north"), by=who("root"))

    found = registrar(deployed, who, "wu")

    assert (found["login"], found["unit"]) == ("wu", "north")
    assert "parent" in found


def test_who_could_register_in_two_units_has_none_until_one_is_chosen(deployed, who):
    for unit in ("north", "south"):
        deployed.run(GrantRole(who("wu").person_id, "clerk", unit), by=who("root"))

    assert registrar(deployed, who, "wu")["unit"] is None
    assert registrar(deployed, who, "wu", "south")["unit"] == "south"
    assert registrar(deployed, who, "wu", "elsewhere")["unit"] is None


def test_the_case_keeps_who_registered_it(deployed, who):
    deployed.run(StartCase("minimal", "complaint", ENTERED), by=who("lin"))

    [saved] = rows(deployed, SavedExecution)
    kept = loads(saved.variables)["registrar"]
    assert kept["login"] == "lin"
    assert set(kept) == {"login", "name", "unit", "parent"}
