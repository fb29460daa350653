"""Villages that do not exist, in townships that do: chance and a number in, villages with their keeper's habits out."""

from __future__ import annotations

from dataclasses import dataclass

from jobs_feed.sample.blocks import Blocks, County
from jobs_feed.sample.dice import Dice
from matcher.reference.tables import read_table


@dataclass(frozen=True, slots=True)
class Village:
    """One made-up village, and how its coordinator writes."""

    county: County
    township: str
    name: str
    mongol: float
    keeper: str
    settlement: str
    county_cell: str
    township_cell: str
    carelessness: float
    dash: str

    @property
    def town_short(self) -> str:
        """The township as people say it."""
        return short_township(self.township)


def short_township(name: str) -> str:
    """大沁他拉镇 → 大镇 for the one everybody shortens, else the name without its kind."""
    if name == "大沁他拉镇":
        return "大镇"
    for kind in ("街道", "苏木", "镇", "乡"):
        if name.endswith(kind) and len(name) > len(kind) + 1:
            return name[: -len(kind)]
    return name


def townships() -> dict[str, list[str]]:
    """Towns, sumus and subdistricts by county code; farms and offices have no villages here."""
    kinds = ("镇", "苏木", "乡", "街道")
    found: dict[str, list[str]] = {}
    for row in read_table("townships_tongliao"):
        if row["name"].endswith(kinds):
            found.setdefault(row["county"], []).append(row["name"])
    return found


def person_name(blocks: Blocks, dice: Dice, *, male: bool, age: int, mongol: bool) -> str:
    """A made-up name that fits sex, age and people."""
    sex = "man" if male else "woman"
    if mongol and dice.chance(0.3):
        return _part(blocks, dice, f"mongol_bare_{sex}")
    era = "old" if age >= 38 else "young"
    if not mongol:
        return _part(blocks, dice, "han_surname") + _part(blocks, dice, f"han_{sex}_{era}")
    use = f"mongol_given_{sex}" if dice.chance(0.55) else f"han_{sex}_{era}"
    return _part(blocks, dice, "mongol_surname") + _part(blocks, dice, use)


def _part(blocks: Blocks, dice: Dice, use: str) -> str:
    """One name of `use`, by weight."""
    names = blocks.names[use]
    return dice.weighted(names, [weight for _, weight in names])[0]


def make_villages(blocks: Blocks, dice: Dice, number: int) -> list[Village]:
    """`number` villages over the banners, every banner once before chance decides."""
    towns = townships()
    taken: set[tuple[str, str]] = set()
    villages = []
    for index in range(number):
        spread = number >= len(blocks.counties) and index < len(blocks.counties)
        county = blocks.counties[index] if spread else _county(blocks, dice)
        villages.append(_village(blocks, dice, county, dice.pick(_rural(towns[county.code])), taken))
    return villages


def _county(blocks: Blocks, dice: Dice) -> County:
    """A county by its share of people."""
    return dice.weighted(blocks.counties, [county.people for county in blocks.counties])


def _rural(names: list[str]) -> list[str]:
    """Townships with villages; where there are none, all of them."""
    return [name for name in names if not name.endswith("街道")] or names


def _village(blocks: Blocks, dice: Dice, county: County, township: str, taken: set[tuple[str, str]]) -> Village:
    """One village with a name not yet used in its township."""
    mongol = min(0.97, max(0.03, county.mongol + dice.between(-30, 30) / 100))
    name = _village_name(blocks, dice, mongol >= 0.5)
    while (township, name) in taken:
        name = _village_name(blocks, dice, mongol >= 0.5)
    taken.add((township, name))
    zone = township == "辽河镇" and county.code == "150502"
    names = county.names
    words = {"town": short_township(township), "banner": names[-1]}
    return Village(
        county=county,
        township=township,
        name=name,
        mongol=mongol,
        keeper=person_name(blocks, dice, male=dice.chance(0.5), age=dice.between(26, 52), mongol=dice.chance(mongol)),
        settlement=dice.say(dice.pick(blocks.words.settlements), words),
        county_cell="开发区" if zone else names[0] if dice.chance(0.6) else dice.pick(names),
        township_cell=township if dice.chance(0.75) else short_township(township),
        carelessness=dice.pick((0.4, 0.7, 1.0, 1.0, 1.5, 2.0)),
        dash=dice.pick(("，", "，", "；", "。", " ")),
    )


def _village_name(blocks: Blocks, dice: Dice, mongol: bool) -> str:
    """嘎查 or 村 with an invented name."""
    words = blocks.words
    if mongol:
        return dice.pick(words.mongol_village) + dice.pick(words.mongol_village_end) + "嘎查"
    return dice.pick(words.han_village) + dice.pick(words.han_village_end) + "村"
