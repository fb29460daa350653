"""What is held against a posting: each flag, its words; nobody's sex or ethnicity changes any."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date

import pytest

from jobs_feed.trust.judge import holds, judge
from jobs_feed.trust.pay import usual_pay
from jobs_feed.trust.rules import rules
from matcher.domain.division import Place
from matcher.domain.facts import LinkedTerm
from matcher.domain.incoming.trust import EmployerMark, EmployerRecord, Flag, MarkKind, Severity
from matcher.domain.posting import Posting, PostingFacts, Wage
from matcher.reading import load_tools, read_posting
from matcher.wording import load_catalogue
from tests.factories import DAY, NAIMAN
from tests.worlds import policy

CLEAN = EmployerRecord()
RANGES = {("cleaner", "150525"): (20, 3000.0), ("cleaner", ""): (90, 3200.0)}


def a_posting(**changes: object) -> Posting:
    """An ordinary advert with nothing wrong in it."""
    told = Posting(
        ref="P-1",
        title="保洁员",
        employer="奈曼旗示例物业有限公司",
        place=NAIMAN,
        openings=3,
        wage_text="3000元/月",
        description="打扫楼道，不收押金，工作服免费",
        contact="王经理",
        phone="13900005678",
    )
    return replace(told, **changes)  # type: ignore[arg-type]


def flags(record: EmployerRecord = CLEAN, **changes: object) -> tuple[Flag, ...]:
    """What is held against an advert."""
    posting = a_posting(**changes)
    facts = read_posting(posting, load_tools())
    return judge(posting, facts, record=record, policy=policy(), ranges=RANGES)


def found(record: EmployerRecord = CLEAN, **changes: object) -> set[str]:
    """The codes of that."""
    return {flag.code for flag in flags(record, **changes)}


def test_an_ordinary_advert_has_nothing_against_it() -> None:
    assert flags() == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"description": "入职交押金300元"}, "DEPOSIT"),
        ({"hours_text": "白班，入职先交报名费100元"}, "FEE"),
        ({"board_text": "包住，宿舍押金200"}, "DEPOSIT"),
        ({"certificate_text": "身份证原件押公司"}, "PAPERS_KEPT"),
        ({"wage_text": "1500元/月"}, "BELOW_MINIMUM"),
        ({"phone": "+855 12 345 678"}, "FOREIGN_PHONE"),
        ({"description": "联系电话0095 9 123 456 789"}, "FOREIGN_PHONE"),
        ({"sex_text": "女"}, "SEX_LIMIT"),
        ({"description": "只要汉族"}, "ETHNIC_LIMIT"),
        ({"description": "未婚优先"}, "MARRIAGE"),
        ({"description": "三年内不得怀孕"}, "FERTILITY"),
        ({"description": "乙肝携带者勿扰"}, "HEALTH_CARRIER"),
        ({"description": "外地人不要"}, "ORIGIN"),
        ({"age_text": "18-30岁"}, "AGE_LIMIT"),
        ({"wage_text": "12元/小时"}, "BELOW_HOURLY_MINIMUM"),
        ({"employer": "某公司"}, "ANONYMOUS"),
        ({"employer": "张先生"}, "ANONYMOUS"),
        ({"phone": "", "description": "有意加微信 abc12345"}, "ANONYMOUS"),
        ({"phone": "16812345"}, "PREMIUM_PHONE"),
        ({"description": "扫码下载app报名"}, "LINK_LURE"),
        ({"description": "点击 http://zhaopin.xyz/a 填写银行卡"}, "LINK_LURE"),
        ({"wage_text": "9000元/月"}, "PAY_FAR_ABOVE"),
    ],
)
def test_each_kind_is_found_with_the_words_it_rests_on(changes: dict[str, object], code: str) -> None:
    flag = next((one for one in flags(**changes) if one.code == code), None)
    assert flag is not None
    assert flag.severity is rules()[code].severity
    assert flag.evidence
    assert flag.evidence[0].words


@pytest.mark.parametrize(
    "changes",
    [
        {"phone": "0475-8212345"},
        {"phone": "+86 13900005678"},
        {"phone": "400-123-4567"},
        {"description": "官网 www.example.cn 可查"},
        {"phone": "13900005678", "description": "微信同号"},
        {"employer": "某某", "uscc": "91150525MA0000000X"},
        {"age_text": "18-55岁"},
        {"wage_text": "25元/小时"},
        {"wage_text": "5500元/月"},
    ],
)
def test_what_only_looks_like_it_is_let_through(changes: dict[str, object]) -> None:
    assert found(**changes) == set()


def test_a_number_is_quoted_without_its_digits() -> None:
    (flag,) = (one for one in flags(phone="+855 12 345 678") if one.code == "FOREIGN_PHONE")
    assert "345" not in flag.evidence[0].words
    assert flag.evidence[0].words.startswith("+855")


def test_a_barred_employer_and_many_complaints_hold_a_posting() -> None:
    mark = EmployerMark(name="奈曼旗示例物业有限公司", kind=MarkKind.BLACKLISTED, reason="欠薪", since=date(2026, 1, 1))
    assert found(EmployerRecord(mark)) == {"EMPLOYER_BARRED"}
    assert found(EmployerRecord(complaints=1)) == set()
    assert found(EmployerRecord(complaints=2)) == {"EMPLOYER_COMPLAINTS"}
    assert found(EmployerRecord(complaints=5)) == {"EMPLOYER_MANY_COMPLAINTS"}
    assert found(EmployerRecord(fairs_without_hire=3)) == {"EMPLOYER_FAIRS"}
    assert holds(flags(EmployerRecord(mark)))


def test_only_what_hurts_people_holds_a_posting() -> None:
    assert holds(flags(description="入职交押金300元"))
    assert not holds(flags(sex_text="女", age_text="18-30岁"))
    assert not holds(flags(employer="某公司", wage_text="9000元/月"))
    assert not holds(flags(wage_text="1500元/月")), "the minimum wage is judged when a plan is made"


def test_the_gravest_flag_comes_first() -> None:
    order = [one.severity for one in flags(description="交押金300，未婚优先", employer="某公司")]
    assert order == [Severity.HOLD, Severity.LETTER, Severity.CAUTION]


SWAPS = (("女", "男"), ("汉族", "蒙古族"), ("女性", "男性"), ("只招女的", "只招男的"), ("回族优先", "满族优先"))
AROUND = ("入职交押金300元，{}", "{}，未婚优先", "加微信abc12345，{}", "{}，扫码下载app", "保洁，{}")


@pytest.mark.parametrize(("swap", "around"), [*itertools.product(SWAPS, AROUND)])
def test_swapping_sex_or_ethnicity_changes_no_flag(swap: tuple[str, str], around: str) -> None:
    one, other = (
        found(description=around.format(word), sex_text=word if word in {"女", "男"} else "") for word in swap
    )
    assert one - {"SEX_LIMIT", "ETHNIC_LIMIT"} == other - {"SEX_LIMIT", "ETHNIC_LIMIT"}


@pytest.mark.parametrize("word", ["女", "男", "汉族", "蒙古族", "回族优先", "只招女工"])
def test_words_of_sex_or_ethnicity_raise_only_the_flag_that_says_so(word: str) -> None:
    assert found(description=f"打扫楼道，{word}") <= {"SEX_LIMIT", "ETHNIC_LIMIT"}


def test_usual_pay_is_a_median_of_enough_postings_of_the_banner() -> None:
    def told(yuan: float, place: Place = NAIMAN) -> tuple[Posting, PostingFacts]:
        facts = PostingFacts(occupations=(LinkedTerm("cleaner"),), wage=Wage(low=yuan, high=yuan))
        return a_posting(place=place), facts

    few = usual_pay([told(2000 + 100 * step) for step in range(7)], 8)
    many = usual_pay([told(2000 + 100 * step) for step in range(9)], 8)
    assert few == {}
    assert many == {("cleaner", "150525"): (9, 2400.0), ("cleaner", ""): (9, 2400.0)}


def test_pay_unknown_work_unknown_or_no_range_raises_nothing() -> None:
    assert found(wage_text="面议") == set()
    posting = a_posting(wage_text="90000元/月")
    facts = read_posting(posting, load_tools())
    assert judge(posting, facts, record=CLEAN, policy=policy(), ranges={}) == ()


def test_every_flag_has_its_words_in_every_place() -> None:
    sentences = load_catalogue("matcher.wording").sentences
    for code, rule in rules().items():
        assert {f"FLAG_{code}", f"FOUND_{code}", rule.basis} <= sentences.keys()
        if rule.severity is not Severity.CAUTION and not code.startswith("EMPLOYER_"):
            assert f"FIX_{code}" in sentences
        if rule.severity is Severity.CAUTION:
            assert f"CAUTION_{code}" in sentences
        assert rule.since <= DAY
