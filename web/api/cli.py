"""Commands for programs that use the JSON API: add, list, revoke.

In: a name, rights, a scope. Out: the token on standard output, once; afterwards only its hash is kept.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from matcher.domain.clients import Right
from matcher.domain.errors import InputRefused

if TYPE_CHECKING:
    from web.cli import Desk


@click.group()
def client() -> None:
    """接口程序：新增、列出、停用 · programs that use the JSON API."""


@client.command("add")
@click.argument("name")
@click.option(
    "--right",
    "rights",
    multiple=True,
    required=True,
    type=click.Choice([right.value for right in Right]),
    help="权限，可重复 · a right, may be repeated",
)
@click.option("--division", default="", help="管辖区划代码，空为全市 · division code, empty for the whole city")
@click.option("--village", "villages", multiple=True, help="只看这些嘎查村，可重复 · these villages only")
@click.option("--days", type=int, default=None, help="有效天数 · days the token is good for")
@click.pass_obj
def add(
    desk: Desk, name: str, rights: tuple[str, ...], division: str, villages: tuple[str, ...], days: int | None
) -> None:
    """新增一个程序；令牌写到标准输出，只此一次 · a new program; its token goes to standard output, once."""
    office, wording = desk.office(), desk.wording()
    most = office.policy.at(office.today()).whole("api.token_days")
    good_for = most if days is None else days
    if not 1 <= good_for <= most:
        raise InputRefused(wording.text("CLIENT_BAD_DAYS", most=most))
    if division and not office.gazetteer.name(division):
        raise InputRefused(wording.text("CLIENT_BAD_DIVISION", value=division))
    until = office.clock() + timedelta(days=good_for)
    with office.unit("cli") as unit:
        made, token = unit.clients.add(
            name, [Right(right) for right in rights], division=division, villages=villages, expires_at=until
        )
        unit.audit.note("client_added", subject=f"client:{made.key}", fields=",".join(sorted(made.rights)))
    click.echo(wording.text("CLIENT_ADDED", name=made.name, until=until.date().isoformat()), err=True)
    click.echo(token)


@client.command("list")
@click.pass_obj
def list_clients(desk: Desk) -> None:
    """列出程序：名称、令牌开头、权限、范围、状态、最近使用 · programs, their rights and scope, last use."""
    office = desk.office()
    with office.reading() as unit:
        for one in unit.clients.all():
            state = "active" if one.usable(office.clock()) else "revoked" if one.revoked_at else "expired"
            used = one.last_used_at.isoformat(timespec="minutes") if one.last_used_at else "-"
            villages = "、".join(one.villages) or "-"
            rights = ",".join(sorted(one.rights))
            click.echo(f"{one.name}\t{one.prefix}\t{rights}\t{one.division or '-'}\t{villages}\t{state}\t{used}")


@client.command("revoke")
@click.argument("name")
@click.pass_obj
def revoke(desk: Desk, name: str) -> None:
    """停用一个程序；它的令牌马上失效 · ends a program; its token opens nothing from now on."""
    with desk.office().unit("cli") as unit:
        ended = unit.clients.revoke(unit.clients.by_name(name).key)
        unit.audit.note("client_revoked", subject=f"client:{ended.key}")
    click.echo(desk.wording().text("CLIENT_REVOKED", name=ended.name), err=True)
