"""Variables that may be missing where they are needed, on some way through the diagrams."""

import pytest

from engine.language import say
from engine.policy import check
from tests.engine.policy.ways.drawing import (
    call,
    choice,
    end,
    flow,
    gateway,
    inputs,
    missing,
    node,
    number,
    policy,
    process,
    script,
    start,
    task,
    timer,
    way,
)

KIND = choice("kind", "big", "small")
BIG, SMALL = 'kind = "big"', 'kind = "small"'


def asked(condition="amount > 5"):
    """Return a question with two answers, behind the element ``asking``."""
    return (
        gateway("asking", "no") + task("yes") + task("no") + end("e1") + end("e2")
        + flow("asking", "yes", condition) + flow("asking", "no")
        + way("yes", "e1") + way("no", "e2")
    )  # fmt: skip


def test_a_required_field_is_there():
    bundle = policy(
        process(start(form="open"), way("start", "asking"), asked()),
        open=[number("amount")],
    )

    assert missing(bundle) == []


def test_a_field_that_may_be_left_empty_is_told():
    bundle = policy(
        process(start(form="open"), way("start", "asking"), asked()),
        open=[number("amount", required=False)],
    )

    assert missing(bundle) == [("asking-yes", "amount")]


@pytest.mark.parametrize(
    "condition",
    [
        "amount != null and amount > 5",
        "amount = null or amount > 5",
        "is defined(amount) and amount > 5",
        "get or else(amount, 0) > 5",
        "amount = 5",
        "if amount = null then false else amount > 5",
    ],
)
def test_a_question_that_minds_null_is_not_told(condition):
    bundle = policy(
        process(start(form="open"), way("start", "asking"), asked(condition)),
        open=[number("amount", required=False)],
    )

    assert missing(bundle) == []


def branching(second, *, default="skip", back="asking"):
    """Return a process where only one of two branches sets the amount."""
    return process(
        start(form="open"),
        gateway("which", default),
        task("fill", "fill"),
        task("skip"),
        gateway("both"),
        way("start", "which"),
        flow("which", "fill", BIG),
        flow("which", "skip"),
        way("fill", "both", back),
        way("skip", "both"),
        asked(second),
    )


def test_what_only_one_branch_sets_is_told_with_the_way():
    bundle = policy(branching("amount > 5"), open=[KIND], fill=[number("amount")])

    (found,) = [each for each in check(bundle) if each.rule == "variable-unset"]

    assert found.element == "asking-yes"
    assert found.severity == "warning"
    assert str(found.what) == (
        "The expression amount > 5 needs amount, which has no value yet on the way "
        "start → which → skip → both → asking."
    )
    assert say(found.what, "zh_CN").startswith(
        "表达式 amount > 5 需要 amount，但沿“start →"
    )


@pytest.mark.parametrize(
    ("second", "found"),
    [
        (f"{BIG} and amount > 5", []),
        (f"{SMALL} and amount > 5", [("asking-yes", "amount")]),
        (f"if {BIG} then amount > 5 else false", []),
        (f"not({SMALL}) and amount > 5", []),
    ],
)
def test_ways_that_exclude_each_other_are_no_ways(second, found):
    bundle = policy(branching(second), open=[KIND], fill=[number("amount")])

    assert missing(bundle) == found


def test_a_condition_on_what_was_set_anew_excludes_nothing():
    changed = process(
        start(form="open"),
        gateway("which", "skip"),
        task("fill", "fill"),
        task("skip", "again"),
        gateway("both"),
        way("start", "which"),
        flow("which", "fill", BIG),
        flow("which", "skip"),
        way("fill", "both", "asking"),
        way("skip", "both"),
        asked(f"{BIG} and amount > 5"),
    )
    bundle = policy(changed, open=[KIND], again=[KIND], fill=[number("amount")])

    assert missing(bundle) == [("asking-yes", "amount")]


def test_a_hidden_field_is_there_where_its_condition_holds():
    def bundle(condition):
        return policy(
            process(
                start(form="open"),
                gateway("which", "wait"),
                timer("wait", "date and time(string(amount))"),
                task("other"),
                end(),
                end("e2"),
                way("start", "which"),
                flow("which", "other", condition),
                flow("which", "wait"),
                way("wait", "end"),
                way("other", "e2"),
            ),
            open=[KIND, number("amount", hide='kind != "big"')],
        )

    assert missing(bundle(SMALL)) == []
    assert missing(bundle(BIG)) == [("wait", "amount")]


def test_both_branches_of_a_fork_are_taken():
    def bundle(kind):
        return policy(
            process(
                start(form="open"),
                gateway("fork", kind=kind),
                task("fill", "fill"),
                task("other"),
                gateway("join", kind=kind),
                way("start", "fork", "fill", "join", "asking"),
                way("fork", "other", "join"),
                asked(),
            ),
            open=[KIND],
            fill=[number("amount")],
        )

    assert missing(bundle("parallel")) == []


