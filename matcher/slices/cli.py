"""The command `slice`: a village onto a laptop and back.

In: a file and a passphrase from standard input. Out: words on standard error, figures with `--json` on standard output.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.domain.errors import InputRefused
from matcher.domain.intake.errands import Told
from matcher.slices.exporting import export_to
from matcher.slices.merging import Merged, merge_slice

if TYPE_CHECKING:
    from matcher.cli import Desk
    from matcher.wording import Wording

ACTOR = "cli"
PASSPHRASE = click.option(
    "--passphrase-stdin", is_flag=True, required=True, help="从标准输入读口令（至少 12 个字符） · from standard input"
)


@click.group("slice")
def slice_group() -> None:
    """离线数据：把一个嘎查村装进一个加密文件带走，改完再合并回来 · a village offline, there and back."""


def _passphrase() -> str:
    """The passphrase is a line of standard input, never part of the command line."""
    return sys.stdin.readline().rstrip("\r\n")


@slice_group.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--division", default="", help="区划代码（旗县、苏木乡镇或嘎查村）；笔记本上交回时不用写 · division code")
@click.option("--village", "villages", multiple=True, help="只要这些嘎查村，可重复 · these villages only")
@PASSPHRASE
@click.pass_obj
def export_command(desk: Desk, file: Path, *, division: str, villages: tuple[str, ...], passphrase_stdin: bool) -> None:
    """导出：人、方案、答复、问题、岗位、培训装进一个加密文件 · people and their work into one encrypted file."""
    out = export_to(desk.office(), file, division=division, villages=villages, passphrase=_passphrase(), actor=ACTOR)
    size = max(1, len(out.whole) // 1024)
    line = desk.wording().text(
        "SLICE_EXPORTED", file=str(file), people=out.people, plans=out.plans, postings=out.postings, size=size
    )
    click.echo(line, err=True)


@slice_group.command("merge")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@PASSPHRASE
@click.option("--json", "as_json", is_flag=True, help="一行 JSON · one line of JSON")
@click.pass_obj
def merge_command(desk: Desk, file: Path, *, passphrase_stdin: bool, as_json: bool) -> None:
    """合并：收进离线文件里的改动；两边都改过的留着让人定 · take the changes of a file in; nothing is overwritten."""
    try:
        whole = file.read_bytes()
    except OSError as refused:
        raise InputRefused(f"文件打不开：{file.name}；请检查文件名和权限") from refused
    merged = merge_slice(desk.office(), whole, passphrase=_passphrase(), actor=ACTOR)
    if as_json:
        figures = asdict(merged.figures) | {"renumbered": list(merged.new_numbers)}
        click.echo(json.dumps(figures, ensure_ascii=False))
    for line in told(merged, desk.wording()):
        click.echo(line, err=True)


def told(merged: Merged, wording: Wording) -> list[str]:
    """What a file brought, in sentences."""
    return [wording.text(one.code, **one.args) for one in told_codes(merged)]


def told_codes(merged: Merged) -> list[Told]:
    """What a file brought; what is to be looked at is marked."""
    figures = merged.figures
    made: dict[str, str | int] = {"made": merged.made_at.astimezone().strftime("%Y-%m-%d %H:%M")}
    brought: dict[str, str | int] = {
        "people": figures.people_new,
        "changed_people": figures.people_changed,
        "new": figures.new,
        "changed": figures.changed,
    }
    more: list[tuple[object, str, dict[str, str | int]]] = [
        (figures.conflicts, "SLICE_CONFLICTS", {"count": figures.conflicts}),
        (figures.erased, "SLICE_ERASED", {"count": figures.erased}),
        (figures.waiting, "SLICE_WAITING", {"count": figures.waiting}),
        (merged.new_numbers, "SLICE_RENUMBERED", {"numbers": "、".join(merged.new_numbers)}),
        (merged.erased_there, "SLICE_ERASED_THERE", {"count": merged.erased_there}),
        (merged.other_policy, "SLICE_OTHER_POLICY", {}),
    ]
    if merged.nothing_new:
        first = Told(code="SLICE_NOTHING_NEW", args=made)
    else:
        first = Told(code="SLICE_MERGED", args=made | brought)
    return [first, *(Told(code=code, args=args, warn=True) for holds, code, args in more if holds)]
