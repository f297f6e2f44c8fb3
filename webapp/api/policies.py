"""Policies: which there are, what they hold, and deploying a new version."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from engine.commands.policies.deployments import DeployBundle
from engine.model import Sentence
from engine.policy import Bundle
from engine.queries.policies.deployments import OnePolicy, OneVersion, Part, Policies
from engine.queries.showing.visibility import OnlyWith
from webapp.api.acting import run
from webapp.api.declaring import Binary, about, operation
from webapp.policies.deployments import LARGEST_ZIP
from webapp.shell.gate import ask


class PolicyLine(msgspec.Struct, frozen=True):
    """A policy in a list."""

    key: str
    title: str
    about: str
    version: Annotated[int | None, about("The one in force")]
    deployed_at: datetime | None
    open_cases: int


class PartTold(msgspec.Struct, frozen=True):
    """A process, form or clause of a policy."""

    id: str
    name: str
    file: str


class PolicyTold(msgspec.Struct, frozen=True):
    """A policy, as one of its versions says it."""

    key: str
    title: str
    about: str
    owner: str
    version: int
    is_active: bool
    digest: str
    deployed_at: datetime
    deployed_by: str
    processes: list[PartTold]
    forms: list[PartTold]
    clauses: list[PartTold]


class VersionAsked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which version is asked for."""

    version: Annotated[int, Meta(ge=1)] | None = None


class Deploying(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to deploy."""

    activate: Annotated[bool, about("Whether new cases take it at once")] = True


class Deployed(msgspec.Struct, frozen=True):
    """The version that was deployed."""

    id: int
    policy: str
    version: int


@operation("GET", "/policies", Sentence("List the policies"), scopes=("policies", "intake"))
def list_policies() -> list[PolicyLine]:
    """Return them by title."""
    return [
        PolicyLine(
            key=found.key,
            title=found.title,
            about=found.about,
            version=found.number,
            deployed_at=found.deployed_at,
            open_cases=found.open_cases,
        )
        for found in ask(Policies())
    ]


@operation(
    "GET",
    "/policies/{key}",
    Sentence("Read a policy: its processes, forms and clauses"),
    scopes=("policies", "intake"),
)
def show_policy(key: str, query: VersionAsked) -> PolicyTold:
    """Return it as the version in force says it, or another."""
    found = ask(OnePolicy(key, query.version))
    return PolicyTold(
        key=found.key,
        title=found.title,
        about=found.about,
        owner=found.owner,
        version=found.shown.number,
        is_active=found.shown.is_active,
        digest=found.shown.digest,
        deployed_at=found.shown.deployed_at,
        deployed_by=found.shown.deployed_by,
        processes=[_part(part) for part in found.processes],
        forms=[_part(part) for part in found.forms],
        clauses=[_part(part) for part in found.clauses],
    )


@operation(
    "POST",
    "/deployments",
    Sentence("Deploy a policy from a zip"),
    scopes=("policies",),
    status=201,
    takes=Binary("application/zip", LARGEST_ZIP),
)
def deploy_policy(query: Deploying, content: bytes) -> Deployed:
    """Check it and deploy it; what is wrong with it is told as findings."""
    ask(OnlyWith("deploy"))
    number = run(DeployBundle(Bundle.from_zip(content), activate=query.activate))
    version = ask(OneVersion(number))
    return Deployed(version.id, version.policy_key, version.number)


def _part(part: Part) -> PartTold:
    return PartTold(part.id, part.name, part.file)
