import pytest

from engine.commands.policies.deployments import DeployBundle
from engine.model import BundleInvalid, InvalidState, NotAllowed
from engine.policy import Bundle
from engine.store.models import Deployment, JournalLine, Policy
from tests.engine.commands.conftest import changed
from tests.engine.commands.knowing import rows


def renamed(bundle: Bundle, title: str) -> Bundle:
    return changed(bundle, "policy.toml", 'title = "简易投诉"', f'title = "{title}"')


def test_it_makes_a_bundle_available_to_new_cases(engine, who, minimal):
    deployment_id = engine.run(DeployBundle(minimal), by=who("root"))

    [policy], [deployment] = rows(engine, Policy), rows(engine, Deployment)
    assert (policy.key, policy.title) == ("minimal", "简易投诉")
    assert policy.active_deployment_id == deployment.id == deployment_id
    assert (deployment.number, deployment.digest) == (1, minimal.digest)


def test_what_was_deployed_can_be_read_back(deployed, minimal, clock, who):
    with deployed.database.reading(clock.now(), who("root")) as reading:
        assert reading.bundle(reading.deployment(1)).files == dict(minimal.files)


def test_the_next_version_has_the_next_number(deployed, who, minimal):
    deployed.run(DeployBundle(renamed(minimal, "新版投诉")), by=who("root"))

    assert [row.number for row in rows(deployed, Deployment)] == [1, 2]
    assert rows(deployed, Policy)[0].title == "新版投诉"


def test_it_can_be_made_available_for_later(deployed, who, minimal):
    deployed.run(DeployBundle(renamed(minimal, "新版"), activate=False), by=who("root"))

    assert rows(deployed, Policy)[0].active_deployment_id == 1


def test_it_needs_the_right_to_deploy(engine, who, minimal):
    with pytest.raises(NotAllowed, match="right deploy"):
        engine.run(DeployBundle(minimal), by=who("zhao"))


def test_the_same_again_is_nothing_to_deploy(deployed, who, minimal):
    with pytest.raises(InvalidState, match="deployment 1 of 简易投诉 is the same"):
        deployed.run(DeployBundle(minimal), by=who("root"))


def test_errors_keep_it_out_with_all_findings(engine, who, minimal):
    broken = changed(minimal, "complaint.bpmn", 'formId="investigate"', 'formId="nowhere"')

    with pytest.raises(BundleInvalid) as refusal:
        engine.run(DeployBundle(broken), by=who("root"))

    assert [each.file for each in refusal.value.findings if each.severity == "error"]
    assert rows(engine, Deployment) == []


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("complaint.bpmn", b"<definitions"),
        ("complaint.bpmn", b"<!DOCTYPE x><definitions/>"),
        ("remedy.dmn", b"no xml at all"),
        ("forms/register.form", b"{"),
        ("policy.toml", b"key = "),
        ("letters/late.md", b"without a head"),
    ],
)
def test_bad_files_give_findings_and_break_nothing(engine, who, minimal, file, content):
    broken = Bundle("minimal", {**minimal.files, file: content})

    with pytest.raises(BundleInvalid):
        engine.run(DeployBundle(broken), by=who("root"))


def test_the_journal_says_which_bundle_by_its_digest(deployed, minimal):
    line = rows(deployed, JournalLine)[-1]

    assert (line.command, line.stream) == ("DeployBundle", "policy:minimal")
    assert minimal.digest in line.body
