"""What is known of variables comes from every part of a policy that writes them."""

import pytest

from engine.policy import Bundle, check
from engine.policy.parts import read_parts
from engine.policy.shapes import variables_of
from tests.engine.dmn.models import decision, dmn, table
from tests.engine.policy.ways.drawing import (
    choice,
    end,
    extension,
    inputs,
    node,
    number,
    policy,
    process,
    script,
    start,
    task,
    way,
)

FIELDS = [
    choice("level", "low", "high"),
    number("amount"),
    {"id": "a", "type": "checkbox", "key": "agreed"},
    {"id": "b", "type": "textfield", "key": "customer.name", "label": "x"},
    {"id": "c", "type": "datetime", "key": "seenOn", "subtype": "date", "dateLabel": "x"},
    {"id": "d", "type": "filepicker", "key": "photos", "label": "x"},
    {"id": "e", "type": "checklist", "key": "checked", "values": ["a", "b"], "label": "x"},
    {
        "id": "g",
        "type": "dynamiclist",
        "path": "visits",
        "components": [{"id": "h", "type": "number", "key": "hours", "label": "x"}],
    },
]


def variables(*inside, **forms):
    return variables_of(read_parts(policy(process(start(form="open"), *inside), **forms)))


@pytest.mark.parametrize(
    ("path", "kinds"),
    [
        ("level", {"string", "null"}),
        ("amount", {"number", "null"}),
        ("agreed", {"boolean", "null"}),
        ("customer", {"context", "null"}),
        ("customer.name", {"string", "null"}),
        ("customer.other", {"null"}),
        ("seenOn", {"string", "null"}),
        ("photos", {"list", "null"}),
        ("visits", {"list", "null"}),
        ("case.number", {"string", "null"}),
        ("nowhere", None),
    ],
)
def test_fields_say_what_they_write(path, kinds):
    known = variables(end(), way("start", "end"), open=FIELDS)

    assert known.at(tuple(path.split("."))).kinds == kinds


def test_choices_say_their_values():
    known = variables(end(), way("start", "end"), open=FIELDS)

    assert known.at(("level",)).values == {"low", "high"}
    assert known.at(("checked",)).items.values == {"a", "b"}
    assert known.at(("visits",)).items.member("hours").only("number")
    assert known.at(("photos",)).items.member("size").only("number")


def test_scripts_and_mappings_say_what_they_compute():
    sized = inputs(half="amount / 2", label='"x" + level')
    known = variables(
        script("one", "{twice: amount * 2, when: today()}", "result"),
        script("two", "result.twice", "again"),
        node("manualTask", "three", extension(sized)),
        end(),
        way("start", "one", "two", "three", "end"),
        open=FIELDS,
    )

    assert known.at(("result", "twice")).only("number")
    assert known.at(("result", "when")).only("string")  # Dates are kept as ISO texts.
    assert known.at(("again",)).only("number")
    assert known.at(("half",)).only("number")
    assert known.at(("label",)).only("string")


def test_loops_say_what_they_collect():
    loop = (
        "<bpmn:multiInstanceLoopCharacteristics><bpmn:extensionElements>"
        '<zeebe:loopCharacteristics inputCollection="=checked" inputElement="step"'
        ' outputCollection="done" outputElement="=amount"/>'
        "</bpmn:extensionElements></bpmn:multiInstanceLoopCharacteristics>"
    )
    known = variables(
        task("each", more=loop), end(), way("start", "each", "end"), open=FIELDS
    )

    assert known.at(("step",)).values == {"a", "b"}
    assert known.at(("done",)).items.only("number")


def test_messages_may_bring_anything():
    listed = '<zeebe:property name="payload" value="amount"/>'
    wait = extension(f"<zeebe:properties>{listed}</zeebe:properties>")
    known = variables(node("receiveTask", "wait", wait), end(), open=FIELDS)

    assert known.at(("amount",)).kinds is None


def deciding(policy_of_table: str, expression: str) -> Bundle:
    """Return a policy that decides by a table, and asks *expression* of the result."""
    decided = extension('<zeebe:calledDecision decisionId="way" resultVariable="route"/>')
    bundle = policy(
        process(
            start(form="open"),
            node("businessRuleTask", "decide", decided),
            script("then", expression, "x"),
            end(),
            way("start", "decide", "then", "end"),
        ),
        open=FIELDS,
    )
    columns = table(
        ["level"],
        ["type", "days"],
        [('"low"', '"slow"', "5"), ('"high"', '"fast"', "1")],
        policy=policy_of_table,
    )
    return Bundle("minimal", {**bundle.files, "way.dmn": dmn(decision("way", columns))})


@pytest.mark.parametrize(
    ("policy_of_table", "expression", "rules"),
    [
        ("UNIQUE", 'route.type = "fast"', set()),
        ("UNIQUE", "route.days + 1", set()),
        ("UNIQUE", 'route.type = "fsat"', {"comparison-never"}),
        ("UNIQUE", 'route.days = "5"', {"comparison-never"}),
        ("UNIQUE", 'route.tpye = "fast"', {"name-unset"}),
        ("UNIQUE", "route.type.name", {"name-unset"}),
        ("COLLECT", 'some r in route satisfies r.type = "fast"', set()),
        ("COLLECT", 'some r in route satisfies r.type = "fsat"', {"comparison-never"}),
        ("COLLECT", 'route = "fast"', {"comparison-never"}),
    ],
)
def test_tables_say_what_they_conclude(policy_of_table, expression, rules):
    found = check(deciding(policy_of_table, expression))

    assert {each.rule for each in found if each.element == "then"} - {
        "drawing-missing"
    } == rules


def test_the_likely_column_is_named():
    (found,) = [
        each
        for each in check(deciding("UNIQUE", 'route.tpye = "fast"'))
        if each.rule == "name-unset" and each.element == "then"
    ]

    assert str(found.remedy) == "Did you mean route.type?"
