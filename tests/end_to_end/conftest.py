"""A running system with demo people, Chromium, and people at their desks."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.end_to_end.desk import Desk

ROOT = Path(__file__).parents[2]
STARTING = 90  #: Seconds that a server may take to answer.
PATIENCE = 20_000  #: Milliseconds that a page may take, on a machine with much else to do.
DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

expect.set_options(timeout=PATIENCE)

Sit = Callable[..., Desk]
KeepPicture = Callable[..., None]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests of this folder: they share a server and a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the system as ``make run`` does, on data of its own."""
    with serving(tmp_path_factory.mktemp("home")) as address:
        yield address


@contextmanager
def serving(home: Path, **settings: str) -> Iterator[str]:
    """Serve demo people on data in *home* with other *settings*, and give the address."""
    log = home / "serve.log"
    address = f"http://127.0.0.1:{(port := _free_port())}"
    command = [sys.executable, "-m", "engine.cli", "serve", "--demo", "--port", str(port)]
    environment = {
        name: value for name, value in os.environ.items() if "COMPLAINTFLOW" not in name
    }
    own = {f"COMPLAINTFLOW_{name}": value for name, value in settings.items()}
    with log.open("wb") as output:
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**environment, **own, "COMPLAINTFLOW_HOME": str(home)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(address, server, log)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


@pytest.fixture(scope="session")
def signed_in() -> dict[tuple[str, str], Any]:
    """The cookies of who has signed in where: once is enough for all tests."""
    return {}


@pytest.fixture
def sit(
    chromium: Browser, address: str, signed_in: dict[tuple[str, str], Any]
) -> Iterator[Sit]:
    """Seat people at browsers; what their pages must never do fails the test."""
    desks: dict[tuple[object, ...], Desk] = {}
    open_contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def seat(login: str | None = None, *, phone: bool = False, **options: object) -> Desk:
        key = (login, phone, *sorted(options.items()))
        if login is None or key not in desks:
            cookies = signed_in.get((address, login or ""))
            context = chromium.new_context(
                base_url=address,
                storage_state=cookies,
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
                reduced_motion="reduce",
                viewport=PHONE if phone else DESK,
                is_mobile=phone,
                has_touch=phone,
                **options,
            )
            context.set_default_timeout(PATIENCE)
            open_contexts.append(context)
            page = context.new_page()
            _watch(page, troubles)
            desks[key] = Desk(page)
            if login is not None and cookies is None:
                desks[key].sign_in(login)
                signed_in[address, login] = context.storage_state()
        return desks[key]

    yield seat
    for context in open_contexts:
        context.close()
    assert not troubles


@pytest.fixture(scope="session")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture as a phone's camera would give it."""
    path = tmp_path_factory.mktemp("photos") / "故障照片.jpg"
    picture = Image.new("RGB", (1600, 1200), "#c9ced6")
    pen = ImageDraw.Draw(picture)
    pen.rounded_rectangle((300, 250, 1300, 900), 60, fill="#5b6b7f")
    pen.ellipse((560, 380, 1040, 860), fill="#2f3a48", outline="#aab4c0", width=24)
    pen.polygon([(760, 860), (840, 860), (900, 1130), (700, 1130)], fill="#3a2a12")
    picture.save(path, quality=85)
    return path


@pytest.fixture(scope="session")
def keep_picture() -> KeepPicture:
    """Keep a picture of a page for the documents, if COMPLAINTFLOW_PICTURES is set."""

    def keep(page: Page, name: str, *, height: int | None = None) -> None:
        if not os.environ.get("COMPLAINTFLOW_PICTURES"):
            return
        folder = ROOT / "docs" / "pictures"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.png"
        page.evaluate("document.activeElement.blur()")
        size = page.viewport_size
        if height:
            page.set_viewport_size({**size, "height": height})
        page.screenshot(path=path, caret="initial")  # Hiding it needs an inline style.
        page.set_viewport_size(size)
        with Image.open(path) as picture:
            picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(
                path, optimize=True
            )

    return keep


def _watch(page: Page, troubles: list[str]) -> None:
    """Note scripts that fail, what the policy of the pages forbade, and servers' errors."""
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on(
        "console",
        lambda line: (
            "Content Security Policy" in line.text
            and troubles.append(f"{line.text} {line.location}")
        ),
    )
    page.on(
        "response",
        lambda answer: (
            answer.status >= 500 and troubles.append(f"{answer.status} {answer.url}")
        ),
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    last = time.monotonic() + STARTING
    while time.monotonic() < last and server.poll() is None:
        try:
            with urlopen(f"{address}/sign-in"):
                return
        except URLError:
            time.sleep(0.1)
    pytest.fail(f"The server does not answer:\n{log.read_text()}")
