"""The offline installer without a way out: `python -m tests.drills.offline --bundle DIR [--write PAGE]`, as root.

In: a bundle for this machine (`make bundle`). Out: what a fresh account of the machine goes through – install, first
account, pages, sign-in, a village planned and printed, doctor – in a network namespace that has only itself.
"""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import re
import socket
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from secrets import token_hex

import httpx

from tests.drills.page import put_section

OUTSIDE = ("192.0.2.1", 443)
"""An address of nobody (RFC 5737): it is only asked whether a way leads there."""
NAME = "drill"
PASSWORD = token_hex(12)
INSIDE = "JOB131_DRILL_INSIDE"


def loopback_up() -> None:
    """The machine's own address works in a fresh namespace."""
    up, running, flags_of, set_flags = 0x1, 0x40, 0x8913, 0x8914
    with socket.socket() as asked:
        packed = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(asked, flags_of, packed))[1]
        fcntl.ioctl(asked, set_flags, struct.pack("16sh14x", b"lo", flags | up | running))


def way_out() -> bool:
    """Whether any way leads to other machines."""
    with socket.socket() as probe:
        probe.settimeout(2)
        try:
            probe.connect(OUTSIDE)
        except OSError as failed:
            return failed.errno != 101
    return True


class Fresh:
    """A person with an empty home, and the start script."""

    def __init__(self, bundle: Path, home: Path) -> None:
        self.script = ["sh", str(bundle / "start.sh")]
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "JOB131_NO_BROWSER": "1",
        }

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The start script with words."""
        return subprocess.run(
            [*self.script, *words], env=self.environment, capture_output=True, text=True, check=True, timeout=900
        )

    def open(self) -> subprocess.Popen[str]:
        """The start script as somebody double-clicks it, with the answers to its questions."""
        running = subprocess.Popen(
            self.script, env=self.environment, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert running.stdin is not None
        running.stdin.write(f"{NAME}\n{PASSWORD}\n")
        running.stdin.close()
        return running


def address_of(running: subprocess.Popen[str]) -> str:
    """The address the script tells."""
    assert running.stderr is not None
    told = []
    for line in running.stderr:
        told.append(line)
        if found := re.search(r"打开 (http://127\.0\.0\.1:\d+) ", line):
            return found[1]
    raise SystemExit(f"not opened: {''.join(told)}")


def pages_of(root: str) -> list[str]:
    """Signs in and opens the first pages; which answered."""
    with httpx.Client(base_url=root, timeout=60, trust_env=False) as client:
        token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/sign-in").text)
        assert token is not None
        client.post("/sign-in", data={"csrf_token": token[1], "name": NAME, "password": PASSWORD})
        paths = ["/", "/people/", "/postings/", "/imports/"]
        wrong = [path for path in paths if client.get(path).status_code != 200]
        if wrong:
            raise SystemExit(f"pages that did not open: {wrong}")
    return paths


def inside(bundle: Path) -> list[str]:
    """Everything, without a way out; the lines of the page."""
    loopback_up()
    if way_out():
        raise SystemExit("there is a way out: run it as root, with unshare")
    with tempfile.TemporaryDirectory() as place:
        person = Fresh(bundle, Path(place))
        began = time.monotonic()
        person.run("--install")
        installed = time.monotonic() - began
        running = person.open()
        try:
            root = address_of(running)
            opened = time.monotonic() - began
            pages = pages_of(root)
        finally:
            running.terminate()
            running.wait()
        demo = Path(place) / "demo"
        person.run("--home", str(demo), "demo", "--size", "village", "--no-serve")
        if not (demo / "sheets.pdf").read_bytes().startswith(b"%PDF"):
            raise SystemExit("no sheets were printed")
        person.run("--backup")
        found = json.loads(person.run("doctor", "--json").stdout)
        fonts = [check["text"] for check in found["checks"] if check["code"] == "DOCTOR_FONT"]
    if not found["ok"] or not fonts:
        raise SystemExit(f"the doctor found: {found}")
    return [
        f"Network namespace with the loopback only. Installed in {installed:.0f} s, first account made and pages open "
        f"after {opened:.0f} s ({', '.join(pages)}), a made-up village planned and printed to PDF with the font of the "
        f"bundle ({fonts[0]}), backup made, `job131 doctor`: nothing grave."
    ]


def main() -> None:
    """Goes into a namespace of its own, then through it all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bundle", type=Path, required=True)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    if os.environ.get(INSIDE) != "1":
        command = ["unshare", "--net", "--pid", "--fork", "--mount-proc", "--kill-child"]
        command += [sys.executable, "-m", "tests.drills.offline"]
        os.environ[INSIDE] = "1"
        sys.exit(subprocess.run([*command, *sys.argv[1:]], check=False).returncode)
    lines = inside(given.bundle.resolve())
    sys.stdout.write("\n".join(lines) + "\n")
    if given.write:
        put_section(given.write, "offline", lines, "make bundle && python -m tests.drills.offline --bundle DIR")


if __name__ == "__main__":
    main()
