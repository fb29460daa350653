"""A size, a seed and a day in, the three spreadsheets of the made-up prefecture out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jobs_feed.sample.adverts import Market
from jobs_feed.sample.blocks import Blocks, Size, load_blocks
from jobs_feed.sample.classes import School
from jobs_feed.sample.dice import Dice
from jobs_feed.sample.people import Population
from jobs_feed.sample.places import Village, make_villages
from jobs_feed.sample.roster import Clerk, Row
from jobs_feed.sample.workbooks import write_sheet


@dataclass(frozen=True, slots=True)
class SampleFiles:
    """Where the three spreadsheets of a sample lie."""

    workers: Path
    postings: Path
    training: Path


def write_sample(folder: Path, *, as_of: date, size: str = "standard", seed: int = 131) -> SampleFiles:
    """Write the sample of `size` (village, standard, prefecture) to `folder`; raises KeyError for another size."""
    blocks = load_blocks()
    wanted = blocks.sizes[size]
    folder.mkdir(parents=True, exist_ok=True)
    places = make_villages(blocks, Dice(f"{seed} {size} villages"), wanted.villages)
    found = SampleFiles(folder / "劳动者台账.xlsx", folder / "岗位信息.xlsx", folder / "培训项目.xlsx")
    throw = f"{seed} {size} {as_of.isoformat()}"
    people = _people(blocks, Dice(f"{throw} workers"), places, wanted, as_of)
    write_sheet(found.workers, "劳动者台账", blocks.columns["workers"], people, as_of=as_of)
    market = Market(blocks, Dice(f"{throw} postings"), places, as_of)
    write_sheet(found.postings, "岗位信息", blocks.columns["postings"], market.rows(wanted.postings), as_of=as_of)
    school = School(blocks, Dice(f"{throw} training"), places, as_of)
    write_sheet(found.training, "培训项目", blocks.columns["training"], school.rows(wanted.classes), as_of=as_of)
    return found


def write_supply(
    folder: Path, *, as_of: date, size: str, share: float, mark: str, seed: int = 131
) -> tuple[Path, Path]:
    """Postings and classes of another month, `share` of a sample's; `mark` goes before their numbers."""
    blocks = load_blocks()
    wanted = blocks.sizes[size]
    folder.mkdir(parents=True, exist_ok=True)
    places = make_villages(blocks, Dice(f"{seed} {size} villages"), wanted.villages)
    throw = f"{seed} {size} {mark} {as_of.isoformat()}"
    market = Market(blocks, Dice(f"{throw} postings"), places, as_of).rows(max(1, round(wanted.postings * share)))
    school = School(blocks, Dice(f"{throw} training"), places, as_of).rows(max(1, round(wanted.classes * share)))
    postings, training = folder / f"岗位信息{mark}.xlsx", folder / f"培训项目{mark}.xlsx"
    for path, title, kind, rows in (
        (postings, "岗位信息", "postings", market),
        (training, "培训项目", "training", school),
    ):
        marked = ({**row, "编号": f"{mark}{row['编号']}"} for row in rows)
        write_sheet(path, title, blocks.columns[kind], marked, as_of=as_of)
    return postings, training


def _people(blocks: Blocks, dice: Dice, villages: list[Village], size: Size, as_of: date) -> Iterator[Row]:
    """The rows of all villages, about equally many people in each."""
    population = Population(blocks, dice, as_of)
    clerk = Clerk(blocks, dice, as_of)
    made = 0
    for index, village in enumerate(villages):
        number = (size.workers - made) // (len(villages) - index)
        if index < len(villages) - 1:
            number = max(1, number * dice.between(6, 14) // 10)
        for life in population.live_in(village, number, made):
            yield clerk.write(life)
            made += 1
