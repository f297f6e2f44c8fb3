"""Plays scenarios on mutated policies, on as many processors as are given."""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from engine.model import BundleInvalid, EngineError
from engine.policy.bundle import Bundle
from engine.policy.checks import check
from engine.policy.loaded import load_parts
from engine.policy.parts import Parts, read_parts, reread_parts
from engine.simulation.cast import Cast
from engine.simulation.mutation.touching import Passages
from engine.simulation.mutation.word import Mutation
from engine.simulation.outcome import Outcome
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
        for mutation in chosen:
            yield court.judge(mutation)
        return
    # Not forked: threads and connections of the parent have no life in a child.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        processors, context, initializer=_open, initargs=(bundle, cast, court.outcomes)
    ) as pool:
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
        self._passages = Passages(
            load_parts(self._parts), self._parts.scenarios, self.outcomes
        )

    def judge(self, mutation: Mutation) -> Verdict:
        """Tell which scenario notices *mutation* first."""
        scenarios = self._passages.by(mutation)
        mutant = reread_parts(self._parts, mutation.file, mutation.content)
        try:
            with self._stage(mutant) as stage:
                for scenario in scenarios:
                    if not stage.play(scenario).passed:
                        return Verdict(mutation, scenario.id)
        except BundleInvalid:
            return Verdict(mutation, None, refused=True)
        wrong = any(finding.severity == "error" for finding in check(mutant.bundle))
        return Verdict(mutation, None, refused=wrong)

    def _stage(self, parts: Parts) -> Stage:
        return Stage(parts.bundle, self._cast, checked=False, parts=parts, thorough=False)

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
    _here.append(_Court(bundle, cast, outcomes))


def _judge(mutation: Mutation) -> Verdict:
    return _here[0].judge(mutation)
