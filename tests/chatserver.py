"""A server that plays the robots of chats: takes what they are to say, or refuses it."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

Mood = Literal["take", "refuse", "busy", "silent", "down", "away", "elsewhere", "babble"]

TAKEN = {"errcode": 0, "errmsg": "ok"}
REFUSED = {"errcode": 310000, "errmsg": "keywords not in content"}
BUSY = {"errcode": 45009, "errmsg": "api freq out of limit"}


class ChatServer:
    """Keeps what its robots were told, in order, with the address of each.

    Moods: ``refuse`` answers 200 with a code that is not 0, ``busy`` with one that asks to
    come again; ``silent`` never answers; ``down`` answers 503; ``away`` breaks off;
    ``elsewhere`` sends to another host; ``babble`` answers as no robot does.
    """

    def __init__(self) -> None:
        self.mood: Mood = "take"
        self.said: list[tuple[str, str]] = []  #: Path and text.
        self.released = threading.Event()  #: Lets go of those that are kept in silence.
        self._server = _Server(("127.0.0.1", 0), _Robot)
        self._server.house = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}
        )
        self._thread.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    house: ChatServer

    def handle_error(self, *_: object) -> None:
        """Say nothing: whoever waits too long breaks off."""


class _Robot(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        house, mood = self.server.house, self.server.house.mood
        told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if mood == "away":
            return
        if mood == "silent":
            house.released.wait()
            return
        if mood == "take":
            house.said.append((self.path, _text(told)))
        status = {"down": 503, "elsewhere": 302}.get(mood, 200)
        body = {"refuse": REFUSED, "busy": BUSY, "babble": {"hello": 1}}.get(mood, TAKEN)
        self.send_response(status)
        if mood == "elsewhere":
            self.send_header("Location", house.address)
        self.end_headers()
        if status == 200:
            self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _text(told: dict[str, dict[str, str]]) -> str:
    return told["text"]["content"] if "text" in told else told["content"]["text"]
