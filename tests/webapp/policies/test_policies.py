"""Policies: what is in force, and deploying, activating, downloading a version."""

from io import BytesIO

import pytest

from engine.policy import Bundle
from engine.store.models import Deployment, Policy
from tests.engine.commands.conftest import changed
from tests.engine.commands.knowing import rows


def zipped(bundle):
    return {"zip": (BytesIO(bundle.pack()), "minimal.zip")}


@pytest.fixture
def second(minimal):
    return changed(minimal, "policy.toml", "供测试使用", "供再次测试使用")


def test_everybody_reads_the_policies(lin, deployed):
    assert "简易投诉" in lin.get("/policies/").text
    page = lin.get("/policies/minimal")

    assert "生效中" in page.text
    assert "complaint.bpmn" in page.text
    assert "remedy.dmn" in page.text
    assert "MC-1" in page.text


def test_the_diagram_of_each_process_is_shown(lin, deployed):
    page = lin.get("/policies/versions/1/processes/complaint")

    assert page.texts("//svg//@data-element").count("investigate") == 1


def test_each_table_is_shown_with_its_rules(lin, deployed):
    page = lin.get("/policies/versions/1/decisions/remedy")

    assert len(page.texts("//tbody/tr")) >= 3
    assert "MC-4" in page.text


def test_each_form_is_shown(lin, deployed):
    page = lin.get("/policies/versions/1/forms/register")

    assert "客户名称" in page.text
    assert page.texts("//form") == page.texts("//header//form")  # Nothing to send.


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "minimal?version=9",
        "versions/9/processes/complaint",
        "versions/1/processes/nothing",
        "versions/1/decisions/nothing",
        "versions/1/forms/nothing",
        "versions/9/zip",
    ],
)
def test_what_is_not_there_is_not_found(lin, deployed, path):
    assert lin.get("/policies/" + path).status == 404


def test_a_version_is_downloaded_as_it_was_deployed(lin, deployed, minimal):
    page = lin.get("/policies/versions/1/zip")

    assert Bundle.from_zip(page.content).digest == minimal.digest


def test_a_zip_is_deployed(engine, root, minimal):
    page = root.send("/policies/upload", zipped(minimal))

    assert "第 1 版已发布并启用" in page.said()
    assert rows(engine, Policy)[0].active_deployment_id == 1


def test_checking_deploys_nothing(engine, root, minimal):
    page = root.send("/policies/upload", zipped(minimal) | {"check": "1"})

    assert "检查通过" in page.said()
    assert rows(engine, Deployment) == []


def test_findings_say_where_what_and_what_to_do(engine, root, minimal):
    broken = changed(minimal, "roles.toml", "clerk", "klerk")

    page = root.send("/policies/upload", zipped(broken))

    assert page.status == 422
    row = page.texts("//tbody/tr[1]/td")
    assert row[0] == "错误"
    assert all(row)
    assert rows(engine, Deployment) == []


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04broken"])
def test_what_is_no_zip_is_a_finding(engine, root, content):
    page = root.send("/policies/upload", {"zip": (BytesIO(content), "x.zip")})

    assert page.status == 422
    assert page.texts("//tbody/tr")
    assert rows(engine, Deployment) == []


def test_no_file_at_all_is_a_finding(root):
    assert root.send("/policies/upload").status == 422


def test_the_same_again_is_refused(root, deployed, minimal):
    page = root.send("/policies/upload", zipped(minimal))

    assert page.status == 409
    assert page.texts("//*[@role='alert']")


def test_an_older_version_is_put_in_force_again(engine, root, deployed, second):
    root.send("/policies/upload", zipped(second))

    page = root.send("/policies/versions/1/activate")

    assert "第 1 版已启用" in page.said()
    assert rows(engine, Policy)[0].active_deployment_id == 1


def test_an_open_case_stays_on_its_version(root, lin, case_id, second):
    root.send("/policies/upload", zipped(second))

    assert "第 1 版" in lin.get(f"/cases/{case_id}").text


def test_activating_the_active_one_is_refused(root, deployed):
    assert root.post("/policies/versions/1/activate").status == 409


def test_nobody_else_deploys(engine, lin, deployed, second):
    assert lin.get("/policies/upload").status == 403
    assert lin.post("/policies/upload", zipped(second)).status == 403
    assert lin.post("/policies/versions/1/activate").status == 403
    assert len(rows(engine, Deployment)) == 1
