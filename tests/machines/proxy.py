"""Stands between a program and its database, and can fall silent: a network that is cut."""

import selectors
import socket
import threading
from contextlib import suppress


class Proxy:
    """Forwards TCP connections to a server on this machine.

    Silent, it takes what is sent and passes nothing on, and never says that it does not.

    Args:
        target: The path of a Unix socket, or a host and a port.
    """

    def __init__(self, target: str | tuple[str, int]) -> None:
        self._target = target
        self._silent = threading.Event()
        self._over = threading.Event()
        self._held: list[socket.socket] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    @property
    def port(self) -> int:
        return int(self._listening.getsockname()[1])

    def fall_silent(self) -> None:
        """Pass nothing on from now on, in neither direction."""
        self._silent.set()

    def speak_again(self) -> None:
        """Break what was held in silence, and forward new connections."""
        self._silent.clear()
        for end in self._held:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._over.set()
        self._thread.join()
        for end in [*self._held, self._listening]:
            end.close()

    def _accept(self) -> None:
        self._listening.settimeout(0.05)
        ends = []
        while not self._over.is_set():
            with suppress(TimeoutError):
                client, _ = self._listening.accept()
                server = self._reach()
                self._held += [client, server]
                forwarding = threading.Thread(target=self._forward, args=(client, server))
                forwarding.start()
                ends.append(forwarding)
        for forwarding in ends:
            forwarding.join()

    def _reach(self) -> socket.socket:
        if isinstance(self._target, str):
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._target)
            return server
        return socket.create_connection(self._target)

    def _forward(self, client: socket.socket, server: socket.socket) -> None:
        other = {client: server, server: client}
        with selectors.DefaultSelector() as ready, suppress(OSError):
            for end in other:
                ready.register(end, selectors.EVENT_READ)
            while not self._over.is_set():
                for key, _ in ready.select(timeout=0.05):
                    end: socket.socket = key.fileobj  # type: ignore[assignment]
                    data = end.recv(65536)
                    if not data:
                        other[end].shutdown(socket.SHUT_RDWR)
                        return
                    if not self._silent.is_set():
                        other[end].sendall(data)
