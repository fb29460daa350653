"""Judged cases: made-up people and adverts, the truth about them, and what an experienced officer would do.

In: a folder with five files (tests/cases/README.md), or a folder of such folders. Out: `CaseSet`s; a file that
breaks the format is refused with one line that says what and where.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from matcher.domain.errors import InputRefused
from matcher.domain.localtime import DAY
from matcher.trials.judged.case_files import Fields, codes, read_objects, read_rows, stated_day

AS_OF = date(2026, 6, 15)
FILES = ("workers.csv", "postings.csv", "training.csv", "postings.json", "people.json")

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPosting:
    """The truth about one posting; `row` is the advert it stands in."""

    ref: str
    families: frozenset[str]
    county: str
    township: str
    load: int | None
    hazards: frozenset[str]
    shift: str
    hours: tuple[int, int] | None
    """Minutes after midnight; past 24 hours where the shift ends on the next day."""
    live_in: bool | None
    lodging: bool | None
    papers: tuple[str, ...]
    age: tuple[float | None, float | None]
    education: str
    pay: tuple[float, float] | None
    months: tuple[int, int] | None
    talk: int
    mongolian_ok: bool
    kind: str
    home_work: bool
    home_within_county: bool = False
    """Work at home whose material has to be fetched and brought back."""
    closed: str
    row: Row

    @property
    def twin(self) -> tuple[object, ...]:
        """The same for adverts that offer the same work at the same place of the same employer."""
        return (self.row.get("用人单位", ""), self.families, self.county, self.township)


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedTraining:
    """The classes an officer would name."""

    best: tuple[str, ...]
    accepted: tuple[str, ...]
    none: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedPerson:
    """The truth about one person, and the judgement."""

    ref: str
    track: str
    age: float | None
    county: str
    township: str
    education: str
    papers: tuple[str, ...]
    limits: Mapping[str, tuple[object, ...]]
    moves: bool | None
    home_daily: bool
    transport: str
    weak: bool
    mandarin: bool | None
    families: frozenset[str]
    wrong_families: frozenset[str]
    never: Mapping[str, str]
    also: frozenset[str]
    training: JudgedTraining
    must_mention: tuple[tuple[str, ...], ...]
    forbidden: tuple[str, ...]
    row: Row

    @property
    def owed_postings(self) -> bool:
        """Whether the track carries postings (file formats, section 4)."""
        return codes("track")[self.track].endswith(("all", "postings"))

    @property
    def owed_training(self) -> bool:
        """Whether the track carries a class."""
        return codes("track")[self.track].endswith("all")

    @property
    def owed_guidance(self) -> bool:
        """Whether the track carries a session."""
        return not codes("track")[self.track].endswith("none")


@dataclass(frozen=True, kw_only=True)
class CaseSet:
    """One folder of cases."""

    name: str
    folder: Path
    as_of: date
    people: tuple[JudgedPerson, ...]
    postings: tuple[JudgedPosting, ...]
    workers: tuple[Row, ...]
    adverts: tuple[Row, ...]
    classes: tuple[Row, ...]

    @cached_property
    def by_ref(self) -> dict[str, JudgedPosting]:
        """Postings by reference."""
        return {posting.ref: posting for posting in self.postings}

    def posting(self, ref: str) -> JudgedPosting | None:
        """The truth about a printed reference; a part nobody split off in the truth is judged as its advert."""
        return self.by_ref.get(ref) or self.by_ref.get(ref.partition("#")[0])


def load_sets(path: Path) -> list[CaseSet]:
    """The sets of a folder: the folder itself, or every folder in it that holds cases."""
    if not path.is_dir():
        raise InputRefused(f"{path}：没有这个文件夹 / no such folder")
    folders = [path] if _is_set(path) else sorted(child for child in path.iterdir() if _is_set(child))
    if not folders:
        raise InputRefused(f"{path}：里面没有评测案例（{'、'.join(FILES)}）/ no judged cases in it")
    return [load_set(folder) for folder in folders]


def _is_set(folder: Path) -> bool:
    """Whether a folder means to be a set."""
    return folder.is_dir() and any((folder / name).is_file() for name in ("people.json", "postings.json"))


def load_set(folder: Path) -> CaseSet:
    """One folder, whole or refused."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise InputRefused(f"{folder.name}：缺少文件 {'、'.join(missing)} / missing files")
    rows = {name: read_rows(folder / name) for name in FILES[:3]}
    adverts = {row["编号"]: row for row in rows["postings.csv"]}
    workers = {row["编号"]: row for row in rows["workers.csv"]}
    postings = tuple(_posting(fields, adverts) for fields in read_objects(folder / "postings.json"))
    people = tuple(_person(fields, workers) for fields in read_objects(folder / "people.json"))
    found = CaseSet(
        name=folder.name,
        folder=folder,
        as_of=stated_day(folder / "README.md") or AS_OF,
        people=people,
        postings=postings,
        workers=tuple(rows["workers.csv"]),
        adverts=tuple(rows["postings.csv"]),
        classes=tuple(rows["training.csv"]),
    )
    for trouble in _loose_ends(found):
        raise InputRefused(f"{folder.name}：{trouble}")
    return found


