"""One office a module: every test has feeds of its own in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from matcher.office import Office
from tests.jobs_feed.feeds.offices import Clock, clocked_office


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office whose clock stands."""
    opened = clocked_office(tmp_path_factory.mktemp("office"), Clock())
    yield opened
    opened.close()
