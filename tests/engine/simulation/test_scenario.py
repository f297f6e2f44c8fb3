"""Scenarios go as written, or every difference is told."""

from collections.abc import Iterator

import pytest

from engine.language import say
from engine.model import BundleInvalid
from engine.policy import Bundle
from engine.simulation import (
    Outcome,
    Stage,
    cast_beside,
    cover,
    read_scenario,
    run_scenario,
)
from tests.engine.policy.bundles import BUNDLES, changed, minimal, with_file

REPLACED = minimal().text("scenarios/replaced.toml")
REFUSED = minimal().text("scenarios/refused.toml")


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with Stage(minimal(), cast_beside(BUNDLES)) as ready:
        yield ready


def play(stage: Stage, text: str) -> Outcome:
    return stage.play(read_scenario("scenarios/a.toml", text))


def differences(outcome: Outcome) -> list[str]:
    return [str(difference) for difference in outcome.differences]


def edited(text: str, before: str, after: str) -> str:
    assert before in text
    return text.replace(before, after, 1)


def test_a_scenario_that_holds_passes_and_proves_its_clauses(stage: Stage) -> None:
    outcome = play(stage, REPLACED)

    assert outcome.passed
    assert outcome.clauses == {"MC-1", "MC-2", "MC-3", "MC-4", "MC-5"}
    assert ("complaint", "f6") in outcome.flows
    assert outcome.rules == {("remedy", "rule-quality")}


def test_each_scenario_begins_from_the_same_state(stage: Stage) -> None:
    first, second = play(stage, REPLACED), play(stage, REPLACED)

    assert first == second


def test_one_scenario_can_be_played_by_itself() -> None:
    scenario = read_scenario("scenarios/a.toml", REFUSED)

    assert run_scenario(minimal(), scenario, cast_beside(BUNDLES)).passed


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('group = "clerk"', 'group = "head"', "Step 1: Expected 调查投诉 to wait for head"),
        (
            "T13:40",
            "T13:41",
            "Step 1: Expected 调查投诉 to be due at 2026-03-02T13:41+08:00",
        ),
        (
            "T14:40",
            "T13:30",
            "Expected late to go to zhao, but these went: investigate → lin, answer",
        ),
        ("T14:40", "T09:00", "Step 2: Expected a moment after 2026-03-02T09:10+08:00"),
        (
            'waits = "approve"',
            'waits = "decide"',
            "Step 4: Expected decide to wait, but these do",
        ),
        (
            'by = "zhao"',
            'by = "qian"',
            "Step 4: Expected a task that 钱主管 may see",
        ),
        ("findings =", "finding =", "Step 3: Expected values that fit the form"),
        ('"goods-arrived"', '"goods"', "Step 5: Expected the case to wait for the message"),
        ("= case.number", "X-1", "Step 5: Expected the case to wait for the message"),
        ('"closed"', '"open"', "Expected the case to be open at the end, but it is closed"),
        ('["answered"]', '["reminded", "x"]', "Expected the case to come to x"),
        (
            'remedy = "replace"',
            'remedy = "refuse"',
            "Expected remedy to be refuse, but it is",
        ),
        ('to = "zhao"', 'to = "qian"', "Expected late to go to qian"),
        ('branch = "north"', 'branch = "x"', "The case could not be started"),
        ('by = "lin"', 'by = "zhao"', "The case could not be started"),
        ('by = "lin"', 'by = "nobody"', "The case could not be started"),
    ],
)
def test_a_difference_is_told(stage: Stage, before: str, after: str, expected: str) -> None:
    outcome = play(stage, edited(REPLACED, before, after))

    assert not outcome.passed
    assert not outcome.clauses
    assert any(each.startswith(expected) for each in differences(outcome)), differences(
        outcome
    )


def test_a_refusal_that_does_not_come_is_told(stage: Stage) -> None:
    outcome = play(
        stage,
        edited(
            REFUSED,
            "withinWarranty = false }\nrefused",
            'withinWarranty = false, findings = "x" }\nrefused',
        ),
    )

    assert differences(outcome) == [
        "Step 1: Expected 林文员 to be refused at 调查投诉, but it was completed."
    ]


def test_a_refusal_of_another_kind_is_told(stage: Stage) -> None:
    outcome = play(stage, edited(REFUSED, '"not-allowed"', '"conflict"'))

    assert differences(outcome)[0].startswith("Step 2: Expected a task that 钱主管 may see")


