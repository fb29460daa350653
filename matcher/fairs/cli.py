"""Commands for fairs: list, export, merge.

A passphrase comes from standard input or is asked for, never from the command line.

In: a reference, a file. Out: the sealed file; or the fair here, up to date.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from matcher.domain.errors import InputRefused

if TYPE_CHECKING:
    from matcher.cli import Desk

PASSPHRASE = click.option("--passphrase-stdin", is_flag=True, help="从标准输入读口令 · from standard input")


@click.group()
def fair() -> None:
    """招聘会：列出、导出成一个文件、读入合并 · job fairs: list, export, merge."""


def _passphrase(desk: Desk, from_input: bool, *, twice: bool = False) -> str:
    """A passphrase as a line of standard input, or asked for without showing it."""
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    asked: str = click.prompt(
        desk.wording().text("FAIR_CLI_PASSPHRASE"), hide_input=True, confirmation_prompt=twice, err=True
    )
    return asked


@fair.command("list")
@click.pass_obj
def list_fairs(desk: Desk) -> None:
    """列出招聘会和编号 · all fairs with their references."""
    with desk.office().reading() as unit:
        fairs = unit.fairs.all()
    if not fairs:
        click.echo(desk.wording().text("FAIR_CLI_NONE"), err=True)
    for one in fairs:
        click.echo(f"{one.ref}\t{one.starts_on}\t{one.state.value}\t{one.name}")


@fair.command("export")
@click.argument("ref")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="文件，默认 编号.fair · REF.fair by default"
)
@PASSPHRASE
@click.pass_obj
def export(desk: Desk, ref: str, output: Path | None, passphrase_stdin: bool) -> None:
    """整场导出成一个加密文件 · the whole fair as one sealed file."""
    from matcher.fairs.carrying import ENDING, export_fair

    office = desk.office()
    with office.reading() as unit:
        found = unit.fairs.by_ref(ref)
        booths, people = len(unit.fairs.booths.of(found.key)), sum(unit.fairs.visitors.counts(found.key)[::2])
    content = export_fair(office, found, _passphrase(desk, passphrase_stdin, twice=True), actor="cli")
    path = output or Path(f"{ref}{ENDING}")
    _write(path, content)
    said = desk.wording().text("FAIR_CLI_EXPORTED", name=found.name, file=str(path), visitors=people, booths=booths)
    click.echo(said, err=True)


@fair.command("merge")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@PASSPHRASE
@click.pass_obj
def merge(desk: Desk, file: Path, passphrase_stdin: bool) -> None:
    """读入招聘会文件：没有就建，有就合并，读两次不重复 · reads a fair file; twice is once."""
    from matcher.domain.fairs import FairState
    from matcher.fairs.feeding import feed
    from matcher.fairs.merging import merge_fair

    office = desk.office()
    done = merge_fair(office, file.read_bytes(), _passphrase(desk, passphrase_stdin), actor="cli")
    with office.reading() as unit:
        found = unit.fairs.get(done.fair_key)
    if found.state in {FairState.CLOSED, FairState.REPORTED}:
        feed(office, found, actor="cli")
    counts = {"added": done.added, "changed": done.changed, "both": done.both}
    click.echo(desk.wording().text("FAIR_CLI_MERGED", name=found.name, ref=found.ref, **counts), err=True)


def _write(path: Path, content: bytes) -> None:
    """A file whole or not at all, readable by its owner only; an older one is not overwritten."""
    try:
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
    except FileExistsError as there:
        raise InputRefused(f"{path.name} 已经存在，没有覆盖；请换一个文件名") from there
    except OSError as refused:
        raise InputRefused(f"文件写不了：{path.name}（{refused.strerror}）") from refused
