"""A made-up office with employers, postings and people, and fairs in it; everybody is invented."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from matcher.domain.division import Place, Precision
from matcher.domain.fairs import Fair, FairState, Visitor
from matcher.domain.posting import Posting
from matcher.domain.settings import SettingName
from matcher.domain.worker import Sex, Willingness, Worker, WorkStatus
from matcher.fairs.inviting import invite
from matcher.fairs.making import add_employers, make_fair, move_fair
from matcher.office import Office, OfficeConfig, init_office
from matcher.reading import read_posting, read_worker

NAIMAN = Place("奈曼旗大沁他拉镇", "150525100", "奈曼旗大沁他拉镇", 42.85, 120.66, Precision.TOWNSHIP)
FAIR_DAY = date(2026, 6, 20)
DIVISION = "150525"
SEWING, COOKS, CLEANERS = "奈曼旗示例服装车间", "奈曼旗示例饭店", "奈曼旗示例物业"
PHONE, ID_NUMBER = "19900001234", "990101198503020021"


class Clock:
    """A clock that tests move by hand."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The moment; every look is a second later."""
        self.now += timedelta(seconds=1)
        return self.now


def a_posting(ref: str, title: str, employer: str, text: str, openings: int | None = 2) -> Posting:
    """An advert of the town."""
    return Posting(
        ref=ref, title=title, employer=employer, place=NAIMAN, openings=openings, wage_text="3000-3500元/月",
        description=text, contact="示例联系人", phone="0475-0000000", published_on=date(2026, 6, 10),
        verified_on=date(2026, 6, 11), verified_by="窗口",
    )  # fmt: skip


POSTINGS = (
    a_posting("P-1", "缝纫工", SEWING, "平缝车间，白班，每天能回家，会踩缝纫机即可"),
    a_posting("P-2", "服务员", COOKS, "餐厅端菜，白班，管两顿饭，不限经验"),
    a_posting("P-3", "保洁员", CLEANERS, "楼道保洁，白班，55岁以下，不限经验"),
    a_posting("P-4", "厨师", COOKS, "炒菜，要有厨师经验", openings=1),
)


def a_worker(ref: str, name: str, village: str, said: str, **more: object) -> Worker:
    """Somebody of the town who is out of work and willing."""
    worker = Worker(
        ref=ref, name=name, village=village, home=NAIMAN, remarks=said, work_status=WorkStatus.UNEMPLOYED,
        willingness=Willingness.WILLING, birth_date=date(1985, 3, 2), sex=Sex.FEMALE,
    )  # fmt: skip
    return replace(worker, **more)  # type: ignore[arg-type]


PEOPLE = (
    a_worker("W-1", "包示例", "东村", "会踩缝纫机，想干缝纫", phone=PHONE, id_number=ID_NUMBER),
    a_worker("W-2", "王示例", "东村", "干过饭店服务员，想在饭店干"),
    a_worker("W-3", "白示例", "西村", "当过厨师，会炒菜", sex=Sex.MALE, birth_date=date(1970, 1, 1)),
    a_worker("W-4", "李示例", "西村", "干过保洁，想干保洁", sex=Sex.MALE, birth_date=date(1975, 5, 5)),
    a_worker("W-5", "赵示例", "西村", "啥活都行", birth_date=date(2000, 2, 2)),
)


def fill(office: Office) -> None:
    """Postings, people, the phone of the window."""
    with office.unit() as unit:
        unit.postings.add_many([(one, read_posting(one, office.tools)) for one in POSTINGS])
        unit.workers.add_many([(one, read_worker(one, office.tools, read_on=office.today())) for one in PEOPLE])
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-0000131")


@contextmanager
def opened(folder: Path, *, empty: bool = False) -> Iterator[Office]:
    """An office in a folder; an empty one is a laptop."""
    config = OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key")
    init_office(config)
    office = Office.open(config, clock=Clock())
    if not empty:
        fill(office)
    try:
        yield office
    finally:
        office.close()


@contextmanager
def copied(source: Path, folder: Path) -> Iterator[Office]:
    """An office like one that was made before."""
    shutil.copytree(source, folder)
    office = Office.open(OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key"), clock=Clock())
    try:
        yield office
    finally:
        office.close()


def a_fair(office: Office, **more: object) -> Fair:
    """A fair that nothing stands at yet."""
    made = Fair(name="春风示例招聘会", division=DIVISION, starts_on=FAIR_DAY, ends_on=FAIR_DAY, place="示例体育馆")
    key = make_fair(office, replace(made, **more), scope="", actor="test")  # type: ignore[arg-type]
    return the_fair(office, key)


def the_fair(office: Office, key: int) -> Fair:
    """A fair as stored."""
    with office.reading() as unit:
        return unit.fairs.get(key)


def an_open_fair(office: Office) -> Fair:
    """A fair with three employers, people invited, and its doors open."""
    fair = a_fair(office)
    add_employers(office, fair, [SEWING, COOKS, CLEANERS], actor="test")
    invite(office, fair, actor="test")
    for state in (FairState.INVITED, FairState.OPEN):
        move_fair(office, the_fair(office, fair.key), state, actor="test")
    return the_fair(office, fair.key)


def visitor(office: Office, fair: Fair, name: str) -> Visitor:
    """Somebody of the fair by name."""
    with office.reading() as unit:
        return next(one for one in unit.fairs.visitors.of(fair.key) if one.name == name)


def place_of(office: Office, fair: Fair, title: str) -> int:
    """The key of a posting at its booth."""
    with office.reading() as unit:
        placed = unit.fairs.booths.postings(fair.key)
        stored = unit.postings.many([one.posting_key for one in placed])
        return next(one.key for one in placed if stored[one.posting_key].value.title == title)
