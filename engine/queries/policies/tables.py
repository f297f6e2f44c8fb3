"""Decision tables of a deployment, as their authors see them."""

from dataclasses import dataclass

from engine.dmn.display import TableView, shown_tables
from engine.model import NotFound
from engine.store.reading import Reading


@dataclass(frozen=True, slots=True)
class OneDecision:
    """A decision of a deployment."""

    deployment_id: int
    decision_id: str

    def answer(self, reading: Reading) -> TableView:
        """Return it.

        Raises:
            NotFound: If there is no such deployment or decision.
        """
        loaded = reading.loaded(self.deployment_id)
        info = loaded.decisions.decisions.get(self.decision_id)
        if info is None:
            raise NotFound(
                "Expected to find decision {decision}, but there is none.",
                decision=self.decision_id,
            )
        source = loaded.bundle.files[info.file]
        return shown_tables(info.file, source)[self.decision_id]
