"""What policies say of their demo year fits their forms and the demo units."""

import json
from pathlib import Path

import pytest

from engine.policy.settings import read_settings
from engine.simulation import cast_beside

ROOT = Path(__file__).parents[2]
POLICIES = sorted(path.parent.name for path in ROOT.glob("processes/*/policy.toml"))


@pytest.fixture(params=POLICIES)
def demo(request):
    text = (ROOT / "processes" / request.param / "policy.toml").read_text("utf-8")
    settings, _ = read_settings("policy.toml", text)
    return settings.demo


def options(node, found: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return the values that can be chosen, by the field that they are chosen in."""
    if isinstance(node, dict):
        if "key" in node and isinstance(node.get("values"), list):
            found.setdefault(node["key"], set()).update(
                it["value"] for it in node["values"]
            )
        for inner in node.values():
            options(inner, found)
    elif isinstance(node, list):
        for inner in node:
            options(inner, found)
    return found


def test_its_units_are_demo_units(demo):
    units = {unit.key for unit in cast_beside(ROOT).units}

    assert {*demo.units, *demo.late_units} <= units


def test_its_values_can_be_chosen(demo):
    chosen: dict[str, set[str]] = {}
    for path in ROOT.glob("forms/*/*.form"):
        options(json.loads(path.read_text("utf-8")), chosen)

    for name, weights in demo.values.items():
        assert set(weights) <= chosen[name], name


def test_a_share_of_its_deadlines_is_missed(demo):
    assert demo.scenarios
    assert 5 <= demo.late <= 20
