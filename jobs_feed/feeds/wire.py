"""Sockets that lead where the gate says and stop when time is up.

In: a gate and a budget of time. Out: what httpcore needs to speak HTTP over them. It knows no proxy, follows no
redirect and reads no environment.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import httpcore

from jobs_feed.feeds.address import Gate
from jobs_feed.feeds.failures import FeedFailed

HEADER_BYTES = 32 * 2**10
_CONNECT_SECONDS = 10.0
_HEAD_END = b"\r\n\r\n"


@dataclass(slots=True)
class Budget:
    """Seconds a whole pull may wait for servers, however it drips."""

    seconds: float
    clock: Callable[[], float] = time.monotonic
    spent: float = 0.0
    began: float | None = None

    def start(self) -> None:
        """The server's time runs."""
        self.began = self.clock()

    def stop(self) -> None:
        """The server's time stands still, while pages are read here."""
        if self.began is not None:
            self.spent += self.clock() - self.began
            self.began = None

    def left(self) -> float:
        """Seconds left; FEED_SLOW where there are none."""
        running = 0.0 if self.began is None else self.clock() - self.began
        left = self.seconds - self.spent - running
        if left <= 0:
            raise FeedFailed("FEED_SLOW", seconds=round(self.seconds))
        return left


@dataclass(slots=True)
class Tally:
    """Bytes of one answer as they came over the wire."""

    head: bytearray = field(default_factory=bytearray)
    head_bytes: int = 0
    """0 until the end of the headers was seen."""
    received: int = 0

    def note(self, data: bytes) -> None:
        """Counts what came; headers without end are refused."""
        self.received += len(data)
        if self.head_bytes:
            return
        self.head += data
        end = self.head.find(_HEAD_END)
        if end >= 0:
            self.head_bytes = end + len(_HEAD_END)
        if max(self.head_bytes, 0 if self.head_bytes else len(self.head)) > HEADER_BYTES:
            raise FeedFailed("FEED_HEADERS", size=HEADER_BYTES // 2**10)

    def beyond(self, length: int) -> bool:
        """Whether more came than the headers announced."""
        return bytes(self.head[9:10]) == b"2" and self.received > self.head_bytes + length


class PinnedBackend(httpcore.NetworkBackend):
    """Connects to checked addresses only."""

    def __init__(self, gate: Gate, budget: Budget, tally: Tally) -> None:
        self._gate, self._budget, self._tally = gate, budget, tally
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first checked address that answers."""
        addresses = self._gate.pin(host.strip("[]"), port, self._budget.left())
        last: Exception | None = None
        for address in addresses:
            seconds = min(_CONNECT_SECONDS, self._budget.left())
            try:
                stream = self._backend.connect_tcp(address, port, timeout=seconds, socket_options=socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                last = error
                continue
            return TimedStream(stream, self._budget, self._tally)
        raise last or httpcore.ConnectError("no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None
    ) -> httpcore.NetworkStream:
        """Never."""
        raise FeedFailed("FEED_ADDRESS_SCHEME", address="unix:")


class TimedStream(httpcore.NetworkStream):
    """A connection whose every wait ends with the budget."""

    def __init__(self, stream: httpcore.NetworkStream, budget: Budget, tally: Tally) -> None:
        self._stream, self._budget, self._tally = stream, budget, tally

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What came."""
        data = self._stream.read(max_bytes, timeout=self._budget.left())
        self._tally.note(data)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """The request."""
        self._stream.write(buffer, timeout=self._budget.left())

    def close(self) -> None:
        """The end."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same over TLS, the certificate checked against the name."""
        inner = self._stream.start_tls(ssl_context, server_hostname, timeout=self._budget.left())
        return TimedStream(inner, self._budget, self._tally)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore asks of a connection."""
        return self._stream.get_extra_info(info)


def trusted_roots() -> ssl.SSLContext:
    """The usual authorities and those this machine trusts beside them."""
    context = httpcore.default_ssl_context()
    context.load_default_certs()
    return context


def is_timeout(error: BaseException | None) -> bool:
    """Whether time ran out anywhere along the chain of causes."""
    while error is not None:
        if isinstance(error, httpcore.TimeoutException | socket.timeout):
            return True
        error = error.__cause__ or error.__context__
    return False


def tls_fault(error: BaseException | None) -> str:
    """The code of a failed handshake, "" where TLS had no part in it."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return "FEED_TLS_CERTIFICATE"
        if isinstance(error, ssl.SSLError):
            return "FEED_TLS"
        error = error.__cause__ or error.__context__
    return ""
