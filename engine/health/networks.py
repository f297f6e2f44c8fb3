"""Says which machines may read the counts."""

from dataclasses import dataclass
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_network,
)

from engine.model import EngineError
from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class Watchers:
    """Networks whose machines may watch."""

    networks: tuple[IPv4Network | IPv6Network, ...]

    def __contains__(self, address: IPv4Address | IPv6Address) -> bool:
        return any(address in network for network in self.networks)


def watchers_of(settings: Settings) -> Watchers:
    """Return who may read the counts.

    Raises:
        EngineError: If the setting names no networks.
    """
    named = (text.strip() for text in settings.watchers.split(","))
    try:
        return Watchers(tuple(ip_network(text) for text in named if text))
    except ValueError as error:
        raise EngineError(
            "Expected COMPLAINTFLOW_WATCHERS to name networks such as 10.0.0.0/8, but it"
            " is {watchers}.",
            watchers=settings.watchers,
        ) from error
