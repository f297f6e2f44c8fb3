"""A mail server with moods: takes mail, refuses it, says nothing, or breaks off."""

import re
import socket
import socketserver
import threading
from typing import Literal

Mood = Literal["take", "silent", "away", "drop", "farewell", "greylist", "full", "password"]
_ID = re.compile(rb"^Message-ID:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


class MailServer:
    """Keeps the ids of the messages that it took, in order.

    Moods: ``silent`` greets nobody; ``drop`` takes a message and breaks off before it says
    so; ``farewell`` takes it and says that it goes down; ``greylist`` asks to come again;
    ``full`` refuses the recipient for good; ``password`` believes nobody's password;
    ``away`` breaks off at once.
    """

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.mood: Mood = "take"
        self.taken: list[str] = []
        self.called = threading.Event()  #: Somebody connected.
        self.calls = 0
        self.released = threading.Event()  #: Lets go of those that are kept in silence.
        self._server = _Server((host, 0), _Dialogue)
        self._server.house = self
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}
        )
        self._thread.start()

    @property
    def address(self) -> str:
        host, port = self._server.server_address[:2]
        return f"smtp://{host!s}:{port}"

    def close(self) -> None:
        self.released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    house: MailServer

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients that are killed break off."""


class _Dialogue(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        house, mood = self.server.house, self.server.house.mood
        house.calls += 1
        house.called.set()
        if mood == "silent":
            house.released.wait()
        if mood in ("silent", "away"):
            return
        self._say("220 here")
        while line := self.rfile.readline().strip().upper():
            if line == b"DATA":
                if not self._data(house, mood):
                    return
            elif not self._answer(line, mood):
                return

    def _answer(self, line: bytes, mood: Mood) -> bool:
        if line.startswith(b"EHLO"):
            self._say("250-here\r\n250 AUTH PLAIN")
        elif line.startswith(b"AUTH"):
            self._say("535 who are you" if mood == "password" else "235 well")
        elif line.startswith(b"RCPT") and mood == "greylist":
            self._say("451 come again")
        elif line.startswith(b"RCPT") and mood == "full":
            self._say("550 no such mailbox")
        elif line == b"QUIT":
            self._say("421 going down" if mood == "farewell" else "221 bye")
            return False
        else:
            self._say("250 well")
        return True

    def _data(self, house: MailServer, mood: Mood) -> bool:
        self._say("354 go on")
        text = b""
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            text += line
        found = _ID.search(text)
        assert found is not None
        house.taken.append(found[1].decode())
        if mood == "drop":
            self.connection.shutdown(socket.SHUT_RDWR)
            return False
        self._say("250 taken")
        return True

    def _say(self, answer: str) -> None:
        self.wfile.write(answer.encode() + b"\r\n")
