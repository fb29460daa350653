"""Every duty of the notice and what answers it: a table read from docs/duties/*.csv, checked against what stands.

In: rows.csv (the duties, paraphrased) and a file a part (what answers them). Out: docs/duties.md, written by
`python -m tests.duties`, and the faults of the table, of which there may be none.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from matcher.domain.papers.records import PaperKind
from web.auth import access_table
from web.cli import cli

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "duties"
PAGE = ROOT / "docs" / "duties.md"
DUTIES = 84
STATES = {
    "works": "已实现 works",
    "office": "已实现，金额或日期待单位录入 works, amounts or days to be entered by the office",
}
BASIS = "通人社办发〔2022〕113号"


@dataclass(slots=True)
class Answer:
    """What answers one duty, put together from all parts."""

    states: set[str] = field(default_factory=set)
    pages: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)
    tests: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def rows() -> list[dict[str, str]]:
    """The duties in order."""
    with (FOLDER / "rows.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def answers() -> dict[int, Answer]:
    """Number of a duty → what answers it."""
    found: dict[int, Answer] = defaultdict(Answer)
    for path in sorted(FOLDER.glob("*.csv")):
        if path.name == "rows.csv":
            continue
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                answer = found[int(row["number"])]
                answer.states.add(row["state"])
                answer.notes.append(row["note_zh"].strip())
                for many, cell in ((answer.pages, "pages"), (answer.papers, "papers"), (answer.tests, "tests")):
                    many += [word for word in row[cell].split() if word not in many]
                answer.commands += [one for one in commands_of(row["commands"]) if one not in answer.commands]
    return found


def faults() -> Iterator[str]:
    """Duties nobody answers, and pages, commands, papers and tests that do not stand."""
    known = answers()
    numbers = [int(row["number"]) for row in rows()]
    if numbers != list(range(1, DUTIES + 1)):
        yield f"the duties are not numbered 1 to {DUTIES}"
    for number in sorted({*numbers, *known}):
        answer = known.get(number)
        if answer is None or number not in numbers:
            yield f"{number}: nothing answers it"
            continue
        yield from (f"{number}: {fault}" for fault in _faults_of(answer))


def _faults_of(answer: Answer) -> Iterator[str]:
    """What does not stand of one answer."""
    yield from (f"state {state}" for state in answer.states - set(STATES))
    yield from (f"page {page}" for page in answer.pages if page not in access_table())
    yield from (f"command {command}" for command in answer.commands if not is_command(command))
    yield from (f"paper {paper}" for paper in answer.papers if paper not in {kind.value for kind in PaperKind})
    yield from (f"test {test}" for test in answer.tests if not (ROOT / test).exists())
    if not answer.tests:
        yield "no test"
    if not (answer.pages or answer.commands or answer.papers):
        yield "neither page nor command nor paper"


def commands_of(line: str) -> list[str]:
    """The commands a cell names one after the other, options left out: “feed publish feed pull” are two."""
    found: list[list[str]] = []
    command: click.Command | None = None
    with click.Context(cli) as context:
        for word in line.replace(";", " ").split():
            if word.startswith("-"):
                command = None
                continue
            inner = command.get_command(context, word) if isinstance(command, click.Group) else None
            if inner is None:
                inner = cli.get_command(context, word)
                found.append([])
            found[-1].append(word)
            command = inner
    return [" ".join(words) for words in found]


def is_command(line: str) -> bool:
    """Whether the words name a command of job131, in the order one types them."""
    command: click.Command | None = cli
    with click.Context(cli) as context:
        for word in line.split():
            command = command.get_command(context, word) if isinstance(command, click.Group) else None
            if command is None:
                return False
    return command is not cli


def page() -> str:
    """docs/duties.md as the tables say it."""
    known = answers()
    lines = [
        "# 84项职责，落在哪里 · Every duty and what answers it",
        "",
        f"依据 {BASIS}，按段落转述。本页由 `python -m tests.duties` 写成，`tests/test_duties.py` 核对："
        "页面、命令、纸、测试都在。  ",
        "Paraphrased by paragraph; written by `python -m tests.duties`, held by `tests/test_duties.py`.",
        "",
        "| # | 段 | 职责 | 做法 | 页面 | 命令 | 纸 | 测试 | 状态 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        *(_line(row, known[int(row["number"])]) for row in rows()),
    ]
    count = sum("office" in answer.states for answer in known.values())
    lines += ["", f"{len(known)} 项都有着落，其中 {count} 项的金额、档次或日期待单位录入。", ""]
    return "\n".join(lines)


def _line(row: dict[str, str], answer: Answer) -> str:
    """One duty."""
    state = "office" if "office" in answer.states else "works"
    cells = (
        row["number"],
        row["paragraph"],
        f"{row['zh']}<br>{row['en']}",
        "<br>".join(dict.fromkeys(answer.notes)),
        _code(answer.pages),
        _code(f"job131 {command}" for command in dict.fromkeys(answer.commands)),
        _code(answer.papers),
        _code(test.removeprefix("tests/") for test in answer.tests),
        STATES[state],
    )
    return f"| {' | '.join(cell.replace('|', '／') for cell in cells)} |"


def _code(words: Iterator[str] | list[str]) -> str:
    """Words set as code."""
    return " ".join(f"`{word}`" for word in words) or "–"


if __name__ == "__main__":
    for fault in faults():
        click.echo(fault, err=True)
    PAGE.write_text(page(), encoding="utf-8")
