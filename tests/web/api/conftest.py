"""Programs for the tests of the API: one that only looks, one in a world of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.api.asking import Program, copied, program
from tests.web.made_up import World, opened


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a filled office that is copied."""
    folder = tmp_path_factory.mktemp("template")
    with opened(folder) as world:
        assert (world.bao, world.wang, world.far, world.posting) == (1, 2, 3, 1)
    return folder


@pytest.fixture(scope="module")
def seen(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A filled office of one file of tests, to look at or to change step by step."""
    with copied(template, tmp_path_factory.mktemp("seen")) as world:
        yield world


@pytest.fixture
def world(template: Path, tmp_path: Path) -> Iterator[World]:
    """A filled office of this test's own."""
    with copied(template, tmp_path) as world:
        yield world


@pytest.fixture(scope="module")
def looking(seen: World) -> Program:
    """A program with every right in the office of this file."""
    return program(seen)


@pytest.fixture
def acting(world: World) -> Program:
    """A program with every right in a world of its own."""
    return program(world)
