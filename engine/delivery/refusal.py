"""The one error that a transport knows."""

from engine.model import EngineError


class DeliveryError(EngineError):
    """A message did not leave the house, or nobody can say whether it did.

    Args:
        permanent: Whether trying again later is useless.
        away: Whether nothing else would go either: the server is down, or refuses us.
        uncertain: Whether the server had the whole message and never answered.
    """

    def __init__(
        self,
        template: str,
        /,
        *,
        permanent: bool,
        away: bool = False,
        uncertain: bool = False,
        **values: object,
    ) -> None:
        super().__init__(template, **values)
        self.permanent = permanent
        self.away = away
        self.uncertain = uncertain
