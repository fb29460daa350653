"""`job131 demo`: the whole line on a made-up prefecture, from three spreadsheets to printed sheets.

In: a size. Out: spreadsheets, plans.json and sheets.pdf in the data folder, a short table, then the web app.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from jobs_feed.pipeline import run_import
from jobs_feed.report import ImportReport
from jobs_feed.sample import write_sample
from matcher.casework import plan_people
from matcher.cli import progress_bar, say_result, write_lines
from matcher.domain.errors import InputRefused
from matcher.domain.run import MatchRun
from matcher.office import DEMO_MARK, Office, OfficeConfig, init_office
from matcher.plan_table import json_lines, table_lines
from matcher.wording import Wording

if TYPE_CHECKING:
    from web.cli import Desk

FOLDER = Path("job131-demo")
SHOWN = 12
SETTINGS = {
    "office_name": "示例市公共就业服务中心（虚构）",
    "office_phone": "199-0000-0131",
    "complaint_phone": "199-0000-0000",
    "office_address": "示例路131号（虚构）",
}


@click.command()
@click.option("--size", type=click.Choice(["village", "standard", "prefecture"]), default="standard", show_default=True)
@click.option("--no-serve", is_flag=True, help="写好文件就停，不打开网页")
@click.option("--port", default=8131, show_default=True, help="网页端口")
@click.pass_obj
def demo(desk: Desk, size: str, no_serve: bool, port: int) -> None:
    """示例：造一个虚构的市，导入、匹配、打印匹配单，再打开网页。"""
    began = perf_counter()
    config = demo_config(desk.config())
    init_office(config)
    (config.home / DEMO_MARK).write_text("示例数据，全部虚构 / sample data, all made up\n", encoding="utf-8")
    office = Office.open(config)
    try:
        wording = office.wording(desk.lang, "jobs_feed", "web.translations")
        run = _fill(office, config.home, size, wording)
        _papers(office, run, config.home, size, wording)
        click.echo(wording.text("DEMO_DONE", seconds=perf_counter() - began, folder=str(config.home)), err=True)
        if not no_serve:
            _serve(office, config, port, wording)
    finally:
        office.close()


def demo_config(config: OfficeConfig) -> OfficeConfig:
    """A folder and a key of the demo's own, unless others are named."""
    named = bool(os.environ.get("JOB131_HOME")) or config.home != OfficeConfig.from_environment({}).home
    home = config.home if named else FOLDER.resolve()
    own_key = "JOB131_KEY_FILE" in os.environ
    folder = config.key_file.parent
    demo_key = config.key_file if folder.name == "demo" else folder / "demo" / config.key_file.name
    key_file = config.key_file if own_key else demo_key
    return OfficeConfig(home=home, key_file=key_file, database_url=config.database_url)


def _fill(office: Office, home: Path, size: str, wording: Wording) -> MatchRun:
    """Spreadsheets written, imported and planned; the run."""
    today = office.today()
    click.echo(wording.text("DEMO_WRITING"), err=True)
    files = write_sample(home / "sample", size=size, as_of=today)
    for kind in ("postings", "training", "workers"):
        path: Path = getattr(files, kind)
        report = _import(office, kind, path, today, wording)
        line = wording.text("DEMO_IMPORTED", file=path.name, stored=report.stored, unchanged=report.unchanged)
        click.echo(line, err=True)
    with office.unit("demo") as unit:
        for name, value in unit.settings.all().items():
            if not value and name.value in SETTINGS:
                unit.settings.put(name, SETTINGS[name.value])
    with progress_bar(wording) as tell:
        run = plan_people(office, actor="demo", progress=tell)
    say_result(run, wording)
    return run


def _import(office: Office, kind: str, path: Path, today: date, wording: Wording) -> ImportReport:
    """One spreadsheet; a refusal ends the demo."""
    with progress_bar(wording) as tell:
        report = run_import(office, kind, path, as_of=today, actor="demo", progress=tell)
    if report.refused is not None:
        raise InputRefused(wording.text("DEMO_REFUSED", file=path.name))
    return report


def _papers(office: Office, run: MatchRun, home: Path, size: str, wording: Wording) -> None:
    """plans.json, a short table, and sheets.pdf: of everybody, or of one village of the large prefecture."""
    from matcher.domain.papers.records import PrintOrder
    from web.papers.printing import print_papers

    with office.reading() as unit:
        every = unit.plans.of_run(run.key or 0, by_ref=True)
        write_lines(json_lines((stored.plan for stored in every), wording), home / "plans.json")
        first = [stored.plan for stored in islice(unit.plans.of_run(run.key or 0, by_ref=True), SHOWN)]
    sys.stdout.writelines(table_lines(first, wording))
    order = PrintOrder(villages=(first[0].village,)) if size == "prefecture" else PrintOrder()
    with progress_bar(wording) as tell:
        printed = print_papers(
            office, home / "sheets.pdf", order, progress=lambda share: tell(share, "PAPER_TYPESETTING")
        )
    files = {"plans": str(home / "plans.json"), "sheets": str(home / "sheets.pdf"), "count": printed.sheets}
    click.echo(wording.text("DEMO_FILES", **files), err=True)


def _serve(office: Office, config: OfficeConfig, port: int, wording: Wording) -> None:
    """The web app on this machine only, with sign-in by one click."""
    from web.app import create_app, run_server
    from web.config import load_web_config

    app = create_app(load_web_config(config.home, config.key_file, demo=True), office)
    click.echo(wording.text("SERVE_AT", url=f"http://127.0.0.1:{port}"), err=True)
    run_server(app, "127.0.0.1", port)
