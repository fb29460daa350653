"""`job131 ledger`: which ledgers there are, one of them as a file, an office's own columns taken from its file.

In: a ledger, a division, a month, columns by name. Out: the file; one JSON line with --json, else words on standard
error.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

import click

from jobs_feed.own_columns import columns_of_file
from jobs_feed.report import FileRefused
from jobs_feed.rosters.again import ask_again
from matcher.cli import progress_bar
from matcher.domain.errors import InputRefused
from matcher.domain.service.ledgers import ExportOrder, LedgerKind
from matcher.ledgers.exporting import order_export, work_off
from matcher.ledgers.profiles import checked, usable
from matcher.ledgers.writing import ENDINGS
from matcher.office import Office
from matcher.wording import Wording

ACTOR = "cli"
KINDS = [kind.value for kind in LedgerKind]


class Edge(Protocol):
    """What the command group hands down."""

    lang: str

    def office(self) -> Office:
        """The opened office."""
        ...

    def wording(self) -> Wording:
        """All sentences of the chosen language."""
        ...


@click.group("ledger")
def ledger_group() -> None:
    """台账：列出、导出、用自己的表头 · ledgers: list, write, in columns of your own."""


@ledger_group.command("list")
@click.option("--division", default="", metavar="CODE", help="哪个单位的表头 · whose columns")
@click.option("--json", "as_json", is_flag=True, help="一行 JSON · one line of JSON")
@click.pass_obj
def list_command(edge: Edge, *, division: str, as_json: bool) -> None:
    """列出台账和存下的表头 · the ledgers, and the columns that were saved."""
    office, wording = edge.office(), edge.wording()
    with office.reading() as unit:
        profiles = usable(unit, division)
    if as_json:
        told = [{"ledger": one.ledger.value, "profile": one.name, "columns": len(one.columns)} for one in profiles]
        click.echo(json.dumps({"ledgers": KINDS, "profiles": told}, ensure_ascii=False))
        return
    for kind in LedgerKind:
        click.echo(f"{kind.value}\t{wording.text(f'LEDGER_{kind.name}')}")
    click.echo(wording.text("CLI_LEDGER_PROFILES"), err=True)
    for one in profiles:
        click.echo(f"{one.ledger.value}\t{one.name}\t{len(one.columns)}", err=True)


@ledger_group.command("export")
@click.argument("kind", type=click.Choice(KINDS))
@click.option("-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="文件 · file")
@click.option("--profile", default="", metavar="NAME", help="用哪套表头 · in which columns")
@click.option("--division", default="", metavar="CODE", help="只要一个区划 · one division only")
@click.option("--village", "villages", multiple=True, metavar="NAME", help="只要这些村，可重复 · these villages")
@click.option("--month", default="", metavar="YYYY-MM", help="只要这个月有动静的人 · who changed in a month")
@click.option("--purpose", required=True, help="用途，记入审计 · what it is for, kept in the audit record")
@click.option("--masked", is_flag=True, help="不要身份证号等，电话遮挡 · without numbers and private columns")
@click.option("--json", "as_json", is_flag=True, help="一行 JSON · one line of JSON")
@click.pass_obj
def export_command(
    edge: Edge,
    *,
    kind: str,
    output: Path,
    profile: str,
    division: str,
    villages: tuple[str, ...],
    month: str,
    purpose: str,
    masked: bool,
    as_json: bool,
) -> None:
    """写一本台账；要求保密的人不列入，只计人数 · write a ledger; people in confidence are counted only."""
    ending = output.suffix.removeprefix(".").lower()
    if ending not in ENDINGS:
        raise click.UsageError("-o 的文件名要以 .xlsx 或 .csv 结尾")
    office, wording = edge.office(), edge.wording()
    order = ExportOrder(
        ledger=LedgerKind(kind),
        division=division,
        villages=villages,
        month=month,
        profile=profile,
        ending=ending,
        whole=not masked,
        purpose=purpose,
    )
    key = order_export(office, order, actor=ACTOR)
    with progress_bar(wording) as tell:
        done = work_off(office, key, output, progress=lambda share: tell(share, "CLI_LEDGER_EXPORTING"))
    if as_json:
        told = {"ledger": kind, "path": str(output), "people": done.people, "left_out": done.hidden}
        click.echo(json.dumps(told, ensure_ascii=False))
    click.echo(wording.text("CLI_LEDGER_WRITTEN", path=str(output), count=done.people), err=True)
    if done.hidden:
        click.echo(wording.text("CLI_LEDGER_HIDDEN", count=done.hidden), err=True)


@ledger_group.command("columns")
@click.argument("kind", type=click.Choice([kind for kind in KINDS if kind != LedgerKind.TRAINING.value]))
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--name", required=True, help="存成什么名字 · the name to keep them under")
@click.option("--division", default="", metavar="CODE", help="哪个单位的 · whose they are")
@click.pass_obj
def columns_command(edge: Edge, *, kind: str, file: Path, name: str, division: str) -> None:
    """从一个表格取表头、次序和写法，存下来以后用 · take headers, order and forms of a file and keep them."""
    office, wording, ledger = edge.office(), edge.wording(), LedgerKind(kind)
    try:
        columns = columns_of_file(file, ledger)
    except FileRefused as refused:
        raise InputRefused(wording.say(refused.phrase)) from refused
    profile = checked(ledger, name, division, columns)
    with office.unit(ACTOR) as unit:
        unit.ledgers.profiles.put(profile)
        unit.audit.note("ledger_columns", subject="ledger", fields=f"{ledger.value} {len(columns)}")
    used = sum(bool(one.code) for one in columns)
    click.echo(wording.text("CLI_LEDGER_LEARNT", name=name, used=used, empty=len(columns) - used), err=True)


@ledger_group.command("ask")
@click.option("--division", default="", metavar="CODE", help="只查一个区划 · one division only")
@click.option("--json", "as_json", is_flag=True, help="一行 JSON · one line of JSON")
@click.pass_obj
def ask_command(edge: Edge, *, division: str, as_json: bool) -> None:
    """把已存的人重新查一遍，对不上的列成问题 · ask anew about whoever is stored."""
    office, wording = edge.office(), edge.wording()
    with progress_bar(wording) as tell:
        done = ask_again(office, division=division, actor=ACTOR, tell=lambda share: tell(share, "CLI_LEDGER_ASKING"))
    if as_json:
        click.echo(json.dumps({"people": done.people, "new": done.fresh, "cured": done.cured}))
    told = {"people": done.people, "fresh": done.fresh, "cured": done.cured}
    click.echo(wording.text("CLI_LEDGER_ASKED", **told), err=True)
