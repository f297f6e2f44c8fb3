"""Signs the heads of the journal's chains, so that no line can be cut off unnoticed."""

import hashlib
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from engine.model import Json
from engine.store.journal import DEMO
from engine.store.models import Chain, Checkpoint, Setting
from engine.store.reading import Reading
from engine.store.transaction import Transaction
from engine.store.values import canonical

_KEY = "checkpoint-key"
_PURPOSE = b"complaintflow checkpoint\0"


def seal(tx: Transaction) -> Checkpoint | None:
    """Sign the heads of all chains that grew since the last checkpoint, if any did."""
    key = signing_key(tx)
    if key is None:
        key = _make_key(tx)
    grown = tx.session.scalars(
        select(Chain)
        .where(Chain.position > Chain.sealed, Chain.stream.not_like(f"{DEMO}%"))
        .order_by(Chain.stream)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    if not grown:
        return None
    heads = {chain.stream: [chain.position, chain.digest] for chain in grown}
    for chain in grown:
        chain.sealed = chain.position
    last = tx.session.scalars(select(Checkpoint).order_by(Checkpoint.id.desc())).first()
    checkpoint = Checkpoint(
        at=tx.now,
        heads=canonical(heads).decode(),
        prev_digest="" if last is None else last.digest,
        digest="",
        public_key=key.public_key().public_bytes_raw(),
    )
    checkpoint.digest = checkpoint_digest(checkpoint)
    checkpoint.signature = key.sign(checkpoint.digest.encode())
    return tx.add(checkpoint)


def checkpoint_digest(checkpoint: Checkpoint) -> str:
    """Return the digest that *checkpoint* must have, the one before it included."""
    said: Json = {
        "prev": checkpoint.prev_digest,
        "at": _written(checkpoint.at),
        "heads": checkpoint.heads,
    }
    return hashlib.sha256(canonical(said)).hexdigest()


def signing_key(reading: Reading) -> Ed25519PrivateKey | None:
    """Return the key of this installation; None where none was needed yet.

    It follows from the secret of the installation where there is one, so that who can
    change the database alone cannot sign; otherwise it is kept in the database.
    """
    secret = reading.holdings.secret
    if secret is not None:
        seed = hashlib.sha256(_PURPOSE + secret.encode()).digest()
        return Ed25519PrivateKey.from_private_bytes(seed)
    kept = reading.session.get(Setting, _KEY)
    return (
        None
        if kept is None
        else Ed25519PrivateKey.from_private_bytes(bytes.fromhex(kept.value))
    )


def _make_key(tx: Transaction) -> Ed25519PrivateKey:
    seed = tx.holdings.chance.token(32)
    tx.add(Setting(name=_KEY, value=seed))
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
