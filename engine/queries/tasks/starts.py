"""What a person may register, and the form for it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from engine.model import Actor, NotAllowed, NotFound
from engine.policy import LoadedPolicy, Start
from engine.queries.policies.guides import GuideText, guides_at
from engine.queries.showing.names import unit_names
from engine.queries.tasks.one import ClauseWords, OpenForm
from engine.store.drafts import STARTS, draft_at, start_place
from engine.store.facts import form_context, registrar
from engine.store.models import Draft, Policy
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class StartChoice:
    """One thing that a person may register."""

    policy_key: str
    policy: str  #: Its title.
    about: str
    process_id: str
    title: str
    clauses: tuple[ClauseWords, ...]
    has_draft: bool


@dataclass(frozen=True, slots=True)
class StartChoices:
    """All that the asking person may register."""

    def answer(self, reading: Reading) -> tuple[StartChoice, ...]:
        """Return the choices by policy."""
        policies = reading.session.scalars(
            select(Policy)
            .where(Policy.active_deployment_id.is_not(None))
            .order_by(Policy.title)
        ).all()
        reading.meet_deployments(policy.active_deployment_id for policy in policies)
        kept = _kept_places(reading)
        return tuple(
            choice for policy in policies for choice in _choices(policy, reading, kept)
        )


@dataclass(frozen=True, slots=True)
class StartView:
    """What is registered, and its form."""

    choice: StartChoice
    form: OpenForm | None
    guides: tuple[GuideText, ...]
    units: tuple[tuple[str, str], ...]  #: Where the person may register for several.


@dataclass(frozen=True, slots=True)
class StartForm:
    """The form with which the asking person registers something."""

    policy_key: str
    process_id: str
    language: str = "zh_CN"
    unit: str | None = None  #: In which the person registers it, who could in several.

    def answer(self, reading: Reading) -> StartView:
        """Return it.

        Raises:
            NotFound: If the policy is not deployed, or not started so by people.
            NotAllowed: If the person holds none of the roles for it.
        """
        policy = reading.policy(self.policy_key)
        start = self._start(reading, policy)
        assert policy.active_deployment_id is not None
        loaded = reading.loaded(policy.active_deployment_id)
        units = _held_units(start, reading)
        return StartView(
            choice=_choice(policy, start, loaded, _kept_places(reading)),
            form=self._form(reading, loaded, units),
            guides=self._guides(loaded),
            units=_choosable(units, reading),
        )

    def _start(self, reading: Reading, policy: Policy) -> Start:
        if policy.active_deployment_id is not None:
            loaded = reading.loaded(policy.active_deployment_id)
            for start in loaded.settings.starts:
                if start.process == self.process_id and start.by == "staff":
                    _require_role(reading.actor, start)
                    return start
        raise NotFound(
            "Expected the policy {policy} to let {process} be started this way, but it"
            " does not.",
            policy=policy.title,
            process=self.process_id,
        )

    def _guides(self, loaded: LoadedPolicy) -> tuple[GuideText, ...]:
        return tuple(
            guide
            for start in loaded.definitions.process(self.process_id).starts
            if start.kind == "none"
            for guide in guides_at(loaded, self.process_id, start.element_id)
        )

    def _form(
        self, reading: Reading, loaded: LoadedPolicy, units: Collection[str]
    ) -> OpenForm | None:
        process = loaded.definitions.process(self.process_id)
        form_id = next(
            (start.form_id for start in process.starts if start.kind == "none"), None
        )
        if form_id is None:
            return None
        draft = draft_at(reading, start_place(self.policy_key, self.process_id))
        unit = self.unit if self.unit in units else None
        only = next(iter(units)) if len(units) == 1 else unit
        known = {"registrar": registrar(reading, only)}
        return OpenForm(
            form=loaded.forms[form_id],
            context=form_context(reading, loaded, known, None, self.language),
            values=draft.fields if draft else {},
            kept_at=draft.at if draft else None,
        )


def may_start(actor: Actor, start: Start) -> bool:
    """Tell whether the person may register this."""
    return start.by == "staff" and any(actor.holds(role) for role in start.roles)


def _kept_places(reading: Reading) -> Collection[str]:
    """Return where the asking person left start forms half-filled."""
    chosen = select(Draft.place).where(Draft.login == reading.actor.login)
    return set(reading.session.scalars(chosen.where(Draft.place.startswith(STARTS))))


def _choices(
    policy: Policy, reading: Reading, kept: Collection[str]
) -> Iterator[StartChoice]:
    assert policy.active_deployment_id is not None
    loaded = reading.loaded(policy.active_deployment_id)
    for start in loaded.settings.starts:
        if may_start(reading.actor, start):
            yield _choice(policy, start, loaded, kept)


def _choice(
    policy: Policy, start: Start, loaded: LoadedPolicy, kept: Collection[str]
) -> StartChoice:
    return StartChoice(
        policy_key=policy.key,
        policy=policy.title,
        about=loaded.settings.about,
        process_id=start.process,
        title=start.title,
        clauses=tuple(
            ClauseWords(clause, loaded.clauses[clause].says)
            for clause in start.clauses
            if clause in loaded.clauses
        ),
        has_draft=start_place(policy.key, start.process) in kept,
    )


def _held_units(start: Start, reading: Reading) -> frozenset[str]:
    """Return the units in which the person holds a role that may register this."""
    return frozenset(
        held.unit
        for held in reading.actor.memberships
        if held.role in start.roles and held.unit is not None
    )


def _choosable(units: Collection[str], reading: Reading) -> tuple[tuple[str, str], ...]:
    """Return the units between which the person has to choose; none for one or none."""
    if len(units) < 2:
        return ()
    return tuple(sorted(unit_names(reading, units).items()))


def _require_role(actor: Actor, start: Start) -> None:
    if not may_start(actor, start):
        raise NotAllowed(
            "Expected somebody who may register “{title}”, but {name} holds none of the"
            " roles for it.",
            title=start.title,
            name=actor.name,
        )
