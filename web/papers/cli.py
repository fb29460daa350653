"""`job131 sheets`: papers of the stored plans into a file.

In: a division or a person, and a file name. Out: the file; how many sheets it holds, and whose need a pen, on
standard error.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from matcher.cli import progress_bar
from web.papers.collect import Wanted
from web.papers.printing import print_sheets

if TYPE_CHECKING:
    from matcher.office import Office
    from matcher.wording import Wording


class Desk(Protocol):
    """What the command needs of the click context."""

    lang: str

    def office(self) -> Office:
        """The office, opened."""
        ...

    def wording(self) -> Wording:
        """All sentences of the chosen language."""
        ...


@click.command()
@click.option("--division", default="", help="只印这个区划的人（代码，如 150525）")
@click.option("--village", multiple=True, help="只印这个嘎查村（名称，可重复）")
@click.option("--worker", default="", help="只印这一个人（编号，或 来源:编号）")
@click.option("--large", is_flag=True, help="大字版，一人两张纸")
@click.option("--pack", is_flag=True, help="前加名单，后加朗读稿（村里用）")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help=".pdf、.html 或 .docx"
)
@click.pass_obj
def sheets(
    desk: Desk, division: str, village: tuple[str, ...], worker: str, large: bool, pack: bool, output: Path
) -> None:
    """把已存的方案印成匹配单，每人一张。"""
    wanted = Wanted(division=division, villages=village, worker_ref=worker)
    wording = desk.wording()
    with progress_bar(wording) as tell:
        printed = print_sheets(
            desk.office(),
            output,
            wanted,
            lang=desk.lang,
            large=large,
            with_pack=pack,
            progress=lambda share: tell(share, "PAPER_TYPESETTING"),
        )
    for name in printed.by_hand:
        click.echo(wording.text("PAPER_BY_HAND", name=name), err=True)
    click.echo(wording.text("PAPER_WRITTEN", sheets=printed.sheets, file=str(output)), err=True)
