"""Hands e-mail to a mail server over SMTP, and tells apart whose fault a failure is."""

import smtplib
import ssl
from contextlib import suppress
from email.errors import MessageError
from email.message import EmailMessage
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from engine.delivery.mail import Mail, Transport
from engine.delivery.refusal import DeliveryError

SECONDS_TO_WAIT = 20
_FAREWELL = 2  #: Seconds; a message that was taken is noted as sent only afterwards.
ENCRYPTED_PORT = 465
#: SMTP replies (RFC 5321, 4.2): from here on waiting does not change them; the server
#: goes down; the message is too large, which is no fault of its sender.
PERMANENT_REPLY, SHUTTING_DOWN, TOO_LARGE = 500, 421, 552

_NO_ANSWER = "Expected the mail server {host} to take a message to {to}, but: {reason}."
_ANSWERED = "Expected the server to take mail to {to}, but it answered {code} {reason}."


class SmtpTransport:
    """Hands e-mail to a mail server.

    Args:
        address: ``smtp://`` or ``smtps://``, with user and password where it asks for them;
            ``?starttls=1`` demands encryption on a plain port.
        patience: Seconds to wait for each answer.
    """

    def __init__(self, address: str, patience: float = SECONDS_TO_WAIT) -> None:
        self._address = urlsplit(address)
        self._patience = patience

    def send(self, mail: Mail) -> None:
        """Hand *mail* to the server; once it was taken, nothing said later undoes that."""
        try:
            message = mail.as_message()
        except (MessageError, ValueError) as error:
            raise _no_address(mail, error) from error
        server = self._open(mail)
        try:
            _hand_over(server, mail, message)
        except (OSError, smtplib.SMTPException) as error:
            raise self._unanswered(mail, error, uncertain=server.handed_over) from error
        finally:
            _leave(server)

    def _open(self, mail: Mail) -> "_Plain | _Encrypted":
        """Connect and sign in; what fails here would fail for every message."""
        try:
            server = self._connect()
        except (OSError, smtplib.SMTPException) as error:
            raise self._unanswered(mail, error) from error
        try:
            server.ehlo_or_helo_if_needed()
            if _wants_encryption(self._address):
                server.starttls(context=ssl.create_default_context())
            if self._address.username:
                password = unquote(self._address.password or "")
                server.login(unquote(self._address.username), password)
        except (OSError, smtplib.SMTPException) as error:
            server.close()
            raise self._unanswered(mail, error) from error
        return server

    def _connect(self) -> "_Plain | _Encrypted":
        host = self._address.hostname or "localhost"
        if self._address.scheme == "smtps":
            port = self._address.port or ENCRYPTED_PORT
            context = ssl.create_default_context()
            return _Encrypted(host, port, timeout=self._patience, context=context)
        return _Plain(host, self._address.port or 25, timeout=self._patience)

    def _unanswered(
        self, mail: Mail, error: Exception, *, uncertain: bool = False
    ) -> DeliveryError:
        reason = str(error)
        if isinstance(error, smtplib.SMTPResponseException):
            reason = f"{error.smtp_code} {_text(error.smtp_error)}"
        return DeliveryError(
            _NO_ANSWER,
            permanent=False,
            away=not uncertain,
            uncertain=uncertain,
            host=self._address.hostname,
            to=mail.to,
            reason=reason or type(error).__name__,
        )


class _Watched(smtplib.SMTP):
    """Knows whether the whole of a message has gone out."""

    handed_over = False

    def send(self, s: Any) -> None:
        """Send a command or a message."""
        super().send(s)
        # A message goes as bytes, with the line that ends it; commands go as text.
        self.handed_over = self.handed_over or isinstance(s, bytes)


class _Plain(_Watched):
    pass


class _Encrypted(_Watched, smtplib.SMTP_SSL):
    pass


def open_transport(address: str | None) -> Transport | None:
    """Return the transport for *address*; none keeps e-mail waiting."""
    return SmtpTransport(address) if address else None


def _hand_over(server: smtplib.SMTP, mail: Mail, message: EmailMessage) -> None:
    """Go through the dialogue of one message.

    Raises:
        DeliveryError: If the server refuses the sender, the recipient or the message.
    """
    try:
        server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        code = min(reply[0] for reply in error.recipients.values())
        raise _refused(mail, code, "recipient refused") from error
    except smtplib.SMTPSenderRefused as error:
        # Our own address is the same in all messages, so none of them would go.
        ours = error.smtp_code != TOO_LARGE
        reason = _text(error.smtp_error)
        raise _refused(mail, error.smtp_code, reason, away=ours) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(mail, error.smtp_code, _text(error.smtp_error)) from error
    except (smtplib.SMTPNotSupportedError, ValueError) as error:
        raise _no_address(mail, error) from error


def _leave(server: smtplib.SMTP) -> None:
    """Part from the server, without waiting long for its farewell."""
    with suppress(OSError, smtplib.SMTPException):
        if server.sock is not None:
            server.sock.settimeout(_FAREWELL)
            server.quit()
    server.close()


def _refused(mail: Mail, code: int, reason: str, *, away: bool = False) -> DeliveryError:
    away = away or code == SHUTTING_DOWN
    return DeliveryError(
        _ANSWERED,
        permanent=code >= PERMANENT_REPLY and not away,
        away=away,
        to=mail.to,
        code=code,
        reason=reason,
    )


def _no_address(mail: Mail, error: Exception) -> DeliveryError:
    return DeliveryError(
        "Expected an e-mail address, but {to} is none: {reason}.",
        permanent=True,
        to=mail.to,
        reason=str(error),
    )


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer


def _wants_encryption(address: SplitResult) -> bool:
    return "starttls=1" in address.query.split("&")
