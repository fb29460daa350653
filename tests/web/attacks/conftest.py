"""One village for everybody who attacks it and leaves it as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.web.attacks.besieged import Siege, besieged


@pytest.fixture(scope="module")
def siege(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Siege]:
    """A village with somebody of every role, in its own and in another division."""
    with besieged(tmp_path_factory.mktemp("siege")) as held:
        yield held
