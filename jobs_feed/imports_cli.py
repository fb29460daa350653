"""`job131 imports`: what was imported, and taking a whole import back.

In: the key of an import. Out: the list, or what the undo did; with --json one object a line on standard output, else
words on standard error; exit 0 done, 1 refused with a clear line.
"""

from __future__ import annotations

from typing import Protocol

import click
import msgspec

from jobs_feed.undo import UndoRefused, outcome_of, reason_of, undo_import
from matcher.domain.localtime import local_date
from matcher.office import Office
from matcher.store import ImportRecord, Kept, Undone
from matcher.wording import Wording

SHOWN_KEPT = 20
REFUSED = 1


class Edge(Protocol):
    """What the command group hands down."""

    lang: str

    def office(self) -> Office:
        """The opened office."""


@click.group("imports")
def imports() -> None:
    """导入记录：查看、撤销整次导入 · past imports: list them, undo a whole one."""


@imports.command("list")
@click.option("--last", default=20, show_default=True, type=click.IntRange(1, 1000), help="列几次 · how many")
@click.option("--json", "as_json", is_flag=True, help="每次一行 JSON · one JSON line an import")
@click.pass_context
def list_imports(context: click.Context, *, last: int, as_json: bool) -> None:
    """最近的导入，新的在前 · the last imports, newest first."""
    edge: Edge = context.obj
    office = edge.office()
    wording = office.wording(edge.lang, "jobs_feed")
    with office.reading() as unit:
        records = unit.imports.recent(last)
        undone = unit.versions.undone([record.key for record in records if record.key is not None])
    for record in records:
        found = undone.get(record.key or 0)
        click.echo(_json_of(record, found) if as_json else _line_of(record, found, wording))


@imports.command("undo")
@click.argument("key", type=click.IntRange(min=1))
@click.option("--json", "as_json", is_flag=True, help="结果为一行 JSON · the outcome as one JSON line")
@click.pass_context
def undo(context: click.Context, *, key: int, as_json: bool) -> None:
    """撤销一次导入：新增的删去，改动的恢复 · undo one import: new records go, changed ones are what they were."""
    edge: Edge = context.obj
    office = edge.office()
    wording = office.wording(edge.lang, "jobs_feed")
    try:
        done = undo_import(office, key, actor="cli")
    except UndoRefused as refused:
        _say(key, None, wording.say(refused.phrase), refused.kept, wording, as_json)
        context.exit(REFUSED)
    _say(key, done, wording.say(outcome_of(done)), done.kept, wording, as_json)


def _say(key: int, done: Undone | None, message: str, kept: tuple[Kept, ...], wording: Wording, as_json: bool) -> None:
    """The outcome, and every record that stays with its reason."""
    if as_json:
        line = {
            "import": key,
            "undone": done is not None,
            "removed": done.removed if done else 0,
            "restored": done.restored if done else 0,
            "withdrawn": done.withdrawn if done else 0,
            "kept": [{"ref": one.ref, "code": one.code, "message": wording.say(reason_of(one))} for one in kept],
            "message": message,
        }
        click.echo(msgspec.json.encode(line).decode())
        return
    click.echo(message, err=True)
    for one in kept[:SHOWN_KEPT]:
        click.echo(f"  · {wording.say(reason_of(one))}", err=True)
    if len(kept) > SHOWN_KEPT:
        click.echo(f"  {wording.text('IMPORT_MORE', count=len(kept) - SHOWN_KEPT)}", err=True)


def _json_of(record: ImportRecord, undone: Undone | None) -> str:
    """One import for machines."""
    names = ("key", "kind", "sender", "rows", "stored", "updated", "unchanged", "refused", "actor", "imported_at")
    line = {"file": record.file_name} | {name: getattr(record, name) for name in names}
    line["undone_at"], line["undone_by"] = (undone.undone_at, undone.actor) if undone else (None, "")
    return msgspec.json.encode(line).decode()


def _line_of(record: ImportRecord, undone: Undone | None, wording: Wording) -> str:
    """One import in words."""
    figures = {name: getattr(record, name) for name in ("rows", "stored", "updated", "unchanged", "refused")}
    day = local_date(record.imported_at).isoformat() if record.imported_at else ""
    line = f"{record.key}\t{day}\t{record.kind}\t{record.file_name}\t{wording.text('IMPORT_DONE', **figures)}"
    if undone is not None and undone.undone_at is not None:
        when = local_date(undone.undone_at).isoformat()
        line += f"\t{wording.text('UNDO_STANDS', when=when, who=undone.actor or '–')}"
    return line
