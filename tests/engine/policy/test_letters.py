"""Letters say by which channels they may go."""

import pytest

from engine.policy import Bundle, check
from engine.policy.letters import read_letter
from tests.engine.policy.bundles import changed

TEXT = '+++\ntitle = "甲"\n{channels}+++\n乙\n'
LATE = "letters/late.md"
CLAUSES = 'clauses = ["MC-2"]'
TO_HEADS = '<zeebe:header key="groups" value="head" />'
TO_ADDRESS = '<zeebe:header key="email" value="x@example.com" />'


@pytest.mark.parametrize(
    ("line", "channels"),
    [
        ("", {"email", "chat"}),
        ("channels = []\n", set()),
        ('channels = ["chat"]\n', {"chat"}),
        ('channels = ["chat", "email"]\n', {"email", "chat"}),
    ],
)
def test_it_goes_by_those_that_it_names(line, channels):
    letter, findings = read_letter("letters/a.md", TEXT.format(channels=line))

    assert findings == []
    assert letter.channels == channels


def test_an_unknown_one_is_refused():
    letter, [finding] = read_letter(
        "letters/a.md", TEXT.format(channels='channels = ["pigeon"]\n')
    )

    assert letter is None
    assert (finding.rule, finding.line) == ("letter-channel", 3)
    assert str(finding.what) == "Expected email or chat, but pigeon is no way for a letter."


def test_what_is_no_list_is_refused():
    letter, findings = read_letter("letters/a.md", TEXT.format(channels='channels = "x"\n'))

    assert letter is None
    assert findings


def told(bundle: Bundle) -> list[tuple[str, str | None, str]]:
    return [(finding.file, finding.element, finding.rule) for finding in check(bundle)]


def test_a_letter_to_an_address_has_to_go_by_email():
    chats = changed(LATE, CLAUSES, f'{CLAUSES}\nchannels = ["chat"]')
    text = chats.text("complaint.bpmn").replace(TO_HEADS, TO_HEADS + TO_ADDRESS)
    addressed = Bundle(chats.key, {**chats.files, "complaint.bpmn": text.encode()})

    assert (LATE, "channels", "letter-channel") not in told(chats)
    assert (LATE, "channels", "letter-channel") in told(addressed)
