"""What is told on the next page waits in the browser's cookie, which has little room."""

from flask import Flask, get_flashed_messages
from markupsafe import Markup

from webapp.shell.messages import MOST_WAITING, say_done


def test_the_latest_wait_for_the_next_page(app: Flask):
    with app.test_request_context():
        for number in range(100):
            say_done("Kept {number}.", number=number)

        waiting = get_flashed_messages()

    assert len(waiting) == MOST_WAITING
    assert "99" in Markup(waiting[-1])
