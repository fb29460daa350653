"""Offices that publish, for tests; every employer and person in them is made up."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import delete

from jobs_feed.publishing.frame import Frame, frame_of
from matcher.domain.division import Place, Precision
from matcher.domain.incoming.sameness import Group
from matcher.domain.posting import Posting, PostingFacts, PostingState
from matcher.domain.settings import SWITCHED_ON, SettingName
from matcher.office import Office, OfficeConfig, init_office
from matcher.store.schema import POSTING

TODAY = date(2026, 6, 22)
NAIMAN = Place("奈曼旗大沁他拉镇", "150525100", "奈曼旗大沁他拉镇", 42.85, 120.66, Precision.TOWNSHIP)
KERQIN = Place("科尔沁区", "150502", "科尔沁区", 43.65, 122.26, Precision.COUNTY)
SHUNYI = Place("北京市顺义区", "110113", "北京市顺义区", 40.13, 116.65, Precision.COUNTY)
WINDOW = "0475-0000131"


class Clock:
    """A clock that tests move by hand; it stands still otherwise, so that many changes share a moment."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 22, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The moment."""
        return self.now

    def next_day(self) -> None:
        """Lets a day pass."""
        self.now += timedelta(days=1)


@dataclass
class Publisher:
    """An office with its clock."""

    office: Office
    clock: Clock

    def add(self, *postings: Posting, state: PostingState = PostingState.OPEN) -> list[int]:
        """Stores postings; their keys."""
        with self.office.unit("test") as unit:
            return unit.postings.add_many([(posting, PostingFacts()) for posting in postings], state=state)

    def replace(self, key: int, posting: Posting) -> None:
        """An employer states something else."""
        with self.office.unit("test") as unit:
            unit.postings.replace(key, posting, PostingFacts())

    def set_state(self, key: int, state: PostingState) -> None:
        """Moves a posting."""
        with self.office.unit("test") as unit:
            unit.postings.set_state(key, state)

    def delete(self, key: int) -> None:
        """Takes a posting out of the database, as the undoing of an import does."""
        with self.office.unit("test") as unit:
            unit.sharing.tell_again(unit.sameness.mates([key]))
            unit._context.connection.execute(delete(POSTING).where(POSTING.c.key == key))

    def join(self, *keys: int) -> None:
        """Adverts are one job; those they were one with before are so no longer."""
        with self.office.unit("test") as unit:
            former = [*keys, *unit.sameness.mates(keys)]
            unit.sameness.put_groups(former, [Group(min(keys), keys)] if len(keys) > 1 else [])

    def frame(self) -> Frame:
        """The frame of the moment."""
        with self.office.reading() as unit:
            frame = frame_of(self.office, unit)
            frame.spoken.on(frame.today)
            return frame


def a_posting(ref: str = "GW-1", **changes: Any) -> Posting:
    """An ordinary posting of a factory that does not exist."""
    posting = Posting(
        ref=ref,
        source_ref=ref,
        title="缝纫工",
        employer="奈曼旗某某服装有限公司（示例）",
        place=NAIMAN,
        openings=3,
        openings_text="3人",
        wage_text="3000-4000元/月",
        description="白班，计件，中午管饭。",
        contact="王示例",
        phone="13900000131",
        published_on=date(2026, 6, 1),
        deadline=date(2026, 7, 31),
        source="电话采集",
    )
    return replace(posting, **changes)


@contextmanager
def publishing_office(folder: Path, *, switched_on: bool = True, name: str = "甲旗就业服务中心") -> Iterator[Publisher]:
    """An office with a telephone, sharing what it has."""
    config = OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key")
    init_office(config)
    clock = Clock()
    office = Office.open(config, clock=clock)
    with office.unit("test") as unit:
        unit.settings.put(SettingName.OFFICE_NAME, name)
        unit.settings.put(SettingName.OFFICE_PHONE, WINDOW)
        unit.settings.put(SettingName.PUBLISHING, SWITCHED_ON if switched_on else "")
    try:
        yield Publisher(office, clock)
    finally:
        office.close()
