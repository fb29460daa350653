"""`job131 evaluate`: the whole service on judged cases, measured as the published figures say.

In: a folder of cases. Out: the table of figures on standard output (or one line of JSON), misses to a file.
Every set is imported into an office of its own in a temporary folder and planned on the day it is judged at.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from matcher.cli import Desk, write_lines
from matcher.domain.localtime import local_date
from matcher.trials.bench import machine
from matcher.trials.judged.cases import load_sets
from matcher.trials.judged.evaluation import Outcome, as_object, missed_targets, table_lines
from matcher.trials.judged.figures import Figure
from matcher.trials.judged.page import with_section
from web.trial_sets import evaluate_set

GATE_MISSED = 1


@click.command()
@click.argument("cases", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="一行 JSON / one line for machines")
@click.option("--misses", type=click.Path(dir_okay=False, path_type=Path), help="逐人列出不足之处 / what to mend")
@click.option("--write", type=click.Path(dir_okay=False, path_type=Path), help="把结果写进质量页 / renew a page")
@click.option("--quick", is_flag=True, help="只跑一遍方案，不比基线、公平和稳定 / plans only")
@click.option("--gate", is_flag=True, help="有指标不达标时退出码为 1 / exit 1 where a target is missed")
@click.pass_obj
def evaluate(
    desk: Desk, cases: Path, as_json: bool, misses: Path | None, write: Path | None, quick: bool, gate: bool
) -> int:
    """在专员判断过的案例上衡量匹配质量：CASES 是一个案例集或装着案例集的文件夹。"""
    outcomes = []
    for found in load_sets(cases):
        click.echo(f"{found.name}：{len(found.people)} 人，{len(found.postings)} 个岗位", err=True)
        outcomes.append(evaluate_set(found, thorough=not quick, with_misses=misses is not None))
    click.echo(as_object(outcomes) if as_json else "\n".join(table_lines(outcomes, desk.lang)))
    if misses is not None:
        write_lines((f"{line}\n" for outcome in outcomes for line in outcome.misses), misses)
    if write is not None:
        _renew(write, outcomes, f"job131 evaluate {cases} --write {write}")
    missed = missed_targets(outcomes)
    click.echo(_verdict(missed, desk.lang), err=True)
    return GATE_MISSED if gate and missed else 0


def _renew(path: Path, outcomes: Sequence[Outcome], command: str) -> None:
    """The section of judged cases on a page, new; the rest of the page stays."""
    page = path.read_text(encoding="utf-8") if path.exists() else "# Quality\n"
    today = local_date(datetime.now(UTC))
    write_lines(iter([with_section(page, outcomes, on=today, machine=machine(), command=command)]), path)


def _verdict(missed: Sequence[Figure], language: str) -> str:
    """One clear line on the targets."""
    if not missed:
        return "全部达标" if language == "zh" else "all targets met"
    if language == "zh":
        return f"未达标：{'、'.join(figure.zh for figure in missed)}"
    return f"missed: {', '.join(figure.en for figure in missed)}"
