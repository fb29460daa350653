"""Commands for accounts: add, list, password, scope, disable, enable.

A password comes from standard input only, never from the command line.

In: names, roles, divisions. Out: accounts in the store.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from matcher.domain.account import Role

if TYPE_CHECKING:
    from matcher.cli import Desk


@click.group()
def user() -> None:
    """账号：增加、列出、换密码、改职责、停用、启用 · accounts."""


VILLAGES = click.option("--village", "villages", multiple=True, help="只看这些嘎查村，可重复 · these villages only")
PASSWORD = click.option("--password-stdin", is_flag=True, required=True, help="从标准输入读密码 · from standard input")


def _typed_password() -> str:
    """A password is a line of standard input, never part of the command line."""
    return sys.stdin.readline().rstrip("\r\n")


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="角色")
@click.option("--division", default="", help="管辖区划代码，空为全市")
@VILLAGES
@PASSWORD
@click.pass_obj
def add(desk: Desk, name: str, role: str, division: str, villages: tuple[str, ...], password_stdin: bool) -> None:
    """增加一个账号，密码从标准输入读 · a new account."""
    with desk.office().unit("cli") as unit:
        unit.accounts.add(name, Role(role), _typed_password(), division=division, villages=villages)
        unit.audit.note("account_added", subject="account")
    click.echo(desk.wording().text("ACCOUNT_ADDED", name=name), err=True)


@user.command("password")
@click.argument("name")
@PASSWORD
@click.pass_obj
def password(desk: Desk, name: str, password_stdin: bool) -> None:
    """换密码：解除锁定，已登录的要重新登录 · a new password; ends open sessions and a lock."""
    with desk.office().unit("cli") as unit:
        unit.accounts.set_password(name, _typed_password())
        unit.audit.note("password_changed", subject="account")
    click.echo(desk.wording().text("ACCOUNT_PASSWORD", name=name), err=True)


@user.command("scope")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="角色 · role")
@click.option("--division", default="", help="管辖区划代码，空为全市 · division code, empty for the whole city")
@VILLAGES
@click.pass_obj
def scope(desk: Desk, name: str, role: str, division: str, villages: tuple[str, ...]) -> None:
    """改角色和管辖范围，已登录的要重新登录 · role and scope; ends open sessions."""
    with desk.office().unit("cli") as unit:
        unit.accounts.set_scope(name, Role(role), division=division, villages=villages)
        unit.audit.note("account_scope_changed", subject="account")
    click.echo(desk.wording().text("ACCOUNT_SCOPE", name=name), err=True)


@user.command("profile")
@click.argument("name", type=click.Choice(["default", "dengbao"]))
@click.pass_obj
def profile(desk: Desk, name: str) -> None:
    """密码要求：默认，或等保（三种字符、九十天） · which passwords are taken."""
    from matcher.domain.settings import SettingName

    with desk.office().unit("cli") as unit:
        unit.settings.put(SettingName.PASSWORD_PROFILE, "" if name == "default" else name)
        unit.audit.note("password_profile", subject="office", fields=name)
    click.echo(desk.wording().text("ACCOUNT_PROFILE", name=name), err=True)


@user.command("list")
@click.pass_obj
def list_accounts(desk: Desk) -> None:
    """列出账号。"""
    with desk.office().reading() as unit:
        for account in unit.accounts.all():
            state = "disabled" if account.disabled else "active"
            villages = "、".join(account.villages) or "-"
            click.echo(f"{account.name}\t{account.role.value}\t{account.division or '-'}\t{villages}\t{state}")


@user.command("disable")
@click.argument("name")
@click.pass_obj
def disable(desk: Desk, name: str) -> None:
    """停用一个账号；它的登录马上失效。"""
    with desk.office().unit("cli") as unit:
        unit.accounts.set_disabled(name, True)
        unit.audit.note("account_disabled", subject="account")
    click.echo(desk.wording().text("ACCOUNT_DISABLED", name=name), err=True)


@user.command("enable")
@click.argument("name")
@click.pass_obj
def enable(desk: Desk, name: str) -> None:
    """重新启用一个停用的账号 · lets a disabled account in again."""
    with desk.office().unit("cli") as unit:
        unit.accounts.set_disabled(name, False)
        unit.audit.note("account_enabled", subject="account")
    click.echo(desk.wording().text("ACCOUNT_ENABLED", name=name), err=True)
