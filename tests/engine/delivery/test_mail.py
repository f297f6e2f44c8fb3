"""Mail over a real SMTP server on this machine."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from engine.delivery import DeliveryError, Mail, SmtpTransport, open_transport
from tests.mailserver import MailServer, Mood

LETTER = Mail(
    message_id="<1.notice@complaintflow>",
    sender="office@example.com",
    to="customer@example.com",
    subject="投诉处理结果：ZL-2603-0001",
    text="您好，处理意见已批准。",
    html="<p>您好，处理意见已批准。</p>",
    sent_at=datetime(2026, 3, 2, 9, tzinfo=UTC),
)


class Mailbox:
    """Keeps what it is handed, or refuses it with one reply."""

    def __init__(self) -> None:
        self.received: list[Any] = []
        self.reply = "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.reply.startswith("250"):
            self.received.append(
                message_from_bytes(envelope.content, policy=policy.default)
            )
        return self.reply


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, str]]:
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield box, f"smtp://127.0.0.1:{controller.port}"
    controller.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_delivers_chinese_text_and_html(mailbox: tuple[Mailbox, str]) -> None:
    box, address = mailbox

    transport = open_transport(address)
    assert transport is not None
    transport.send(LETTER)

    [message] = box.received
    assert message["Subject"] == LETTER.subject
    assert message["Message-ID"] == LETTER.message_id
    assert message.get_body(("plain",)).get_content().strip() == LETTER.text
    assert LETTER.html in message.get_body(("html",)).get_content()


@pytest.mark.parametrize(("reply", "permanent"), [("451 busy", False), ("554 no", True)])
def test_it_tells_a_lasting_refusal_from_a_passing_one(
    mailbox: tuple[Mailbox, str], reply: str, permanent: bool
) -> None:
    box, address = mailbox
    box.reply = reply

    transport = open_transport(address)
    assert transport is not None
    with pytest.raises(DeliveryError) as refusal:
        transport.send(LETTER)

    assert refusal.value.permanent is permanent
    assert not box.received


def test_a_server_that_is_down_is_a_passing_refusal() -> None:
    transport = open_transport(f"smtp://127.0.0.1:{free_port()}")

    assert transport is not None
    with pytest.raises(DeliveryError) as refusal:
        transport.send(LETTER)

    assert not refusal.value.permanent


@pytest.fixture
def moody() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


def refusal_of(server: MailServer, mood: Mood, user: str = "") -> DeliveryError:
    """Return what comes of a letter when the server is in this mood."""
    server.mood = mood
    address = server.address.replace("//", f"//{user}")
    with pytest.raises(DeliveryError) as refusal:
        SmtpTransport(address, patience=0.3).send(LETTER)
    return refusal.value


@pytest.mark.parametrize("mood", ["away", "silent"])
def test_a_server_that_says_nothing_takes_nobodys_mail(
    moody: MailServer, mood: Mood
) -> None:
    refusal = refusal_of(moody, mood)

    assert (refusal.away, refusal.permanent, refusal.uncertain) == (True, False, False)


def test_a_wrong_password_keeps_back_all_mail_and_ends_none(moody: MailServer) -> None:
    refusal = refusal_of(moody, "password", user="office:secret@")

    assert (refusal.away, refusal.permanent) == (True, False)
    assert "secret" not in str(refusal)


@pytest.mark.parametrize(("mood", "permanent"), [("greylist", False), ("full", True)])
def test_what_is_said_of_one_mailbox_holds_for_that_one(
    moody: MailServer, mood: Mood, permanent: bool
) -> None:
    refusal = refusal_of(moody, mood)

    assert (refusal.away, refusal.permanent) == (False, permanent)


def test_a_server_that_has_the_letter_and_breaks_off_leaves_it_uncertain(
    moody: MailServer,
) -> None:
    refusal = refusal_of(moody, "drop")

    assert (refusal.uncertain, refusal.permanent, refusal.away) == (True, False, False)
    assert moody.taken == [LETTER.message_id]


def test_what_was_taken_stays_so_whatever_the_server_says_at_parting(
    moody: MailServer,
) -> None:
    moody.mood = "farewell"

    SmtpTransport(moody.address).send(LETTER)

    assert moody.taken == [LETTER.message_id]


def test_without_an_address_there_is_no_transport() -> None:
    assert open_transport(None) is None
