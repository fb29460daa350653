"""Worlds for the web tests: one that tests only look at, one that each test may change."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.web.driving import CHROMIUM, FLAGS
from tests.web.made_up import World, opened


@pytest.fixture(scope="session")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A filled office that no test changes."""
    with opened(tmp_path_factory.mktemp("shown")) as world:
        yield world


@pytest.fixture
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A filled office of this test's own."""
    with opened(tmp_path_factory.mktemp("world")) as world:
        yield world


@pytest.fixture
def empty_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """An office without data, in demo mode."""
    with opened(tmp_path_factory.mktemp("empty"), empty=True, demo=True) as world:
        yield world


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a module."""
    with sync_playwright() as playwright:
        opened_browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield opened_browser
        opened_browser.close()
