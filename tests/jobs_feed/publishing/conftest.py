"""An office of a test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.jobs_feed.publishing.offices import Publisher, publishing_office


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    """An office that shares its postings."""
    with publishing_office(tmp_path) as found:
        yield found
