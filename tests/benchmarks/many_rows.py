"""A hundred thousand rows that all say something else: `python -m tests.benchmarks.many_rows postings|workers`.

In: a kind of file and a number of rows. Out: seconds by the clock and of processors for every step of the import, the
load of the machine beside them, and the most memory of the importing process and of any it started; with `--save` as a
section of docs/performance.md. Everything is made up.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter

import msgspec

from jobs_feed.pipeline import run_import
from jobs_feed.sample.adverts import Market
from jobs_feed.sample.blocks import load_blocks
from jobs_feed.sample.dice import Dice
from jobs_feed.sample.generator import _people
from jobs_feed.sample.places import make_villages
from jobs_feed.sample.workbooks import write_sheet
from tests.benchmarks.same import FORMS, firms
from tests.drills.page import put_section
from tests.jobs_feed.books import new_office

DAY = date(2026, 6, 22)
PAGE = Path(__file__).parents[2] / "docs" / "performance.md"
COMMAND = "python -m tests.benchmarks.many_rows"
_A_FIRM = 3
"""Adverts of one firm."""
_HANDS = (
    "{n}号{where}，{when}到岗，{who}优先",
    "{who}来{where}{n}号门找负责人，{when}就能上班",
    "本{where}有{n}人的班组，{when}开工，要{who}",
    "{when}起干，{where}{n}号，{who}也行；别的见面谈",
    "人到齐就开工，{where}{n}排，{who}多的先来，{when}截止报名",
)
_WHERE = [
    "车间",
    "仓库",
    "工地",
    "后厨",
    "门店",
    "院区",
    "大棚",
    "圈舍",
    "货场",
    "楼层",
    "市场",
    "小区",
    "园区",
    "料场",
]
_WHEN = ["下周", "月底", "随时", "这几天", "端午后", "七月初", "收拾完地", "开学前", "下月十号", "立秋前"]
_WHO = [
    "手脚麻利的",
    "离家近的",
    "干过半年的",
    "能吃苦的",
    "肯学的",
    "会骑电动车的",
    "话不多的",
    "两口子",
    "邻村的",
    "爱干净的",
]


def adverts(number: int) -> Iterator[dict[str, str]]:
    """Rows of the postings' template, no two with the same text."""
    blocks, dice, names = load_blocks(), Random(131), firms(Random(7))
    market = Market(blocks, Dice("postings"), make_villages(blocks, Dice("villages"), 600), DAY)
    firm = ""
    for count, row in enumerate(market.rows(number)):
        firm = firm if count % _A_FIRM else next(names) + FORMS[count % len(FORMS)]
        own = _own_words(dice, count)
        before, after = ("", own) if dice.random() < 0.6 else (own + "，", "")
        yield row | {"用人单位": firm, "统一社会信用代码": "", "岗位描述": f"{before}{row['岗位描述']}{after}"}


def _own_words(dice: Random, count: int) -> str:
    """A sentence that stands in one row alone."""
    told = {"where": dice.choice(_WHERE), "when": dice.choice(_WHEN), "who": dice.choice(_WHO)}
    return dice.choice(_HANDS).format(n=count, **told)


def people(number: int) -> Iterator[dict[str, str]]:
    """Rows of the roster's template, no two with the same remark."""
    blocks, dice = load_blocks(), Random(131)
    size = msgspec.structs.replace(blocks.sizes["prefecture"], workers=number)
    places = make_villages(blocks, Dice("villages"), size.villages)
    for count, row in enumerate(_people(blocks, Dice("people"), places, size, DAY)):
        own = f"住{dice.choice(_WHERE)}旁{count}号，{dice.choice(_WHEN)}能出来，说是{dice.choice(_WHO)}"
        yield row | {"情况说明": "；".join(part for part in (row.get("情况说明", ""), own) if part)}


def write_rows(kind: str, number: int, path: Path) -> None:
    """The file."""
    title, rows = ("劳动者台账", people(number)) if kind == "workers" else ("岗位信息", adverts(number))
    write_sheet(path, title, load_blocks().columns[kind], islice(rows, number), as_of=DAY)


def processor() -> float:
    """Seconds of processors so far, of finished processes too."""
    return sum(os.times()[:4])


class Steps:
    """A listener to an import: when each step began, by the clock and by processors."""

    def __init__(self) -> None:
        self.begun: list[tuple[str, float, float]] = []

    def __call__(self, _: float, code: str) -> None:
        """A sign of life."""
        if not self.begun or self.begun[-1][0] != code:
            self.begun.append((code, perf_counter(), processor()))

    def lines(self) -> Iterator[str]:
        """Seconds of every step; processors of other processes are counted when these end."""
        for (code, clock, busy), (_, later, busier) in zip(self.begun, self.begun[1:], strict=False):
            yield f"{code.removeprefix('IMPORT_STEP_').lower():24} {later - clock:8.1f} {busier - busy:8.1f}"
        (_, clock, busy), (_, later, busier) = self.begun[0], self.begun[-1]
        yield f"{'whole import':24} {later - clock:8.1f} {busier - busy:8.1f}"


def measure(kind: str, path: Path, home: Path) -> Iterator[str]:
    """Lines of figures."""
    office, steps = new_office(home), Steps()
    load = os.getloadavg()[0]
    report = run_import(office, kind, path, as_of=DAY, progress=steps)
    office.close()
    yield f"{kind}: {report.rows} rows, {report.stored} stored, {report.refused_rows} refused"
    yield f"{'step':24} {'clock s':>8} {'CPU s':>8}"
    yield from steps.lines()
    own, others = (
        resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    yield f"peak memory: importing process {own} MB, at most {others} MB in one it started"
    yield f"load of the machine before and after: {load:.1f}, {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def main() -> None:
    """One kind, or both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", choices=("postings", "workers"))
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--file", type=Path, help="keeps the made-up file here, and uses it where it is there already")
    parser.add_argument("--save", action="store_true", help="writes the figures to docs/performance.md")
    asked = parser.parse_args()
    with TemporaryDirectory() as place:
        path = asked.file or Path(place) / "rows.xlsx"
        if not path.exists():
            os.spawnl(os.P_WAIT, sys.executable, sys.executable, "-c", _WRITING, asked.kind, str(asked.rows), str(path))
        lines = list(measure(asked.kind, path, Path(place) / "office"))
    sys.stdout.write("\n".join(lines) + "\n")
    if asked.save:
        put_section(PAGE, f"{asked.kind}, all different", ["```", *lines, "```"], f"{COMMAND} {asked.kind} --save")


_WRITING = (
    "import sys, pathlib; from tests.benchmarks.many_rows import write_rows; "
    "write_rows(sys.argv[1], int(sys.argv[2]), pathlib.Path(sys.argv[3]))"
)
"""The file is made by a process of its own, so that its memory is not counted."""


if __name__ == "__main__":
    main()
