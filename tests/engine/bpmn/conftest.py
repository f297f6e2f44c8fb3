"""What tests of long lists of instances share."""

import pytest

from engine.bpmn import sleeping


@pytest.fixture(params=[1, 8])
def many(request, monkeypatch) -> None:
    """Let idle instances sleep from the first on, or only where there are many."""
    monkeypatch.setattr(sleeping, "MANY", request.param)
