"""The shipped web server on a database, and a small client that keeps its connections."""

import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.test import Client

from bench.harness import check, stopwatch
from ssi_dashboard import serve
from ssi_dashboard.collected import collect_static_files
from tests.processes import running, wait_until

CONNECTIONS = 2
RECEIVE = 1 << 16


@contextmanager
def serving(address: str) -> Iterator[None]:
    """Run the product's own web server, as `bin/run` does, on a database."""
    collect_static_files()
    with running(serve._web(), {"DATABASE_URL": address}):
        wait_until(serve._is_healthy, seconds=30, what="The web server's start")
        yield


def cookie_of(user: Any) -> str:
    """Sign somebody in; gives what their browser sends along: the session, and the secret of its forms.

    Without the secret every page would be a new one, made for a browser that comes for the first time.
    """
    client, asked = Client(), HttpRequest()
    client.force_login(user)
    get_token(asked)
    session = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    return f"{session}; {settings.CSRF_COOKIE_NAME}={asked.META['CSRF_COOKIE']}"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes


class Connection:
    """A connection that stays open: requests are ready bytes, answers are read by their length."""

    def __init__(self) -> None:
        self._socket = socket.create_connection((settings.BIND, settings.PORT), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self) -> None:
        self._socket.close()

    def ask(self, request: bytes) -> Answer:
        self._socket.sendall(request)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._received()
        status, headers = _head(data[:end])
        body = data[end + 4 :]
        while len(body) < int(headers.get("content-length", 0)):
            body += self._received()
        return Answer(status, headers, body)

    def _received(self) -> bytes:
        data = self._socket.recv(RECEIVE)
        if not data:
            raise ConnectionError("The server closed the connection.")
        return data


def _head(head: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.split(": ", 1) for line in lines)
    return int(first.split(" ", 2)[1]), {name.lower(): value for name, value in pairs}


def request(path: str, *, cookie: str, headers: Mapping[str, str] | None = None) -> bytes:
    lines = {"Host": "localhost", "Cookie": cookie, "Accept-Language": "en", **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"GET {path} HTTP/1.1\r\n{head}\r\n".encode()


def ask(asked: bytes) -> Answer:
    connection = Connection()
    try:
        return connection.ask(asked)
    finally:
        connection.close()


def load(requests: Sequence[bytes], *, count: int, status: int) -> float:
    """Send so many requests over two connections, in turn out of some; gives the seconds for one."""
    parts = [requests[n::CONNECTIONS] or requests for n in range(CONNECTIONS)]
    with stopwatch() as took:
        _in_threads([lambda part=part: _send(part, count // CONNECTIONS, status) for part in parts])  # type: ignore[misc]
    return took[0] / count


def _send(requests: Sequence[bytes], count: int, status: int) -> None:
    connection = Connection()
    for asked in islice(cycle(requests), count):
        check("the status of a page", connection.ask(asked).status, status)
    connection.close()


def _in_threads(works: Sequence[Callable[[], None]]) -> None:
    problems: list[BaseException] = []

    def run(work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as problem:
            problems.append(problem)

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]


@dataclass
class Visitors:
    """People who ask at a steady pace, however long the answers take; each answer's seconds are kept.

    A request's time counts from when it was due: one that had to wait for another is slow, too.
    """

    requests: Sequence[bytes]
    per_second: float
    took: list[float] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Visitors":
        begin = time.perf_counter()
        self._threads = [threading.Thread(target=self._visit, args=[begin, n]) for n in range(CONNECTIONS)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _visit(self, begin: float, number: int) -> None:
        connection = Connection()
        due = begin + number / self.per_second
        for asked in cycle(self.requests[number::CONNECTIONS]):
            if self._over.wait(max(0.0, due - time.perf_counter())):
                break
            check("the status of a board", connection.ask(asked).status, 200)
            self.took.append(time.perf_counter() - due)
            due += CONNECTIONS / self.per_second
        connection.close()
