"""Guides are read, cited, and known to the check."""

import pytest

from engine.model import Finding
from engine.policy import Bundle, check, load
from engine.policy.guides import read_guide
from tests.engine.policy.bundles import changed, minimal, with_file

GUIDE = '+++\ntitle = "先安抚"\nclauses = ["MC-1"]\n+++\n先听完，再致歉。\n'
BPMN = "complaint.bpmn"


def naming(guides: str) -> Bundle:
    """Return the small policy with other *guides* named where it is registered."""
    return changed(BPMN, 'name="guides" value="listen"', f'name="guides" value="{guides}"')


def found(bundle: Bundle, rule: str) -> list[Finding]:
    return [each for each in check(bundle) if each.rule == rule]


def test_a_guide_has_a_title_and_a_body() -> None:
    guide, findings = read_guide("guides/calm.md", GUIDE)

    assert not findings
    assert guide is not None
    assert (guide.id, guide.title, guide.clauses) == ("calm", "先安抚", ("MC-1",))
    assert guide.body == "先听完，再致歉。\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no head", ("letter-head", None)),
        ("+++\n+++\nx", ("toml-missing-key", "title")),
        ('+++\ntitle = "a"\nclause = "b"\n+++\nx', ("toml-unknown-key", "clause")),
        ('+++\ntitle = "a"\n+++\n \n', ("guide-empty", "body")),
    ],
)
def test_a_guide_with_a_fault_is_told(text: str, expected: tuple[str, str | None]) -> None:
    guide, findings = read_guide("guides/calm.md", text)

    assert guide is None
    assert [(each.rule, each.element) for each in findings] == [expected]


def test_a_policy_holds_its_guides() -> None:
    assert load(minimal()).guides["listen"].title == "先听后记"


def test_an_element_that_names_no_guide_of_the_policy_is_told() -> None:
    (finding,) = found(naming("listen, lisen"), "guide-unknown")

    assert finding.element == "registered"
    assert str(finding.remedy) == "Did you mean listen?"


def test_a_guide_where_nobody_works_is_told() -> None:
    bundle = changed(
        BPMN,
        '<zeebe:property name="payload" value="carrier" />',
        '<zeebe:property name="payload" value="carrier" />'
        '<zeebe:property name="guides" value="listen" />',
    )

    assert len(found(bundle, "property-misplaced")) == 1


def test_a_guide_that_nothing_shows_is_told() -> None:
    (finding,) = found(with_file("guides/calm.md", GUIDE.encode()), "guide-unused")

    assert finding.file == "guides/calm.md"


def test_a_guide_cites_clauses() -> None:
    places = load(minimal()).citations["MC-1"]

    assert "guides/listen.md" in {place.file for place in places}
