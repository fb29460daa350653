"""Denied, over, still to come, hearsay or somebody else's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.negation import Polarity, no_longer, polarity

N, A, P, F, H, O = (  # noqa: E741
    Polarity.NEGATED,
    Polarity.AFFIRMED,
    Polarity.PAST,
    Polarity.FUTURE,
    Polarity.HEARSAY,
    Polarity.OTHER,
)
MEANT = [
    ("不会开车", "开车", N),
    ("不能干重活", "重活", N),
    ("没干过家政", "家政", N),
    ("不想干保洁", "保洁", N),
    ("除了保洁都行", "保洁", N),
    ("不是不想干保洁", "保洁", A),
    ("除了种地啥也不会", "种地", A),
    ("除了电焊还会瓦工", "电焊", A),
    ("会电焊，不会瓦工", "电焊", A),
    ("会电焊，不会瓦工", "瓦工", N),
    ("听说开过大车", "大车", H),
    ("明年才能出去打工", "打工", F),
    ("以前开过大车，现在眼睛不行", "大车", P),
    ("他媳妇会缝纫", "缝纫", O),
    ("保洁不干", "保洁", N),
    ("保洁、家政都不考虑", "家政", N),
    ("保洁、家政都不考虑", "保洁", N),
    ("活干得不错", "活", A),
    ("不怕累", "累", A),
    ("干电焊没问题", "电焊", A),
    ("不会开车但会电焊", "电焊", A),
    ("照顾孩子，会缝纫", "缝纫", A),
    ("跟儿子在工地干瓦工", "瓦工", A),
    ("想学电焊", "电焊", F),
    ("没少干瓦工", "瓦工", A),
    ("开车不会", "开车", N),
    ("儿子在北京送快递", "快递", O),
    ("儿媳妇在外打工，本人会做饭", "做饭", A),
    ("保安保洁都行", "保安", A),
    ("电焊证没有", "电焊", N),
    ("不干保洁，干保安", "保安", A),
    ("家政免谈", "家政", N),
    ("无电焊经验", "电焊", N),
    ("夜班不行", "夜班", N),
    ("除夜班外都行", "夜班", N),
    ("别的不行，就会电焊", "电焊", A),
    ("没有不能干的活，电焊也行", "电焊", A),
    ("要不干保洁吧", "保洁", A),
    ("不干别的就干保洁", "保洁", A),
    ("只要不是夜班", "夜班", N),
    ("除了电焊，别的不会", "电焊", A),
    ("不会用智能手机", "智能手机", N),
    ("家里老人没人照顾，会电焊", "电焊", A),
    ("男人腰不好，她会做饭", "做饭", A),
    ("从没出过远门", "远门", N),
    ("会开车没驾照", "开车", A),
    ("给孩子做饭", "做饭", A),
    ("妈妈会缝纫", "缝纫", O),
    ("干不了瓦工", "瓦工", N),
    ("保洁干够了", "保洁", N),
]


@pytest.mark.parametrize(("text", "words", "meant"), MEANT)
def test_what_is_said_of_a_mention_is_judged_in_its_clause(text: str, words: str, meant: Polarity) -> None:
    start = text.index(words)
    assert polarity(text, start, start + len(words)) is meant


@pytest.mark.parametrize(
    ("text", "words", "over"),
    [
        ("以前开过大车,现在眼睛不行", "大车", True),
        ("开了十年大车,现在不开了", "大车", True),
        ("干过两年瓦工", "瓦工", False),
        ("干过两年瓦工,手艺没丢", "瓦工", False),
    ],
)
def test_work_is_over_only_where_the_words_say_so(text: str, words: str, over: bool) -> None:
    start = text.index(words)
    assert no_longer(text, start, start + len(words)) is over


@given(
    st.text(alphabet="不没会干开过大车，。但是除了都行听说他媳妇以前现在 a1", max_size=40),
    st.integers(0, 40),
    st.integers(0, 10),
)
def test_no_text_breaks_the_judgement(text: str, start: int, length: int) -> None:
    first = min(start, len(text))
    assert polarity(text, first, min(first + length, len(text))) in set(Polarity)
