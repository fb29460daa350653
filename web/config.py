"""What the web app is told once, at its edge.

In: the environment, the office's folders. Out: a frozen `WebConfig`, and the office that the running app serves.
"""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, cast

from flask import current_app

from matcher.domain.errors import NotInitialised

if TYPE_CHECKING:
    from matcher.office import Office

EXTENSION = "job131"
_LEAST_TOKEN = 16
LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")
PACE_FILE = "pace.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class WebConfig:
    """Settings of one running web app."""

    secret_key: str
    upload_folder: Path
    demo: bool = False
    https: bool = False
    trusted_hosts: tuple[str, ...] = LOOPBACK_HOSTS
    max_body_bytes: int = 40 * 1024 * 1024
    idle_seconds: int = 15 * 60
    session_seconds: int = 12 * 3600
    start_runs: bool = True
    """Whether plan runs are started in a process of their own; tests look at the queue instead."""
    inline_bytes: int = 48 * 1024
    """Files up to this size, some five hundred rows, are looked at and taken within the request."""
    fair_key: int = 0
    """The fair this server is for; its rooms are then entered with a PIN, and other devices see nothing else."""
    trusted_proxy: str = ""
    """The address of a proxy in front whose word is taken for where a request came from."""
    metrics_token: str = ""
    """What whoever reads /metrics from elsewhere has to show; "" = this machine only."""
    now: Callable[[], float] = field(default=time.time)
    pace_file: Path | None = None
    """Where requests are counted for all server processes of this machine; None = each counts for itself."""


def load_web_config(
    home: Path, key_file: Path, *, demo: bool = False, environ: Mapping[str, str] = os.environ
) -> WebConfig:
    """The configuration from the environment; the session key lies beside the key file and is made once."""
    if not demo and environ.get("JOB131_ALLOW_LOOPBACK_FEEDS", ""):
        raise NotInitialised("正式运行不能设 JOB131_ALLOW_LOOPBACK_FEEDS（只供试验）；请去掉再启动")
    hosts = tuple(host.strip() for host in environ.get("JOB131_TRUSTED_HOSTS", "").split(",") if host.strip())
    return WebConfig(
        secret_key=session_secret(key_file.with_name("session-secret")),
        upload_folder=home / "uploads",
        demo=demo,
        https=environ.get("JOB131_HTTPS", "") == "1",
        trusted_hosts=LOOPBACK_HOSTS if demo else LOOPBACK_HOSTS + hosts,
        trusted_proxy="" if demo else proxy_of(environ.get("JOB131_TRUSTED_PROXY", "").strip()),
        pace_file=home / PACE_FILE,
        metrics_token=_token(environ.get("JOB131_METRICS_TOKEN", "").strip()),
    )


def _token(said: str) -> str:
    """The token of /metrics; one that is guessed quickly is refused."""
    if said and len(said) < _LEAST_TOKEN:
        raise NotInitialised(f"JOB131_METRICS_TOKEN 至少要 {_LEAST_TOKEN} 个字符；没有启动")
    return said


def proxy_of(address: str) -> str:
    """The address of a proxy as entered; a name, a range or a star would let anybody say where he comes from."""
    try:
        return str(ip_address(address)) if address else ""
    except ValueError:
        raise NotInitialised("JOB131_TRUSTED_PROXY 要写反向代理的一个地址，如 127.0.0.1；请改好再启动") from None


def session_secret(path: Path) -> str:
    """The key that signs sessions, made once and readable by its owner only."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return session_secret(path)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(48))
    secret = path.read_text(encoding="ascii").strip()
    if len(secret) < 32:
        raise NotInitialised(f"会话密钥文件不完整：{path.name}。请删除它，再启动一次。")
    return secret


def web_config() -> WebConfig:
    """The configuration of the app that serves this request."""
    return cast("tuple[WebConfig, Office]", current_app.extensions[EXTENSION])[0]


def the_office() -> Office:
    """The office that the app serves."""
    return cast("tuple[WebConfig, Office]", current_app.extensions[EXTENSION])[1]
