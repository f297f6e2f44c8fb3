"""What an e-mail is, and what can carry one."""

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Protocol


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

    def as_message(self) -> EmailMessage:
        """Return it as it goes over the wire.

        Raises:
            ValueError: If an address cannot stand in a header.
        """
        message = EmailMessage()
        message["Message-ID"] = self.message_id
        message["Date"] = format_datetime(self.sent_at)
        message["From"] = self.sender
        message["To"] = self.to
        message["Subject"] = self.subject
        message.set_content(self.text)
        if self.html is not None:
            message.add_alternative(self.html, subtype="html")
        return message


class Transport(Protocol):
    """Something that carries e-mail."""

    def send(self, mail: Mail) -> None:
        """Hand *mail* over.

        Raises:
            DeliveryError: If it was not taken over, or it is not known whether it was.
        """
