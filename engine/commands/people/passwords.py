"""Passwords: what a good one is, and how it is kept so that nobody can read it back."""

from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from engine.model import Sentence

SHORTEST = 8
LONGEST = 256

#: What everybody tries first; longer lists belong to whoever runs the installation.
_NOTORIOUS = frozenset(
    {
        "password",
        "password1",
        "passw0rd",
        "12345678",
        "123456789",
        "1234567890",
        "qwertyui",
        "qwerty123",
        "1qaz2wsx",
        "abcd1234",
        "a1234567",
        "iloveyou",
        "admin123",
        "welcome1",
        "letmein1",
        "woaini520",
        "5201314520",
        "complaintflow",
    }
)

# Parameters recommended by OWASP; a hash takes 19 MiB, so few are made at once.
_hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
_at_once = BoundedSemaphore(4)

#: Verified where a login is unknown, so that the answer takes as long.
_NOBODY = (
    "$argon2id$v=19$m=19456,t=2,p=1$KqtmjZDiRTb/5VA/dkCDyQ"
    "$pMkxC88IdIDr8PU8O3LaSjCRg8LIyzsCLyk1YT5SDHU"
)


def hash_password(password: str) -> str:
    """Return what is kept of *password*."""
    with _at_once:
        return _hasher.hash(password)


def verify_password(kept: str | None, password: str) -> bool:
    """Tell whether *password* is the one that *kept* was made of; None fits nothing."""
    with _at_once:
        try:
            return _hasher.verify(kept or _NOBODY, password) and kept is not None
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Tell whether *kept* was made with weaker parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def faults_of(password: str, login: str) -> tuple[Sentence, ...]:
    """Return what is wrong with *password* for *login*; nothing if it is good."""
    if len(password) < SHORTEST:
        return (
            Sentence(
                "Expected a password of at least {count} characters.", {"count": SHORTEST}
            ),
        )
    if len(password) > LONGEST:
        return (
            Sentence(
                "Expected a password of at most {count} characters.", {"count": LONGEST}
            ),
        )
    plain = password.casefold()
    if plain in _NOTORIOUS or len(set(plain)) < 3 or login in plain:
        return (
            Sentence("Expected a password that others do not guess, but this one is easy."),
        )
    return ()
