"""Commands that look after an office: backup, restore, move, keys, person, doctor.

In: files and addresses. Out: words on standard error, `doctor --json` on standard output.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import click

from matcher.cli import Desk
from matcher.domain.errors import InputRefused
from matcher.domain.facts import Phrase
from matcher.upkeep.backup import back_up, restore
from matcher.upkeep.doctor import examine
from matcher.upkeep.findings import Finding, State
from matcher.upkeep.moving import move_to, rotate_keys
from matcher.upkeep.person import erase_person, export_person
from matcher.upkeep.shelf import drop_older, place_in
from matcher.wording import Wording

MARKS = {State.OK: "✓", State.LOOK: "!", State.BAD: "✗"}


def _teller(wording: Wording) -> Callable[[str], None]:
    """Tells which table is being copied, on a terminal only."""

    def tell(table: str) -> None:
        if sys.stderr.isatty():
            click.echo(wording.text("UPKEEP_TABLE", table=table), err=True)

    return tell


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(1), help="FILE 是文件夹时只留最近几份 · how many stay in a folder")
@click.pass_obj
def backup_command(desk: Desk, file: Path, *, keep: int | None) -> None:
    """备份：除密钥外的全部数据写成一个文件，服务不用停 · everything but the keys in one file, without stopping.

    FILE 是文件夹时，文件名按时间取 · in a folder the file is named by day and time.
    """
    if keep is not None and not file.is_dir():
        raise InputRefused("--keep 只用于文件夹；请先建好放备份的文件夹")
    office, wording = desk.office(), desk.wording()
    place = place_in(file, office.clock()) if file.is_dir() else file
    manifest = back_up(office, place, _teller(wording))
    held = manifest.contents
    click.echo(wording.text("BACKUP_DONE", file=str(place), rows=held.total, digest=held.digest), err=True)
    if keep is not None and (gone := drop_older(file, keep)):
        click.echo(wording.text("BACKUP_DROPPED", count=gone, keep=keep), err=True)


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replace", is_flag=True, help="换掉现有数据（原来的改名留下） · present data are renamed")
@click.pass_obj
def restore_command(desk: Desk, file: Path, *, replace: bool) -> None:
    """恢复：把备份放回来，要有当时的密钥文件 · put a backup back; needs the key file of its time."""
    manifest = restore(desk.config(), file, replace=replace)
    rows = manifest.contents.total
    click.echo(desk.wording().text("RESTORE_DONE", file=str(file), made_at=manifest.made_at, rows=rows), err=True)


@click.command("move")
@click.option("--to", "url", required=True, help="新数据库的地址 · address of the new, empty database")
@click.pass_obj
def move_command(desk: Desk, url: str) -> None:
    """搬库：SQLite 与 PostgreSQL 互换，内容逐条核对 · to another database, checked row by row."""
    wording = desk.wording()
    contents = move_to(desk.office(), url, _teller(wording))
    click.echo(wording.text("MOVE_DONE", rows=contents.total, digest=contents.digest), err=True)


@click.group("keys")
def keys_group() -> None:
    """密钥：更换 · the keys: a fresh one."""


@keys_group.command("rotate")
@click.option("--forget-old", is_flag=True, help="不留旧密钥（旧备份将打不开） · drop the old keys")
@click.pass_obj
def rotate_command(desk: Desk, *, forget_old: bool) -> None:
    """换一把新密钥，把加密的内容全部重新封好 · everything sealed anew with a fresh key."""
    wording = desk.wording()
    changed = rotate_keys(desk.office(), forget_old=forget_old, tell=_teller(wording))
    code = "KEYS_ROTATED_FORGOTTEN" if forget_old else "KEYS_ROTATED"
    click.echo(wording.text(code, values=changed, key=str(desk.config().key_file)), err=True)


@click.group("person")
def person_group() -> None:
    """一个人的数据：全部交出，或彻底删除 · one person's data: handed out, or erased."""


@person_group.command("export")
@click.argument("ref")
@click.option("--reason", required=True, help="为什么要（记入审计） · why; kept in the audit record")
@click.pass_obj
def export_command(desk: Desk, ref: str, *, reason: str) -> None:
    """把存着的这个人的全部数据按 JSON 输出 · everything stored of one person, as JSON."""
    data = export_person(desk.office(), ref, reason=reason)
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))


@person_group.command("erase")
@click.argument("ref")
@click.option("--reason", required=True, help="为什么要（记入审计） · why; kept in the audit record")
@click.option("--yes", is_flag=True, help="不再询问 · do not ask again")
@click.pass_obj
def erase_command(desk: Desk, ref: str, *, reason: str, yes: bool) -> None:
    """彻底删除一个人和他的方案、答复；恢复旧备份时会再删 · one person for good, also out of older backups."""
    wording = desk.wording()
    if not yes and not (sys.stdin.isatty() and click.confirm(wording.text("ERASE_SURE", ref=ref), err=True)):
        raise InputRefused(wording.text("ERASE_NOT_CONFIRMED"))
    gone = erase_person(desk.office(), ref, reason=reason)
    click.echo(wording.text("ERASED", ref=ref, rows=sum(gone.values())), err=True)


def report(findings: list[Finding], wording: Wording, *, as_json: bool) -> int:
    """Shows what the doctor found; 1 where something is bad."""
    bad = any(finding.state is State.BAD for finding in findings)
    if as_json:
        checks = [_entry(finding.state, finding.phrase, wording) for finding in findings]
        click.echo(json.dumps({"ok": not bad, "checks": checks}, ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{MARKS[finding.state]} {wording.say(finding.phrase)}")
        click.echo(wording.text("DOCTOR_BAD" if bad else "DOCTOR_WELL"), err=True)
    return int(bad)


def _entry(state: State, phrase: Phrase, wording: Wording) -> dict[str, object]:
    """One finding for machines."""
    return {"code": phrase.code, "state": state.value, "text": wording.say(phrase), "args": dict(phrase.args or {})}


def own_findings(desk: Desk, *, audit: bool) -> list[Finding]:
    """What the matcher's doctor finds."""
    return list(examine(desk.config(), audit=audit))
