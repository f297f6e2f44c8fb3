import pytest

from engine.commands.people.units import GrantRole, RevokeRole
from engine.model import InvalidValues, Membership, NotAllowed, NotFound, PersonId


def test_it_grants_a_role_within_a_unit(engine, who):
    engine.run(GrantRole(who("wu").person_id, "head", "south"), by=who("root"))

    assert who("wu").memberships == {Membership("head", "south")}


def test_granting_twice_changes_nothing(engine, who):
    for _ in range(2):
        engine.run(GrantRole(who("wu").person_id, "clerk"), by=who("root"))

    assert who("wu").memberships == {Membership("clerk")}


def test_it_revokes_one_role_and_leaves_the_others(engine, who):
    zhao = who("zhao").person_id
    engine.run(GrantRole(zhao, "head", "south"), by=who("root"))

    engine.run(RevokeRole(zhao, "head", "north"), by=who("root"))

    assert who("zhao").memberships == {Membership("head", "south")}


def test_revoking_what_nobody_holds_is_refused(engine, who):
    with pytest.raises(NotFound, match="吴旁人 to hold the role head"):
        engine.run(RevokeRole(who("wu").person_id, "head"), by=who("root"))


@pytest.mark.parametrize("command", [GrantRole, RevokeRole])
def test_both_need_an_administrator(engine, who, command):
    lin = who("lin")

    with pytest.raises(NotAllowed):
        engine.run(command(lin.person_id, "clerk"), by=lin)


@pytest.mark.parametrize("command", [GrantRole, RevokeRole])
def test_both_need_a_person(engine, who, command):
    with pytest.raises(NotFound):
        engine.run(command(PersonId(99), "clerk"), by=who("root"))


def test_it_refuses_an_unknown_unit(engine, who):
    with pytest.raises(NotFound, match="unit west"):
        engine.run(GrantRole(who("wu").person_id, "head", "west"), by=who("root"))


def test_it_refuses_what_is_no_role(engine, who):
    with pytest.raises(InvalidValues):
        engine.run(GrantRole(who("wu").person_id, "Head of North"), by=who("root"))
