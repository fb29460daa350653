"""All duties of the notice are answered, by pages, commands, papers and tests that stand."""

from __future__ import annotations

from tests.duties import PAGE, commands_of, faults, is_command, page


def test_every_duty_is_answered_by_something_that_stands() -> None:
    assert list(faults()) == []


def test_the_page_says_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.duties"


def test_a_command_that_is_not_there_is_seen() -> None:
    assert is_command("slice export")
    assert not is_command("slice fly")
    assert not is_command("doctor audit")


def test_commands_named_side_by_side_are_told_apart() -> None:
    assert commands_of("feed publish feed pull; sheets") == ["feed publish", "feed pull", "sheets"]
