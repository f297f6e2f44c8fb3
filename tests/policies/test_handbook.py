"""The handbooks in docs say what the shipped policies say."""

import pytest

from engine.handbook import make_handbook
from engine.markup import parse_xml
from tests.policies.shipped import EACH, POLICIES, ROOT, policy_of

DOCS = ROOT / "docs" / "policies"


@pytest.mark.parametrize("key", EACH)
def test_each_handbook_is_up_to_date(key: str) -> None:
    made = make_handbook(policy_of(key))

    written = {path.name: path.read_text("utf-8") for path in (DOCS / key).iterdir()}

    stale = [name for name in made if written.get(name) != made[name]]
    assert not stale, "run: complaintflow handbook -o docs/policies"
    assert written.keys() == made.keys()


def test_there_is_no_handbook_of_what_is_not_shipped() -> None:
    assert sorted(path.name for path in DOCS.iterdir()) == POLICIES


def test_a_handbook_shows_every_diagram_table_clause_and_scenario() -> None:
    policy = policy_of("product-quality")

    made = make_handbook(policy)

    text = made["README.md"]
    assert {f"{process}.svg" for process in policy.definitions.processes} < set(made)
    assert all(f"| {clause} |" in text for clause in policy.clauses)
    assert all(decision.name in text for decision in policy.decisions.decisions.values())
    assert "### quality-fault-replaced" in text


def test_a_picture_stands_by_itself() -> None:
    made = make_handbook(policy_of("product-quality"))

    root = parse_xml(made["complaint.svg"].encode())

    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert root.find("{*}style") is not None
