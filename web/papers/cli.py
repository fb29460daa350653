"""`job131 sheets`: papers of the stored plans into a file.

In: a division or a person, and a file name. Out: the file; how many sheets it holds, and whose need a pen, on
standard error.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from matcher.cli import progress_bar
from matcher.domain.papers.records import PaperKind, PrintOrder
from web.papers.files import check_ending
from web.papers.printing import order_again, print_papers

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
@click.option(
    "--paper",
    type=click.Choice([kind.value for kind in PaperKind if kind.personal]),
    default=PaperKind.SHEET.value,
    show_default=True,
    help="sheet 匹配单，guidance 职业指导记录，notice 一次性告知单，referral 推荐单",
)
@click.option("--large", is_flag=True, help="大字版，一人两张纸")
@click.option("--pack", is_flag=True, help="每个村前加名单，后加朗读稿（村里用）")
@click.option("--changed", is_flag=True, help="只印上次打印以后变了的（方案变了、岗位停招了）")
@click.option("--again", type=int, default=None, help="原样再印一次：以前那次打印的号")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help=".pdf、.html、.docx，或 .zip（一村一份 Word）",
)
@click.pass_obj
def sheets(
    desk: Desk,
    division: str,
    village: tuple[str, ...],
    worker: str,
    paper: str,
    large: bool,
    pack: bool,
    changed: bool,
    again: int | None,
    output: Path,
) -> None:
    """把已存的方案印成匹配单，每人一张；印过的可以原样再印。"""
    office, wording = desk.office(), desk.wording()
    ending = check_ending(output).removeprefix(".")
    with office.reading() as unit:
        person = unit.workers.by_ref(worker).key if worker else None
    order = PrintOrder(
        kind=PaperKind(paper), division=division, villages=village, worker_key=person, ending=ending, lang=desk.lang,
        large=large, pack=pack, only_changed=changed,
    )  # fmt: skip
    if again is not None:
        order = order_again(office, again, ending=ending, worker_key=person)
    with progress_bar(wording) as tell:
        printed = print_papers(office, output, order, progress=lambda share: tell(share, "PAPER_TYPESETTING"))
    for name in printed.by_hand:
        click.echo(wording.text("PAPER_BY_HAND", name=name), err=True)
    code = "PAPER_WRITTEN" if order.kind is PaperKind.SHEET else "PAPER_WRITTEN_OTHER"
    click.echo(wording.text(code, sheets=printed.sheets, file=str(output)), err=True)
    click.echo(wording.text("PAPER_PRINTING_NUMBER", number=printed.key), err=True)
