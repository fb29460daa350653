"""A small office of made-up people for the tests of settlements, graduates and coordinators; copied for every test."""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from matcher.domain.division import Place, Precision
from matcher.domain.worker import HouseholdType, Worker
from matcher.office import Office, OfficeConfig, init_office

NOW = datetime(2026, 6, 22, 1, 0, tzinfo=UTC)
TODAY = NOW.date()
BANNER, OTHER = "150525", "150523"
TOWN = Place("奈曼旗大沁他拉镇", "150525100", "奈曼旗大沁他拉镇", 42.85, 120.66, Precision.TOWNSHIP)
FAR = Place("开鲁县", "150523", "开鲁县", 43.60, 121.31, Precision.COUNTY)


class Clock:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        """The moment."""
        return self.now


def somebody(ref: str, **more: Any) -> Worker:
    """A person lifted out of poverty, of 东村 unless said otherwise."""
    about: dict[str, Any] = {"village": "东村", "home": TOWN, "household_type": HouseholdType.LIFTED}
    return Worker(ref=ref, name=f"示例{ref}", **(about | more))


@lru_cache(maxsize=1)
def _made() -> Path:
    """An office without people that nobody opens."""
    folder = Path(mkdtemp(prefix="job131around"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    init_office(OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key"))
    return folder


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Office, Clock]]:
    """An office of this test's own, with its clock."""
    shutil.copytree(_made(), folder, dirs_exist_ok=True)
    clock = Clock()
    office = Office.open(OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key"), clock=clock)
    yield office, clock
    office.close()