def test_several_differences_are_told_together(stage: Stage) -> None:
    text = edited(
        edited(REPLACED, "T13:40", "T13:41"), 'remedy = "replace"', 'remedy = "x"'
    )

    assert len(differences(play(stage, text))) == 2


def test_the_first_person_who_may_does_a_task_that_names_nobody(stage: Stage) -> None:
    text = edited(
        REPLACED, 'waits = "approve"\ngroup = "head"\nby = "zhao"', 'waits = "approve"'
    )

    assert play(stage, text).passed


def test_a_stop_can_be_expected_corrected_and_retried() -> None:
    bundle = changed("complaint.bpmn", '=remedy = "replace"', "=stillUnknown")
    steps = REPLACED.partition('[[step]]\nwaits = "approve"')
    text = steps[0] + (
        '[[step]]\nincident = "is-replaced"\n'
        '[[step]]\nretry = "is-replaced"\nvalues = { stillUnknown = false }\n'
        '[end]\nstate = "closed"\n'
    )
    scenario = read_scenario("scenarios/a.toml", text)

    outcome = run_scenario(bundle, scenario, cast_beside(BUNDLES))

    assert outcome.passed, differences(outcome)


def test_differences_are_said_in_chinese(stage: Stage) -> None:
    outcome = play(stage, edited(REPLACED, 'waits = "approve"', 'waits = "decide"'))

    assert say(outcome.differences[0], "zh_CN") == (
        "第 4 步：decide 应等待办理，实际等待的是：approve。"
    )


def test_a_scenario_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(BundleInvalid):
        read_scenario("scenarios/a.toml", "name = 1")


def test_a_bundle_with_errors_has_no_stage() -> None:
    bundle = changed("complaint.bpmn", 'candidateGroups="head"', "")

    with pytest.raises(BundleInvalid):
        Stage(bundle, cast_beside(BUNDLES))


def test_coverage_says_what_was_never_taken(stage: Stage) -> None:
    coverage = cover(stage.policy, [play(stage, REFUSED)])

    assert ("complaint", "f6") in coverage.flows_untaken
    assert ("complaint", "f7") in coverage.flows_taken
    assert coverage.rules_untaken == (
        ("remedy", "rule-quality"),
        ("remedy", "rule-misuse-warranty"),
    )
    assert coverage.clauses_unproven == ("MC-1", "MC-2", "MC-5")
    assert not coverage.is_complete


def by_signal() -> Bundle:
    """Return the small policy, waiting for a signal in place of the goods."""
    diagram = minimal().text("complaint.bpmn")
    for old, new in (
        ("<bpmn:message id=", '<bpmn:signal id="s" name="recall" /><bpmn:message id='),
        ("messageEventDefinition", "signalEventDefinition"),
        ('messageRef="message-goods"', 'signalRef="s"'),
    ):
        diagram = edited(diagram, old, new)
    return with_file("complaint.bpmn", diagram.encode())


def test_a_signal_comes_and_one_that_nobody_waits_for_is_a_difference() -> None:
    text = edited(REPLACED, 'message = "goods-arrived"', 'signal = "recall"')
    text = edited(text, 'key = "= case.number"\n', "")
    other = edited(text, '"recall"', '"other"')

    with Stage(by_signal(), cast_beside(BUNDLES)) as ready:
        assert play(ready, text).passed
        (told,) = differences(play(ready, other))[:1]
        assert told.startswith("Step 5: Expected the case to wait for the signal other")


INVESTIGATED = (
    'values = { fault = "quality", withinWarranty = false, findings = "密封圈破损" }'
)


def test_each_field_left_out_must_be_missed(stage: Stage) -> None:
    text = edited(
        REPLACED, INVESTIGATED, f'{INVESTIGATED}\nwithout = ["fault", "findings"]'
    )

    assert play(stage, text).passed


def test_a_field_that_is_not_missed_is_a_difference(stage: Stage) -> None:
    approved = "values = { agreed = true }"
    text = edited(REPLACED, approved, 'values = { agreed = true, x = 1 }\nwithout = ["x"]')

    (difference,) = differences(play(stage, text))

    assert difference.startswith("Step ")


def test_a_start_is_tried_without_its_fields_too(stage: Stage) -> None:
    required = edited(REPLACED, "[given]", 'without = ["customerName"]\n\n[given]')

    assert play(stage, required).passed


