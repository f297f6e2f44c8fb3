"""The one error that a transport knows."""

from engine.model import EngineError


class DeliveryError(EngineError):
    """A message did not leave the house.

    Args:
        permanent: Whether trying again later is useless.
    """

    def __init__(self, template: str, /, *, permanent: bool, **values: object) -> None:
        super().__init__(template, **values)
        self.permanent = permanent
