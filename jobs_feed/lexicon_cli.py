"""`job131 lexicon check|suggest`: whether the lexicon holds together, and which words of a file it lacks.

In: nothing, or a spreadsheet of postings, workers or classes. Out: lines, or rows of a CSV table for staff to place;
exit 0 done, 1 the lexicon is wrong or the file cannot be read.
"""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

import click

from jobs_feed.columns import KINDS
from jobs_feed.report import FileRefused
from jobs_feed.staging import Draft, Staged, Task, stage
from matcher.domain.localtime import local_date
from matcher.domain.posting import Posting
from matcher.domain.worker import Worker
from matcher.office import Office
from matcher.reading import load_tools, read_worker
from matcher.reading.linking import Kind
from matcher.reading.unknown import Suggestion, suggest
from matcher.reference.lexicon import load_lexicon
from matcher.reference.lexicon_faults import check_lexicon
from matcher.wording import Wording, load_catalogue

COLUMNS = ("phrase", "kind", "seen", "code", "near", "likeness")


class Edge(Protocol):
    """What the command group hands down."""

    lang: str

    def office(self) -> Office:
        """The opened office."""


def _wording(language: str) -> Wording:
    """Sentences without an opened office: the lexicon needs no data folder."""
    lexicon = load_lexicon()
    return Wording(
        load_catalogue("matcher.wording", "jobs_feed"), language, lambda kind, code, lang: lexicon.name(code, lang)
    )


@click.group()
def lexicon() -> None:
    """词表：检查，或找出一张表里词表还不认识的说法 · the lexicon: check it, or find words it lacks."""


@lexicon.command()
@click.pass_context
def check(context: click.Context) -> None:
    """检查词表：重复、悬空、循环、缺名缺源 · duplicates, dangling codes, circles, missing names or sources."""
    edge: Edge = context.obj
    words, found = load_lexicon(), check_lexicon(load_lexicon())
    for line in found:
        click.echo(line)
    if found:
        context.exit(1)
    figures = {"occupations": len(words.occupations), "skills": len(words.skills), "aliases": len(words.aliases)}
    click.echo(_wording(edge.lang).text("LEXICON_FINE", **figures), err=True)


@lexicon.command("suggest")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--kind", type=click.Choice(KINDS), help="哪种表，默认自己认 · what kind of file; found out by default")
@click.option("--least", type=int, default=1, show_default=True, help="至少出现几次 · seen at least so many times")
@click.option("--json", "as_json", is_flag=True, help="一行一个 JSON · JSON Lines")
@click.pass_context
def suggest_command(context: click.Context, file: Path, kind: str | None, least: int, as_json: bool) -> None:
    """找出一张表里词表还不认识的说法，附上最像的词，由人来定 · phrases of a file that no alias covers."""
    edge: Edge = context.obj
    wording = _wording(edge.lang)
    try:
        staged = _staged(file, kind)
    except FileRefused as refusal:
        click.echo(f"{file.name}：{wording.say(refusal.phrase)}", err=True)
        context.exit(1)
    drafts = [row.draft for row in staged.drafts]
    phrases = [pair for draft in drafts for pair in _phrases(draft)]
    found = [item for item in suggest(phrases, load_tools().linker) if item.seen >= least]
    _write(found, as_json=as_json)
    click.echo(wording.text("LEXICON_SUGGESTED", count=len(found), rows=len(drafts)), err=True)


def _staged(file: Path, kind: str | None) -> Staged:
    """The drafts of a file; without a kind, that of which it has the most columns."""
    best: Staged | None = None
    refused: FileRefused | None = None
    for one in (kind,) if kind else KINDS:
        try:
            staged = stage(_task(file, one))
        except FileRefused as refusal:
            refused = refused or refusal
            continue
        if best is None or _understood(staged) > _understood(best):
            best = staged
    if best is None:
        raise refused or FileRefused("IMPORT_FILE_EMPTY")
    return best


def _task(file: Path, kind: str) -> Task:
    """Reading a file only to look at its words."""
    return Task(kind=kind, path=file, sender="lexicon", as_of=_today(), gazetteer=load_tools().gazetteer, remembered={})


def _today() -> date:
    """The date in Tongliao."""
    return local_date(datetime.now(UTC))


def _understood(staged: Staged) -> int:
    """How many columns were understood."""
    return sum(bool(column.field) for column in staged.mapping)


def _phrases(draft: Draft) -> Iterator[tuple[str, Kind]]:
    """What a record calls work and skills by."""
    if isinstance(draft, Worker):
        facts = read_worker(draft, load_tools(), read_on=_today())
        wishes = draft.wish_text
        for phrase in facts.unlinked:
            yield phrase, "occupation" if phrase in wishes else "skill"
    else:
        yield draft.title, "occupation" if isinstance(draft, Posting) else "skill"


def _write(found: list[Suggestion], *, as_json: bool) -> None:
    """Rows on standard output."""
    if as_json:
        for item in found:
            click.echo(json.dumps(asdict(item), ensure_ascii=False))
        return
    table = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    table.writeheader()
    table.writerows(asdict(item) for item in found)
