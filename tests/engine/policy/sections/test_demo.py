import pytest

from engine.policy.sections.demo import USUAL, read_demo
from engine.policy.toml import TomlFile


def read(text: str):
    file = TomlFile("policy.toml", text)
    demo = read_demo(file.top)
    return demo, [finding.rule for finding in file.findings]


def test_without_a_section_the_year_is_the_usual_one():
    assert read("") == (USUAL, [])


def test_it_says_how_many_how_late_and_how_often():
    demo, findings = read(
        "[demo]\nmonthly = 12\nlate = 20\n[demo.scenarios]\nplain = 5\n"
        "[demo.values.cause]\nlate = 8\nrude = 2\n"
    )

    assert (demo.monthly, demo.late, demo.scenarios) == (12, 20, {"plain": 5})
    assert demo.values == {"cause": {"late": 8, "rude": 2}}
    assert findings == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[demo]\nmontly = 3", "toml-unknown-key"),
        ('[demo.scenarios]\nplain = "often"', "demo-weight"),
        ("[demo.values.cause]\nlate = -1", "demo-weight"),
    ],
)
def test_what_is_wrong_is_told(text, rule):
    assert read(text)[1] == [rule]


def test_some_units_have_more_to_do_and_are_late_more_often():
    demo, findings = read("[demo.units]\nwest = 5\n[demo.late-units]\nwest = 130\n")

    assert (demo.units, demo.late_units) == ({"west": 5}, {"west": 100})
    assert findings == []
