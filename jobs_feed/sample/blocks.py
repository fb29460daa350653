"""The hand-written building blocks: TOML and CSV files of `blocks/` in, typed blocks out.

Texts in them are patterns for `dice.Dice.say`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import TypeVar

import msgspec

Block = TypeVar("Block")


class Size(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many of everything one size of sample has."""

    name: str
    workers: int
    villages: int
    postings: int
    classes: int


class County(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One banner or city as coordinators write it, with its share of people and postings."""

    code: str
    names: tuple[str, ...]
    letters: str
    firm: str
    seat: str
    people: float
    postings: float
    mongol: float


class Trade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person has done for a living and how it is told; weights per sex, ages, load 1–4."""

    code: str
    name: str
    men: float
    women: float
    ages: tuple[int, int]
    load: int
    pay: tuple[int, int]
    skills: tuple[str, ...]
    past: tuple[str, ...]
    wishes: tuple[str, ...]
    told: tuple[str, ...]
    certificates: tuple[str, ...] = ()
    schooling: tuple[str, ...] = ("小学", "初中", "初中", "高中")
    away: float = 0.3
    training: tuple[str, ...] = ()


class Standing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a person stands to work and to the service: one decides which track is right."""

    code: str
    weight: float
    ages: tuple[int, int]
    status: tuple[str, ...]
    told: tuple[str, ...]
    sex: str = ""
    willing: tuple[str, ...] = ("愿意",)
    lost_days: tuple[int, int] | None = None
    labour: tuple[str, ...] = ()
    household: str = ""
    school: tuple[str, ...] = ()
    schooling: tuple[str, ...] = ()
    public_post: tuple[str, ...] = ()
    trades: tuple[str, ...] = ()
    bare: bool = False
    free: bool = False
    away: bool = False
    settled: bool = False


class Situation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing in a person's life that bears on work; at most one of a group."""

    code: str
    group: str
    weight: float
    told: tuple[str, ...]
    sex: str = ""
    ages: tuple[int, int] = (18, 64)
    family: str = ""
    care: tuple[str, ...] = ()
    health: str = ""
    labour: str = ""
    tied: bool = False
    load_limit: int = 4
    mongol: bool = False
    language: str = ""
    light: tuple[str, ...] = ()
    free: bool = False
    excludes: tuple[str, ...] = ()


class Advert(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of advert with its variants; pay is yuan by `unit`."""

    code: str
    weight: float
    area: str
    titles: tuple[str, ...]
    employers: tuple[str, ...]
    pay: tuple[int, int]
    text: tuple[str, ...]
    kind: str = "市场岗位"
    unit: str = "month"
    openings: tuple[int, int] = (1, 6)
    ages: tuple[int, int] = (18, 55)
    education: tuple[str, ...] = ("不限", "初中", "")
    sex: tuple[str, ...] = ("不限",)
    certificate: tuple[str, ...] = ("",)
    experience: tuple[str, ...] = ("不限", "")
    hours: tuple[str, ...] = ("每天8小时",)
    board: tuple[str, ...] = ("",)
    insurance: tuple[str, ...] = ("",)
    load: tuple[str, ...] = ("",)
    counties: tuple[str, ...] = ()


class Course(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of training class."""

    code: str
    weight: float
    titles: tuple[str, ...]
    occupation: str
    levels: tuple[str, ...]
    hours: tuple[int, ...]
    modes: tuple[str, ...]
    certificate: tuple[str, ...]
    languages: tuple[str, ...] = ("汉语",)
    ages: tuple[str, ...] = ("16-59周岁", "18-55岁", "")
    education: tuple[str, ...] = ("不限", "")
    health: tuple[str, ...] = ("身体健康", "")
    counties: tuple[str, ...] = ()


class Notation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One way to write pay, for adverts or wishes of one unit."""

    unit: str
    weight: float
    text: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that is only a list of words or patterns."""

    mongol_village: tuple[str, ...]
    mongol_village_end: tuple[str, ...]
    han_village: tuple[str, ...]
    han_village_end: tuple[str, ...]
    settlements: tuple[str, ...]
    beijing: tuple[str, ...]
    away_places: tuple[str, ...]
    brands: tuple[str, ...]
    streets: tuple[str, ...]
    transport_village: tuple[str, ...]
    near: tuple[str, ...]
    town: tuple[str, ...]
    city: tuple[str, ...]
    far: tuple[str, ...]
    risks: tuple[str, ...]
    asides: tuple[str, ...]
    openers: tuple[str, ...]
    contacts: tuple[str, ...]
    sources: tuple[str, ...]
    posting_extras: tuple[str, ...]
    lures: tuple[str, ...]
    unlawful: tuple[str, ...]
    age_texts: tuple[str, ...]
    age_fields: tuple[str, ...]
    providers: tuple[str, ...]
    class_places: tuple[str, ...]
    board: tuple[str, ...]
    languages_mongol: tuple[str, ...]
    reasons: tuple[str, ...]
    kin: tuple[str, ...]
    animals: tuple[str, ...]
    monitor: tuple[str, ...]
    beijing_ties: tuple[str, ...]
    local_extras: tuple[str, ...]
    titles: tuple[str, ...]
    years: tuple[str, ...]
    places: dict[str, tuple[str, ...]]
    missing: dict[str, float]


class Blocks(msgspec.Struct, frozen=True):
    """All building blocks."""

    sizes: dict[str, Size]
    counties: list[County]
    trades: list[Trade]
    standings: list[Standing]
    situations: list[Situation]
    adverts: list[Advert]
    courses: list[Course]
    wage_notations: list[Notation]
    wish_notations: list[Notation]
    names: dict[str, list[tuple[str, float]]]
    words: Words
    columns: dict[str, list[tuple[str, int]]]


@lru_cache(maxsize=1)
def load_blocks() -> Blocks:
    """Read and check all files of the blocks folder."""
    sizes = _list("sizes", Size)
    return Blocks(
        sizes={size.name: size for size in sizes},
        counties=_list("counties", County),
        trades=_lists("trades_", Trade),
        standings=_list("standings", Standing),
        situations=_list("situations", Situation),
        adverts=_lists("adverts_", Advert),
        courses=_list("courses", Course),
        wage_notations=_list("wage_notations", Notation),
        wish_notations=_list("wish_notations", Notation),
        names=_names(),
        words=msgspec.toml.decode(_text("words.toml"), type=Words),
        columns=_columns(),
    )


def _text(name: str) -> str:
    """The text of one block file."""
    return files(__package__).joinpath("blocks", name).read_text(encoding="utf-8")


def _list(name: str, kind: type[Block]) -> list[Block]:
    """The `[[block]]` entries of one TOML file."""
    raw = msgspec.toml.decode(_text(f"{name}.toml"))
    return [msgspec.convert(entry, type=kind) for entry in raw["block"]]


def _lists(prefix: str, kind: type[Block]) -> list[Block]:
    """The entries of all TOML files whose name starts with `prefix`, in name order."""
    folder = files(__package__).joinpath("blocks")
    names = sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.startswith(prefix))
    return [block for name in names for block in _list(name, kind)]


def _rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one CSV block file, comment lines skipped."""
    yield from csv.DictReader(line for line in _text(name).splitlines() if line and not line.startswith("#"))


def _names() -> dict[str, list[tuple[str, float]]]:
    """Names and parts of names by use, with their weights."""
    names: dict[str, list[tuple[str, float]]] = {}
    for row in _rows("names.csv"):
        weight = float(row["weight"])
        names.setdefault(row["use"], []).extend((name, weight) for name in row["names"].split("|"))
    return names


def _columns() -> dict[str, list[tuple[str, int]]]:
    """Column names and widths by sheet, in order."""
    columns: dict[str, list[tuple[str, int]]] = {}
    for row in _rows("columns.csv"):
        columns.setdefault(row["sheet"], []).append((row["column"], int(row["width"])))
    return columns
