"""Slow lines cost nobody else anything: many sockets that send byte by byte, and many that never read."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest
from waitress.server import create_server

from tests.web.made_up import World, opened
from web.config import WebConfig
from web.listening import server_settings

SLOW = 150
"""More than waitress lets in by itself."""
HEAD = b"GET /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\n"


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An office behind the pages."""
    with opened(tmp_path_factory.mktemp("slow")) as made:
        yield made


@contextmanager
def listening(world: World, **other: object) -> Iterator[int]:
    """The pages as `job131 serve` listens, in a thread; the port."""
    config = WebConfig(secret_key="x" * 40, upload_folder=Path("nowhere"))
    server = create_server(world.app, host="127.0.0.1", port=0, **{**server_settings(config), **other})
    over = Event()

    def turn() -> None:
        while not over.is_set():
            server.asyncore.loop(timeout=0.05, map=server._map, count=1, use_poll=server.adj.asyncore_use_poll)

    thread = Thread(target=turn)
    thread.start()
    try:
        yield server.effective_port
    finally:
        over.set()
        thread.join()
        server.task_dispatcher.shutdown()
        for channel in list(server._map.values()):
            channel.close()


def asked(port: int, head: bytes = HEAD) -> tuple[bytes, float]:
    """The first line of an answer and how long it took."""
    began = monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(head + b"Connection: close\r\n\r\n")
        first = line.recv(65536).split(b"\r\n", 1)[0]
    return first, monotonic() - began


def _end_of(line: socket.socket) -> bytes:
    """What comes before the other side lets go, gently or not."""
    try:
        return line.recv(100)
    except ConnectionResetError:
        return b""


def test_many_who_send_a_byte_at_a_time_do_not_keep_others_waiting(world: World) -> None:
    body = b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5000\r\n\r\n"
    with listening(world) as port, ExitStack() as open_lines:
        connect = lambda: open_lines.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))  # noqa: E731
        lines = [(connect(), HEAD if number % 2 else body + b"a" * 50) for number in range(SLOW)]
        for sent in range(12):
            for line, text in lines:
                line.send(text[sent : sent + 1])
            told, seconds = asked(port)
            assert told == b"HTTP/1.1 200 OK"
            assert seconds < 5


def test_many_who_never_read_do_not_keep_others_waiting(world: World) -> None:
    with listening(world) as port, ExitStack() as open_lines:
        for _ in range(40):
            line = open_lines.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            line.sendall((HEAD + b"\r\n") * 4)
        told, seconds = asked(port)
    assert told == b"HTTP/1.1 200 OK"
    assert seconds < 10


def test_a_head_without_end_and_a_body_beyond_all_measure_are_refused_at_once(world: World) -> None:
    with listening(world) as port:
        assert b" 431 " in asked(port, HEAD + b"X-Long: " + b"a" * 40_000 + b"\r\n")[0]
        assert b" 413 " in asked(port, HEAD.replace(b"GET", b"POST") + b"Content-Length: 999999999\r\n")[0]


def test_who_says_nothing_is_let_go(world: World) -> None:
    with (
        listening(world, channel_timeout=0, cleanup_interval=0) as port,
        socket.create_connection(("127.0.0.1", port), timeout=10) as line,
    ):
        line.sendall(HEAD)
        assert _end_of(line) == b""
