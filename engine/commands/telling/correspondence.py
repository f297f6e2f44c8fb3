"""Writes to the customer of a case: that the complaint has come, and how it was dealt with.

A letter that cannot be written never stops the case; operations is told of it.
"""

from engine.commands.admitting.entries import email_faults
from engine.commands.moving import opening
from engine.commands.moving.case import Moving, Sight, sight
from engine.commands.telling.mailing import owe_mail
from engine.feel import parse_template, render_template
from engine.model import EngineError, Sentence
from engine.policy import Letter
from engine.policy.sections.public import LINK
from engine.store.models import CustomerLetter
from engine.store.tracking import current, issue, mark_of


def acknowledge(moving: Moving) -> None:
    """Tell the customer that the complaint has come, if the policy has a letter for it."""
    public = moving.policy.settings.public
    if public is not None and public.acknowledge is not None:
        _write(moving, public.acknowledge)


def ask_for_survey(moving: Moving) -> None:
    """Ask the customer of a closed case how it was, if the policy has a letter for it."""
    public = moving.policy.settings.public
    if public is None or public.survey_letter is None:
        return
    if current(moving.tx, moving.case.id) is None:
        issue(moving.tx, moving.case)
    _write(moving, public.survey_letter, by_mail_only=True)


def link_for_letters(moving: Moving, letter: Letter) -> dict[str, str]:
    """Return the name by which *letter* reads the customer's link, if it does.

    A case that has no link gets one.
    """
    reads = parse_template(letter.title).reads | parse_template(letter.body).reads
    if moving.policy.settings.public is None or LINK not in reads:
        return {}
    if current(moving.tx, moving.case.id) is None:
        issue(moving.tx, moving.case)
    return {LINK: mark_of(moving.tx, moving.case.id)}


def _write(moving: Moving, letter_id: str, *, by_mail_only: bool = False) -> None:
    letter = moving.policy.letters[letter_id]
    seen = sight(moving.tx, moving.case, moving.policy, moving.execution.variables)
    try:
        names = {**seen.names, **link_for_letters(moving, letter)}
        title = render_template(letter.title, names, seen.context)
        body = render_template(letter.body, names, seen.context)
        address = _address(moving, seen)
    except EngineError as error:
        opening.stop(moving, kind="letter", sentence=error.sentence)
        return
    if address is None and by_mail_only:
        return
    delivery = None
    if address is not None:
        delivery = owe_mail(moving, address, title, body)
    moving.tx.add(
        CustomerLetter(
            case_id=moving.case.id,
            letter=letter.id,
            title=title,
            body=body,
            delivery_id=None if delivery is None else delivery.id,
            at=moving.tx.now,
        )
    )


def _address(moving: Moving, seen: Sight) -> str | None:
    """Return where letters to the customer go; what is no address is told to operations."""
    public = moving.policy.settings.public
    assert public is not None
    value = seen.value(public.email)
    if value is None or not str(value).strip():
        return None
    address = str(value).strip()
    if email_faults(address):
        # Without the address itself: incidents outlast personal data.
        opening.stop(moving, kind="letter", sentence=_NO_ADDRESS)
        return None
    return address


_NO_ADDRESS = Sentence(
    "Expected an e-mail address of the customer, but what was entered is none."
)
