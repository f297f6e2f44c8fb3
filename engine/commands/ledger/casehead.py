"""Keeps what is derived of a case in step with its variables: its head, and the ledger."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import delete, select

from engine.commands.ledger.bookkeeping import keep_entry
from engine.commands.moving.case import Sight, sight
from engine.feel import Expression
from engine.masking import Veil, personal_texts
from engine.model import EngineError, Json, Sentence, Variables
from engine.policy import LoadedPolicy
from engine.store import cases
from engine.store.masked import Masked, keep_masked, masked_words
from engine.store.models import Case, Circle
from engine.store.transaction import Transaction

_LONGEST = 200  #: Characters of a title, a name and a key.
_MOST_WORDS = 20_000  #: Characters by which a case is found; no index takes a book.


def refresh(
    tx: Transaction,
    case: Case,
    policy: LoadedPolicy,
    variables: Variables,
    local: Variables | None = None,
) -> list[Sentence]:
    """Derive head and ledger entry of *case* and return what could not be derived."""
    seen = sight(tx, case, policy, variables)
    troubles = _derive(tx, case, policy, seen, local or {})
    return troubles + keep_entry(tx, case, policy, seen.names)


def enter(
    tx: Transaction, case: Case, policy: LoadedPolicy, variables: Variables
) -> list[Sentence]:
    """Let the ledger say what *case* has come to; the head must be derived before."""
    return keep_entry(tx, case, policy, sight(tx, case, policy, variables).names)


def derive(
    tx: Transaction,
    case: Case,
    policy: LoadedPolicy,
    variables: Variables,
    local: Variables | None = None,
) -> list[Sentence]:
    """Derive the head of *case* from its variables and return what could not be derived.

    What fails keeps its last value: a case is never lost for want of a title.

    Args:
        tx: The transaction.
        case: The case.
        policy: Its policy.
        variables: Those of the case.
        local: What steps that opened just now see besides: a spokesperson who is named
            within a process that was called speaks at once.
    """
    return _derive(tx, case, policy, sight(tx, case, policy, variables), local or {})


def _derive(
    tx: Transaction, case: Case, policy: LoadedPolicy, seen: Sight, local: Variables
) -> list[Sentence]:
    settings = policy.settings
    troubles: list[Sentence] = []

    def value(
        expression: Expression | None, fallback: Json, names: Variables | None = None
    ) -> Json:
        try:
            return (seen if names is None else replace(seen, names=names)).value(expression)
        except EngineError as error:
            troubles.append(error.sentence)
            return fallback

    title = _text(value(settings.case_title, case.title))
    _set(
        case,
        title=(title or case.number)[:_LONGEST],
        customer=_text(value(settings.customer, case.customer)),
        unit=_text(value(settings.unit, case.unit)),
    )
    _keep_masked(tx, case, policy, seen, _set_words(tx, case, policy, seen))
    _exclude(tx, case, value(settings.excluded, None), policy)
    secret = settings.confidential
    if secret is not None or case.confidential:
        when = None if secret is None else secret.when
        is_secret = value(when, case.confidential) is True
        spokesperson = None if secret is None else secret.spokesperson
        before, names = case.spokesperson, {**local, **seen.names}
        if spokesperson is not None and spokesperson.reads <= names.keys():
            # Until a process that was called ends, the case itself has not heard the name.
            before = _text(value(spokesperson, before, names))
        speaker = before if is_secret else None
        _keep_secret(tx, case, policy, is_secret=is_secret, spokesperson=speaker)
    return troubles


def _set(case: Case, **head: str | None) -> None:
    """Set what is different alone, for whatever is set is a row to be written."""
    for name, text in head.items():
        if getattr(case, name) != text:
            setattr(case, name, text)


def _exclude(tx: Transaction, case: Case, value: Json, policy: LoadedPolicy) -> None:
    if policy.settings.excluded is None:
        return
    listed = value if isinstance(value, list) else [value]
    logins = {login.strip().lower() for login in listed if isinstance(login, str)}
    tx.exclude(case.id, {login for login in logins if 0 < len(login) <= _LONGEST})


def _keep_secret(
    tx: Transaction,
    case: Case,
    policy: LoadedPolicy,
    *,
    is_secret: bool,
    spokesperson: str | None,
) -> None:
    """Let a case be confidential, or let it be so no longer."""
    secret = policy.settings.confidential
    roles = secret.roles if secret is not None and is_secret else ()
    known = set(tx.session.scalars(select(Circle.role).where(Circle.case_id == case.id)))
    if known != set(roles):
        tx.session.execute(delete(Circle).where(Circle.case_id == case.id))
        for role in sorted(set(roles)):
            tx.session.add(Circle(case_id=case.id, role=role))
    if case.confidential != is_secret:
        case.confidential = is_secret
    _set(case, spokesperson=spokesperson.strip().lower() if spokesperson else None)


def _keep_masked(
    tx: Transaction, case: Case, policy: LoadedPolicy, seen: Sight, texts: Sequence[str]
) -> None:
    """Mask the head of a case, and *texts* that it is found by, for who looks on."""
    personal = policy.settings.personal
    if personal:
        veil = Veil(personal_texts(seen.names, personal))
        customer = None if case.customer is None else veil.text(case.customer)
        words = masked_words([veil.text(text) for text in texts], texts)
        keep_masked(tx, case.id, Masked(veil.text(case.title), customer, words))


def _set_words(
    tx: Transaction, case: Case, policy: LoadedPolicy, seen: Sight
) -> Sequence[str]:
    """Let a case be found by what its policy names, and return those texts."""
    texts, left = [case.number, case.title, case.customer or ""], _MOST_WORDS
    for path in policy.settings.search:
        for text in _texts(_at(seen.names, path)):
            texts.append(text[:left])
            left = max(0, left - len(text))
    cases.set_words(tx, case.id, texts)
    return texts


def _at(names: Json, path: str) -> Json:
    for name in path.split("."):
        if not isinstance(names, dict):
            return None
        names = names.get(name)
    return names


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif value is not None and not isinstance(value, dict | bool):
        yield str(value)


def _text(value: Json) -> str | None:
    if value is None or isinstance(value, dict | list | bool):
        return None
    return str(value).replace("\0", "")[:_LONGEST] or None
