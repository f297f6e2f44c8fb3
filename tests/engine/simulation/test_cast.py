"""Demo people are read from a file, and brought into an installation once."""

from pathlib import Path

from engine.model import SYSTEM, Membership
from engine.queries.people.roles import People
from engine.runtime import Engine
from engine.settings import Settings
from engine.simulation import bring_in, cast_beside, read_cast
from tests.engine.policy.bundles import BUNDLES


def test_units_and_people_are_read() -> None:
    cast = cast_beside(BUNDLES)

    assert [unit.key for unit in cast.units] == ["north", "south"]
    assert cast.people[1].roles == (Membership("head", "north"),)
    assert cast.holds("zhao", "head")


def test_a_wrong_key_is_told() -> None:
    _, findings = read_cast('[[person]]\nlogin = "a"\nname = "b"\nrole = "c"\n')

    assert [(each.rule, each.element) for each in findings] == [
        ("toml-unknown-key", "person[1].role")
    ]


def test_who_is_there_already_stays_as_they_are(tmp_path: Path) -> None:
    engine = Engine(Settings("sqlite://", tmp_path, tmp_path))
    engine.database.migrate()
    cast = cast_beside(BUNDLES)

    first, second = bring_in(engine, cast), bring_in(engine, cast)

    assert first == list(cast.logins)
    assert second == []
    assert {row.login for row in engine.ask(People(), by=SYSTEM).rows} == set(first)
    engine.close()
