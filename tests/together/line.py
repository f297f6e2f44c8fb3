"""A line to PostgreSQL that can be cut just before or just after something is committed."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Literal

from sqlalchemy import make_url

Moment = Literal["before", "after"]
_COMMIT = b"\x0bCOMMIT\x00"  #: As the driver sends it, by itself.
_BEGIN = b"BEGIN"


class Line:
    """Passes bytes on between a program and the server.

    Args:
        address: Of the server, reached by a socket in a folder or by a port.
    """

    def __init__(self, address: str) -> None:
        self._server = _place(address)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._next_cut: Moment | None = None
        self.cuts = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def address(self, address: str) -> str:
        """Return *address* with this line in its place."""
        port = self._listener.getsockname()[1]
        url = make_url(address).set(host="127.0.0.1", port=port, query={})
        return url.render_as_string(hide_password=False)

    def cut(self, moment: Moment) -> None:
        """Cut the line *before* the next commit arrives, or *after*, its answer lost."""
        self._next_cut = moment

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.socket(self._server[0])
                server.connect(self._server[1])
                talk = _Talk(self, client, server)
                for pump in (talk.ask, talk.answer):
                    threading.Thread(target=pump, daemon=True).start()

    def take_cut(self) -> Moment | None:
        """Return when the commit that just came is to be cut off."""
        moment, self._next_cut = self._next_cut, None
        self.cuts += moment is not None
        return moment


class _Talk:
    """One connection over the line."""

    def __init__(self, line: Line, client: socket.socket, server: socket.socket) -> None:
        self._line, self._client, self._server = line, client, server
        self._is_last = self._only_looks = False

    def ask(self) -> None:
        """Pass on what the program says."""
        with self._ending(), suppress(OSError):
            while said := self._client.recv(65536):
                if said[5:].startswith(_BEGIN):
                    self._only_looks = b"READ ONLY" in said
                if said.endswith(_COMMIT) and not self._only_looks:
                    moment = self._line.take_cut()
                    if moment == "before":
                        return
                    self._is_last = moment == "after"
                self._server.sendall(said)

    def answer(self) -> None:
        """Pass on what the server says; not what it says to the last commit."""
        with self._ending(), suppress(OSError):
            while said := self._server.recv(65536):
                if self._is_last:
                    return
                self._client.sendall(said)

    @contextmanager
    def _ending(self) -> Iterator[None]:
        yield
        for end in (self._client, self._server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def _place(address: str) -> tuple[socket.AddressFamily, object]:
    url = make_url(address)
    folder = url.query.get("host")
    if folder is None:
        return socket.AF_INET, (url.host, url.port or 5432)
    return socket.AF_UNIX, f"{folder}/.s.PGSQL.{url.port or 5432}"
