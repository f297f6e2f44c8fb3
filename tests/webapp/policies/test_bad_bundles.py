"""The page for deploying says what is wrong with whatever is sent, and deploys nothing."""

from io import BytesIO

import pytest

from engine.store.models import Deployment, Policy
from tests.engine.commands.knowing import rows
from tests.engine.policy.test_bad_bundles import BAD, ZIPS


def sent(root, content, **more):
    return root.post("/policies/upload", {"zip": (BytesIO(content), "p.zip"), **more})


@pytest.mark.parametrize("data", ZIPS.values(), ids=ZIPS.keys())
def test_a_bad_zip_comes_back_with_findings(engine, root, data):
    page = sent(root, data)

    assert page.status == 422
    assert page.texts("//tbody/tr[1]/td[1]") == ["错误"]
    assert rows(engine, Policy) == rows(engine, Deployment) == []


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_bundle_comes_back_with_findings(engine, root, fault):
    page = sent(root, BAD[fault].pack())

    assert page.status == 422
    assert "错误" in page.texts("//tbody/tr/td[1]")
    assert rows(engine, Policy) == rows(engine, Deployment) == []


def test_checking_a_bad_bundle_says_the_same(engine, root):
    page = sent(root, BAD["an unknown role"].pack(), check="1")

    assert page.status == 200
    assert "haed" in page.text
    assert rows(engine, Deployment) == []
