"""An office of a test's own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.jobs_feed.publishing.offices import Publisher, publishing_office


@pytest.fixture
def publisher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Publisher]:
    """An office that shares its postings, away from what a test writes."""
    with publishing_office(tmp_path_factory.mktemp("office")) as found:
        yield found
