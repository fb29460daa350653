"""Commands of the matcher: init, plan, bench.

In: options and the desk on the click context. Out: data on standard output, words and progress on standard error.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

import click
from tqdm import tqdm

from matcher.casework import plan_people
from matcher.domain.errors import InputRefused
from matcher.domain.plan import ServicePlan
from matcher.domain.run import MatchRun
from matcher.engines import open_engine, require_dask
from matcher.office import Office, OfficeConfig, init_office
from matcher.plan_table import json_lines, table_lines, write_workbook
from matcher.wording import Wording


class Desk(Protocol):
    """What the commands need of the click context."""

    lang: str

    def config(self) -> OfficeConfig:
        """Where data and key lie."""
        ...

    def office(self) -> Office:
        """The office, opened."""
        ...

    def wording(self) -> Wording:
        """All sentences of the chosen language."""
        ...


@contextmanager
def progress_bar(wording: Wording) -> Iterator[Callable[[float, str], None]]:
    """A bar on standard error where that is a terminal and the work takes more than a second; without a thread that
    watches it, because a process with threads cannot be doubled."""
    tqdm.monitor_interval = 0
    with tqdm(total=100, delay=1, leave=False, disable=not sys.stderr.isatty(), file=sys.stderr) as bar:

        def tell(share: float, code: str) -> None:
            bar.set_description(wording.text(code), refresh=False)
            bar.update(round(share * 100) - bar.n)

        yield tell


@click.command()
@click.pass_obj
def init(desk: Desk) -> None:
    """建立数据文件夹、数据库和密钥；重复运行不改变任何东西。"""
    config = desk.config()
    init_office(config)
    click.echo(desk.wording().text("CLI_INIT_DONE", home=str(config.home), key=str(config.key_file)), err=True)


@click.command()
@click.option("--division", default="", help="只做这个区划的人（代码，如 150525）")
@click.option("--worker", default="", help="只做这一个人（编号，或 来源:编号）")
@click.option("--as-of", "as_of", type=click.DateTime(["%Y-%m-%d"]), help="以哪一天为准，默认今天")
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="在哪里算：local 本机一个进程；dask 多个进程或多台机器（要装 job131[cluster]），结果完全一样",
)
@click.option(
    "--cluster",
    default="",
    metavar="地址",
    help="已有 Dask 集群的调度地址，如 tcp://10.0.0.5:8786；不写就在本机临时启动",
)
@click.option("--format", "form", type=click.Choice(["table", "json", "xlsx"]), default="table", show_default=True)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="写入文件")
@click.pass_obj
def plan(
    desk: Desk,
    division: str,
    worker: str,
    as_of: datetime | None,
    engine: str,
    cluster: str,
    form: str,
    output: Path | None,
) -> None:
    """给每个人做一份方案，保存，并按要求输出。"""
    office, wording = desk.office(), desk.wording()
    if form == "xlsx" and output is None:
        raise click.UsageError("--format xlsx 需要 -o 文件名")
    if cluster and engine != "dask":
        raise click.UsageError("--cluster 要和 --engine dask 一起用")
    day = as_of.date() if as_of else None
    with open_engine(engine, cluster) as place, progress_bar(wording) as tell:
        run = plan_people(
            office, division=division, worker_ref=worker, as_of=day, actor="cli", progress=tell, engine=place
        )
    say_result(run, wording)
    if not run.quality.people:
        raise InputRefused(wording.text("CLI_NOBODY"))
    with office.reading() as unit:
        _write((stored.plan for stored in unit.plans.of_run(run.key or 0, by_ref=True)), form, output, wording)


def say_result(run: MatchRun, wording: Wording) -> None:
    """The figures of a run in one line."""
    quality = run.quality
    line = wording.text(
        "CLI_PLANNED",
        people=quality.people,
        owed=quality.with_postings_owed,
        complete=quality.complete,
        short=quality.short,
        trained=quality.with_training,
        seconds=quality.seconds,
    )
    click.echo(line, err=True)


def _write(plans: Iterable[ServicePlan], form: str, output: Path | None, wording: Wording) -> None:
    """Plans in the form asked for, to a file or to standard output."""
    if form == "xlsx" and output is not None:
        write_workbook(plans, wording, output)
    else:
        lines = json_lines(plans, wording) if form == "json" else table_lines(plans, wording)
        if output is None:
            sys.stdout.writelines(lines)
        else:
            write_lines(lines, output)
    if output is not None:
        click.echo(wording.text("CLI_WRITTEN", path=str(output)), err=True)


def write_lines(lines: Iterable[str], path: Path) -> None:
    """Text to a file, whole or not at all."""
    draft = path.with_name(f".{path.name}.draft")
    with draft.open("w", encoding="utf-8", newline="\n") as target:
        target.writelines(lines)
        target.flush()
        os.fsync(target.fileno())
    draft.replace(path)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="一行 JSON")
@click.option("--peers", is_flag=True, help="和文本检索比候选一步（要装 job131[peers]）")
@click.option("--workers", default="", metavar="个数,…", help="比一个和几个计算进程（要装 job131[cluster]），如 1,2")
@click.option(
    "--growth", default="", metavar="人数,…", help="人越多慢多少，如 10000,40000,160000（岗位跟着旗县一起多）"
)
@click.option("--people", default=0, metavar="人数", help="和 --workers 一起：每个进程多少人，不够就造同样的旗县")
@click.option("--postings", default=0, metavar="岗位数", help="和 --workers 一起：一共多少岗位")
@click.pass_obj
def bench(desk: Desk, as_json: bool, peers: bool, workers: str, growth: str, people: int, postings: int) -> None:
    """给已存的数据计时：各步用时、内存、分配质量（先用 demo --size prefecture --no-serve 造数据）。"""
    from matcher.trials.bench import run_bench

    if workers:
        _bench_workers(desk, workers, people, postings, as_json=as_json)
        return
    if growth:
        from matcher.trials.growth import run_growth

        sizes = _numbers("--growth", growth)
        for line in run_growth(desk.office(), sizes, as_json=as_json):
            click.echo(line)
        return
    if peers:
        from matcher.trials.race import run_race

        click.echo(run_race(desk.office(), as_json=as_json))
        return
    click.echo(run_bench(desk.office(), as_json=as_json))


def _bench_workers(desk: Desk, workers: str, people: int, postings: int, *, as_json: bool) -> None:
    """Several numbers of worker processes, one line each as soon as it is known."""
    numbers = _numbers("--workers", workers)
    require_dask()
    from matcher.trials.scaling import run_scaling

    for line in run_scaling(desk.office(), numbers, people, postings, as_json=as_json):
        click.echo(line)


def _numbers(option: str, text: str) -> list[int]:
    """Whole numbers above nought, set off by commas."""
    numbers = text.split(",")
    if not all(number.isdecimal() and int(number) for number in numbers):
        raise click.UsageError(f"{option} 要写个数，用逗号隔开，如 1,2")
    return [int(number) for number in numbers]
