"""The office of the desk: one that tests only look at, one that each test may change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk_office import Desk, desk_office


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office of this test's own."""
    with desk_office(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """An office that no test changes."""
    with desk_office(tmp_path_factory.mktemp("desk")) as opened:
        yield opened
