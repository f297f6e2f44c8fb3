"""The latest run over the mutations of a deployment, for process owners."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.model import Json, NotFound, Sentence
from engine.policy import Bundle, LoadedPolicy
from engine.queries.policies.deployments import OnePolicy, OneVersion, VersionHead
from engine.queries.showing.visibility import require_right
from engine.store.models import MutationRun
from engine.store.models.columns import sentence_from
from engine.store.mutations import is_on_its_way, latest_run
from engine.store.people import name_of
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class UnguardedRule:
    """Something that could be changed without any scenario noticing."""

    kind: str
    file: str
    element: str
    name: str  #: Of the element; its id where it has none.
    what: Sentence
    process_id: str | None  #: The diagram that it stands in.


@dataclass(frozen=True, slots=True)
class MutationRunView:
    """A run, as far as it is."""

    begun_at: datetime
    begun_by: str
    ended_at: datetime | None
    is_running: bool
    total: int
    done: int
    refused: int
    unguarded: tuple[UnguardedRule, ...]
    trouble: Sentence | None

    @property
    def counted(self) -> int:
        """Return how many of those done could be deployed."""
        return self.done - self.refused

    @property
    def percent(self) -> float:
        """Return the share of what nobody noticed."""
        return 100 * len(self.unguarded) / self.counted if self.counted else 0.0


@dataclass(frozen=True, slots=True)
class GuardsView:
    """What is known of how a deployment is guarded."""

    deployment: VersionHead
    scenarios: int
    run: MutationRunView | None


@dataclass(frozen=True, slots=True)
class PolicyGuards:
    """The latest run of a policy, of the active deployment unless another is named."""

    key: str
    number: int | None = None

    def answer(self, reading: Reading) -> GuardsView:
        """Return it.

        Raises:
            NotAllowed: If the asking person does not deploy.
            NotFound: If there is no such policy or deployment.
        """
        require_right(reading.actor, "deploy")
        shown = OnePolicy(self.key, self.number).answer(reading).shown
        loaded = reading.loaded(shown.id)
        run = latest_run(reading, shown.id)
        return GuardsView(
            deployment=OneVersion(shown.id).answer(reading),
            scenarios=len(loaded.bundle.named(".toml", under="scenarios/")),
            run=None if run is None else _view(reading, loaded, run),
        )


def _view(reading: Reading, loaded: LoadedPolicy, run: MutationRun) -> MutationRunView:
    places = _places(loaded)
    return MutationRunView(
        begun_at=run.begun_at,
        begun_by=name_of(reading, run.begun_by) or run.begun_by,
        ended_at=run.ended_at,
        is_running=is_on_its_way(run, reading.now),
        total=run.total,
        done=run.done,
        refused=run.refused,
        unguarded=tuple(_rule(places, each) for each in run.unguarded),
        trouble=run.trouble,
    )


def _places(loaded: LoadedPolicy) -> Mapping[tuple[str, str], tuple[str, str]]:
    """Return name and process of each element and flow by file and id."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for process in loaded.definitions.processes.values():
        for element in process.elements.values():
            found[process.file, element.id] = (element.name or element.id, process.id)
        for flow in process.flows.values():
            found[process.file, flow.id] = (flow.name or flow.id, process.id)
    return found


def _rule(places: Mapping[tuple[str, str], tuple[str, str]], kept: Json) -> UnguardedRule:
    name, process_id = places.get((kept["file"], kept["element"]), (kept["element"], None))
    return UnguardedRule(
        kind=kept["kind"],
        file=kept["file"],
        element=kept["element"],
        name=name,
        what=sentence_from(kept["what"]),
        process_id=process_id,
    )


@dataclass(frozen=True, slots=True)
class MutationsWanted:
    """The bundle that a run is about, for who carries it out."""

    run_id: int

    def answer(self, reading: Reading) -> Bundle:
        """Return it.

        Raises:
            NotFound: If there is no such run.
        """
        require_right(reading.actor, "operate")
        run = reading.session.get(MutationRun, self.run_id)
        if run is None:
            raise NotFound(
                "Expected to find run {run}, but there is none.", run=self.run_id
            )
        return reading.bundle(reading.deployment(run.deployment_id))