def test_scripts_and_timers_need_their_variables():
    bundle = policy(
        process(
            start(form="open"),
            script("double", "amount * 2", "twice"),
            timer("wait", "date(twice)"),
            task("late"),
            timer("border", "date(other)", "late"),
            end(),
            end("e2"),
            way("start", "double", "wait", "late", "end"),
            way("border", "e2"),
        ),
        open=[number("amount", required=False), number("other", required=False)],
    )

    assert missing(bundle) == [("double", "amount"), ("border", "other")]


def test_what_is_only_set_later_is_told_even_where_null_does_no_harm():
    bundle = policy(
        process(
            start(form="open"),
            gateway("first", "go"),
            task("stop"),
            end("e0"),
            task("go", "fill"),
            end(),
            way("start", "first"),
            flow("first", "stop", 'fate = "x"'),
            flow("first", "go"),
            way("stop", "e0"),
            way("go", "end"),
        ),
        open=[KIND],
        fill=[choice("fate", "x", "y")],
    )

    assert missing(bundle) == [("first-stop", "fate")]


def test_a_way_back_may_bring_the_value():
    bundle = policy(
        process(
            start(form="open"),
            gateway("again"),
            task("fill", "fill"),
            gateway("first", "go"),
            task("go"),
            end(),
            way("start", "again", "first"),
            flow("first", "fill", 'fate != "x"'),
            flow("first", "go"),
            way("fill", "again"),
            way("go", "end"),
        ),
        open=[KIND],
        fill=[choice("fate", "x", "y")],
    )

    assert missing(bundle) == []


CALLED = process(
    start("s2"), gateway("g2", "n2"), task("y2"), task("n2"), end("e3"), end("e4"),
    way("s2", "g2"), flow("g2", "y2", "amount > 5"), flow("g2", "n2"),
    way("y2", "e3"), way("n2", "e4"), key="inner",
)  # fmt: skip


@pytest.mark.parametrize(
    ("required", "mappings", "more", "found"),
    [
        (True, "", "", []),
        (False, "", "", [("g2-y2", "amount")]),
        (False, inputs(amount="5"), "", []),
        (
            True,
            inputs(other="5"),
            'propagateAllParentVariables="false"',
            [("g2-y2", "amount")],
        ),
        (False, inputs(amount="5"), 'propagateAllParentVariables="false"', []),
    ],
)
def test_called_processes_see_what_their_callers_see(required, mappings, more, found):
    outer = process(
        start(form="open"), call("ask", "inner", mappings, more), end(),
        way("start", "ask", "end"),
    )  # fmt: skip
    bundle = policy(outer, CALLED, open=[number("amount", required=required)])

    assert missing(bundle) == found


def test_what_a_called_process_sets_is_there_afterwards():
    inner = process(
        start("s2"), task("fill", "fill"), end("e3"), way("s2", "fill", "e3"), key="inner"
    )
    outer = process(
        start(form="open"), call("ask", "inner"), way("start", "ask", "asking"), asked()
    )
    bundle = policy(outer, inner, open=[KIND], fill=[number("amount")])

    assert missing(bundle) == []


def test_sub_processes_set_what_their_elements_set():
    def bundle(form):
        inner = start("s2") + task("fill", form) + end("e3") + way("s2", "fill", "e3")
        return policy(
            process(
                start(form="open"),
                node("subProcess", "sub", inner),
                timer("late", "now()", "sub"),
                task("other"),
                gateway("both"),
                way("start", "sub", "both", "asking"),
                way("late", "other", "both"),
                asked(),
            ),
            open=[KIND],
            fill=[number("amount")],
            empty=[number("amount", required=False)],
        )

    way_by_the_border = [("asking-yes", "amount")]
    assert missing(bundle("fill")) == way_by_the_border
    assert missing(bundle("empty")) == way_by_the_border


def test_a_loop_over_a_list_needs_the_list():
    loop = (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="=steps" inputElement="step"/>'
        "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
    )

    def bundle(form):
        return policy(
            process(
                start(form="open"),
                task("each", more=loop),
                task("fill", "fill"),
                end(),
                *(
                    (way("start", "fill", "each", "end"),)
                    if form
                    else (way("start", "each", "fill", "end"),)
                ),
            ),
            open=[KIND],
            fill=[
                {
                    **number("steps"),
                    "type": "taglist",
                    "values": [{"label": "a", "value": "a"}],
                }
            ],
        )

    assert missing(bundle(True)) == []
    assert missing(bundle(False)) == [("each", "steps")]


def test_a_due_date_that_is_only_known_later_is_told():
    due = (
        "<bpmn:extensionElements><zeebe:userTask/><zeebe:taskSchedule"
        ' dueDate="=deadline"/><zeebe:assignmentDefinition candidateGroups="clerk"/>'
        "</bpmn:extensionElements>"
    )

    def bundle(first):
        tasks = ("fill", "do") if first else ("do", "fill")
        return policy(
            process(
                start(form="open"),
                node("userTask", "do", due),
                task("fill", "fill"),
                end(),
                way("start", *tasks, "end"),
            ),
            open=[KIND],
            fill=[{**number("deadline"), "type": "datetime", "subtype": "date"}],
        )

    assert missing(bundle(first=True)) == []
    assert missing(bundle(first=False)) == [("do", "deadline")]
