"""One page from a server into a file, inside limits.

In: a target that the gate admitted, conditions, a budget. Out: `Page`, or `FeedFailed` with one clear reason.
A redirect is never followed: its host is named so that a person may add the new address.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin

import httpcore

from jobs_feed.feeds.address import Gate, Target, shown_origin
from jobs_feed.feeds.failures import FeedFailed
from jobs_feed.feeds.unpacking import unpacked
from jobs_feed.feeds.wire import Budget, PinnedBackend, Tally, is_timeout, tls_fault, trusted_roots

SECONDS = 30.0
MAX_BYTES = 20 * 2**20
LONGEST_WAIT = timedelta(days=7)
"""A server that asks to be left alone longer is asked again after a week."""
LONGEST_MARK = 500
_ASK = {
    "User-Agent": "job131-feed",
    "Accept": "application/json, application/xml;q=0.9, text/csv;q=0.9, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "zh-CN,zh;q=0.9,mn;q=0.6,en;q=0.5",
    "Connection": "close",
}
_REFUSED = {401: "FEED_FORBIDDEN", 403: "FEED_FORBIDDEN", 404: "FEED_NOT_FOUND", 410: "FEED_NOT_FOUND"}


@dataclass(frozen=True, slots=True)
class Page:
    """An answer; `unchanged` where the server said so and sent nothing."""

    url: str
    unchanged: bool = False
    etag: str = ""
    last_modified: str = ""
    content_type: str = ""
    link: str = ""


@dataclass(slots=True)
class Fetcher:
    """Fetches the pages of one pull; time and size are shared by all of them."""

    gate: Gate
    budget: Budget = field(default_factory=lambda: Budget(SECONDS))
    max_bytes: int = MAX_BYTES
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    roots: ssl.SSLContext | None = None
    _taken: int = 0

    def fetch(self, target: Target, path: Path, conditions: Mapping[str, str] | None = None) -> Page:
        """One page into a file."""
        self.budget.start()
        tally = Tally()
        try:
            with self._asked(target, conditions or {}, tally) as answer:
                return self._taken_from(target, answer, path, tally)
        finally:
            self.budget.stop()

    @contextmanager
    def _asked(self, target: Target, conditions: Mapping[str, str], tally: Tally) -> Iterator[httpcore.Response]:
        """An open answer; faults of the wire become one clear reason."""
        backend = PinnedBackend(self.gate, self.budget, tally)
        if target.scheme == "https" and self.roots is None:
            self.roots = trusted_roots()
        headers = {**_ASK, **conditions}
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self.roots, network_backend=backend, retries=0) as pool,
                pool.stream("GET", target.url, headers=list(headers.items())) as answer,
            ):
                yield answer
        except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException, OSError) as error:
            raise FeedFailed(_wire_code(error), host=target.host, seconds=round(self.budget.seconds)) from error

    def _taken_from(self, target: Target, answer: httpcore.Response, path: Path, tally: Tally) -> Page:
        """What the answer says, its body in the file."""
        headers = {name.lower().decode("latin-1"): value.decode("latin-1") for name, value in answer.headers}
        self._judge(target, answer.status, headers)
        page = Page(
            url=target.url,
            unchanged=answer.status == 304,
            etag=_mark(headers.get("etag", "")),
            last_modified=_mark(headers.get("last-modified", "")),
            content_type=headers.get("content-type", "")[:200],
            link=headers.get("link", ""),
        )
        if page.unchanged:
            return page
        coding, left = headers.get("content-encoding", ""), self.max_bytes - self._taken
        with path.open("wb") as file:
            for piece in unpacked(answer.iter_stream(), coding, left):
                file.write(piece)
                self.budget.left()
            self._taken += file.tell()
        length = headers.get("content-length", "")
        if length.isdecimal() and "transfer-encoding" not in headers and tally.beyond(int(length)):
            raise FeedFailed("FEED_LENGTH", size=int(length))
        return page

    def _judge(self, target: Target, status: int, headers: Mapping[str, str]) -> None:
        """Anything but an answer with postings, or “unchanged”, is a failure that says what to do."""
        if status in {200, 304}:
            return
        if 300 <= status < 400:
            where = shown_origin(urljoin(target.url, headers.get("location", "")[:1000]))
            raise FeedFailed("FEED_REDIRECT", status=status, address=where)
        if status in {429, 503}:
            wait = retry_after(headers.get("retry-after", ""), self.now)
            raise FeedFailed("FEED_BUSY", status=status, wait_until=wait)
        code = _REFUSED.get(status, "FEED_STATUS")
        raise FeedFailed(code, status=status)


def retry_after(text: str, now: datetime) -> datetime | None:
    """The moment a server asks to be called again, a week ahead at the most; None where it names none."""
    text = text.strip()
    if text.isdecimal():
        return now + min(timedelta(seconds=min(int(text), 10**9)), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError):
        return None
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return min(max(moment, now), now + LONGEST_WAIT)


def _mark(text: str) -> str:
    """A mark the server gave, to be handed back; odd ones are not kept."""
    return text if len(text) <= LONGEST_MARK and text.isprintable() and text.isascii() else ""


def _wire_code(error: BaseException) -> str:
    """What a fault of the wire means."""
    if is_timeout(error):
        return "FEED_SLOW"
    if code := tls_fault(error):
        return code
    words = str(error).lower()
    if "incomplete" in words or "without sending complete" in words:
        return "FEED_TRUNCATED"
    if isinstance(error, httpcore.ConnectError):
        return "FEED_UNREACHABLE"
    return "FEED_NOT_HTTP" if isinstance(error, httpcore.ProtocolError) else "FEED_BROKEN_OFF"
