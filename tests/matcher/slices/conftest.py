"""An office, a laptop without anything, and one that has taken the office's village in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.office import Office
from tests.matcher.slices.villages import Places, carry, copied, make_templates


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """Templates nobody changes."""
    return make_templates(tmp_path_factory.mktemp("slices"))


@pytest.fixture
def home(places: Places, tmp_path: Path) -> Iterator[Office]:
    """The office."""
    office = copied(places.home, tmp_path / "home")
    yield office
    office.close()


@pytest.fixture
def empty(places: Places, tmp_path: Path) -> Iterator[Office]:
    """A laptop with nothing on it."""
    office = copied(places.empty, tmp_path / "laptop")
    yield office
    office.close()


@pytest.fixture
def laptop(home: Office, empty: Office) -> Office:
    """The laptop with the office's people."""
    carry(home, empty)
    return empty
