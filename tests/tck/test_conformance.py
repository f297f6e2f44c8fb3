"""The public conformance kit of DMN, run from where it lies beside the project.

The kit's licence keeps it out of the repository; without it the test is skipped.
"""

import sys
import tarfile
from pathlib import Path

import pytest

from tests.tck.adapter import Adapter

HERE = Path(__file__).resolve().parent
KIT = HERE.parents[1].parent / "shared" / "dmn-tck"
KEPT = HERE / "passes.txt"

pytestmark = [
    pytest.mark.tck,
    pytest.mark.skipif(not KIT.exists(), reason="the conformance kit is not there"),
]


@pytest.fixture
def kit_runner(monkeypatch):
    monkeypatch.syspath_prepend(str(KIT / "runner"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    import tck  # noqa: PLC0415 - It is the kit's, and found only on the path set above.

    return tck


def test_as_many_cases_pass_as_ever(tmp_path, kit_runner):
    with tarfile.open(KIT / "TestCases.tar.xz") as archive:
        archive.extractall(tmp_path, filter="data")
    cases = kit_runner.load(str(tmp_path / "TestCases"))

    adapter = Adapter()
    failures = [case.key for case in cases if not passes(case, adapter, kit_runner)]

    passed, kept = len(cases) - len(failures), int(KEPT.read_text())
    assert len(cases) == 3391
    assert passed >= kept, f"{kept} cases passed before, now {passed}: {failures}"
    assert passed == kept, f"{passed} cases pass: write this number into {KEPT.name}"


def passes(case, adapter, kit_runner):
    for expected in case.results:
        value = error = None
        try:
            value = adapter.evaluate_case(case, expected)
        except Exception as raised:  # The kit judges errors too.
            error = raised
        if not kit_runner.check(value, error, expected)[0]:
            return False
    return True
