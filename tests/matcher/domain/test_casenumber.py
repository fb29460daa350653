"""Case numbers survive being said over the phone."""

from __future__ import annotations

import pytest

from matcher.domain.casenumber import case_number, read_case_number


@pytest.mark.parametrize("key", [1, 12, 123456, 999999, 1234567])
def test_a_case_number_leads_back_to_its_person(key: int) -> None:
    number = case_number(key)
    assert number.startswith("131-")
    for typed in (number, number.replace("-", ""), number.removeprefix("131-"), f" {number.replace('-', ' ')} "):
        assert read_case_number(typed) == key


def test_every_single_wrong_digit_is_noticed() -> None:
    digits = case_number(123456).removeprefix("131-").replace("-", "")
    for position, digit in enumerate(digits):
        for wrong in set("0123456789") - {digit}:
            assert read_case_number(digits[:position] + wrong + digits[position + 1 :]) is None


@pytest.mark.parametrize("text", ["", "131", "包雪梅", "131-12-3", "12345", "131-000001-9x"])
def test_other_words_are_no_case_number(text: str) -> None:
    assert read_case_number(text) is None
