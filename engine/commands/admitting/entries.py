"""Checks what is entered about people and units, field by field."""

import re
from collections.abc import Collection, Mapping

from engine.commands.admitting.permission import RIGHTS
from engine.model import PUBLIC, SYSTEM, InvalidValues, Sentence
from engine.policy.sections.public import CUSTOMER

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s.]{2,63}")
_LONGEST_NAME = 100
LONGEST_TEXT = 10_000
#: Of those who act without a login; nobody else may be called so.
_RESERVED_LOGINS = frozenset({SYSTEM.login, PUBLIC.login})


def refuse_faults(faults: Mapping[str, tuple[Sentence, ...]]) -> None:
    """Refuse what was entered if any field has a fault.

    Raises:
        InvalidValues: With the sentences at the fields that have some.
    """
    errors = {path: sentences for path, sentences in faults.items() if sentences}
    if errors:
        raise InvalidValues(errors)


def login_faults(login: str) -> tuple[Sentence, ...]:
    """Return what is wrong with *login*."""
    if login in _RESERVED_LOGINS:
        return (
            Sentence(
                "Expected another login, since {login} is reserved.", {"login": login}
            ),
        )
    if _LOGIN.fullmatch(login):
        return ()
    return (
        Sentence(
            "Expected a login of small letters, digits, dots and hyphens, but got {login}.",
            {"login": login},
        ),
    )


def key_faults(key: str) -> tuple[Sentence, ...]:
    """Return what is wrong with the key of a unit or a role."""
    if _KEY.fullmatch(key):
        return ()
    return (
        Sentence(
            "Expected a key of small letters, digits and hyphens, but got {key}.",
            {"key": key},
        ),
    )


def role_faults(role: str) -> tuple[Sentence, ...]:
    """Return what is wrong with *role* as one that a person shall hold."""
    if role == CUSTOMER:
        return (
            Sentence(
                "Expected a role of people inside, but {role} is the complaining customer.",
                {"role": role},
            ),
        )
    return key_faults(role)


def name_faults(name: str) -> tuple[Sentence, ...]:
    """Return what is wrong with the name of a person or a unit."""
    if not name.strip():
        return (Sentence("Expected a name, but there is none."),)
    if len(name) > _LONGEST_NAME:
        return (
            Sentence(
                "Expected a name of at most {limit} characters, but it has {count}.",
                {"limit": _LONGEST_NAME, "count": len(name)},
            ),
        )
    return ()


def email_faults(email: str | None) -> tuple[Sentence, ...]:
    """Return what is wrong with an address for e-mail; none is fine."""
    if email is None or _EMAIL.fullmatch(email):
        return ()
    return (Sentence("Expected an e-mail address, but got {email}.", {"email": email}),)


def rights_faults(rights: Collection[str]) -> tuple[Sentence, ...]:
    """Return what is wrong with the rights of a person."""
    return tuple(
        Sentence(
            "Expected one of the rights {known}, but got {right}.",
            {"known": ", ".join(RIGHTS), "right": right},
        )
        for right in sorted(set(rights) - set(RIGHTS))
    )


def text_faults(text: str, limit: int = LONGEST_TEXT) -> tuple[Sentence, ...]:
    """Return what is wrong with a comment, a reason, or a name of *limit* characters."""
    if not text.strip():
        return (Sentence("Expected a text, but there is none."),)
    if len(text) > limit:
        return (
            Sentence(
                "Expected a text of at most {limit} characters, but it has {count}.",
                {"limit": limit, "count": len(text)},
            ),
        )
    return ()
