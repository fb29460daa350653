"""An office with some people, postings and plans in it, and the PostgreSQL of the store's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from matcher.casework import plan_people
from matcher.office import Office
from tests.matcher.store.conftest import postgresql, url

__all__ = ["postgresql", "url"]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The village sample, planned; nobody changes it."""
    from tests.offices import sample_office

    office = sample_office(tmp_path_factory.mktemp("upkeep"), "village")
    plan_people(office, division="", worker_ref="", as_of=office.today(), actor="test")
    yield office
    office.close()
