"""The policies of the house: versions, diagrams, tables, forms and clauses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import InstrumentedAttribute

from engine.forms import Form, FormContext
from engine.model import Json, NotFound, Sentence
from engine.policy.loaded import LoadedPolicy
from engine.queries.showing.names import people_names
from engine.store.facts import form_context
from engine.store.models import Case, Deployment, Policy
from engine.store.models.columns import sentence_from
from engine.store.reading import Reading

Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True)
class ListedPolicy:
    """A policy, with what is active of it."""

    key: str
    title: str
    about: str
    number: int | None  #: Of the active deployment.
    deployed_at: datetime | None
    open_cases: int


@dataclass(frozen=True, slots=True)
class Version:
    """A deployment in the list of its policy's."""

    id: int
    number: int
    title: str
    digest: str
    deployed_at: datetime
    deployed_by: str
    activated_at: datetime | None
    is_active: bool
    open_cases: int
    all_cases: int
    warnings: int


@dataclass(frozen=True, slots=True)
class Part:
    """A process, table, form, letter or clause of a policy."""

    id: str
    name: str
    file: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class KeptFinding:
    """Something that the check remarked when the version was deployed."""

    file: str
    element: str | None
    line: int | None
    severity: str
    what: Sentence
    remedy: Sentence


@dataclass(frozen=True, slots=True)
class PolicyView:
    """A policy with its versions, and what one of them holds."""

    key: str
    title: str
    about: str
    owner: str  #: The title of the role that answers for it.
    shown: Version
    versions: tuple[Version, ...]
    processes: tuple[Part, ...]
    decisions: tuple[Part, ...]
    forms: tuple[Part, ...]
    letters: tuple[Part, ...]
    roles: tuple[Part, ...]
    clauses: tuple[Part, ...]
    findings: tuple[KeptFinding, ...]


@dataclass(frozen=True, slots=True)
class Policies:
    """All policies."""

    def answer(self, reading: Reading) -> tuple[ListedPolicy, ...]:
        """Return them by title."""
        open_cases = _cases_by(reading, Case.policy_key, only_open=True)
        policies = reading.session.scalars(select(Policy).order_by(Policy.title)).all()
        reading.meet_deployments(policy.active_deployment_id for policy in policies)
        return tuple(_listed(policy, reading, open_cases) for policy in policies)


@dataclass(frozen=True, slots=True)
class OnePolicy:
    """A policy, and one of its deployments: the active one unless another is named."""

    key: str
    number: int | None = None

    def answer(self, reading: Reading) -> PolicyView:
        """Return it.

        Raises:
            NotFound: If there is no such policy or deployment.
        """
        policy = reading.policy(self.key)
        versions = _versions(policy, reading)
        shown = self._shown(versions)
        loaded = reading.loaded(shown.id)
        owner = loaded.roles.get(loaded.settings.owner)
        return PolicyView(
            key=policy.key,
            title=loaded.settings.title,
            about=loaded.settings.about,
            owner=owner.title if owner else loaded.settings.owner,
            shown=shown,
            versions=versions,
            processes=_processes(loaded),
            decisions=_decisions(loaded),
            forms=_forms(loaded),
            letters=_letters(loaded),
            roles=_roles(loaded),
            clauses=_clauses(loaded),
            findings=tuple(map(_finding, reading.deployment(shown.id).findings)),
        )

    def _shown(self, versions: Sequence[Version]) -> Version:
        for version in versions:
            if version.number == self.number or (self.number is None and version.is_active):
                return version
        if self.number is None and versions:
            return versions[0]
        raise NotFound(
            "Expected to find version {number} of {policy}, but there is none.",
            number=self.number,
            policy=self.key,
        )


@dataclass(frozen=True, slots=True)
class VersionHead:
    """Which deployment something belongs to."""

    id: int
    policy_key: str
    number: int
    title: str


@dataclass(frozen=True, slots=True)
class OneVersion:
    """The head of one deployment."""

    deployment_id: int

    def answer(self, reading: Reading) -> VersionHead:
        """Return it.

        Raises:
            NotFound: If there is none.
        """
        return _head(reading.deployment(self.deployment_id))


@dataclass(frozen=True, slots=True)
class StepClauses:
    """The clauses behind a step of a diagram."""

    name: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProcessView:
    """A process of a deployment."""

    id: str
    name: str
    file: str
    source: bytes  #: The BPMN file that draws it.
    steps: tuple[StepClauses, ...]  #: Those that clauses ask for.
    deployment: VersionHead


@dataclass(frozen=True, slots=True)
class ProcessDrawing:
    """The diagram of one process of a deployment."""

    deployment_id: int
    process_id: str

    def answer(self, reading: Reading) -> ProcessView:
        """Return it.

        Raises:
            NotFound: If there is no such deployment or process.
        """
        loaded = reading.loaded(self.deployment_id)
        process = loaded.definitions.processes.get(self.process_id)
        if process is None:
            raise NotFound(
                "Expected to find process {process}, but there is none.",
                process=self.process_id,
            )
        return ProcessView(
            id=process.id,
            name=process.name or process.id,
            file=process.file,
            source=loaded.bundle.files[process.file],
            steps=tuple(
                StepClauses(element.name or element.id, element.clauses)
                for element in process.elements.values()
                if element.clauses
            ),
            deployment=_head(reading.deployment(self.deployment_id)),
        )


