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
