"""Plays scenarios on mutated policies, on as many processors as are given."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from multiprocessing.util import Finalize

from engine.model import BundleInvalid, EngineError
from engine.policy.bundle import Bundle
from engine.policy.checks import check
from engine.policy.loaded import LoadedPolicy, load_parts
from engine.policy.parts import read_parts, reread_parts
from engine.policy.scenario import Scenario
from engine.simulation.cast import Cast
from engine.simulation.mutation.touching import Passages
from engine.simulation.mutation.word import Mutation
from engine.simulation.outcome import Outcome
from engine.simulation.pausing import Pause
from engine.simulation.processors import workers
from engine.simulation.stage import Stage


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one mutation."""

    mutation: Mutation
    noticed_by: str | None  #: The scenario that went otherwise.
    refused: bool = False  #: It cannot be deployed, so that nobody has to notice.

    @property
    def unguarded(self) -> bool:
        """Tell whether it could happen without anybody being told."""
        return self.noticed_by is None and not self.refused


def judge_all(
    bundle: Bundle, cast: Cast, chosen: Sequence[Mutation], processors: int = 1
) -> Iterator[Verdict]:
    """Yield the verdict on each of the *chosen* mutations of *bundle*, as they come.

    Raises:
        BundleInvalid: If the bundle cannot be deployed as it is.
        EngineError: If one of its scenarios does not pass on it as it is.
    """
    court = _Court(bundle, cast)
    if processors == 1:
        with closing(court):
            for mutation in chosen:
                yield court.judge(mutation)
        return
    court.close()
    with workers(processors, partial(_open, bundle, cast, court.outcomes)) as pool:
        yield from pool.map(_judge, chosen, chunksize=4)


class _Court:
    """Judges one mutation after the other.

    Args:
        bundle: The policy as it is.
        cast: Who plays along.
        outcomes: Of the scenarios, as another court found them, to save the time.
    """

    def __init__(
        self, bundle: Bundle, cast: Cast, outcomes: Sequence[Outcome] = ()
    ) -> None:
        self._bundle = bundle
        self._cast = cast
        self._parts = read_parts(bundle)
        self.outcomes = outcomes or self._rehearse()
        self._original = load_parts(self._parts)
        self._passages = Passages(self._original, self._parts.scenarios, self.outcomes)
        self._stage = Stage(bundle, cast, checked=False, parts=self._parts, thorough=False)
        self._pauses: dict[str, tuple[Pause, ...]] = {}

    def judge(self, mutation: Mutation) -> Verdict:
        """Tell which scenario notices *mutation* first."""
        mutant = reread_parts(self._parts, mutation.file, mutation.content)
        try:
            policy = load_parts(mutant)
        except BundleInvalid:
            return Verdict(mutation, None, refused=True)
        for scenario in self._passages.by(mutation):
            if not self._play(scenario, mutation, policy).passed:
                return Verdict(mutation, scenario.id)
        wrong = any(finding.severity == "error" for finding in check(mutant.bundle))
        return Verdict(mutation, None, refused=wrong)

    def close(self) -> None:
        """Take away what scenarios were played on."""
        self._stage.close()

    def _play(
        self, scenario: Scenario, mutation: Mutation, policy: LoadedPolicy
    ) -> Outcome:
        """Play from where the mutated place can first be felt."""
        if scenario.id not in self._pauses:
            self._stage.replace(self._original)
            self._pauses[scenario.id] = self._stage.rehearse(scenario)
        pauses = self._pauses[scenario.id]
        unfelt = self._passages.unfelt(mutation, scenario, pauses)
        self._stage.replace(policy)
        if unfelt is None:
            return self._stage.play(scenario)
        return self._stage.resume(scenario, unfelt)

    def _rehearse(self) -> tuple[Outcome, ...]:
        with Stage(self._bundle, self._cast, parts=self._parts) as stage:
            outcomes = tuple(map(stage.play, self._parts.scenarios.values()))
        for outcome in outcomes:
            if not outcome.passed:
                raise EngineError(
                    "Expected every scenario to pass before anything is changed, but "
                    "{scenario} does not: {reason}",
                    scenario=outcome.scenario,
                    reason=outcome.differences[0],
                )
        return outcomes


_here: list[_Court] = []  # In each process of the pool, its own one.


def _open(bundle: Bundle, cast: Cast, outcomes: Sequence[Outcome]) -> None:
    court = _Court(bundle, cast, outcomes)
    _here.append(court)
    Finalize(court, court.close, exitpriority=1)


def _judge(mutation: Mutation) -> Verdict:
    return _here[0].judge(mutation)
