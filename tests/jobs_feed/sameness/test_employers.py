"""Who an employer is: by code, then by name; short forms, branches, people."""

from __future__ import annotations

import csv

import pytest

from jobs_feed.sameness.employers import ONE_EMPLOYER, Tie, employer_of, relation, valid_code
from jobs_feed.sample.identity import company_code
from tests.jobs_feed.sameness.pairs import CASES

with (CASES / "same_employers.csv").open(encoding="utf-8", newline="") as stream:
    NAMES = [(row["one"], row["other"], row["tie"]) for row in csv.DictReader(stream, strict=True)]


@pytest.mark.parametrize(("one", "other", "tie"), NAMES)
def test_two_names(one: str, other: str, tie: str) -> None:
    assert relation(employer_of(one), employer_of(other)).tie == tie
    assert relation(employer_of(other), employer_of(one)).tie == tie


def test_a_code_goes_before_every_name() -> None:
    code, another = company_code(7), company_code(8)
    one = employer_of("通辽市旧名商贸有限公司", code)
    assert relation(one, employer_of("内蒙古新名实业有限公司", f" {code.lower()} ")).tie is Tie.CODE
    assert relation(one, employer_of("通辽市旧名商贸有限公司", another)).tie is Tie.OTHER
    assert relation(one, employer_of("通辽市旧名商贸有限公司")).tie is Tie.NAME


def test_a_code_that_fails_its_check_digit_says_nothing() -> None:
    assert valid_code("911505990000000712") == ""
    tie = relation(employer_of("恒通商贸", "1" * 18), employer_of("宏远餐饮", "1" * 18)).tie
    assert tie is Tie.OTHER


def test_the_result_shows_the_two_names_it_rests_on() -> None:
    found = relation(employer_of("科尔沁牛业"), employer_of("内蒙古科尔沁牛业股份有限公司"))
    assert (found.one, found.other) == ("科尔沁牛业", "内蒙古科尔沁牛业股份有限公司")
    assert found.tie in ONE_EMPLOYER


@pytest.mark.parametrize("name", ["", "　", "（）", "！！！", "a", "公司", "有限公司", "通辽市", "123", "店", "🔥🔥"])
def test_a_name_that_says_nothing_is_nobody_in_particular(name: str) -> None:
    employer = employer_of(name)
    assert relation(employer, employer).tie in {Tie.UNKNOWN, Tie.NAME, Tie.PERSON}
    assert all(len(core) >= 2 for core in employer.cores)
