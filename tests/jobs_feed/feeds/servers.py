"""Servers that behave, and servers that do not: each a generator of the bytes it sends.

In: a request. Out: raw bytes, so that nothing is too wrong to be sent. They live on the loopback address only, count
what they are asked, and are gone with the test.
"""

from __future__ import annotations

import gzip
import json
import socketserver
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.jobs_feed.books import postings, workbook

TITLES = ("保洁员", "电焊工", "厨师", "保安", "收银员", "护工")
GOOD = 4


@dataclass
class Request:
    """What was asked, and where: `port` is that of the server itself, `stop` ends waits."""

    path: str
    headers: dict[str, str]
    number: int
    port: int
    stop: threading.Event

    def wait(self, seconds: float) -> bool:
        """Waits as a slow server does; True once the test is over."""
        return self.stop.wait(seconds)


Behaviour = Callable[[Request], Iterator[bytes]]
BEHAVIOURS: dict[str, Behaviour] = {}


def server(behaviour: Behaviour) -> Behaviour:
    """Adds a server to the collection."""
    BEHAVIOURS[behaviour.__name__] = behaviour
    return behaviour


class Handler(socketserver.BaseRequestHandler):
    """Reads a request and sends whatever the behaviour says."""

    def handle(self) -> None:
        """One connection."""
        served: Running = self.server.running  # type: ignore[attr-defined]
        head = b""
        while b"\r\n\r\n" not in head:
            try:
                piece = self.request.recv(4096)
            except OSError:
                return
            if not piece or not head and not piece.startswith(b"GET "):
                self.request.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
            head += piece
        lines = head.decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        path = lines[0].split(" ")[1]
        served.asked.append(path)
        served.headers.append(headers)
        request = Request(path, headers, len(served.asked), served.port, served.stop)
        try:
            for piece in served.behaviour(request):
                self.request.sendall(piece)
        except OSError:
            return


class TcpServer(socketserver.ThreadingTCPServer):
    """Threads that do not outlive the test."""

    daemon_threads = True
    allow_reuse_address = True


