"""`job131 retention`: what is past its term, and doing it.

In: an office. Out: words on standard error, with `--json` one line on standard output; a dry run changes nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from matcher.upkeep.keeping.doing import BY_TERM, Done, carry_out
from matcher.upkeep.keeping.due import Due, what_is_due

if TYPE_CHECKING:
    from matcher.cli import Desk


@click.command("retention")
@click.option("--dry-run", is_flag=True, help="只看，不做 · look, change nothing")
@click.option("--reason", default=BY_TERM, show_default=True, help="为什么（记入审计） · why; kept in the audit record")
@click.option("--json", "as_json", is_flag=True, help="给机器看的一行 JSON · one line of JSON")
@click.pass_obj
def retention(desk: Desk, *, dry_run: bool, reason: str, as_json: bool) -> None:
    """保存期限：到期的档案去名，审计记录按年封存 · files past their term lose names, audit years are closed."""
    office, wording = desk.office(), desk.wording()
    with office.reading() as unit:
        due = what_is_due(office, unit)
    done = Done() if dry_run else carry_out(office, reason=reason, actor="cli")
    if as_json:
        click.echo(json.dumps(_told(due, done, dry_run=dry_run), ensure_ascii=False))
        return
    months = "、".join(f"{month} {count}" for month, count in due.by_month.items()) or "0"
    click.echo(wording.text("RETENTION_DUE", overdue=len(due.overdue), coming=len(due.coming), months=months), err=True)
    if dry_run:
        click.echo(wording.text("RETENTION_DRY"), err=True)
        return
    click.echo(wording.text("RETENTION_DONE", files=done.files, rows=done.rows), err=True)
    if done.closed:
        click.echo(wording.text("RETENTION_CLOSED", years=_years(done.closed)), err=True)
    if done.dropped:
        click.echo(wording.text("RETENTION_DROPPED", years=_years(done.dropped), entries=done.entries), err=True)


def _years(years: tuple[int, ...]) -> str:
    """Years in a line."""
    return "、".join(map(str, years))


def _told(due: Due, done: Done, *, dry_run: bool) -> dict[str, object]:
    """Everything for machines; references of files that are due, never names."""
    return {
        "dry_run": dry_run,
        "as_of": due.on.isoformat(),
        "person_years": due.terms.person_years,
        "service_years": due.terms.service_years,
        "audit_months": due.terms.audit_months,
        "overdue": len(due.overdue),
        "coming": len(due.coming),
        "coming_by_month": due.by_month,
        "nameless_before": due.nameless,
        "files": done.files,
        "rows": done.rows,
        "audit_years_closed": list(done.closed),
        "audit_years_dropped": list(done.dropped),
        "audit_entries_dropped": done.entries,
    }
