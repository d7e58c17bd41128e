"""A way to a server that can go dead: connections stay open, and what is sent over them does not arrive."""

import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Self

AT_ONCE = 65_536  # bytes


class Proxy:
    """Listens on a loopback port and carries bytes to the server and back.

    Cut, it keeps what comes and says nothing, as a net does whose packets are lost and sent again; mended, it
    brings what was kept.
    """

    def __init__(self, connect: Callable[[], socket.socket]) -> None:
        self._connect = connect
        self._whole = threading.Event()
        self._whole.set()
        self._sockets = ExitStack()

    def __enter__(self) -> Self:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        _end(self._listener)
        self._sockets.close()
        self._whole.set()

    def cut(self) -> None:
        self._whole.clear()

    def mend(self) -> None:
        self._whole.set()

    def _accept(self) -> None:
        with suppress(OSError):  # the end
            while True:
                client, _address = self._listener.accept()
                self._sockets.callback(_end, client)
                self._whole.wait()
                server = self._connect()
                self._sockets.callback(_end, server)
                for one, other in ((client, server), (server, client)):
                    threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):  # one of them is gone, and the other is told
            while data := source.recv(AT_ONCE):
                self._whole.wait()
                sink.sendall(data)
        self._whole.wait()
        with suppress(OSError):
            sink.shutdown(socket.SHUT_WR)


def _end(one: socket.socket) -> None:
    """Wake up whoever waits on a socket, and close it."""
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
