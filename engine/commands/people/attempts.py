"""Wrong passwords are counted, and after several one waits longer and longer."""

from datetime import datetime, timedelta

from engine.store import people
from engine.store.models import LoginAttempt
from engine.store.reading import Reading
from engine.store.transaction import Transaction

_KNOWN = timedelta(days=30)  #: So long an address is known as one's own.
_REMEMBERED = timedelta(hours=24)  #: Failures before that do not count any more.
_LONGEST_WAIT = timedelta(minutes=15)
_FREE_FAILURES_OF_LOGIN = 5
_FREE_FAILURES_OF_ADDRESS = 30


def seconds_to_wait(reading: Reading, login: str, address: str) -> int:
    """Return how long a password is not looked at after wrong ones; mostly 0.

    Whoever logged in from the same address lately waits for their own failures there
    alone: strangers who guess lock nobody out, nor do colleagues behind one address.
    """
    since = reading.now - _REMEMBERED
    if people.has_logged_in(reading, login, address, reading.now - _KNOWN):
        own = people.failures_of_login(reading, login, since, address=address)
        waits = [_wait(*own, _FREE_FAILURES_OF_LOGIN)]
    else:
        everywhere = people.failures_of_login(reading, login, since)
        here = people.failures_of_address(reading, address, since)
        waits = [
            _wait(*everywhere, _FREE_FAILURES_OF_LOGIN),
            _wait(*here, _FREE_FAILURES_OF_ADDRESS),
        ]
    until = max((wait for wait in waits if wait is not None), default=None)
    if until is None or until <= reading.now:
        return 0
    return int((until - reading.now).total_seconds()) + 1


def note_attempt(tx: Transaction, login: str, address: str, *, succeeded: bool) -> None:
    """Count a try with a password, for the account and for the address."""
    tx.add(
        LoginAttempt(
            at=tx.now, login=login[:200], address=address[:200], succeeded=succeeded
        )
    )


def _wait(failures: int, last: datetime | None, free: int) -> datetime | None:
    if last is None or failures < free:
        return None
    return last + min(timedelta(seconds=2 ** min(failures - free + 1, 20)), _LONGEST_WAIT)
