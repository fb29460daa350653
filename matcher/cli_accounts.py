"""Commands for accounts: add, list, disable. A password comes from standard input only, never from the command line.

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
    """账号：增加、列出、停用。"""


@user.command("add")
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True, help="角色")
@click.option("--division", default="", help="管辖区划代码，空为全市")
@click.option("--password-stdin", is_flag=True, required=True, help="从标准输入读密码")
@click.pass_obj
def add(desk: Desk, name: str, role: str, division: str, password_stdin: bool) -> None:
    """增加一个账号，密码从标准输入读。"""
    password = sys.stdin.readline().rstrip("\r\n")
    with desk.office().unit("cli") as unit:
        unit.accounts.add(name, Role(role), password, division=division)
        unit.audit.note("account_added", subject="account")
    click.echo(desk.wording().text("ACCOUNT_ADDED", name=name), err=True)


@user.command("list")
@click.pass_obj
def list_accounts(desk: Desk) -> None:
    """列出账号。"""
    with desk.office().reading() as unit:
        for account in unit.accounts.all():
            state = "disabled" if account.disabled else "active"
            click.echo(f"{account.name}\t{account.role.value}\t{account.division or '-'}\t{state}")


@user.command("disable")
@click.argument("name")
@click.pass_obj
def disable(desk: Desk, name: str) -> None:
    """停用一个账号；它的登录马上失效。"""
    with desk.office().unit("cli") as unit:
        unit.accounts.set_disabled(name, True)
        unit.audit.note("account_disabled", subject="account")
    click.echo(desk.wording().text("ACCOUNT_DISABLED", name=name), err=True)
