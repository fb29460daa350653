"""`job131 import`: spreadsheets in from the command line.

In: kind, files and options. Out: with --json one line a file on standard output, else words on standard error;
exit 0 done, 1 a file refused, 3 done with refused rows.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn, Protocol

import click
from tqdm import tqdm

from jobs_feed.columns import KINDS
from jobs_feed.pace import Beat, Pace
from jobs_feed.pipeline import run_import
from jobs_feed.report import ImportReport, grouped
from jobs_feed.review.error_sheet import write_error_sheet
from jobs_feed.review.refused import RefusedRow
from matcher.domain.errors import InputRefused
from matcher.office import Office
from matcher.wording import Wording

SHOWN_PROBLEMS = 20
REFUSED_FILE, REFUSED_ROWS = 1, 3


class Edge(Protocol):
    """What the command group hands down."""

    lang: str

    def office(self) -> Office:
        """The opened office."""


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只试读，不保存 · try only, store nothing")
@click.option("--sender", default="local", show_default=True, help="谁报来的表 · who sent the file")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="按哪一天理解日期 · the day dates are read at")
@click.option(
    "--errors", type=click.Path(path_type=Path, dir_okay=False), help="未收的行写成 .xlsx · refused rows as .xlsx"
)
@click.option("--json", "as_json", is_flag=True, help="每个文件一行 JSON · one JSON line a file")
@click.pass_context
def import_command(
    context: click.Context,
    *,
    kind: str,
    files: tuple[Path, ...],
    dry_run: bool,
    sender: str,
    as_of: datetime | None,
    errors: Path | None,
    as_json: bool,
) -> None:
    """导入岗位、劳动者台账或培训项目；岗位也可以是一段招聘文字 · import spreadsheets; postings also from a message."""
    edge: Edge = context.obj
    office = edge.office()
    wording = office.wording(edge.lang, "jobs_feed")
    reports: list[ImportReport] = []
    refused: list[RefusedRow] = []
    if errors is not None:
        _refuse_place(errors, files, wording)
    for path in files:
        with _bar(wording) as progress:
            report = run_import(
                office,
                kind,
                path,
                sender=sender,
                as_of=as_of.date() if as_of else None,
                dry_run=dry_run,
                progress=progress,
                actor="cli",
                refused=None if errors is None else refused.extend,
            )
        reports.append(report)
        if as_json:
            click.echo(report.json_line(wording))
        else:
            _say(report, wording)
    if errors is not None:
        _write_errors(errors, refused, wording)
    context.exit(exit_code(reports))


def _refuse_place(path: Path, files: Sequence[Path], wording: Wording) -> None:
    """A sheet of refused rows that could not be written, or would overwrite a file that is imported."""
    if not path.absolute().parent.is_dir():
        raise InputRefused(wording.text("ERRORS_NO_FOLDER", file=str(path)))
    if path.resolve() in {file.resolve() for file in files}:
        raise InputRefused(wording.text("ERRORS_SAME_FILE", file=str(path)))


def _write_errors(path: Path, refused: Sequence[RefusedRow], wording: Wording) -> None:
    """The refused rows as a sheet to put right, told on standard error."""
    if not refused:
        click.echo(wording.text("ERRORS_NONE"), err=True)
        return
    write_error_sheet(path, refused, wording)
    click.echo(wording.text("ERRORS_WRITTEN", rows=len(refused), file=str(path)), err=True)


def exit_code(reports: Sequence[ImportReport]) -> int:
    """0 done, 1 a file refused, 3 done with refused rows."""
    if any(report.refused is not None for report in reports):
        return REFUSED_FILE
    return REFUSED_ROWS if any(report.problems for report in reports) else 0


class _Bar:
    """A progress bar on a terminal, for what takes longer than a second."""

    def __init__(self, bar: tqdm[NoReturn], wording: Wording) -> None:
        self._bar, self._wording = bar, wording

    def __enter__(self) -> Pace:
        """The listener to the import."""
        return Pace(self.show)

    def __exit__(self, *_: object) -> None:
        """Leaves the line clean."""
        self._bar.close()

    def show(self, beat: Beat) -> None:
        """How far it is, what is being done, how fast, and how long it will take."""
        self._bar.set_description(self._wording.text(beat.code), refresh=False)
        self._bar.set_postfix_str(pace_text(beat, self._wording), refresh=False)
        self._bar.update(max(0.0, round(beat.share * 100) - self._bar.n))


def pace_text(beat: Beat, wording: Wording) -> str:
    """Rows a second and the time left, as far as they are known."""
    rate = "" if beat.rate is None else wording.text("PACE_RATE", rate=round(beat.rate))
    left = (
        "" if beat.left is None else wording.text("PACE_LEFT", time=f"{int(beat.left) // 60}:{int(beat.left) % 60:02}")
    )
    return " ".join(part for part in (rate, left) if part)


def _bar(wording: Wording) -> _Bar:
    """A bar that shows only on a terminal."""
    form = "{desc} {percentage:3.0f}%|{bar}| {elapsed} {postfix}"
    bar = tqdm(total=100, delay=1.0, disable=not sys.stderr.isatty(), file=sys.stderr, bar_format=form, leave=False)
    return _Bar(bar, wording)


def _say(report: ImportReport, wording: Wording) -> None:
    """The outcome in words: mapping that needs a look, outcome, refused rows, notices."""
    near = [column for column in report.mapping if column.how in {"alias", "fuzzy", "remembered"}]
    click.echo(f"{report.file}", err=True)
    if near:
        pairs = "；".join(f"{column.header.replace(chr(10), ' ')} → {column.field}" for column in near)
        click.echo(f"  {wording.text('IMPORT_MAPPED', columns=pairs)}", err=True)
    click.echo(f"  {report.message(wording)}", err=True)
    for problem in report.problems[:SHOWN_PROBLEMS]:
        click.echo(f"  ✗ {problem.line(wording)}", err=True)
    if len(report.problems) > SHOWN_PROBLEMS:
        click.echo(f"  {wording.text('IMPORT_MORE', count=len(report.problems) - SHOWN_PROBLEMS)}", err=True)
    for line in grouped(report.notices, wording):
        click.echo(f"  · {line}", err=True)
