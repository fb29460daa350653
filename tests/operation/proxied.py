"""nginx as Debian has it, with the configuration that is handed out, in front of the pages as `job131 serve` listens.

In: an app and a folder. Out: the ports of nginx, and what the program behind it got to see.
"""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_connection, socket

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask, request

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin") or ""
CONFIGURATION = Path(__file__).parents[2] / "docs" / "operations" / "nginx" / "job131.conf"
NAME = "131.example.cn"
PATIENCE = {
    "client_header_timeout 15s": "client_header_timeout 1s",
    "client_body_timeout 30s": "client_body_timeout 1s",
}
"""A test does not wait as long as a person."""
AROUND = """
daemon off;
{user}
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/job131.conf;
}}
"""


@dataclass
class Front:
    """Where nginx listens, and what the program behind it saw."""

    plain: int
    tls: int
    folder: Path
    seen: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def trust(self) -> ssl.SSLContext:
        """Whoever knows the certificate."""
        return ssl.create_default_context(cafile=str(self.folder / "cert.pem"))

    def line(self) -> socket:
        """A line over TLS."""
        return self.trust().wrap_socket(create_connection(("127.0.0.1", self.tls), timeout=20), server_hostname=NAME)

    def said(self, head: str, body: bytes = b"") -> bytes:
        """The whole answer to one request."""
        with self.line() as line:
            line.sendall(head.replace("\n", "\r\n").encode() + b"\r\nConnection: close\r\n\r\n")
            with suppress(OSError):  # a body that is too long is not read to its end
                line.sendall(body)
            return everything(line)


def everything(line: socket) -> bytes:
    """What comes until the other side has nothing more to say."""
    found = bytearray()
    with suppress(OSError):
        while part := line.recv(65_536):
            found += part
    return bytes(found)


def certify(folder: Path) -> None:
    """A key and a certificate of its own for the name."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    made = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), False).sign(key, hashes.SHA256())
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))


def configured(folder: Path, *, behind: int, plain: int, tls: int) -> Path:
    """The configuration that is handed out, with the addresses of a test."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    changes = {
        "127.0.0.1:8131": f"127.0.0.1:{behind}",
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{tls} ssl;",
        "/etc/ssl/job131/fullchain.pem": f"{folder}/cert.pem",
        "/etc/ssl/job131/key.pem": f"{folder}/key.pem",
        "/var/log/nginx/job131.log": f"{folder}/access.log",
        **PATIENCE,
    }
    for was, now in changes.items():
        assert was in text, f"the configuration no longer says {was}"
        text = text.replace(was, now)
    (folder / "job131.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    path = folder / "nginx.conf"
    path.write_text(AROUND.format(user=user, folder=folder), encoding="utf-8")
    return path


def free_port() -> int:
    """A port nobody listens at."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def watched(app: Flask, seen: list[tuple[str, dict[str, str]]]) -> None:
    """Every request the program gets is noted."""
    app.before_request_funcs.setdefault(None, []).insert(
        0, lambda: seen.append((request.full_path, dict(request.headers)))
    )


@contextmanager
def in_front(app: Flask, port: int, folder: Path) -> Iterator[Front]:
    """nginx before a program that listens at a port."""
    folder.mkdir()
    certify(folder)
    front = Front(free_port(), free_port(), folder)
    watched(app, front.seen)
    path = configured(folder, behind=port, plain=front.plain, tls=front.tls)
    process = subprocess.Popen([NGINX, "-c", str(path), "-e", str(folder / "error.log")], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 10
        while time.monotonic() < until:
            with suppress(OSError), create_connection(("127.0.0.1", front.tls), timeout=1):
                break
            time.sleep(0.05)
        yield front
    finally:
        process.terminate()
        process.wait(timeout=10)
