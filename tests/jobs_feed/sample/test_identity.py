"""Numbers of nobody are well formed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from stdnum.cn import ric, uscc

from jobs_feed.sample.identity import company_code, id_number, phone_number


@pytest.mark.parametrize("male", [True, False])
def test_an_id_number_carries_birth_sex_and_a_valid_check_digit(male: bool) -> None:
    for offset in range(0, 9000, 371):
        birth = date(1985, 1, 1) + timedelta(days=offset)
        number = id_number(birth, male=male, serial=offset)
        assert ric.calc_check_digit(number) == number[-1]
        assert ric.get_birth_date(number) == birth
        assert int(number[16]) % 2 == male


def test_people_of_one_birthday_have_different_numbers() -> None:
    numbers = {id_number(date(1980, 5, 6), male=True, serial=serial) for serial in range(500)}
    assert len(numbers) == 500


def test_a_company_code_passes_both_checks() -> None:
    for serial in range(0, 99_999_999, 7_654_321):
        assert uscc.is_valid(company_code(serial))


def test_a_phone_number_has_eleven_digits() -> None:
    assert phone_number(7) == "15400000007"
