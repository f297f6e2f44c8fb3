"""Messages from other systems: goods that came, answers, outcomes."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from engine.commands.outside.messages import LONGEST_NAME, CorrelateMessage
from engine.model import Sentence
from webapp.api.acting import run
from webapp.api.declaring import about, operation

_Name = Meta(min_length=1, max_length=LONGEST_NAME)


class NewMessage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that came from outside."""

    name: Annotated[str, _Name, about("The name that the diagram waits for")]
    message_id: Annotated[
        str, _Name, about("The sender's; the same message again changes nothing")
    ]
    key: Annotated[str, _Name] | None = None
    payload: Annotated[dict[str, Any], about("Variables that it carries")] = {}


class TakenMessage(msgspec.Struct, frozen=True):
    """What came of a message."""

    case_id: Annotated[int | None, about("Null while it is kept for a case to come")]


@operation(
    "POST",
    "/messages",
    Sentence("Tell the case that waits for it that something came"),
    scopes=("messages",),
)
def send_message(body: NewMessage) -> TakenMessage:
    """Deliver it, start a case by it, or keep it for a while."""
    command = CorrelateMessage(body.name, body.key, body.message_id, body.payload)
    return TakenMessage(run(command))
