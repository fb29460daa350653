"""The nginx configuration that is handed out, started for real in front of the pages."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from tests.operation.proxied import NAME, NGINX, Front, certify, configured, everything, in_front
from tests.operation.test_slow_lines import listening
from tests.web.made_up import NOW, PASSWORD, opened
from web.app import create_app
from web.config import WebConfig

pytestmark = pytest.mark.skipif(not NGINX, reason="no nginx on this machine (Debian: apt-get install nginx-light)")
SIGN_IN = f"GET /sign-in HTTP/1.1\nHost: {NAME}"
ONCE = ("content-security-policy", "strict-transport-security", "x-content-type-options", "referrer-policy")


@contextmanager
def office_behind(folder: Path) -> Iterator[Front]:
    """An office behind nginx."""
    with opened(folder / "office") as world:
        config = WebConfig(
            secret_key="x" * 40,
            upload_folder=folder / "up",
            https=True,
            trusted_hosts=(NAME,),
            start_runs=False,
            now=NOW.timestamp,
        )
        served = replace(world, app=create_app(config, world.office))
        with listening(served) as port, in_front(served.app, port, folder / "nginx") as made:
            yield made


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """One that all these share."""
    with office_behind(tmp_path_factory.mktemp("behind")) as made:
        yield made


@pytest.fixture
def untried(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """One for itself: whoever used up its patience would leave none to the others."""
    with office_behind(tmp_path_factory.mktemp("untried")) as made:
        yield made


def browser(front: Front) -> httpx.Client:
    """A browser that knows the certificate."""
    return httpx.Client(
        verify=front.trust(),
        base_url=f"https://127.0.0.1:{front.tls}",
        headers={"Host": NAME},
        trust_env=False,
    )


def asked(front: Front, method: str, path: str, **more: object) -> httpx.Response:
    """One answer."""
    with browser(front) as client:
        request = client.build_request(method, path, extensions={"sni_hostname": NAME}, **more)  # type: ignore[arg-type]
        return client.send(request)


def test_nginx_takes_the_configuration_as_it_is_handed_out(tmp_path: Path) -> None:
    certify(tmp_path)
    path = configured(tmp_path, behind=8131, plain=8132, tls=8133)
    done = subprocess.run([NGINX, "-t", "-c", str(path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr


def test_the_headers_of_safety_come_once_and_nobody_says_which_server_it_is(front: Front) -> None:
    answer = asked(front, "GET", "/sign-in")
    assert answer.status_code == 200
    for name in ONCE:
        assert len(answer.headers.get_list(name)) == 1, name
    assert answer.headers.get_list("server") in (["nginx"], [])
    assert all("secure" in one.lower() and "httponly" in one.lower() for one in answer.headers.get_list("set-cookie"))


def test_plain_http_leads_to_tls(front: Front) -> None:
    answer = httpx.get(f"http://127.0.0.1:{front.plain}/people/?a=1", headers={"Host": NAME}, trust_env=False)
    assert (answer.status_code, answer.headers["location"]) == (301, f"https://{NAME}/people/?a=1")


def test_a_visitor_cannot_pass_an_address_or_a_host_through(front: Front) -> None:
    front.seen.clear()
    forged = {"X-Forwarded-For": "127.0.0.1", "X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http",
              "Forwarded": "for=127.0.0.1;host=evil.example", "X-Forwarded-Prefix": "/evil",
              "X-Forwarded-Port": "1"}  # fmt: skip
    answer = asked(front, "GET", "/people/", headers=forged)
    assert answer.status_code == 302
    assert "evil" not in answer.headers["location"]
    [(_, headers)] = front.seen
    assert headers["Host"] == NAME
    kept = {name.lower(): value for name, value in headers.items()}
    assert not any(kept.get(name) for name in ("x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "forwarded"))


def test_a_name_that_is_not_ours_is_refused(front: Front) -> None:
    assert b" 400 " in front.said("GET /sign-in HTTP/1.1\nHost: evil.example").split(b"\r\n", 1)[0]


def test_a_body_beyond_the_limit_never_reaches_the_program(front: Front) -> None:
    front.seen.clear()
    with front.line() as line:
        line.sendall(f"POST /imports/ HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: {41 * 2**20}\r\n\r\n".encode())
        told = line.recv(1_000)
    assert b" 413 " in told.split(b"\r\n", 1)[0]
    assert front.seen == []


def test_a_slow_sender_is_let_go_and_the_program_never_hears_of_it(front: Front) -> None:
    front.seen.clear()
    with front.line() as head, front.line() as body:
        head.sendall(b"GET /sign-in HTT")
        body.sendall(f"POST /sign-in HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 5000\r\n\r\nname=".encode())
        assert asked(front, "GET", "/healthz").status_code == 200, "others are served meanwhile"
        ended = everything(head), everything(body)
    assert all(not one or b" 408 " in one.split(b"\r\n", 1)[0] for one in ended)
    assert [path for path, _ in front.seen] == ["/healthz?"]


def test_two_lengths_and_a_hidden_second_request_come_to_nothing(front: Front) -> None:
    front.seen.clear()
    hidden = b"0\r\n\r\nGET /people/ HTTP/1.1\r\nHost: x\r\n\r\n"
    both = f"POST /sign-in HTTP/1.1\nHost: {NAME}\nTransfer-Encoding: chunked\nContent-Length: {len(hidden)}"
    front.said(both, hidden)
    two = front.said(f"POST /sign-in HTTP/1.1\nHost: {NAME}\nContent-Length: 5\nContent-Length: 6", b"abcde")
    assert b" 400 " in two.split(b"\r\n", 1)[0]
    assert [path for path, _ in front.seen if path.startswith("/people")] == []


def test_somebody_signs_in_through_it_and_the_log_holds_no_query(front: Front) -> None:
    with browser(front) as client:
        extensions = {"sni_hostname": NAME}
        page = client.get("/sign-in", extensions=extensions).text
        token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
        form = {"csrf_token": token, "name": "window", "password": PASSWORD}
        cookie = {"Referer": f"https://{NAME}/sign-in"}
        answer = client.post("/sign-in", data=form, headers=cookie, extensions=extensions)
        assert answer.status_code == 302
        assert client.get("/people/?text=示例暗语", extensions=extensions).status_code == 200
    log = (front.folder / "access.log").read_text(encoding="utf-8")
    assert "/people/" in log
    assert "text=" not in log


def test_who_tries_to_sign_in_too_often_waits(untried: Front) -> None:
    statuses = [untried.said(SIGN_IN).split(b" ", 2)[1] for _ in range(30)]
    assert statuses[-1] == b"429"
    assert asked(untried, "GET", "/healthz").status_code == 200
