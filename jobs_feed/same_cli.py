"""`job131 same`: adverts that are one job: look, merge, list, undo.

In: options. Out: figures or lists on standard output, with --json for machines.
"""

from __future__ import annotations

from typing import Protocol

import click
import msgspec

from jobs_feed.sameness.merging import Merged, merge_same, take_out
from jobs_feed.sameness.reading import ShownGroup, ShownPair, groups, questions
from matcher.office import Office
from matcher.store import StoredPosting
from matcher.wording import Wording

LISTED = 200


class Edge(Protocol):
    """What the command group hands down."""

    lang: str

    def office(self) -> Office:
        """The opened office."""


@click.command("same")
@click.option("--apply", "apply_now", is_flag=True, help="比对并合并 · compare and merge what is the same")
@click.option("--list", "listing", is_flag=True, help="列出已合并的和待判断的 · what was merged, what is asked")
@click.option("--undo", metavar="KEY", help="把一条岗位（号码或编号）从合并里拆出来 · take a posting out of its group")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON · JSON on standard output")
@click.pass_context
def same(context: click.Context, *, apply_now: bool, listing: bool, undo: str | None, as_json: bool) -> None:
    """岗位查重：同一个岗位只留一条 · one job advertised twice stands once; without options: look, store nothing."""
    if sum((apply_now, listing, undo is not None)) > 1:
        raise click.UsageError("--apply、--list、--undo 一次只用一个 · use one of them at a time")
    edge: Edge = context.obj
    office = edge.office()
    wording = office.wording(edge.lang, "jobs_feed")
    if undo is not None:
        key = _key_of(office, undo)
        apart = take_out(office, key, actor="cli")
        _put({"posting": key, "apart_from": apart}, wording.text("SAME_UNDONE", key=key, count=apart), as_json)
    elif listing:
        _list(office, wording, as_json)
    else:
        done = merge_same(office, actor="cli", dry_run=not apply_now)
        _put(msgspec.to_builtins(done), _sentence(done, wording, apply_now), as_json)


def _put(record: object, sentence: str, as_json: bool) -> None:
    """A record for machines, or a sentence."""
    click.echo(msgspec.json.encode(record).decode() if as_json else sentence)


def _sentence(done: Merged, wording: Wording, applied: bool) -> str:
    """What comparing did or would do."""
    if not done.compared:
        return wording.text("SAME_NOTHING_NEW")
    code = "SAME_DONE" if applied else "SAME_TRIED"
    return wording.text(code, compared=done.compared, pairs=done.pairs, merged=done.merged, asked=done.asked)


def _key_of(office: Office, named: str) -> int:
    """The posting of a number as --list shows it, else of a reference."""
    with office.reading() as unit:
        if named.isdecimal() and len(named) < 12 and int(named) in unit.postings.many([int(named)]):
            return int(named)
        return unit.postings.by_ref(named).key


def _list(office: Office, wording: Wording, as_json: bool) -> None:
    """Groups and questions, a line each."""
    on = office.today()
    with office.reading() as unit:
        stale = office.policy.at(on).whole("plan.stale_days")
        merged = groups(unit, on, stale, size=LISTED)
        asked = questions(unit, size=LISTED)
    if as_json:
        found = {"groups": [_group(row) for row in merged.rows], "questions": [_pair(row) for row in asked.rows]}
        click.echo(msgspec.json.encode(found | {"more": _more(merged.total) + _more(asked.total)}).decode())
        return
    click.echo(wording.text("SAME_LISTED", groups=merged.total, questions=asked.total))
    for row in merged.rows:
        click.echo("\n    ".join([f"= {_name(row.kept)}", *map(_name, row.others)]))
    for pair in asked.rows:
        click.echo(f"? {_name(pair.one)}\n    {_name(pair.other)}")


def _more(total: int) -> int:
    """How many are not listed."""
    return max(0, total - LISTED)


def _name(stored: StoredPosting) -> str:
    """One posting on a line."""
    value = stored.value
    where = value.place.name or value.place.text
    return f"{stored.key}  {value.sender}:{value.ref}  {value.title}  {value.employer}  {where}  {value.wage_text}"


def _entry(stored: StoredPosting) -> dict[str, object]:
    """One posting for machines."""
    value = stored.value
    named = {"key": stored.key, "ref": value.ref, "sender": value.sender, "title": value.title}
    return named | {"employer": value.employer, "state": stored.state.value}


def _group(row: ShownGroup) -> dict[str, object]:
    """A group for machines."""
    return {"key": row.key, "kept": _entry(row.kept), "others": [_entry(other) for other in row.others]}


def _pair(row: ShownPair) -> dict[str, object]:
    """A question for machines."""
    grounds = msgspec.to_builtins(row.link.grounds)
    return {"score": row.link.score, "grounds": grounds, "one": _entry(row.one), "other": _entry(row.other)}
