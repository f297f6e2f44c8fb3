"""What the customer-proposal policy promises beyond what holds for every policy."""

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
HOME = ROOT / "processes" / "customer-proposal"
DIAGRAMS = sorted(HOME.glob("*.bpmn"))
TEMPLATES = ROOT / "processes" / ".camunda" / "element-templates"
MOST_SHAPES = 30
NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
TEN = (
    "前言",
    "背景",
    "目的",
    "构想",
    "策略",
    "要件",
    "粗略的日程",
    "预算",
    "风险课题",
    "结尾",
)


@cache
def policy() -> LoadedPolicy:
    return load(Bundle.from_folders(ROOT, "customer-proposal"))


def decided(table: str, given: Mapping[str, Json]) -> Json:
    return policy().decisions.evaluate(table, dict(given), Context(now=NOON)).value


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


@pytest.mark.parametrize(("months", "customer"), [(6, 60), (12, 60), (13, 0), (18, 0)])
def test_the_customer_shares_the_gain_for_twelve_months(months: int, customer: int) -> None:
    share = decided("gain-share", {"monthsInUse": months})

    assert share == {"firmPercent": 100 - customer, "customerPercent": customer}


@pytest.mark.parametrize(
    ("developer", "agreement"),
    [("none", False), ("firm", False), ("jointly", True), ("customer", True)],
)
def test_what_others_developed_too_needs_an_agreement(
    developer: str, agreement: bool
) -> None:
    owned = decided("ownership", {"developedBy": developer})

    assert isinstance(owned, dict)
    assert owned["agreement"] is agreement


def test_a_proposal_is_printed_in_its_ten_sections() -> None:
    titles = [section.title or "" for section in policy().prints["proposal"].sections]

    assert [title.partition("、")[2] for title in titles if "、" in title] == list(TEN)


def test_the_template_offers_every_form_of_the_policy() -> None:
    (template,) = json.loads((TEMPLATES / "customer-proposal.json").read_text("utf-8"))
    (form,) = (each for each in template["properties"] if each.get("id") == "form")
    offered = {choice["value"] for choice in form["choices"]}

    assert offered == set(policy().forms)