def test_a_reminder_has_its_time(stage: Stage) -> None:
    due = "due = 2026-03-02T13:40:00+08:00"
    right = edited(REPLACED, due, f"{due}\nwarn = 2026-03-02T11:10:00+08:00")
    wrong = edited(REPLACED, due, f"{due}\nwarn = 2026-03-02T11:20:00+08:00")

    assert play(stage, right).passed
    assert differences(play(stage, wrong)) == [
        "Step 1: Expected a reminder of 调查投诉 at 2026-03-02T11:20+08:00, but it comes at"
        " 2026-03-02T11:10+08:00."
    ]


def test_people_who_were_reminded_are_told_apart(stage: Stage) -> None:
    letter = '{ letter = "late", to = "zhao" }'
    right = edited(REPLACED, letter, '{ overdue = "investigate", to = "lin" }')
    wrong = edited(REPLACED, letter, '{ overdue = "approve", to = "lin" }')

    assert play(stage, right).passed
    assert not play(stage, wrong).passed


LATER = REPLACED.replace("2026-03-0", "2026-04-0")


def test_cases_of_other_scenarios_were_there_before(stage: Stage) -> None:
    begun = edited(
        LATER, 'process = "complaint"', 'process = "complaint"\nbefore = ["replaced"]'
    )

    assert play(stage, begun).passed
    assert play(stage, edited(begun, 'state = "closed"', 'state = "open"')).differences


def test_it_begins_after_what_was_there_before(stage: Stage) -> None:
    begun = edited(
        REPLACED, 'process = "complaint"', 'process = "complaint"\nbefore = ["replaced"]'
    )

    assert differences(play(stage, begun))[0].startswith(
        "Expected it to begin after what was there before it"
    )


def test_what_went_wrong_before_is_told() -> None:
    files = changed("scenarios/replaced.toml", 'to = "zhao"', 'to = "qian"')
    begun = edited(
        LATER, 'process = "complaint"', 'process = "complaint"\nbefore = ["replaced"]'
    )

    with Stage(files, cast_beside(BUNDLES)) as wrong:
        (difference,) = differences(play(wrong, begun))

    assert difference.startswith(
        "Before it, 质量问题：调查逾期后换货 did not go as written"
    )


def test_a_scenario_follows_another_case(stage: Stage) -> None:
    begun = edited(
        LATER, 'process = "complaint"', 'process = "complaint"\nbefore = ["replaced"]'
    )
    followed = edited(begun, "[[step]]", '[[step]]\nfollow = "JY-2603-0001"\n\n[[step]]')

    (difference,) = differences(play(stage, followed))

    assert difference.startswith("Step 2: Expected investigate to wait, but these do: -")


def test_a_case_that_is_followed_is_there(stage: Stage) -> None:
    followed = edited(REPLACED, "[[step]]", '[[step]]\nfollow = "X-1"\n\n[[step]]')

    assert differences(play(stage, followed)) == [
        "Step 1: Expected to find case X-1, but there is none."
    ]


def test_groups_are_all_for_whom_a_task_waits(stage: Stage) -> None:
    right = edited(REPLACED, 'group = "clerk"', 'groups = ["clerk"]')
    wrong = edited(REPLACED, 'group = "clerk"', 'groups = ["clerk", "head"]')

    assert play(stage, right).passed
    assert differences(play(stage, wrong)) == [
        "Step 1: Expected 调查投诉 to wait for clerk, head, but it waits for clerk."
    ]


def by_email() -> Bundle:
    return changed(
        "complaint.bpmn",
        'key="people" value="=registrar.login"',
        'key="email" value="=[customerName + &quot;@example.com&quot;]"',
    )


@pytest.mark.parametrize(
    ("address", "goes"), [("演示·客户@example.com", True), ("else@example.com", False)]
)
def test_letters_to_addresses_are_told_apart(address: str, goes: bool) -> None:
    expected = f'notices = [{{ letter = "answer", email = "{address}" }}]\n'

    with Stage(by_email(), cast_beside(BUNDLES)) as stage:
        outcome = play(stage, minimal().text("scenarios/within-warranty.toml") + expected)

    assert [f"to go to {address}" in each for each in differences(outcome)] == (
        [] if goes else [True]
    )


def test_who_wants_the_first_difference_alone_gets_no_more() -> None:
    text = edited(REPLACED, 'group = "', 'group = "not-')
    text = edited(text, 'remedy = "replace"', 'remedy = "repair"')

    with Stage(minimal(), cast_beside(BUNDLES), thorough=False) as stage:
        outcome = play(stage, text)

    assert len(outcome.differences) == 1
