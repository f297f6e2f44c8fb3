"""Each mutation changes one thing, and says which."""

from collections import Counter

from engine.simulation.mutation import mutations
from tests.engine.policy.bundles import minimal

ALL = mutations(minimal())


def of(kind: str, element: str) -> list[str]:
    return [str(each.what) for each in ALL if (each.kind, each.element) == (kind, element)]


def content(element: str, what: str) -> str:
    (found,) = [each for each in ALL if (each.element, str(each.what)) == (element, what)]
    return found.content.decode()


def test_they_are_numbered_and_the_same_every_time() -> None:
    again = mutations(minimal())

    assert again == ALL
    assert [each.number for each in ALL] == list(range(1, len(ALL) + 1))


def test_each_changes_its_file_and_no_two_are_the_same() -> None:
    before = minimal().files

    assert all(each.content != before[each.file] for each in ALL)
    most = Counter((each.file, each.content) for each in ALL).most_common(1)
    assert most[0][1] == 1


def test_deadlines_and_reminders_are_moved() -> None:
    assert of("deadline", "investigate") == [
        "deadline: 3 working hours → 4 working hours",
        "warn: 2 working hours → 3 working hours",
    ]


def test_a_candidate_group_becomes_another_role() -> None:
    assert of("candidate group", "investigate") == ["candidateGroups: clerk → head"]


def test_four_eyes_are_taken_out() -> None:
    assert of("safeguard", "approve") == ["fourEyes is taken out: investigate"]
    assert "fourEyes" not in content("approve", "fourEyes is taken out: investigate")


def test_a_condition_is_turned_round() -> None:
    conditions = [str(each.what) for each in ALL if each.kind == "condition"]

    assert '=remedy = "replace" → = not(remedy = "replace")' in conditions


def test_the_default_flow_changes_places_with_its_sibling() -> None:
    (mutation,) = [each for each in ALL if each.kind == "default flow"]

    assert "The default flow leads to" in str(mutation.what)


def test_recipients_of_a_letter_are_taken_out() -> None:
    told = [str(each.what) for each in ALL if each.kind == "notification"]

    assert told == [
        "letter: late → answer",
        "groups is taken out: head",
        "letter: answer → late",
        "people is taken out: =registrar.login",
    ]


def test_every_required_field_may_stay_empty_once() -> None:
    fields = {(each.file, each.element) for each in ALL if each.kind == "required field"}

    assert ("forms/register.form", "customerName") in fields
