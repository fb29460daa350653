"""Books for the tests of what comes after the paper: planned once, copied for every test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.matcher.aftercare.books import Book, make_book, open_book


@pytest.fixture(scope="session")
def made_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book nobody opens."""
    folder = tmp_path_factory.mktemp("book")
    make_book(folder)
    return folder


@pytest.fixture
def book(made_book: Path, tmp_path: Path) -> Iterator[Book]:
    """An office of this test's own, with plans made."""
    shutil.copytree(made_book, tmp_path / "copy")
    opened = open_book(tmp_path / "copy")
    yield opened
    opened.office.close()
