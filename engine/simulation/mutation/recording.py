"""Carries out a run over the mutations of a deployment, and says how far it is."""

import time
from collections.abc import Iterable

from engine.commands.policies.mutations import NoteMutations
from engine.model import SYSTEM, EngineError, Json, Sentence
from engine.queries.policies.mutations import MutationsWanted
from engine.runtime import Engine
from engine.simulation.cast import Cast
from engine.simulation.mutation.judging import Verdict, judge_all
from engine.simulation.mutation.mutations import mutations
from engine.store.models.columns import sentence_json

_EVERY = 2.0  #: Seconds between two words on how far it is.


def record_run(engine: Engine, run_id: int, cast: Cast, processors: int) -> None:
    """Judge every mutation of the run's deployment; what goes wrong is kept with it.

    Raises:
        NotFound: If there is no such run.
    """
    bundle = engine.ask(MutationsWanted(run_id), by=SYSTEM)
    chosen = mutations(bundle)
    record = _Record(engine, run_id, len(chosen))
    try:
        record.keep(judge_all(bundle, cast, chosen, processors))
    except EngineError as error:
        record.end(error.sentence)
    else:
        record.end()


class _Record:
    """What a run has found, and what of that was said already."""

    def __init__(self, engine: Engine, run_id: int, total: int) -> None:
        self._engine = engine
        self._run_id = run_id
        self._total = total
        self._done = self._refused = 0
        self._unsaid: list[Json] = []

    def keep(self, verdicts: Iterable[Verdict]) -> None:
        self._say()
        said_at = time.monotonic()
        for verdict in verdicts:
            self._done += 1
            self._refused += verdict.refused
            if verdict.unguarded:
                self._unsaid.append(_kept(verdict))
            if time.monotonic() - said_at > _EVERY:
                self._say()
                said_at = time.monotonic()

    def end(self, trouble: Sentence | None = None) -> None:
        self._say(ended=True, trouble=trouble)

    def _say(self, *, ended: bool = False, trouble: Sentence | None = None) -> None:
        note = NoteMutations(
            self._run_id,
            total=self._total,
            done=self._done,
            refused=self._refused,
            unguarded=tuple(self._unsaid),
            ended=ended,
            trouble=trouble,
        )
        self._engine.run(note, by=SYSTEM)
        self._unsaid.clear()


def _kept(verdict: Verdict) -> Json:
    mutation = verdict.mutation
    return {
        "kind": mutation.kind,
        "file": mutation.file,
        "element": mutation.element,
        "what": sentence_json(mutation.what),
    }
