"""What everybody may complain about, and the form for it."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from engine.model import NotFound
from engine.policy import LoadedPolicy, Start
from engine.queries.tasks import OpenForm
from engine.store.facts import form_context, registrar
from engine.store.models import Policy
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class OpenStart:
    """A complaint that the public may file."""

    policy_key: str
    process_id: str
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
        )
        return tuple(start for each in policies for start in _starts(reading, each))


@dataclass(frozen=True, slots=True)
class OpenStartView:
    """A complaint to be filed, and its form."""

    start: OpenStart
    form: OpenForm
    owner: str  #: The role that answers for the policy.


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
                form = self._form(reading, loaded)
                return OpenStartView(open_start, form, loaded.settings.owner)
        raise NotFound("Expected to find a form for complaints here, but there is none.")

    def _form(self, reading: Reading, loaded: LoadedPolicy) -> OpenForm:
        starts = loaded.definitions.process(self.process_id).starts
        form = loaded.forms[next(s.form_id or "" for s in starts if s.kind == "none")]
        known = {"registrar": registrar(reading, None)}
        context = form_context(reading, loaded, known, None, self.language, form=form)
        return OpenForm(form=form, context=context, values={}, kept_at=None)


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
    return OpenStart(policy.key, start.process, start.title, intro)
