"""What everybody may complain about, and the form for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from engine.model import NotAllowed, NotFound
from engine.policy import LoadedPolicy, Start
from engine.queries.tasks.one import OpenForm
from engine.store.facts import form_context, registrar
from engine.store.models import Policy
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class OpenStart:
    """A complaint that the public may file."""

    policy_key: str
    process_id: str
    policy: str  #: Its title.
    title: str
    intro: str  #: Markdown.


@dataclass(frozen=True, slots=True)
class OpenStarts:
    """All complaints that the public may file."""

    def answer(self, reading: Reading) -> tuple[OpenStart, ...]:
        """Return them by the title of their policy."""
        policies = reading.session.scalars(
            select(Policy)
            .where(Policy.active_deployment_id.is_not(None))
            .order_by(Policy.title, Policy.key)
        ).all()
        reading.meet_deployments(policy.active_deployment_id for policy in policies)
        return tuple(start for each in policies for start in _starts(reading, each))


@dataclass(frozen=True, slots=True)
class OpenStartView:
    """A complaint to be filed, and its form."""

    start: OpenStart
    form: OpenForm


@dataclass(frozen=True, slots=True)
class OpenStartForm:
    """The form by which the public files a complaint."""

    policy_key: str
    process_id: str
    language: str = "zh_CN"

    def answer(self, reading: Reading) -> OpenStartView:
        """Return it.

        Raises:
            NotFound: If there is nothing of the kind; what else there is, is not told.
        """
        policy = reading.session.get(Policy, self.policy_key)
        for open_start in [] if policy is None else list(_starts(reading, policy)):
            if policy is not None and open_start.process_id == self.process_id:
                loaded = reading.loaded(policy.active_deployment_id or 0)
                return OpenStartView(open_start, self._form(reading, loaded))
        raise NotFound("Expected to find a form for complaints here, but there is none.")

    def _form(self, reading: Reading, loaded: LoadedPolicy) -> OpenForm:
        starts = loaded.definitions.process(self.process_id).starts
        form = loaded.forms[next(s.form_id or "" for s in starts if s.kind == "none")]
        known = {"registrar": registrar(reading, None)}
        context = form_context(reading, loaded, known, None, self.language, form=form)
        return OpenForm(form=form, context=context, values={}, kept_at=None)


@dataclass(frozen=True, slots=True)
class PosterOf:
    """What stands on the poster that leads customers to a form."""

    policy_key: str
    process_id: str

    def answer(self, reading: Reading) -> OpenStart:
        """Return it, for administrators, who deploys, and the owner of the policy.

        Raises:
            NotFound: If there is no such form for the public.
            NotAllowed: If the poster is not for this person.
        """
        policy = reading.policy(self.policy_key)
        for start in _starts(reading, policy):
            if start.process_id == self.process_id:
                if not may_print(reading, policy):
                    raise NotAllowed(
                        "Expected somebody who answers for {policy}, but {name} does not.",
                        policy=policy.title,
                        name=reading.actor.name,
                    )
                return start
        raise NotFound("Expected to find a form for complaints here, but there is none.")


@dataclass(frozen=True, slots=True)
class PostersOf:
    """The posters of a policy that the asking person may print."""

    policy_key: str

    def answer(self, reading: Reading) -> tuple[OpenStart, ...]:
        """Return what stands on them; nothing for others."""
        policy = reading.policy(self.policy_key)
        return tuple(_starts(reading, policy)) if may_print(reading, policy) else ()


def may_print(reading: Reading, policy: Policy) -> bool:
    """Tell whether the asking person may print what leads the public to *policy*."""
    if policy.active_deployment_id is None:
        return False
    owner = reading.loaded(policy.active_deployment_id).settings.owner
    rights = {"admin", "deploy", "system"} & reading.actor.rights
    return bool(rights) or reading.actor.holds(owner)


def _starts(reading: Reading, policy: Policy) -> Iterator[OpenStart]:
    if policy.active_deployment_id is None:
        return
    settings = reading.loaded(policy.active_deployment_id).settings
    for start in settings.starts:
        if start.by == "public":
            yield _open_start(
                policy, start, settings.public.intro if settings.public else ""
            )


def _open_start(policy: Policy, start: Start, intro: str) -> OpenStart:
    return OpenStart(policy.key, start.process, policy.title, start.title, intro)
