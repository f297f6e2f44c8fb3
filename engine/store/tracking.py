"""Links by which customers follow their cases: made, found by their token, ended."""

import base64
import hashlib
from datetime import timedelta

from sqlalchemy import select, update

from engine.model import InvalidState, NotFound
from engine.store.keys import keyed
from engine.store.models import Case, TrackingLink
from engine.store.reading import Reading
from engine.store.transaction import Transaction

#: So long after a case ended its link still leads somewhere.
OPEN_AFTER_END = timedelta(days=180)
LONGEST_TOKEN = 100  #: Characters; a real one has fewer.
#: What stands in a letter that is shown to anybody but the customer.
HIDDEN = "（链接只发给客户）"
_BYTES = 20  #: 160 bits.


def issue(tx: Transaction, case: Case) -> TrackingLink:
    """Make a new link to *case*; the one before it leads nowhere from now on."""
    tx.session.execute(
        update(TrackingLink)
        .where(TrackingLink.case_id == case.id, TrackingLink.ended_at.is_(None))
        .values(ended_at=tx.now)
    )
    salt = tx.holdings.chance.token(16)
    token = _token(tx, case.id, salt)
    return tx.add(
        TrackingLink(
            case_id=case.id,
            salt=salt,
            digest=digest_of(token),
            at=tx.now,
            by=tx.actor.login,
        )
    )


def current(reading: Reading, case_id: int) -> TrackingLink | None:
    """Return the link to a case that is valid now, if there is one."""
    return reading.session.scalar(
        select(TrackingLink).where(
            TrackingLink.case_id == case_id, TrackingLink.ended_at.is_(None)
        )
    )


def token_of(reading: Reading, link: TrackingLink) -> str | None:
    """Return the token of *link*; None if the installation's key is another by now."""
    token = _token(reading, link.case_id, link.salt)
    return token if digest_of(token) == link.digest else None


def case_by(reading: Reading, token: str) -> Case:
    """Return the case that *token* leads to, not locked.

    Raises:
        NotFound: If it leads nowhere: never did, or no longer; nobody is told which.
    """
    link = None
    if len(token) <= LONGEST_TOKEN:
        # The database compares digests: how long it takes tells nothing of a token.
        chosen = select(TrackingLink).where(TrackingLink.digest == digest_of(token))
        link = reading.session.scalar(chosen)
    case = None if link is None else reading.find_case(link.case_id)
    if link is None or case is None or link.ended_at is not None or _is_past(reading, case):
        raise NotFound("Expected to find a complaint by this link, but there is none.")
    return case


def digest_of(token: str) -> str:
    """Return what the database keeps of *token*."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _is_past(reading: Reading, case: Case) -> bool:
    return case.ended_at is not None and reading.now > case.ended_at + OPEN_AFTER_END


def _token(reading: Reading, case_id: int, salt: str) -> str:
    made = keyed(reading, "tracking", case_id, salt)[:_BYTES]
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def mark_of(reading: Reading, case_id: int) -> str:
    """Return what stands in a letter in place of the link until it leaves the house.

    Nobody can type it into a complaint to have the link written into a text.
    """
    return f"urn:tracking:{keyed(reading, 'mark', case_id).hex()[:32]}"


def without_link(reading: Reading, case_id: int, text: str) -> str:
    """Return *text* as it is shown to people inside."""
    return text.replace(mark_of(reading, case_id), HIDDEN)


def with_link(reading: Reading, case_id: int, text: str, site: str | None) -> str:
    """Return *text* as it goes to the customer, who reaches *site* from outside.

    Raises:
        InvalidState: If it names the link, and that cannot be said.
    """
    mark = mark_of(reading, case_id)
    if mark not in text:
        return text
    if site is None:
        raise InvalidState(
            "Expected the address at which customers reach this site, but"
            " COMPLAINTFLOW_URL does not say it."
        )
    link = current(reading, case_id)
    token = None if link is None else token_of(reading, link)
    if token is None:
        raise InvalidState(
            "Expected a valid link to the complaint, but there is none; make a new one on"
            " the page of the case."
        )
    return text.replace(mark, address_of(site, token))


def address_of(site: str, token: str) -> str:
    """Return the address of the customer's page."""
    return f"{site.rstrip('/')}/t/{token}"
