"""Scenarios that come before others are there, and begin with nothing themselves."""

from engine.policy import check
from tests.engine.policy.bundles import changed, minimal, with_file


def test_a_scenario_that_is_not_there_cannot_come_before() -> None:
    bundle = changed("scenarios/replaced.toml", "clauses", 'before = ["replacd"]\nclauses')

    (finding,) = check(bundle)

    assert (finding.element, finding.rule) == ("before", "scenario-unknown")


def test_what_comes_before_has_nothing_before_it() -> None:
    text = minimal().text("scenarios/replaced.toml")
    second = text.replace("clauses", 'before = ["replaced"]\nclauses', 1)
    third = text.replace("clauses", 'before = ["second"]\nclauses', 1)
    files = dict(with_file("scenarios/second.toml", second.encode()).files)
    files["scenarios/third.toml"] = third.encode()

    (finding,) = check(type(minimal())("minimal", files))

    assert (finding.file, finding.rule) == ("scenarios/third.toml", "scenario-before")
