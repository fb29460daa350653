"""An office with the village sample planned: one that tests only look at, and a copy for each that changes it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.casework import plan_people
from matcher.office import Office, OfficeConfig
from tests.offices import sample_office


@pytest.fixture(scope="session")
def planned(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The village sample, planned; nobody changes it."""
    office = sample_office(tmp_path_factory.mktemp("figures"), "village")
    plan_people(office, actor="test")
    yield office
    office.close()


@pytest.fixture
def office(planned: Office, tmp_path: Path) -> Iterator[Office]:
    """A copy of a test's own."""
    planned.store.close()
    shutil.copytree(planned.config.home, tmp_path / "data")
    shutil.copytree(planned.config.key_file.parent, tmp_path / "keys")
    copied = Office.open(OfficeConfig(home=tmp_path / "data", key_file=tmp_path / "keys" / "key"))
    yield copied
    copied.close()
