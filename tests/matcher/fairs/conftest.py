"""Offices for the tests of fairs: made once, copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.office import Office
from tests.matcher.fairs.hall import copied, opened


@pytest.fixture(scope="session")
def filled_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a filled office."""
    folder = tmp_path_factory.mktemp("filled")
    with opened(folder):
        return folder


@pytest.fixture(scope="session")
def empty_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an office with nothing in it."""
    folder = tmp_path_factory.mktemp("empty")
    with opened(folder, empty=True):
        return folder


@pytest.fixture
def office(filled_office: Path, tmp_path: Path) -> Iterator[Office]:
    """A filled office of this test's own."""
    with copied(filled_office, tmp_path / "office") as made:
        yield made


@pytest.fixture
def laptop(empty_office: Path, tmp_path: Path) -> Iterator[Office]:
    """A second, empty office."""
    with copied(empty_office, tmp_path / "laptop") as made:
        yield made
