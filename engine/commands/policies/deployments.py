"""Commands that make bundles available, and say which one new cases take."""

from dataclasses import dataclass, field, replace

from sqlalchemy import delete

from engine.commands.admitting.permission import require
from engine.commands.command import PRIVATE
from engine.commands.jobs import schedules
from engine.commands.policies.colliding import refuse_same_numbers
from engine.commands.policies.rebuilding import owe_rebuilding
from engine.model import BundleInvalid, DeploymentId, Finding, InvalidState, Json
from engine.policy import Bundle, LoadedPolicy, Start, check
from engine.store import deployments, messages
from engine.store.models import (
    Deployment,
    DeploymentFile,
    Policy,
    PolicyReader,
    Subscription,
)
from engine.store.models.columns import sentence_json
from engine.store.reading import Reading
from engine.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class DeployBundle:
    """Make a bundle available, and unless told otherwise let new cases take it."""

    data: Bundle = field(metadata=PRIVATE)
    activate: bool = True
    findings: tuple[Finding, ...] | None = field(default=None, metadata=PRIVATE)

    def prepare(self, reading: Reading) -> "DeployBundle":
        """Check the bundle, and read it so that deploying does not wait for it."""
        require(reading.actor, "deploy")
        findings = check(self.data)
        if any(finding.severity == "error" for finding in findings):
            raise BundleInvalid(findings)
        reading.holdings.library.get(self.data.digest, lambda: self.data)
        return replace(self, findings=findings)

    def run(self, tx: Transaction) -> DeploymentId:
        """Store the bundle under the next number of its policy.

        Raises:
            NotAllowed: If the actor does not deploy.
            BundleInvalid: If the check found errors, with all findings.
            InvalidState: If it is the active deployment already.
        """
        require(tx.actor, "deploy")
        digest = self.data.digest
        loaded = tx.holdings.library.get(digest, lambda: self.data)
        policy = deployments.locked_policy(tx, loaded.settings)
        if policy.active_deployment_id is not None:
            active = tx.deployment(policy.active_deployment_id)
            if active.digest == digest:
                raise InvalidState(
                    "Expected something new to deploy, but deployment {number} of {policy}"
                    " is the same.",
                    number=active.number,
                    policy=policy.title,
                )
        deployment = self._store(tx, policy, loaded)
        tx.stream = f"policy:{policy.key}"
        tx.note(policy=policy.key, number=deployment.number, digest=digest)
        if self.activate:
            make_active(tx, policy, deployment)
        return DeploymentId(deployment.id)

    def _store(self, tx: Transaction, policy: Policy, loaded: LoadedPolicy) -> Deployment:
        return tx.add(
            Deployment(
                policy_key=policy.key,
                number=deployments.next_number(tx, policy.key),
                digest=self.data.digest,
                title=loaded.settings.title,
                deployed_at=tx.now,
                deployed_by=tx.actor.login,
                findings=[_kept(finding) for finding in self.findings or ()],
                files=[
                    DeploymentFile(
                        path=path,
                        digest=deployments.content_digest(content),
                        content=content,
                    )
                    for path, content in sorted(self.data.files.items())
                ],
            )
        )


@dataclass(frozen=True, slots=True)
class ActivateDeployment:
    """Let new cases take another deployment, newer or older; open cases stay on theirs."""

    deployment_id: DeploymentId

    def run(self, tx: Transaction) -> None:
        """Make it the active one of its policy.

        Raises:
            NotAllowed: If the actor does not deploy.
            NotFound: If there is no such deployment.
            InvalidState: If it is active already.
        """
        require(tx.actor, "deploy")
        deployment = tx.deployment(self.deployment_id)
        policy = deployments.locked_policy(tx, tx.loaded(deployment.id).settings)
        if policy.active_deployment_id == deployment.id:
            raise InvalidState(
                "Expected another deployment of {policy} to be active, but {number} is.",
                policy=policy.title,
                number=deployment.number,
            )
        tx.stream = f"policy:{policy.key}"
        tx.note(policy=policy.key, number=deployment.number, digest=deployment.digest)
        make_active(tx, policy, deployment)


def make_active(tx: Transaction, policy: Policy, deployment: Deployment) -> None:
    """Let new cases of *policy* take *deployment*, by whatever starts them."""
    loaded = tx.loaded(deployment.id)
    refuse_same_numbers(tx, loaded.settings)
    owe_rebuilding(tx, policy, deployment.id, loaded)
    policy.active_deployment_id = deployment.id
    policy.title, policy.owner = loaded.settings.title, loaded.settings.owner
    deployment.activated_at = tx.now
    _let_read(tx, loaded)
    messages.end_starts(tx, policy.key)
    for start in loaded.settings.starts:
        if start.by in ("message", "signal"):
            _await(tx, policy, loaded, start)
    schedules.plan(tx, loaded)


def _let_read(tx: Transaction, loaded: LoadedPolicy) -> None:
    """Let exactly those read the cases and reports of the policy whom it names."""
    settings = loaded.settings
    gone = delete(PolicyReader).where(PolicyReader.policy_key == settings.key)
    tx.session.execute(gone)
    keepers = settings.ledger.readers if settings.ledger else ()
    told = [role for report in settings.reports for role in report.roles]
    read = {"cases": (*keepers, *settings.readers), "reports": (*keepers, *told)}
    for reads, roles in read.items():
        for role in dict.fromkeys(roles):
            tx.add(PolicyReader(policy_key=settings.key, role=role, reads=reads))


def _await(tx: Transaction, policy: Policy, loaded: LoadedPolicy, start: Start) -> None:
    """Wait for the messages, or the signals, that start a process."""
    for event in loaded.definitions.process(start.process).starts:
        name = event.message_name or event.signal_name
        if event.kind == start.by and name is not None:
            tx.add(
                Subscription(
                    policy_key=policy.key,
                    process_id=start.process,
                    element_id=event.element_id,
                    kind=event.kind,
                    name=name,
                    created_at=tx.now,
                )
            )


def _kept(finding: Finding) -> Json:
    """Return *finding* as JSON: sentences as template and values."""
    return {
        "file": finding.file,
        "element": finding.element,
        "rule": finding.rule,
        "what": sentence_json(finding.what),
        "remedy": sentence_json(finding.remedy),
        "severity": finding.severity,
        "line": finding.line,
    }
