"""`job131 simulate`: a year of the made-up prefecture, month by month, with every figure counted twice.

In: how many months, the size of the sample. Out: a line a month on standard output; exit 1 where a figure of the
reports differs from the slow count, or a record says what can never be. Everything lives in a temporary folder.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

import click

from jobs_feed.pipeline import run_import
from jobs_feed.sample import write_sample
from matcher.cli import progress_bar
from matcher.domain.errors import InputRefused
from matcher.office import Office, OfficeConfig, init_office
from matcher.reports.book import count_book
from matcher.wording import Wording
from matcher.wording.catalogue import load_catalogue
from web.year.life import ACTOR, Calendar, Life, load_rates, working_days_of
from web.year.recount import counted, differences, reported
from web.year.states import impossible

if TYPE_CHECKING:
    from web.cli import Desk

WRONG = 1
MOST_SHOWN = 20
EVERY_MONTH = 5_000
"""Up to so many people every month is counted twice, above it the last one."""
COLUMNS = ("new_postings", "slips", "started", "calls", "left", "lost", "found", "filled")


@dataclass(frozen=True, slots=True)
class Month:
    """What came of one month; `figures` None = not counted a second time."""

    month: str
    seconds: float
    done: dict[str, int]
    in_work: int
    figures: int | None
    differences: tuple[str, ...]
    impossible: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.differences and not self.impossible


@click.command()
@click.option("--months", type=click.IntRange(1, 36), default=12, show_default=True, help="几个月 / months")
@click.option("--size", type=click.Choice(["village", "standard", "prefecture"]), default="standard", show_default=True)
@click.option(
    "--start",
    type=click.DateTime(["%Y-%m"]),
    default="2026-01",
    show_default=True,
    help="从哪个月开始 / first month",
)
@click.option("--json", "as_json", is_flag=True, help="每月一行 JSON / one line a month for machines")
@click.pass_obj
def simulate(desk: Desk, months: int, size: str, start: date, as_json: bool) -> int:
    """模拟虚构的市过一年：有人丢了活、有人找到活，岗位招满又有新的；每月把报表的每个数另数一遍。"""
    wording = words(desk.lang)
    if not as_json:
        click.echo(wording.text("YEAR_HEAD"), err=True)
    sound = True
    for one in months_of(size, date(start.year, start.month, 1), months, desk.lang):
        sound = sound and one.sound
        if as_json:
            click.echo(json.dumps(asdict(one) | {"sound": one.sound}, ensure_ascii=False))
            continue
        numbers = {name: one.done.get(name, 0) for name in COLUMNS}
        checked = wording.text("YEAR_SAME", figures=one.figures) if one.figures else wording.text("YEAR_UNCOUNTED")
        verdict = checked if one.sound else wording.text("YEAR_WRONG", many=len(one.differences) + len(one.impossible))
        click.echo(wording.text("YEAR_MONTH", month=one.month, in_work=one.in_work, verdict=verdict, **numbers))
        for line in (*one.differences, *one.impossible)[:MOST_SHOWN]:
            click.echo(f"  {line}")
    click.echo(wording.text("YEAR_SOUND" if sound else "YEAR_NOT_SOUND"), err=True)
    return 0 if sound else WRONG


def words(language: str) -> Wording:
    """The sentences of a language; they name nothing by its code."""
    return Wording(
        load_catalogue("matcher.wording", "jobs_feed", "web.translations"), language, lambda kind, code, lang: code
    )


def months_of(size: str, start: date, months: int, lang: str = "zh") -> Iterator[Month]:
    """One month after the other in an office that is gone afterwards."""
    with TemporaryDirectory(prefix="job131-year-") as folder:
        place = Path(folder)
        calendar = Calendar(working_days_of(start.year, start.month)[0])
        config = OfficeConfig(home=place / "home", key_file=place / "key" / "key")
        init_office(config)
        office = Office.open(config, clock=calendar)
        office.store.spare_the_disk()
        try:
            _begin(office, place / "sample", size)
            life = Life(office, calendar, place / "supply", size, load_rates())
            for number in range(months):
                year, month = divmod(start.month - 1 + number, 12)
                yield _month(life, start.year + year, month + 1, last=number == months - 1, lang=lang)
        finally:
            office.close()


def _begin(office: Office, folder: Path, size: str) -> None:
    """The sample of the first day."""
    files = write_sample(folder, as_of=office.today(), size=size)
    for kind in ("postings", "training", "workers"):
        report = run_import(office, kind, getattr(files, kind), as_of=office.today(), actor=ACTOR)
        if report.refused is not None:
            raise InputRefused(report.message(office.wording("zh", "jobs_feed")))


def _month(life: Life, year: int, month: int, *, last: bool, lang: str) -> Month:
    """One month lived and looked at."""
    began, office = perf_counter(), life.office
    with progress_bar(words(lang)) as tell:
        done: Counter[str] = life.month(year, month, lambda share: tell(share, "YEAR_LIVING"))
    with office.reading() as unit:
        book = count_book(office, unit)
        twice = last or len(book.people) <= EVERY_MONTH
        slow = counted(office, unit) if twice else {}
        wrong = tuple(differences(slow, reported(office, book))) if twice else ()
        never = tuple(impossible(office, unit))
        in_work = sum(one.in_work for one in book.people)
    return Month(
        month=f"{year}-{month:02}",
        seconds=perf_counter() - began,
        done=dict(done),
        in_work=in_work,
        figures=len(slow) if twice else None,
        differences=wrong,
        impossible=never,
    )
