"""An office for the tests of printing: made once, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from matcher.domain.settings import SettingName
from matcher.office import Office, OfficeConfig
from tests.web.made_up import NOW, opened

PHONE_OF_WINDOW = "0475-0000131"


@dataclass(frozen=True, slots=True)
class Desk:
    """An office and the keys of what is in it."""

    office: Office
    bao: int
    wang: int
    posting: int


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[int, int, int]]:
    """A filled office that is closed, and its keys."""
    folder = tmp_path_factory.mktemp("desk")
    with opened(folder) as world:
        keys = world.bao, world.wang, world.posting
    return folder, keys


@pytest.fixture
def desk(made_once: tuple[Path, tuple[int, int, int]], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A copy of it, which has not entered the phone of its window."""
    folder, keys = made_once
    own = tmp_path_factory.mktemp("own") / "copy"
    shutil.copytree(folder, own)
    office = Office.open(OfficeConfig(home=own / "home", key_file=own / "keys" / "key"), clock=lambda: NOW)
    yield Desk(office, *keys)
    office.close()


@pytest.fixture
def phoned(desk: Desk) -> Desk:
    """A copy that has entered it."""
    with desk.office.unit() as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, PHONE_OF_WINDOW)
        unit.settings.put(SettingName.PUBLIC_URL, "https://job131.example")
    return desk
