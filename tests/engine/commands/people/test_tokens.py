import pytest

from engine.commands.people.accounts import ChangePerson
from engine.commands.people.tokens import EndToken, MakeToken, SeeToken
from engine.model import SYSTEM, Conflict, InvalidValues, NotAllowed, NotFound
from engine.queries.people.tokens import AllTokens, HolderOf, MyTokens
from engine.store.models import ApiToken, JournalLine
from tests.engine.commands.knowing import rows


@pytest.fixture
def made(engine, who):
    return engine.run(MakeToken("售后系统", ("tasks", "intake")), by=who("lin"))


def test_a_token_acts_for_the_person_who_made_it(engine, who, made):
    holder = engine.ask(HolderOf(made.token), by=SYSTEM)

    assert holder.actor == who("lin")
    assert holder.scopes == {"intake", "tasks"}


def test_only_its_digest_is_kept(engine, made):
    [row] = rows(engine, ApiToken)
    lines = rows(engine, JournalLine, JournalLine.command == "MakeToken")

    assert made.token not in str(vars(row))
    assert all(made.token not in str(vars(line)) for line in lines)


def test_it_is_told_only_once(engine, who):
    command = MakeToken("售后系统", ("tasks",))
    engine.run(command, by=who("lin"), command_id="once")

    with pytest.raises(Conflict):
        engine.run(command, by=who("lin"), command_id="once")


@pytest.mark.parametrize("login", ["lin", "root"])
def test_one_ends_ones_own_token_and_administrators_anybodys(engine, who, made, login):
    engine.run(EndToken(made.id), by=who(login))

    assert engine.ask(HolderOf(made.token), by=SYSTEM) is None
    assert engine.ask(MyTokens(), by=who("lin")) == ()


def test_nobody_ends_the_token_of_another(engine, who, made):
    with pytest.raises(NotFound):
        engine.run(EndToken(made.id), by=who("zhao"))


def test_an_administrator_makes_one_for_another(engine, who):
    command = MakeToken("网点系统", ("intake",), who("lin").person_id)
    made = engine.run(command, by=who("root"))

    assert engine.ask(HolderOf(made.token), by=SYSTEM).actor.login == "lin"
    [listed] = engine.ask(AllTokens(), by=who("root")).rows
    assert (listed.login, listed.created_by) == ("lin", "管理员")


def test_nobody_else_makes_one_for_another(engine, who):
    with pytest.raises(NotAllowed):
        engine.run(MakeToken("x", ("intake",), who("lin").person_id), by=who("zhao"))


@pytest.mark.parametrize(
    ("name", "scopes", "field"),
    [
        (" ", ("tasks",), "name"),
        ("x" * 101, ("tasks",), "name"),
        ("x", (), "scopes"),
        ("x", ("everything",), "scopes"),
    ],
)
def test_it_has_a_name_and_known_scopes(engine, who, name, scopes, field):
    with pytest.raises(InvalidValues) as refusal:
        engine.run(MakeToken(name, scopes), by=who("lin"))

    assert set(refusal.value.errors) == {field}


def test_it_holds_no_longer_than_its_person_is_active(engine, who, made):
    lin = who("lin").person_id
    gone = ChangePerson(lin, "林文员", None, rights=(), active=False)
    engine.run(gone, by=who("root"))

    assert engine.ask(HolderOf(made.token), by=SYSTEM) is None


def test_it_is_noted_when_it_was_used(engine, who, made, clock):
    engine.run(SeeToken(made.id), by=who("lin"))
    first = clock.now()
    clock.move(minutes=1)
    engine.run(SeeToken(made.id), by=who("lin"))

    [listed] = engine.ask(MyTokens(), by=who("lin"))
    assert listed.used_at == first
