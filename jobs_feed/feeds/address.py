"""Which addresses may be called: scheme, host and port from a list, every resolved address public, and pinned.

In: an address as somebody typed it or a server named it. Out: `Target`, the checked addresses to connect to, or
`FeedFailed`. Whoever answers for a name cannot move it afterwards: what was checked is what is connected to.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from jobs_feed.feeds.failures import FeedFailed

PORTS = {"http": 80, "https": 443}
LONGEST_ADDRESS = 2_000
LONGEST_SHOWN = 80
_ODD = re.compile(r"[\x00-\x1f\x7f\\]")
_HOST = re.compile(r"[a-z0-9._-]+")
_NEVER = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8",
        "100.64.0.0/10",
        "192.0.0.0/24",
        "192.88.99.0/24",
        "198.18.0.0/15",
        "240.0.0.0/4",
        "::/96",
        "::ffff:0:0/96",
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",
        "2002::/16",
        "fec0::/10",
    )
)
"""Blocks that are not, or may not be, one public machine: beside what `ipaddress` calls private, reserved, local."""

Resolve = Callable[[str, int], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart; `url` is what is asked for."""

    url: str
    scheme: str
    host: str
    port: int

    @property
    def shown(self) -> str:
        """Scheme, host and port: what may be printed, without path and query, which may hold a key."""
        return shown_origin(self.url)


def parse(url: str) -> Target:
    """An http or https address without credentials; anything else is refused."""
    text = url.strip()
    if not text or len(text) > LONGEST_ADDRESS or _ODD.search(text):
        raise FeedFailed("FEED_ADDRESS_BAD", address=shown_origin(text))
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (parts.hostname or "").rstrip(".").lower()
        named = host if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError) as error:
        raise FeedFailed("FEED_ADDRESS_BAD", address=shown_origin(text)) from error
    if parts.scheme not in PORTS:
        raise FeedFailed("FEED_ADDRESS_SCHEME", address=shown_origin(text))
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise FeedFailed("FEED_ADDRESS_LOGIN", address=shown_origin(text))
    if not named or port == 0 or not (":" in named or _HOST.fullmatch(named)):
        raise FeedFailed("FEED_ADDRESS_BAD", address=shown_origin(text))
    number = port or PORTS[parts.scheme]
    place = f"[{named}]" if ":" in named else named
    netloc = place if number == PORTS[parts.scheme] else f"{place}:{number}"
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Target(urlunsplit((parts.scheme, netloc, path, query, "")), parts.scheme, named, number)


def shown_origin(url: str) -> str:
    """Scheme, host and port of any address, harmless to print."""
    try:
        parts = urlsplit(_ODD.sub("", url))
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "?"
    return f"{parts.scheme or '?'}://{host}{port}"[:LONGEST_SHOWN]


def resolve(host: str, port: int) -> Sequence[str]:
    """All addresses a name has."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The list of hosts and ports a feed may call, and the rule for what they resolve to."""

    allowed: frozenset[tuple[str, int]]
    loopback: bool = False
    """Loopback addresses too: for tests and for nothing else."""
    resolve: Resolve = resolve

    @classmethod
    def for_feed(
        cls, url: str, hosts: Sequence[str] = (), *, loopback: bool = False, resolve: Resolve = resolve
    ) -> Gate:
        """The host and port of the address, and hosts a person allowed: `host` for the usual ports, or `host:port`."""
        target = parse(url)
        allowed = {(target.host, target.port)}
        for host in hosts:
            allowed |= allowed_host(host)
        return cls(allowed=frozenset(allowed), loopback=loopback, resolve=resolve)

    def admit(self, url: str, base: str = "") -> Target:
        """The target of an address, where the list holds it."""
        target = parse(urljoin(base, url) if base else url)
        if (target.host, target.port) not in self.allowed:
            raise FeedFailed("FEED_HOST_FOREIGN", address=target.shown)
        return target

    def pin(self, host: str, port: int, seconds: float) -> tuple[str, ...]:
        """The addresses of a host, all of them fit to be called; one that is not refuses the host."""
        addresses = _look_up(self.resolve, host, port, seconds)
        if not addresses:
            raise FeedFailed("FEED_HOST_UNKNOWN", host=host)
        public = [is_public(address) for address in addresses]
        if all(public) or (self.loopback and all(is_loopback(address) for address in addresses)):
            return addresses
        raise FeedFailed("FEED_HOST_INNER", host=host)


def allowed_host(host: str) -> set[tuple[str, int]]:
    """What a person typed as a further host: a name, name:port, or a whole address."""
    if "://" in host:
        target = parse(host)
        return {(target.host, target.port)}
    target = parse(f"http://{host}/")
    named_port = target.port if re.search(r":\d+$", host) else None
    return {(target.host, port) for port in ([named_port] if named_port else PORTS.values())}


def is_loopback(address: str) -> bool:
    """Whether an address is this machine itself, in plain form."""
    return ipaddress.ip_address(address.partition("%")[0]).is_loopback


def is_public(address: str) -> bool:
    """Whether an address is one machine on the public network."""
    number = ipaddress.ip_address(address.partition("%")[0])
    inner = number.is_private or number.is_loopback or number.is_link_local or number.is_unspecified
    if inner or number.is_multicast or number.is_reserved or not number.is_global or "%" in address:
        return False
    return not any(number in block for block in _NEVER if block.version == number.version)


def _look_up(resolve: Resolve, host: str, port: int, seconds: float) -> tuple[str, ...]:
    """What a name resolves to, within the time left; the system's own look-up knows no limit."""
    found: list[str] = []
    thread = threading.Thread(target=_ask, args=(resolve, host, port, found), daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise FeedFailed("FEED_HOST_UNKNOWN", host=host)
    return tuple(found)


def _ask(resolve: Resolve, host: str, port: int, found: list[str]) -> None:
    """The look-up; a name that is not known leaves nothing."""
    try:
        found += resolve(host, port)
    except (OSError, UnicodeError):
        return


def is_inner_literal(url: str) -> bool:
    """Whether an address names this machine or an inner one by its number, or by the name of every machine itself."""
    host = parse(url).host
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return not is_public(host)
    except ValueError:
        return False
