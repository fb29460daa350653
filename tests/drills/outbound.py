"""Nothing leaves this machine: `python -m tests.drills.outbound [--size village] [--write PAGE]`.

In: nothing; a demonstration is made in a folder of its own, in a network namespace without a way out (Linux, unshare).
Out: every address outside this machine that any process of it so much as asked for: none is promised. Python itself
tells: an audit hook hears every name looked up and every connection tried, in the processes that are started too.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.drills.page import put_section

HEARD = "JOB131_DRILL_HEARD"
PORT = 8137
EVENTS = frozenset({"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"})
LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0", "/")
HOOK = """
import os, sys
def hear(event, args):
    if event in {events!r}:
        place = args[0] if event.startswith("socket.get") else args[-1]
        place = str(place[0] if isinstance(place, tuple) else place)
        if place and place != "None" and not place.startswith({loopback!r}):
            with open(os.environ[{heard!r}], "a") as file:
                file.write(f"{{event}} {{place}}\\n")
sys.addaudithook(hear)
"""
_listeners: list[list[str]] = []
_hooked: list[bool] = []


def _hear(event: str, args: tuple[object, ...]) -> None:
    """Notes what is asked of the network outside this machine."""
    if not _listeners or event not in EVENTS:
        return
    asked = args[0] if event.startswith("socket.get") else args[-1]
    place = str(asked[0] if isinstance(asked, tuple) else asked)
    if place and place != "None" and not place.startswith(LOOPBACK):
        _listeners[-1].append(f"{event} {place}")
        raise PermissionError(f"nothing may leave this machine: {event}")


@contextmanager
def cut_off() -> Iterator[list[str]]:
    """This process may not reach out; what it tried."""
    if not _hooked:
        sys.addaudithook(_hear)
        _hooked.append(True)
    tried: list[str] = []
    _listeners.append(tried)
    try:
        yield tried
    finally:
        _listeners.pop()


def main() -> None:
    """Run the day where there is no way out, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", default="village", choices=["village", "standard", "prefecture"])
    parser.add_argument("--write", type=Path)
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        a_day(given.inside, given.size)
        return
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="job131outbound") as folder:
        place = Path(folder)
        (place / "sitecustomize.py").write_text(
            HOOK.format(events=EVENTS, loopback=LOOPBACK, heard=HEARD), encoding="utf-8"
        )
        command = [sys.executable, "-m", "tests.drills.outbound", "--inside", folder, "--size", given.size]
        within = ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", *command]
        paths = os.pathsep.join([folder, os.environ.get("PYTHONPATH", os.getcwd())])
        environment = os.environ | {
            HEARD: str(place / "heard"),
            "PYTHONPATH": paths,
            "JOB131_KEY_FILE": f"{folder}/key",
        }
        done = subprocess.run(within, env=environment, check=False, stdout=subprocess.PIPE, text=True)
        heard = (place / "heard").read_text(encoding="utf-8").splitlines() if (place / "heard").exists() else []
    if done.returncode:
        raise SystemExit(f"the day did not come to its end: {done.stdout}")
    lines = [
        f"A demonstration ({given.size}) made, planned, printed, served and looked through without a network: "
        f"{done.stdout.strip()}, **{len(heard)} tries to reach another machine** ({time.monotonic() - began:.0f} s).",
    ]
    sys.stdout.write("\n".join([*lines, *sorted(set(heard))]) + "\n")
    if given.write:
        put_section(given.write, "outbound", lines, f"python -m tests.drills.outbound --size {given.size}")
    if heard:
        raise SystemExit(1)


def a_day(folder: Path, size: str) -> None:
    """The demonstration made, served, and every page of its menu looked at."""
    command = [sys.executable, "-m", "web.cli", "--home", str(folder / "home")]
    quiet: Mapping[str, int] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*command, "demo", "--no-serve", "--size", size], check=True, **quiet)
    server = subprocess.Popen([*command, "demo", "--size", size, "--port", str(PORT)], **quiet)
    try:
        sys.stdout.write(f"{looked_at(f'http://127.0.0.1:{PORT}')} pages opened\n")
    finally:
        server.terminate()
        server.wait(30)


def looked_at(root: str) -> int:
    """Signs in to the demonstration and follows every link there is; how many pages opened."""
    from lxml import html

    with httpx.Client(base_url=root, follow_redirects=True, timeout=60) as client:
        for _ in range(600):
            try:
                page = client.get("/sign-in")
                break
            except httpx.TransportError:
                time.sleep(0.2)
        token = html.fromstring(page.text).xpath("//input[@name='csrf_token']/@value")[0]
        client.post("/demo", data={"csrf_token": token})
        seen, waiting = set[str](), ["/"]
        while waiting and len(seen) < 300:
            address = waiting.pop(0)
            answer = client.get(address)
            assert answer.status_code < 500, address
            seen.add(address)
            if answer.headers.get("content-type", "").startswith("text/html"):
                links = {str(link).partition("#")[0] for link in html.fromstring(answer.text).xpath("//a/@href")}
                fresh = [link for link in sorted(links) if link.startswith("/") and link not in seen]
                waiting += [link for link in fresh if link not in waiting]
        return len(seen)


if __name__ == "__main__":
    main()
