"""Nothing of people stands in clear where it must not, after a whole day of them; drills do it with a thousand."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.drills.canaries import Hunt, hunted
from tests.drills.outbound import cut_off

PEOPLE = 150


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> tuple[Hunt, list[str]]:
    """What was found of the people, and which machines were asked for meanwhile."""
    with cut_off() as tried:
        hunt = hunted(tmp_path_factory.mktemp("canaries"), PEOPLE)
    return hunt, tried


def test_no_number_status_or_free_text_is_found_in_clear(day: tuple[Hunt, list[str]]) -> None:
    hunt, _ = day
    assert hunt.leaks == []
    assert len(hunt.numbers) > PEOPLE
    assert len(hunt.texts) > PEOPLE
    assert hunt.places > 60


def test_a_whole_day_asks_no_other_machine_for_anything(day: tuple[Hunt, list[str]]) -> None:
    assert day[1] == []


def test_whoever_reaches_out_is_heard_and_stopped() -> None:
    with cut_off() as tried, socket.socket() as wire:
        with pytest.raises(PermissionError):
            wire.connect(("192.0.2.1", 9))
        with pytest.raises(PermissionError):
            socket.getaddrinfo("jobs.example.org", 443)
    assert tried == ["socket.connect 192.0.2.1", "socket.getaddrinfo jobs.example.org"]


@pytest.mark.parametrize("where", ["number", "text"])
def test_the_hunt_would_find_what_is_in_clear(tmp_path: Path, where: str) -> None:
    number, text = b"150599197602144161", "腰间盘突出做过手术，暗记0001"
    hunt = Hunt({number}, {text})
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "a.log").write_bytes(b"x" + (b" " + number if where == "number" else text.encode()))
    hunt.look_through(tmp_path, but="given/")
    assert hunt.leaks == [f"home/a.log: {int(where == 'number')} numbers, {int(where == 'text')} texts"]
