"""Questions and offers are found by the words people use."""

from __future__ import annotations

import pytest

from matcher.catalogue.asking import find_items, find_questions
from matcher.reference.offers import shipped_catalogue, shipped_questions

ASKED = list(shipped_questions())
ITEMS = [kept.item for kept in shipped_catalogue().versions]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("车票钱给报不", "Q_FARE"),
        ("火车票给报销吗", "Q_FARE"),
        ("没签合同咋办", "Q_FARE_PROOF"),
        ("干满仨月给啥", "Q_STABLE"),
        ("俺家算不算", "Q_WHO"),
        ("想养牛能贷款不", "Q_LOAN"),
        ("自己交社保给补吗", "Q_INSURANCE"),
        ("老板跑了不给钱", "Q_ARREARS"),
        ("孩子念中专有补助吗", "Q_SCHOOL"),
        ("下岗了上哪登记", "Q_LOSTJOB"),
        ("学手艺收钱不", "Q_TRAIN_FEE"),
        ("护林员咋当", "Q_PUBLIC"),
        ("带啥手续", "Q_PAPERS"),
        ("不识字咋办", "Q_CANNOT_GO"),
        ("上北京打工找谁", "Q_BEIJING"),
    ],
)
def test_a_question_in_dialect_finds_its_answer_among_the_first_three(said: str, code: str) -> None:
    assert code in [one.code for one in find_questions(ASKED, said)[:3]]


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("路费", "POLICY_TRAVEL"),
        ("车票", "POLICY_TRAVEL"),
        ("社保", "POLICY_INSURANCE"),
        ("贷款", "POLICY_LOAN"),
        ("公益岗", "POLICY_PUBLIC_POST"),
        ("学手艺", "POLICY_TRAINING"),
        ("loan", "POLICY_LOAN"),
    ],
)
def test_an_offer_is_found_by_a_plain_word(said: str, code: str) -> None:
    assert code in [one.code for one in find_items(ITEMS, said)[:3]]


def test_nothing_typed_shows_everything_and_nonsense_shows_nothing() -> None:
    assert find_questions(ASKED, " ") == ASKED
    assert find_questions(ASKED, "qzxw") == []
    assert find_items(ITEMS, "") == ITEMS
    assert find_items(ITEMS, "宇宙飞船") == []


def test_every_question_has_an_answer_a_basis_and_names_offers_that_exist() -> None:
    codes = set(shipped_catalogue().codes())
    for one in ASKED:
        assert one.answer.zh, one.code
        assert one.answer.en, one.code
        assert one.basis, one.code
        assert set(one.items) <= codes, one.code
        assert one.question_mn == one.answer_mn == ""
