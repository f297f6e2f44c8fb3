"""A process owner uploads a new version; what is wrong with it, the page says."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import expect

from engine.policy.bundle import Bundle
from tests.end_to_end.conftest import Sit
from tests.end_to_end.desk import Desk, words
from tests.end_to_end.variants import small_policy

REGISTRATION = {
    "客户名称": "演示·客户",
    "投诉事由": "包装破损",
    "营业所": "北区营业所",
}
HARMLESS = {"原因": "使用不当", "在保修期内": False, "调查情况": "搬运时跌落。"}


def test_an_open_case_finishes_on_its_own_version(sit: Sit, tmp_path: Path) -> None:
    owner, clerk = sit("demo-owner"), sit("demo-hq-clerk")
    first = small_policy("two-versions", "两版投诉", "LB")
    second = small_policy(
        "two-versions", "两版投诉", "LB", complaint=("调查投诉", "核实投诉")
    )
    assert words("version {number}", number=1) in upload(owner, first.pack(), tmp_path)
    old = clerk.register("两版投诉", REGISTRATION)

    assert words("version {number}", number=2) in upload(owner, second.pack(), tmp_path)
    new = clerk.register("两版投诉", REGISTRATION)

    clerk.find(new, "核实投诉")
    clerk.complete(old, "调查投诉", HARMLESS)
    _closes_on(clerk, old, version=1)
    clerk.complete(new, "核实投诉", HARMLESS)
    _closes_on(clerk, new, version=2)


def _closes_on(desk: Desk, number: str, *, version: int) -> None:
    """Wait until the machine has written the answer, which ends the case."""
    desk.open_case(number)
    mark = desk.page.locator(".head .mark.good")
    for _ in range(20):
        if mark.count():
            break
        desk.page.wait_for_timeout(500)
        desk.page.reload()
    expect(mark).to_have_text(words("closed"))
    expect(desk.page.locator(".head")).to_contain_text(
        words("version {number}", number=version)
    )


def test_only_checking_deploys_nothing(sit: Sit, tmp_path: Path) -> None:
    owner = sit("demo-owner")
    bundle = small_policy("only-checked", "只查一查", "ZC")

    upload(owner, bundle.pack(), tmp_path, button="Only check")

    expect(owner.page.locator(".findings, .said, table").first).to_be_visible()
    assert not _is_deployed(owner, "只查一查")


def _with(name: str, change: Callable[[bytes], bytes]) -> bytes:
    bundle = small_policy("broken", "坏的制度", "HD")
    return Bundle("broken", {**bundle.files, name: change(bundle.files[name])}).pack()


def _reaching_outside() -> bytes:
    packed = BytesIO(_with("policy.toml", lambda text: text))
    with zipfile.ZipFile(packed, "a") as archive:
        archive.writestr("../outside.bpmn", "<definitions/>")
    return packed.getvalue()


BROKEN = {
    "a truncated diagram": (
        _with("complaint.bpmn", lambda xml: xml[: len(xml) // 2]),
        "complaint.bpmn",
    ),
    "a document type": (
        _with(
            "complaint.bpmn",
            lambda xml: xml.replace(
                b"?>\n", b'?>\n<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n', 1
            ),
        ),
        "complaint.bpmn",
    ),
    "a file outside": (_reaching_outside(), "outside.bpmn"),
    "a wrong key": (
        _with("policy.toml", lambda text: b'colour = "red"\n' + text),
        "policy.toml",
    ),
    "no zip": (b"this is no zip", ""),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_bundle_gives_findings_and_nothing_is_deployed(
    fault: str, sit: Sit, tmp_path: Path
) -> None:
    owner = sit("demo-owner")
    packed, file = BROKEN[fault]

    upload(owner, packed, tmp_path)

    rows = owner.page.locator("tbody tr")
    expect(rows.filter(has_text=file).first).to_be_visible()
    expect(rows.first.locator("td").nth(3)).not_to_be_empty()
    assert not _is_deployed(owner, "坏的制度")


def upload(
    owner: Desk, packed: bytes, folder: Path, *, button: str = "Check and deploy"
) -> str:
    """Upload a zip and return what the page says then."""
    path = folder / "policy.zip"
    path.write_bytes(packed)
    owner.page.goto("/policies/upload")
    owner.page.locator("#zip").set_input_files(path)
    owner.press(words(button))
    return owner.page.locator("main").inner_text()


def _is_deployed(desk: Desk, title: str) -> bool:
    desk.page.goto("/policies/")
    return desk.page.get_by_role("link", name=title).count() > 0
