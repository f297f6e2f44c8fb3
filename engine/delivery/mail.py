"""Sends e-mail over SMTP."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol
from urllib.parse import SplitResult, unquote, urlsplit

from engine.delivery.refusal import DeliveryError

SECONDS_TO_WAIT = 20
ENCRYPTED_PORT = 465
PERMANENT_REPLY = (
    500  #: SMTP replies from here on will not change by waiting (RFC 5321, 4.2.1).
)


@dataclass(frozen=True, slots=True)
class Mail:
    """One e-mail to one address."""

    message_id: str  #: The same for every attempt, so that receivers drop a repetition.
    sender: str
    to: str
    subject: str
    text: str
    html: str | None
    sent_at: datetime


class Transport(Protocol):
    """Something that carries e-mail."""

    def send(self, mail: Mail) -> None:
        """Hand *mail* over.

        Raises:
            DeliveryError: If it was not taken over.
        """


class SmtpTransport:
    """Hands e-mail to a mail server.

    Args:
        address: ``smtp://`` or ``smtps://``, with user and password where it asks for them;
            ``?starttls=1`` demands encryption on a plain port.
    """

    def __init__(self, address: str) -> None:
        self._address = urlsplit(address)

    def send(self, mail: Mail) -> None:
        """Hand *mail* to the server."""
        try:
            with self._connect() as server:
                self._sign_in(server)
                server.send_message(_message(mail))
        except smtplib.SMTPRecipientsRefused as error:
            code = min(reply[0] for reply in error.recipients.values())
            raise _refused(mail, code, "recipient refused") from error
        except smtplib.SMTPResponseException as error:
            raise _refused(mail, error.smtp_code, str(error.smtp_error)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise DeliveryError(
                "Expected the mail server {host} to take a message to {to}, but: {reason}.",
                permanent=False,
                host=self._address.hostname,
                to=mail.to,
                reason=str(error) or type(error).__name__,
            ) from error
        except (MessageError, ValueError) as error:
            raise DeliveryError(
                "Expected an e-mail address, but {to} is none: {reason}.",
                permanent=True,
                to=mail.to,
                reason=str(error),
            ) from error

    def _connect(self) -> smtplib.SMTP:
        host = self._address.hostname or "localhost"
        if self._address.scheme == "smtps":
            port = self._address.port or ENCRYPTED_PORT
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, timeout=SECONDS_TO_WAIT, context=context)
        return smtplib.SMTP(host, self._address.port or 25, timeout=SECONDS_TO_WAIT)

    def _sign_in(self, server: smtplib.SMTP) -> None:
        if _wants_encryption(self._address):
            server.starttls(context=ssl.create_default_context())
        if self._address.username:
            server.login(
                unquote(self._address.username), unquote(self._address.password or "")
            )


def open_transport(address: str | None) -> Transport | None:
    """Return the transport for *address*; none keeps e-mail waiting."""
    return SmtpTransport(address) if address else None


def _wants_encryption(address: SplitResult) -> bool:
    return "starttls=1" in address.query.split("&")


def _refused(mail: Mail, code: int, reason: str) -> DeliveryError:
    return DeliveryError(
        "Expected the server to take mail to {to}, but it answered {code} {reason}.",
        permanent=code >= PERMANENT_REPLY,
        to=mail.to,
        code=code,
        reason=reason,
    )


def _message(mail: Mail) -> EmailMessage:
    message = EmailMessage()
    message["Message-ID"] = mail.message_id
    message["Date"] = format_datetime(mail.sent_at)
    message["From"] = mail.sender
    message["To"] = mail.to
    message["Subject"] = mail.subject
    message.set_content(mail.text)
    if mail.html is not None:
        message.add_alternative(mail.html, subtype="html")
    return message
