"""Desks for the tests of claims."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.matcher.claims.desks import Desk, open_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office of this test's own."""
    opened = open_desk(tmp_path)
    yield opened
    opened.office.close()
