"""Links of customers to their cases."""

from dataclasses import dataclass
from datetime import datetime

from engine.queries.showing.names import people_names
from engine.queries.showing.visibility import require_right, visible_case
from engine.store.reading import Reading
from engine.store.tracking import current, token_of


@dataclass(frozen=True, slots=True)
class LinkToken:
    """The token of a case's link, for those who hand it to the customer at once."""

    case_id: int

    def answer(self, reading: Reading) -> str | None:
        """Return it; None if there is no link, or the installation's key was changed.

        Raises:
            NotAllowed: If anybody but the engine itself asks.
        """
        require_right(reading.actor, "system")
        link = current(reading, self.case_id)
        return None if link is None else token_of(reading, link)


@dataclass(frozen=True, slots=True)
class LinkState:
    """Since when a customer can follow the case, and by whose doing."""

    is_offered: bool  #: Whether the policy lets customers follow cases at all.
    since: datetime | None
    by: str | None


@dataclass(frozen=True, slots=True)
class LinkOfCase:
    """Whether the customer of a case has a link to it."""

    case_id: int

    def answer(self, reading: Reading) -> LinkState:
        """Return it; never the link itself.

        Raises:
            NotFound: If there is no such case.
            NotAllowed: If it is not for this person.
        """
        case = visible_case(reading, self.case_id)
        is_offered = reading.loaded(case.deployment_id).settings.public is not None
        link = current(reading, case.id)
        if link is None:
            return LinkState(is_offered, None, None)
        name = people_names(reading, [link.by])[link.by]
        return LinkState(is_offered, link.at, name)
