"""Seals secrets that the installation must be able to read again, such as webhooks."""

from base64 import b64decode, b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from engine.model import InvalidState
from engine.store.keys import keyed
from engine.store.reading import Reading
from engine.store.transaction import Transaction

_NONCE = 12  #: Bytes, as AES-GCM wants them.


def seal(tx: Transaction, purpose: str, text: str) -> str:
    """Return *text* so that only this installation can read it, for one *purpose* alone."""
    nonce = bytes.fromhex(tx.holdings.chance.token(_NONCE))
    sealed = _cipher(tx, purpose).encrypt(nonce, text.encode(), purpose.encode())
    return b64encode(nonce + sealed).decode()


def unseal(reading: Reading, purpose: str, sealed: str) -> str:
    """Return what was sealed.

    Raises:
        InvalidState: If it was sealed with another key, as after moving the database alone.
    """
    data = b64decode(sealed)
    try:
        text = _cipher(reading, purpose).decrypt(
            data[:_NONCE], data[_NONCE:], purpose.encode()
        )
    except InvalidTag as error:
        raise InvalidState(
            "Expected to read what was sealed, but this installation's key is another by"
            " now; enter it once more."
        ) from error
    return text.decode()


def _cipher(reading: Reading, purpose: str) -> AESGCM:
    return AESGCM(keyed(reading, f"seal:{purpose}"))
