"""Identity numbers, all made up with county codes that are not assigned."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.worker import Sex
from matcher.reading.identity import IdNumber, IdProblem, check_digit, read_id_number

BODY = "15059919790302002"
WHOLE = BODY + check_digit(BODY)


@pytest.mark.parametrize("text", [WHOLE, f" {WHOLE} ", WHOLE[:6] + " " + WHOLE[6:], "'" + WHOLE, WHOLE.lower()])
def test_a_proved_number_tells_birth_date_and_sex(text: str) -> None:
    read = read_id_number(text)
    assert isinstance(read, IdNumber)
    assert (read.birth_date, read.sex, read.disability_kind) == (date(1979, 3, 2), Sex.FEMALE, "")


def test_a_disability_card_tells_kind_and_grade_and_the_old_form_is_extended() -> None:
    card = read_id_number(WHOLE + "43")
    assert isinstance(card, IdNumber)
    assert (card.digits, card.disability_kind, card.disability_grade) == (WHOLE, "4", "3")
    assert isinstance(read_id_number(WHOLE + "43B1"), IdNumber)
    old = read_id_number("150599790302001")
    assert isinstance(old, IdNumber)
    assert (old.birth_date, old.sex) == (date(1979, 3, 2), Sex.MALE)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", IdProblem.LENGTH),
        (WHOLE[:-1], IdProblem.LENGTH),
        ("一" * 18, IdProblem.CHARACTERS),
        (WHOLE + "99", IdProblem.CHARACTERS),
        ("15059919790231002X", IdProblem.BIRTH_DATE),
        (BODY + ("1" if WHOLE[-1] != "1" else "2"), IdProblem.CHECK_DIGIT),
    ],
)
def test_what_is_wrong_with_a_number_is_named(text: str, problem: IdProblem) -> None:
    assert read_id_number(text) is problem


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_a_number(text: str) -> None:
    assert isinstance(read_id_number(text), IdNumber | IdProblem)
