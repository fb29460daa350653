"""`job131 doctor`: what is well with this installation, what is not, and what to do.

In: the office's folders. Out: a line a finding, or one JSON line; exit 1 where something is bad.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from matcher.office import OfficeConfig
    from matcher.upkeep.findings import Finding
    from web.cli import Desk


@click.command()
@click.option("--audit", is_flag=True, help="连同审计记录一起检查 · the audit chain as well")
@click.option("--json", "as_json", is_flag=True, help="给机器看的一行 JSON · one line of JSON")
@click.pass_context
def doctor(context: click.Context, *, audit: bool, as_json: bool) -> None:
    """体检：安装、密钥、数据库、磁盘、时钟、字体 · installation, keys, database, disk, clock, fonts."""
    from matcher.cli_upkeep import own_findings, report
    from matcher.wording import Wording, load_catalogue

    desk: Desk = context.obj
    wording = Wording(load_catalogue("matcher.wording", "web.translations"), desk.lang, lambda _kind, code, _lang: code)
    findings = [*own_findings(desk, audit=audit), *_around(desk.config())]
    context.exit(report(findings, wording, as_json=as_json))


def _around(config: OfficeConfig) -> Iterator[Finding]:
    """What the pages and papers need: fonts, and no uploads left lying."""
    from matcher.domain.facts import Phrase
    from matcher.upkeep.findings import Finding, State
    from web.incoming.uploads import KEPT_SECONDS
    from web.papers.glyphs import font_files

    missing = [path.name for path in font_files() if not path.is_file()]
    if missing:
        yield Finding(State.BAD, Phrase("DOCTOR_NO_FONT", {"font": "、".join(missing)}))
    else:
        yield Finding(State.OK, Phrase("DOCTOR_FONT", {"font": font_files()[0].name}))
    uploads = config.home / "uploads"
    if uploads.is_dir():
        late = time.time() - 2 * KEPT_SECONDS
        waiting = sum(1 for place in uploads.iterdir() if place.stat().st_mtime < late)
        if waiting:
            yield Finding(State.LOOK, Phrase("DOCTOR_UPLOADS", {"count": waiting}))
