"""What the return-repair policy promises beyond what holds for every policy."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from engine.diagram import judge
from engine.feel import Context
from engine.markup import parse_xml
from engine.model import Json
from engine.policy import Bundle, LoadedPolicy, load

ROOT = Path(__file__).resolve().parents[2]
HOME = ROOT / "processes" / "return-repair"
DIAGRAMS = sorted(HOME.glob("*.bpmn"))
TEMPLATES = ROOT / "processes" / ".camunda" / "element-templates"
MOST_SHAPES = 30
NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@cache
def policy() -> LoadedPolicy:
    return load(Bundle.from_folders(ROOT, "return-repair"))


def remedy(cause: str, days: int, wish: str) -> Mapping[str, Json]:
    given: dict[str, Json] = {"cause": cause, "daysSincePurchase": days, "wish": wish}
    value = policy().decisions.evaluate("remedy", given, Context(now=NOON)).value
    assert isinstance(value, dict)
    return value


@pytest.mark.parametrize("file", DIAGRAMS, ids=lambda file: file.stem)
def test_a_diagram_is_fit_to_hang_on_a_wall(file: Path) -> None:
    judged = judge(file.read_bytes())
    process = parse_xml(file.read_bytes()).find("{*}process")

    assert judged.crossings == 0
    assert not judged.problems
    assert process is not None
    assert (
        sum(1 for child in process if child.find("{*}incoming") is not None) < MOST_SHAPES
    )


@pytest.mark.parametrize("wish", ["repair", "exchange", "return"])
def test_a_fault_within_fifteen_days_is_settled_as_the_customer_wishes(wish: str) -> None:
    assert remedy("quality", 15, wish)["remedy"] == wish
    assert remedy("quality", 16, wish)["remedy"] == "repair"


@pytest.mark.parametrize(("days", "charge"), [(16, "none"), (365, "none"), (366, "cost")])
def test_repair_is_free_for_a_year(days: int, charge: str) -> None:
    assert remedy("quality", days, "repair")["charge"] == charge


@pytest.mark.parametrize(
    "cause", ["used-or-damaged", "unstable-voltage", "parts-replaced", "long-storage"]
)
def test_what_the_rules_refuse_is_not_taken_back(cause: str) -> None:
    assert remedy(cause, 3, "return")["remedy"] == "refuse"


@pytest.mark.parametrize(
    "cause", ["wrong-order", "wrong-environment", "transport-or-installation"]
)
def test_what_the_customer_caused_is_taken_back_less_a_fee(cause: str) -> None:
    decided = remedy(cause, 3, "return")

    assert decided["remedy"] == "return"
    assert decided["feePercent"]


def test_the_template_offers_every_form_of_the_policy() -> None:
    (template,) = json.loads((TEMPLATES / "return-repair.json").read_text("utf-8"))
    (form,) = (each for each in template["properties"] if each.get("id") == "form")
    offered = {choice["value"] for choice in form["choices"]}

    assert offered == set(policy().forms)