@dataclass
class Running:
    """A server at work."""

    behaviour: Behaviour
    encrypted: ssl.SSLContext | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def __enter__(self) -> Running:
        """Starts on a free port."""
        self._server = TcpServer(("127.0.0.1", 0), Handler)
        self._server.running = self  # type: ignore[attr-defined]
        if self.encrypted is not None:
            self._server.socket = self.encrypted.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stops at once."""
        self.stop.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/jobs"


def answer(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body


def items(count: int = GOOD, start: int = 1, **changes: object) -> list[dict[str, object]]:
    """Postings under our own column names; `changes` go into the last."""
    found: list[dict[str, object]] = [
        {
            "编号": f"S-{number:03d}",
            "岗位名称": TITLES[number % len(TITLES)],
            "用人单位": f"某某公司{number}（示例）",
            "工作地点": "奈曼旗大沁他拉镇",
            "薪资待遇": "3000-4000元/月",
        }
        for number in range(start, start + count)
    ]
    if found:
        found[-1] |= changes
    return found


def as_json(listed: list[dict[str, object]], **around: object) -> bytes:
    """Postings as a JSON page."""
    return json.dumps({"items": listed, **around}, ensure_ascii=False).encode()


def as_csv(count: int = GOOD) -> str:
    """Postings as a separated list."""
    rows = items(count)
    return "\r\n".join([",".join(rows[0]), *(",".join(str(value) for value in row.values()) for row in rows)]) + "\r\n"


@server
def good_json(request: Request) -> Iterator[bytes]:
    yield answer(as_json(items()), "Content-Type: application/json", 'ETag: "v1"')


@server
def good_csv_called_octets(request: Request) -> Iterator[bytes]:
    yield answer(as_csv().encode(), "Content-Type: application/octet-stream")


@server
def workbook_called_a_page(request: Request) -> Iterator[bytes]:
    with TemporaryDirectory() as folder:
        path = workbook(Path(folder) / "list.xlsx", postings(GOOD))
        yield answer(path.read_bytes(), "Content-Type: text/html")


@server
def slow_headers(request: Request) -> Iterator[bytes]:
    for one in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"y" * 5_000:
        yield bytes([one])
        if request.wait(0.02):
            return


@server
def silent(request: Request) -> Iterator[bytes]:
    request.wait(5)
    yield b""


@server
def slow_drip(request: Request) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
    while not request.wait(0.02):
        yield b" "


@server
def endless_body(request: Request) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n\r\n" + as_csv().encode()
    while not request.stop.is_set():
        yield b"x" * 65_536


@server
def endless_chunks(request: Request) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    while not request.stop.is_set():
        yield b"10000\r\n" + b"[" * 65_536 + b"\r\n"


@server
def redirect_to_loopback(request: Request) -> Iterator[bytes]:
    yield answer(b"", f"Location: http://127.0.0.1:{request.port}/elsewhere", status="302 Found")


@server
def redirect_to_file(request: Request) -> Iterator[bytes]:
    yield answer(b"", "Location: file:///etc/passwd", status="301 Moved Permanently")


@server
def redirect_to_metadata(request: Request) -> Iterator[bytes]:
    yield answer(b"", "Location: http://169.254.169.254/latest?key=secret", status="307 Temporary Redirect")


@server
def redirect_loop(request: Request) -> Iterator[bytes]:
    yield answer(b"", f"Location: {request.path}", status="308 Permanent Redirect")


@server
def gzip_bomb(request: Request) -> Iterator[bytes]:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    yield b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"
    for _ in range(200):
        yield packer.compress(b"0" * 1_000_000)
    yield packer.flush()


@server
def gzip_twice(request: Request) -> Iterator[bytes]:
    yield answer(gzip.compress(gzip.compress(as_json(items()))), "Content-Encoding: gzip, gzip")


@server
def gzip_good(request: Request) -> Iterator[bytes]:
    yield answer(gzip.compress(as_json(items())), "Content-Encoding: gzip")


@server
def deflate_bare(request: Request) -> Iterator[bytes]:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    yield answer(packer.compress(as_json(items())) + packer.flush(), "Content-Encoding: deflate")


@server
def gzip_cut_short(request: Request) -> Iterator[bytes]:
    packed = gzip.compress(as_json(items(200)))
    yield answer(packed[: len(packed) // 2], "Content-Encoding: gzip")


@server
def gzip_said_but_plain(request: Request) -> Iterator[bytes]:
    yield answer(as_json(items()), "Content-Encoding: gzip")


@server
def unknown_coding(request: Request) -> Iterator[bytes]:
    yield answer(as_json(items()), "Content-Encoding: br")


@server
def gbk_called_utf8(request: Request) -> Iterator[bytes]:
    yield answer(as_csv().encode("gbk"), "Content-Type: text/csv; charset=utf-8")


@server
def utf8_called_gbk(request: Request) -> Iterator[bytes]:
    yield answer(as_csv().encode(), "Content-Type: text/csv; charset=gbk")


@server
def json_in_utf16(request: Request) -> Iterator[bytes]:
    yield answer(b"\xff\xfe" + as_json(items()).decode().encode("utf-16-le"), "Content-Type: application/json")


@server
def cut_off_body(request: Request) -> Iterator[bytes]:
    body = as_json(items())
    yield answer(body[: len(body) // 2], length=len(body))


@server
def cut_off_chunks(request: Request) -> Iterator[bytes]:
    body = as_csv().encode()
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(body) + body + b"\r\n"


@server
def says_less_than_it_sends(request: Request) -> Iterator[bytes]:
    yield answer(as_csv().encode(), length=150)


@server
def json_cut_without_length(request: Request) -> Iterator[bytes]:
    body = as_json(items())
    yield b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + body[: len(body) // 2]


@server
def page_instead_of_csv(request: Request) -> Iterator[bytes]:
    yield answer("<!DOCTYPE html><html><body>请先登录</body></html>".encode(), "Content-Type: text/csv")


@server
def error_500(request: Request) -> Iterator[bytes]:
    yield answer(as_json(items()), status="500 Internal Server Error")


@server
def forbidden(request: Request) -> Iterator[bytes]:
    yield answer(b"", status="403 Forbidden")


@server
def busy(request: Request) -> Iterator[bytes]:
    yield answer(b"", "Retry-After: 3600", status="429 Too Many Requests")


@server
def busy_with_a_date(request: Request) -> Iterator[bytes]:
    yield answer(b"", "Retry-After: Wed, 24 Jun 2026 03:00:00 GMT", status="503 Service Unavailable")


@server
def busy_without_saying_when(request: Request) -> Iterator[bytes]:
    yield answer(b"", status="503 Service Unavailable")


@server
def unchanged_at_once(request: Request) -> Iterator[bytes]:
    yield b"HTTP/1.1 304 Not Modified\r\n\r\n"


@server
def empty_200(request: Request) -> Iterator[bytes]:
    yield answer(b"")


@server
def json_too_deep(request: Request) -> Iterator[bytes]:
    yield answer(b"[" * 200_000 + b"]" * 200_000)


@server
def json_of_empty_objects(request: Request) -> Iterator[bytes]:
    yield answer(b"[" + b"{}," * 3_000_000 + b"{}]")


@server
def billion_laughs(request: Request) -> Iterator[bytes]:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    yield answer(f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY l0 "lol">{entities}]><s><j>&l9;</j></s>'.encode())


@server
def entity_of_a_file(request: Request) -> Iterator[bytes]:
    yield answer(
        b'<?xml version="1.0"?><!-- x --><!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        b"<rss><channel><item><title>&f;</title></item></channel></rss>"
    )


@server
def next_page_loop(request: Request) -> Iterator[bytes]:
    second = "page=2" in request.path
    yield answer(as_json(items(2, start=3 if second else 1), next="/jobs" if second else "/jobs?page=2"))


@server
def next_page_elsewhere(request: Request) -> Iterator[bytes]:
    yield answer(as_json(items(), next=f"http://127.0.0.1:{request.port + 1}/jobs?page=2"))


@server
def next_page_is_a_file(request: Request) -> Iterator[bytes]:
    yield answer(as_json(items(), next="file:///etc/passwd"))


@server
def pages_without_end(request: Request) -> Iterator[bytes]:
    yield answer(as_json(items(1, start=request.number), next=f"/jobs?page={request.number + 1}"))


@server
def third_page_breaks(request: Request) -> Iterator[bytes]:
    if request.number == 3:
        yield answer(b"", status="502 Bad Gateway")
    yield answer(as_json(items(1, start=request.number), next=f"/jobs?page={request.number + 1}"))


@server
def duplicate_references(request: Request) -> Iterator[bytes]:
    yield answer(as_json([*items(3), *items(1), *items(1, 岗位名称="电工")]))


@server
def rows_that_are_none(request: Request) -> Iterator[bytes]:
    listed = [*items(2), {"编号": "S-9", "岗位名称": "保安"}, {}]
    yield answer(json.dumps([*listed, None, "text", *items(1, start=3)], ensure_ascii=False).encode())


@server
def huge_header(request: Request) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nX-Big: " + b"y" * 60_000 + b"\r\n\r\n" + as_json(items())


@server
def many_headers(request: Request) -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while not request.stop.is_set():
        yield b"X-More: 1\r\n" * 100


@server
def no_http(request: Request) -> Iterator[bytes]:
    yield b"220 ftp ready\r\n"


@server
def continues_without_end(request: Request) -> Iterator[bytes]:
    while not request.wait(0.001):
        yield b"HTTP/1.1 100 Continue\r\n\r\n"


@server
def closes_at_once(request: Request) -> Iterator[bytes]:
    yield b""
