"""A regional manager does a task on site: narrow screen, camera, thick fingers."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.end_to_end.complaints import (
    REGISTER,
    advice,
    arrival,
    finding,
    registration,
    sampling_request,
)
from tests.end_to_end.conftest import PHONE, KeepPicture, Sit
from tests.end_to_end.desk import Desk, words

STEP = "取样并界定"
COMPLETE = words("Complete “{task}”", task=STEP)
THUMB = 44  #: Pixels that a target has at least, in height.


@pytest.fixture
def on_site(sit: Sit) -> Desk:
    """The phone of the regional manager, with the step claimed."""
    number = sit("demo-branch-clerk").register(REGISTER, registration())
    clerk = sit("demo-hq-clerk")
    clerk.complete(number, "解答疑问", advice())
    clerk.complete(number, "以内联单通知取样", sampling_request())
    manager = sit("demo-regional-manager", phone=True)
    manager.complete(number, "赶到现场", arrival())
    manager.find(number, STEP)
    manager.claim()
    return manager


def test_a_task_fits_a_phone_and_takes_a_photo(
    on_site: Desk, photo: Path, keep_picture: KeepPicture
) -> None:
    page = on_site.page

    assert _width(page) == PHONE["width"]
    button = page.get_by_role("button", name=COMPLETE)
    expect(button).to_be_in_viewport()
    assert button.bounding_box()["height"] >= THUMB
    keep_picture(page, "task-on-a-phone")

    on_site.fill(finding(photo))
    on_site.press(COMPLETE)

    assert "填写不良品投诉处理书" in on_site.said()
    for place in ("/?show=groups", "/cases/", "/cases/1", "/notices/", "/register/"):
        page.goto(place)
        assert _width(page) == PHONE["width"], place


def test_without_a_true_photo_it_is_refused_and_nothing_typed_is_lost(
    on_site: Desk, photo: Path, tmp_path: Path
) -> None:
    on_site.fill({label: each for label, each in finding(photo).items() if each != photo})
    on_site.press(COMPLETE)

    assert on_site.fault("故障照片")
    expect(on_site.page.locator("#faults")).to_be_visible()

    fake = tmp_path / "照片.jpg"
    fake.write_bytes(b"MZ this is a program, not a picture")
    on_site.fill({"故障照片": fake})
    on_site.press(COMPLETE)

    assert "照片.jpg" in on_site.fault("故障照片")
    assert on_site.field("取样").locator("input").input_value() == "油封一件"
    assert on_site.field("界定结果").get_by_label("明显质量问题").is_checked()

    on_site.fill({"故障照片": photo})
    on_site.press(COMPLETE)

    assert "填写不良品投诉处理书" in on_site.said()


def _width(page: Page) -> int:
    """Return how wide the page is, whatever hangs over at the right."""
    return int(page.evaluate("document.documentElement.scrollWidth"))
