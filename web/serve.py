"""`job131 serve`: the web app of this office, or the rooms of one fair for the devices in a hall.

In: host and port, and a fair where the server is for one. Out: a running server until it is interrupted.
"""

from __future__ import annotations

import socket
from contextlib import closing
from dataclasses import replace
from ipaddress import ip_address
from typing import TYPE_CHECKING

import click

from matcher.domain.errors import InputRefused

if TYPE_CHECKING:
    from web.cli import Desk

LOOPBACK = "127.0.0.1"


@click.command()
@click.option("--host", default=LOOPBACK, show_default=True, help="监听地址")
@click.option("--port", default=8131, show_default=True, help="端口")
@click.option(
    "--fair", "ref", default="", help="只开一场招聘会（编号），其他设备凭口令进签到台和摊位 · one fair, by PIN"
)
@click.pass_obj
def serve(desk: Desk, host: str, port: int, ref: str) -> None:
    """打开网页（生产用 waitress）。"""
    from web.app import create_app, run_server
    from web.config import load_web_config

    config = desk.config()
    office = desk.office()
    wording = office.wording(desk.lang, "jobs_feed", "web.translations")
    settings = load_web_config(config.home, config.key_file)
    hosts = [host]
    if ref:
        with office.reading() as unit:
            fair = unit.fairs.by_ref(ref)
        hosts = fair_hosts(host, port)
        _ = office.tools, office.gazetteer
        settings = replace(settings, fair_key=fair.key, trusted_hosts=(*settings.trusted_hosts, host))
        click.echo(wording.text("FAIR_SERVE_AT", name=fair.name, url=f"http://{host}:{port}/"), err=True)
    else:
        click.echo(wording.text("SERVE_AT", url=f"http://{host}:{port}"), err=True)
    run_server(create_app(settings, office), hosts[0], port, *hosts[1:])


def fair_hosts(host: str, port: int) -> list[str]:
    """Where the server of a fair listens: the address chosen in the hall's own network, and this very machine."""
    try:
        address = ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise InputRefused(f"--host 要写这台电脑在现场网络里的地址，如 192.168.1.5；{own_addresses()}") from None
    if address.is_unspecified or not address.is_private:
        raise InputRefused(f"招聘会只开在现场的局域网里，不开在 {host}；{own_addresses()}")
    if address.version == 6:
        raise InputRefused(f"请用 192.168.1.5 这样的地址；{own_addresses()}")
    for one in dict.fromkeys((str(address), LOOPBACK)):
        _must_be_free(one, port)
    return list(dict.fromkeys((str(address), LOOPBACK)))


def own_addresses() -> str:
    """Addresses this machine has, in words."""
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)}
    except OSError:
        found = set()
    near = sorted(one for one in found if ip_address(one).is_private and not ip_address(one).is_loopback)
    return f"本机的地址有：{'、'.join(near)}" if near else "请在“网络设置”里看本机的地址"


def _must_be_free(host: str, port: int) -> None:
    """An address of this machine, with the port free; else one clear line before anything starts."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise InputRefused(f"{host}:{port} 用不了：不是本机的地址，或端口已被占用；{own_addresses()}") from None