@dataclass(frozen=True, slots=True)
class FormSample:
    """A form, and what it may read while nobody fills it in."""

    form: Form
    context: FormContext


@dataclass(frozen=True, slots=True)
class FormPreview:
    """A form of a deployment, to look at."""

    deployment_id: int
    form_id: str
    language: str = "zh_CN"

    def answer(self, reading: Reading) -> FormSample:
        """Return it.

        Raises:
            NotFound: If there is no such deployment or form.
        """
        loaded = reading.loaded(self.deployment_id)
        form = loaded.forms.get(self.form_id)
        if form is None:
            raise NotFound(
                "Expected to find form {form}, but there is none.", form=self.form_id
            )
        return FormSample(form, form_context(reading, loaded, {}, None, self.language))


@dataclass(frozen=True, slots=True)
class PackedDeployment:
    """A deployment as the zip that it can be deployed from again."""

    deployment_id: int

    def answer(self, reading: Reading) -> tuple[str, bytes]:
        """Return a name for the file, and its content."""
        deployment = reading.deployment(self.deployment_id)
        name = f"{deployment.policy_key}-{deployment.number}.zip"
        return name, reading.bundle(deployment).pack()


def _head(deployment: Deployment) -> VersionHead:
    return VersionHead(
        deployment.id, deployment.policy_key, deployment.number, deployment.title
    )


def _listed(
    policy: Policy, reading: Reading, open_cases: Mapping[str, int]
) -> ListedPolicy:
    active = policy.active_deployment
    about = reading.loaded(active.id).settings.about if active else ""
    return ListedPolicy(
        key=policy.key,
        title=policy.title,
        about=about,
        number=active.number if active else None,
        deployed_at=active.deployed_at if active else None,
        open_cases=open_cases.get(policy.key, 0),
    )


def _versions(policy: Policy, reading: Reading) -> tuple[Version, ...]:
    deployments = reading.session.scalars(
        select(Deployment)
        .where(Deployment.policy_key == policy.key)
        .order_by(Deployment.number.desc())
    ).all()
    people = people_names(reading, (deployment.deployed_by for deployment in deployments))
    open_cases = _cases_by(reading, Case.deployment_id, only_open=True)
    all_cases = _cases_by(reading, Case.deployment_id, only_open=False)
    return tuple(
        Version(
            id=deployment.id,
            number=deployment.number,
            title=deployment.title,
            digest=deployment.digest,
            deployed_at=deployment.deployed_at,
            deployed_by=people[deployment.deployed_by],
            activated_at=deployment.activated_at,
            is_active=deployment.id == policy.active_deployment_id,
            open_cases=open_cases.get(deployment.id, 0),
            all_cases=all_cases.get(deployment.id, 0),
            warnings=len(deployment.findings),
        )
        for deployment in deployments
    )


def _cases_by(
    reading: Reading, column: InstrumentedAttribute[Key], *, only_open: bool
) -> Mapping[Key, int]:
    counted = select(column, func.count()).group_by(column)
    if only_open:
        counted = counted.where(Case.state == "open")
    return dict(reading.session.execute(counted).all())


def _finding(kept: Json) -> KeptFinding:
    return KeptFinding(
        file=kept["file"],
        element=kept["element"],
        line=kept["line"],
        severity=kept["severity"],
        what=sentence_from(kept["what"]),
        remedy=sentence_from(kept["remedy"]),
    )


def _processes(loaded: LoadedPolicy) -> tuple[Part, ...]:
    titles = {start.process: start.title for start in loaded.settings.starts}
    return tuple(
        Part(
            process.id, process.name or process.id, process.file, titles.get(process.id, "")
        )
        for process in loaded.definitions.processes.values()
    )


def _decisions(loaded: LoadedPolicy) -> tuple[Part, ...]:
    return tuple(
        Part(
            decision.id,
            decision.name or decision.id,
            decision.file,
            str(len(decision.rule_ids) or ""),
        )
        for decision in loaded.decisions.decisions.values()
    )


def _forms(loaded: LoadedPolicy) -> tuple[Part, ...]:
    steps: dict[str, list[str]] = {}
    for process in loaded.definitions.processes.values():
        for element in process.elements.values():
            if element.form_id is not None:
                steps.setdefault(element.form_id, []).append(element.name)
    return tuple(
        Part(
            form_id,
            "、".join(dict.fromkeys(steps.get(form_id, [form_id]))),
            f"forms/{form_id}.form",
        )
        for form_id in sorted(loaded.forms)
    )


def _letters(loaded: LoadedPolicy) -> tuple[Part, ...]:
    return tuple(
        Part(letter_id, letter.title, f"letters/{letter_id}.md")
        for letter_id, letter in sorted(loaded.letters.items())
    )


def _roles(loaded: LoadedPolicy) -> tuple[Part, ...]:
    return tuple(
        Part(role.id, role.title, "roles.toml", role.within or "")
        for role in loaded.roles.values()
    )


def _clauses(loaded: LoadedPolicy) -> tuple[Part, ...]:
    return tuple(
        Part(clause.id, clause.says, "clauses.toml", clause.kind)
        for clause in loaded.clauses.values()
    )
