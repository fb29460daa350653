"""Which addresses may be called, however they are written and whatever a name resolves to."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from jobs_feed.feeds.address import Gate, is_inner_literal, is_public, parse, shown_origin
from jobs_feed.feeds.failures import FeedFailed
from jobs_feed.feeds.fetching import Fetcher
from jobs_feed.feeds.wire import Budget
from tests.jobs_feed.feeds.servers import BEHAVIOURS, Running

PUBLIC, PUBLIC_SIX = "93.184.215.14", "2606:4700:4700::1111"


def code_of(url: str) -> str:
    """Why an address is refused."""
    with pytest.raises(FeedFailed) as refused:
        parse(url)
    return refused.value.phrase.code


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("file:///etc/passwd", "FEED_ADDRESS_SCHEME"),
        ("ftp://example.cn/", "FEED_ADDRESS_SCHEME"),
        ("gopher://example.cn/", "FEED_ADDRESS_SCHEME"),
        ("javascript:alert(1)", "FEED_ADDRESS_SCHEME"),
        ("//example.cn/", "FEED_ADDRESS_SCHEME"),
        ("http://{}@example.cn/".format("user:word"), "FEED_ADDRESS_LOGIN"),
        ("http://user@example.cn/", "FEED_ADDRESS_LOGIN"),
        ("http://@example.cn/", "FEED_ADDRESS_LOGIN"),
        ("http://example.cn\\@127.0.0.1/", "FEED_ADDRESS_BAD"),
        ("http://example.cn/\r\nHost: inner", "FEED_ADDRESS_BAD"),
        ("http:///path", "FEED_ADDRESS_BAD"),
        ("http://example.cn:0/", "FEED_ADDRESS_BAD"),
        ("http://example.cn:70000/", "FEED_ADDRESS_BAD"),
        ("http://exa mple.cn/", "FEED_ADDRESS_BAD"),
        ("http://%31%32%37.0.0.1/", "FEED_ADDRESS_BAD"),
        ("", "FEED_ADDRESS_BAD"),
        ("http://example.cn/" + "a" * 3000, "FEED_ADDRESS_BAD"),
    ],
)
def test_an_odd_address_is_refused_before_anything_is_called(url: str, code: str) -> None:
    assert code_of(url) == code


def test_an_address_is_written_in_one_way() -> None:
    assert parse("HTTPS://Example.CN.:443/a b?q=岗位#part").url == "https://example.cn/a%20b?q=%E5%B2%97%E4%BD%8D"
    assert parse("http://通辽.cn").host.startswith("xn--")
    assert parse("http://[::1]:8080/x").host == "::1"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "::1",
        "0.0.0.0",
        "::",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "100.127.255.254",
        "224.0.0.1",
        "ff02::1",
        "240.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "198.51.100.7",
        "203.0.113.9",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::808:808",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:4136:e378::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "fc00::1",
        "fd12::1",
        "2001:db8::1",
    ],
)
def test_no_address_but_a_public_one(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are_public() -> None:
    assert all(map(is_public, (PUBLIC, PUBLIC_SIX, "8.8.8.8", "114.114.114.114", "2400:3200::1")))


@pytest.mark.parametrize(
    ("found", "fits"),
    [
        ((PUBLIC,), True),
        ((PUBLIC, PUBLIC_SIX), True),
        ((PUBLIC, "10.0.0.1"), False),
        (("127.0.0.1", PUBLIC), False),
        (("127.0.0.1",), False),
        ((PUBLIC, "::ffff:127.0.0.1"), False),
        ((), False),
    ],
)
def test_every_address_of_a_name_has_to_be_public(found: tuple[str, ...], fits: bool) -> None:
    gate = Gate.for_feed("http://example.cn/", resolve=lambda host, port: found)
    if fits:
        assert gate.pin("example.cn", 80, 1.0) == found
        return
    with pytest.raises(FeedFailed) as refused:
        gate.pin("example.cn", 80, 1.0)
    assert refused.value.phrase.code == ("FEED_HOST_INNER" if found else "FEED_HOST_UNKNOWN")


def test_the_switch_lets_loopback_in_and_nothing_else() -> None:
    for found, fits in (
        (("127.0.0.1", "::1"), True),
        (("127.0.0.1", PUBLIC), False),
        (("10.0.0.1",), False),
        (("169.254.169.254",), False),
        (("::ffff:127.0.0.1",), False),
    ):
        gate = Gate.for_feed("http://x.cn/", loopback=True, resolve=lambda host, port, found=found: found)  # type: ignore[misc]
        if fits:
            assert gate.pin("x.cn", 80, 1.0) == found
        else:
            with pytest.raises(FeedFailed):
                gate.pin("x.cn", 80, 1.0)


@pytest.mark.parametrize("host", ["127.1", "0x7f000001", "2130706433", "localhost", "localhost.", "0"])
def test_other_ways_to_write_this_machine_lead_nowhere(host: str, tmp_path: Path) -> None:
    with Running(BEHAVIOURS["good_json"]) as server:
        url = f"http://{host}:{server.port}/jobs"
        gate = Gate.for_feed(url)
        with pytest.raises(FeedFailed) as refused:
            Fetcher(gate, Budget(5.0)).fetch(gate.admit(url), tmp_path / "page")
        assert refused.value.phrase.code in {"FEED_HOST_INNER", "FEED_HOST_UNKNOWN"}
        assert server.asked == []


def test_a_name_that_moves_after_it_was_checked_is_not_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        looked.append(host)
        return (PUBLIC,) if len(looked) == 1 else ("127.0.0.1",)

    connected: list[object] = []

    def connect(address: tuple[str, int], *args: object, **kwargs: object) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    gate = Gate.for_feed("http://moving.example.cn/", resolve=rebinding)
    with pytest.raises(FeedFailed):
        Fetcher(gate, Budget(5.0)).fetch(gate.admit("http://moving.example.cn/"), tmp_path / "page")
    assert (looked, connected) == (["moving.example.cn"], [(PUBLIC, 80)])


def test_no_proxy_of_the_environment_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Running(BEHAVIOURS["good_json"]) as proxy, Running(BEHAVIOURS["good_json"]) as server:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url)
        gate = Gate.for_feed(server.url, loopback=True)
        Fetcher(gate, Budget(5.0)).fetch(gate.admit(server.url), tmp_path / "page")
        assert (len(proxy.asked), len(server.asked)) == (0, 1)


def test_the_list_holds_host_and_port() -> None:
    gate = Gate.for_feed("https://jobs.example.cn/feed", ["pages.example.cn", "other.example.cn:8443"])
    for url in (
        "https://jobs.example.cn/next",
        "https://JOBS.example.cn:443/next",
        "http://pages.example.cn/2",
        "https://pages.example.cn/2",
        "https://other.example.cn:8443/",
    ):
        assert gate.admit(url).url
    for url in (
        "http://jobs.example.cn/next",
        "https://jobs.example.cn:444/",
        "https://example.cn/",
        "https://jobs.example.cn.evil.cn/",
        "https://other.example.cn/",
    ):
        with pytest.raises(FeedFailed) as refused:
            gate.admit(url)
        assert refused.value.phrase.code == "FEED_HOST_FOREIGN"


def test_a_look_up_that_hangs_ends_with_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()

    def hanging(host: str, port: int) -> Sequence[str]:
        ended.wait(5)
        return (PUBLIC,)

    gate = Gate.for_feed("http://example.cn/", resolve=hanging)
    with pytest.raises(FeedFailed) as refused:
        gate.pin("example.cn", 80, 0.05)
    ended.set()
    assert refused.value.phrase.code == "FEED_HOST_UNKNOWN"


def test_encryption_towards_a_plain_port(tmp_path: Path) -> None:
    with Running(BEHAVIOURS["good_json"]) as server:
        url = server.url.replace("http", "https")
        gate = Gate.for_feed(url, loopback=True)
        with pytest.raises(FeedFailed) as refused:
            Fetcher(gate, Budget(5.0)).fetch(gate.admit(url), tmp_path / "page")
        assert refused.value.phrase.code == "FEED_TLS"
        assert server.asked == []


def test_a_certificate_nobody_vouches_for(tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(self_signed(tmp_path / "pair.pem"))
    with Running(BEHAVIOURS["good_json"], context) as server:
        url = server.url.replace("http", "https")
        gate = Gate.for_feed(url, loopback=True)
        with pytest.raises(FeedFailed) as refused:
            Fetcher(gate, Budget(5.0)).fetch(gate.admit(url), tmp_path / "page")
        trusted = ssl.create_default_context(cafile=str(tmp_path / "pair.pem"))
        Fetcher(gate, Budget(5.0), roots=trusted).fetch(gate.admit(url), tmp_path / "page")
        asked = len(server.asked)
    assert (refused.value.phrase.code, asked) == ("FEED_TLS_CERTIFICATE", 1)


def self_signed(path: Path) -> Path:
    """Key and certificate of 127.0.0.1, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1))
    alternative = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = builder.add_extension(alternative, critical=False).sign(key, hashes.SHA256())
    form = serialization.PrivateFormat.PKCS8
    private = key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def test_what_is_printed_of_an_address_gives_nothing_away() -> None:
    assert shown_origin("https://u:p@jobs.example.cn:8443/feed?key=secret") == "https://jobs.example.cn:8443"
    assert is_inner_literal("http://127.0.0.1/") and is_inner_literal("http://localhost:1/")
    assert not is_inner_literal("http://jobs.example.cn/")