def _loose_ends(cases: CaseSet) -> Iterator[str]:
    """References that lead nowhere, and rows nobody has judged."""
    for name, rows, judged in (
        ("workers.csv", cases.workers, {person.ref for person in cases.people}),
        ("postings.csv", cases.adverts, {posting.ref for posting in cases.postings}),
    ):
        for ref in sorted({row["编号"] for row in rows} - judged):
            yield f"{name} 的 {ref} 没有对应的判断 / nobody has judged it"
    classes = {row["编号"] for row in cases.classes}
    for person in cases.people:
        named = {*person.training.best, *person.training.accepted}
        for ref in sorted(named - classes):
            yield f"people.json {person.ref} training：没有这个班 {ref} / no such class"
        for ref in sorted({*person.never, *person.also} - cases.by_ref.keys()):
            yield f"people.json {person.ref} never/also：没有这个岗位 {ref} / no such posting"


def _posting(fields: Fields, adverts: Mapping[str, Row]) -> JudgedPosting:
    """One object of postings.json."""
    base = fields.ref.partition("#")[0]
    if base not in adverts:
        raise fields.wrong("ref", "postings.csv 里没有这个编号 / not in postings.csv")
    low, high = fields.numbers("age", 2, may_be_open=True) or (None, None)
    pay, months = fields.numbers("pay", 2), fields.numbers("months", 2)
    return JudgedPosting(
        ref=fields.ref,
        families=frozenset(fields.words("family", "family")),
        county=fields.county(),
        township=fields.text("township"),
        load=fields.whole("load", 1, 4),
        hazards=frozenset(fields.words("hazards", "hazard")),
        shift=fields.one_of("shift", "shift") or "unknown",
        hours=_hours(fields),
        live_in=fields.maybe("live_in"),
        lodging=fields.maybe("lodging"),
        papers=fields.words("papers"),
        age=(low, high),
        education=fields.one_of("education", "education"),
        pay=(pay[0] or 0.0, pay[1] or 0.0) if pay else None,
        months=(int(months[0] or 0), int(months[1] or 0)) if months else None,
        talk=fields.whole("talk", 0, 2) or 0,
        mongolian_ok=bool(fields.maybe("mongolian_ok")),
        kind=fields.one_of("kind", "kind") or "市场岗位",
        home_work=bool(fields.maybe("home_work")),
        home_within_county=bool(fields.maybe("home_within_county")),
        closed=fields.one_of("closed", "closed"),
        row=adverts[base],
    )


def _hours(fields: Fields) -> tuple[int, int] | None:
    """Start and end in minutes; the end lies after the start."""
    found = fields.clock("hours")
    if found is None:
        return None
    start, end = found
    return start, end if end > start else end + DAY


def _person(fields: Fields, workers: Mapping[str, Row]) -> JudgedPerson:
    """One object of people.json."""
    if fields.ref not in workers:
        raise fields.wrong("ref", "workers.csv 里没有这个编号 / not in workers.csv")
    age = fields.numbers("age", 1)
    training = fields.inner("training")
    return JudgedPerson(
        ref=fields.ref,
        track=fields.one_of("track", "track", needed=True),
        age=age[0] if age else None,
        county=fields.county(),
        township=fields.text("township"),
        education=fields.one_of("education", "education"),
        papers=fields.words("papers"),
        limits=fields.limits("limits"),
        moves=fields.maybe("moves"),
        home_daily=bool(fields.maybe("home_daily")),
        transport=fields.one_of("transport", "transport"),
        weak=bool(fields.maybe("weak")),
        mandarin=fields.maybe("mandarin"),
        families=frozenset(fields.words("families", "family")),
        wrong_families=frozenset(fields.words("wrong_families", "family")),
        never=fields.mapping("never"),
        also=frozenset(fields.words("also")),
        training=JudgedTraining(
            best=training.words("best"), accepted=training.words("accepted"), none=bool(training.maybe("none"))
        ),
        must_mention=fields.groups("must_mention"),
        forbidden=fields.words("forbidden"),
        row=workers[fields.ref],
    )


def without(rows: Sequence[Row], refs: frozenset[str]) -> list[Row]:
    """Rows but for some references."""
    return [row for row in rows if row["编号"] not in refs]
