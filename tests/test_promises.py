"""Everything promised of the system's reliability is proved by tests and drills that stand."""

from __future__ import annotations

from tests.promises import PAGE, faults, page, stands


def test_every_promise_is_proved_by_something_that_stands() -> None:
    assert list(faults()) == []


def test_the_page_says_what_the_rows_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "write it anew: python -m tests.promises"


def test_a_test_that_is_not_there_is_seen() -> None:
    assert stands("tests/test_promises.py::test_a_test_that_is_not_there_is_seen")
    assert not stands("tests/test_promises.py::test_of_nothing")
    assert not stands("tests/test_nothing.py")
