"""A machine at the end of a cable: a network namespace, where one may make it."""

import os
import shutil
import subprocess

import pytest

HERE, THERE = "10.231.77.1", "10.231.77.2"
NETWORK = "10.231.77.0/30"


class Cable:
    """Connects this machine with a namespace; it can be pulled out and put in again."""

    def __init__(self) -> None:
        self.machine = f"cable{os.getpid()}"
        self._end = f"veth{os.getpid() % 100_000}"
        _ip("netns", "add", self.machine)
        far = ("peer", "name", "eth0", "netns", self.machine)
        _ip("link", "add", self._end, "type", "veth", *far)
        _ip("addr", "add", f"{HERE}/30", "dev", self._end)
        _ip("link", "set", self._end, "up")
        _ip("-n", self.machine, "addr", "add", f"{THERE}/30", "dev", "eth0")
        for name in ("lo", "eth0"):
            _ip("-n", self.machine, "link", "set", name, "up")

    def pull_out(self) -> None:
        """Let nothing through any longer; neither side is told."""
        _ip("link", "set", self._end, "down")

    def put_in(self) -> None:
        """Let everything through again."""
        _ip("link", "set", self._end, "up")

    def close(self) -> None:
        _ip("netns", "delete", self.machine)


def lay_cable() -> Cable:
    """Return a cable, or skip the test where this machine permits none."""
    if os.geteuid() != 0 or shutil.which("ip") is None:
        pytest.skip("Only root may make a network namespace.")
    try:
        return Cable()
    except subprocess.CalledProcessError as error:
        pytest.skip(f"This machine permits no network namespace: {error.stderr}")


def _ip(*arguments: str) -> None:
    subprocess.run(["ip", *arguments], check=True, capture_output=True, text=True)
