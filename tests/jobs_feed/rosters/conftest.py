"""Offices for the tests of rosters."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.office import Office
from tests.jobs_feed.books import new_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with an empty database."""
    opened = new_office(tmp_path)
    yield opened
    opened.close()
