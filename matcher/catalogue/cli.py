"""The command `policy`: the catalogue listed, checked, and added to from a file.

In: a TOML file of offers as in matcher/reference/catalogue.toml, or nothing. Out: a table or JSON on standard output,
what is wrong in plain words on standard error; exit 1 where the checker finds a fault.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.catalogue.checking import Fault, check_item
from matcher.catalogue.saying import said_amounts, said_basis, said_fault
from matcher.domain.errors import InputRefused
from matcher.domain.service.policies.catalogue import Item, KeptItem
from matcher.domain.service.policies.plain_items import as_item, item_plain

if TYPE_CHECKING:
    from matcher.cli import Desk
    from matcher.office import Office

ACTOR = "cli"
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group("policy")
def policy_group() -> None:
    """政策目录：查看、检查、从文件加版本 · the policy catalogue: list, check, add versions from a file."""


@policy_group.command("list")
@click.option("--json", "as_json", is_flag=True, help="每条一行 JSON · one line of JSON an offer")
@click.pass_obj
def list_command(desk: Desk, *, as_json: bool) -> None:
    """今天能办的政策、标准和依据 · what is on offer today, with rates and basis."""
    office, wording = desk.office(), desk.wording()
    for item in office.policy.catalogue.on(office.today(), office.gazetteer.home.rstrip("0")):
        if as_json:
            click.echo(json.dumps(item_plain(item), ensure_ascii=False))
            continue
        rates = "；".join(said_amounts(wording, item.amounts)) or "–"
        click.echo(f"{item.code}\t{item.title.of(wording.language)}\t{rates}\t{said_basis(item)}")


@policy_group.command("check")
@click.argument("file", type=FILE, required=False)
@click.pass_obj
def check_command(desk: Desk, file: Path | None) -> None:
    """检查目录或一个文件：矛盾、没依据、没日期、日期重叠 · check the catalogue, or a file."""
    office = desk.office()
    stored = office.policy.catalogue.versions
    checked = stored if file is None else [KeptItem(item=item) for item in read_offers(file)]
    beside = stored if file is None else (*stored, *checked)
    faulty = _tell(desk, office, checked, beside)
    click.echo(desk.wording().text("CAT_CHECKED", many=len(checked), faulty=faulty), err=True)
    if faulty:
        sys.exit(1)


@policy_group.command("add")
@click.argument("file", type=FILE)
@click.pass_obj
def add_command(desk: Desk, file: Path) -> None:
    """检查无误后，把文件里的条目加为新版本 · add the offers of a file as new versions, all or none."""
    office = desk.office()
    fresh = [KeptItem(item=item) for item in read_offers(file)]
    faulty = _tell(desk, office, fresh, (*office.policy.catalogue.versions, *fresh))
    if faulty:
        raise InputRefused(desk.wording().text("CAT_ADD_REFUSED", faulty=faulty))
    with office.unit(actor=ACTOR) as unit:
        for kept in fresh:
            unit.catalogue.versions.add(kept.item)
            unit.audit.note("catalogue", subject=f"offer:{kept.item.code}", purpose=str(kept.item.basis[0]))
    office.policies.look_again()
    click.echo(desk.wording().text("CAT_ADDED", many=len(fresh)), err=True)


def read_offers(file: Path) -> list[Item]:
    """The offers of a file; InputRefused says what cannot be read and where."""
    try:
        tables = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as broken:
        raise InputRefused(f"{file.name} 读不出来：{broken}；什么都没有改") from broken
    plain = tables.get("item")
    if not isinstance(plain, list) or not plain or set(tables) != {"item"}:
        raise InputRefused(f"{file.name} 里应当只有 [[item]] 条目；什么都没有改")
    return [as_item(one) for one in plain]


def _tell(desk: Desk, office: Office, checked: Sequence[KeptItem], beside: Sequence[KeptItem]) -> int:
    """Says what is wrong with each offer; how many have a fault."""
    faulty, wording = 0, desk.wording()
    for kept in checked:
        others = [other for other in beside if other.item.code == kept.item.code and other is not kept]
        found: list[Fault] = check_item(
            kept.item, others, regions=tuple(office.gazetteer.divisions), today=office.today()
        )
        faulty += any(fault.hinders for fault in found)
        for fault in found:
            mark = "✗" if fault.hinders else "·"
            click.echo(f"{mark} {kept.item.code}：{said_fault(wording, fault)}", err=True)
    return faulty
