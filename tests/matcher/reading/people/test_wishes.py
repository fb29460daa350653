"""Wishes and refusals in the words of coordinators."""

from __future__ import annotations

import pytest

from matcher.domain.worker import Worker
from matcher.reading.people.cells import cells_of
from matcher.reading.people.wishes import Wishes, read_wishes
from matcher.reading.tools import load_tools


def wishes(*, moves: bool | None = None, **texts: str) -> Wishes:
    """What the given columns of somebody from 大沁他拉 in Naiman say of wishes."""
    tools = load_tools()
    cells = cells_of(Worker(ref="T", name="某", **texts))  # type: ignore[arg-type]
    return read_wishes(cells, tools, home=tools.gazetteer.resolve("奈曼旗大沁他拉镇"), moves=moves)


@pytest.mark.parametrize(
    ("text", "wished", "refused"),
    [
        ("保洁、家政", {"cleaner", "home_helper"}, set()),
        ("想干个保安啥的", {"security_guard"}, set()),
        ("看大门，除了夜班都行", {"gatekeeper"}, set()),
        ("不想干保洁，别的都行", set(), {"cleaner"}),
        ("除了保洁都行", set(), {"cleaner"}),
        ("保安/更夫", {"security_guard", "night_watch"}, set()),
        ("保洁不干，干服务员", {"waiter"}, {"cleaner"}),
        ("以前干保洁，现在想干月嫂", {"maternity_nurse"}, set()),
        ("电焊工", {"welder"}, set()),
        ("什么都行", set(), set()),
        ("服从分配", set(), set()),
        ("保安，工资低不干", {"security_guard"}, set()),
    ],
)
def test_the_wish_column_is_sorted_into_wishes_and_refusals(text: str, wished: set[str], refused: set[str]) -> None:
    read = wishes(wish_text=text)
    assert {term.code for term in read.wished} == wished
    assert {term.code for term in read.refused} == refused
    assert not read.unlinked


@pytest.mark.parametrize(
    ("text", "wished", "refused"),
    [
        ("想找个保洁的活", {"cleaner"}, set()),
        ("希望当保安", {"security_guard"}, set()),
        ("不愿意干家政", set(), {"home_helper"}),
        ("在北京干过保洁", set(), set()),
        ("媳妇想当月嫂", set(), set()),
        ("以前不想干保安，现在也不干", set(), {"security_guard"}),
        ("想学电焊", set(), set()),
        ("不是不想干保洁，是没人介绍", {"cleaner"}, set()),
    ],
)
def test_remarks_count_only_where_they_speak_of_wanting(text: str, wished: set[str], refused: set[str]) -> None:
    read = wishes(remarks=text)
    assert {term.code for term in read.wished} == wished
    assert {term.code for term in read.refused} == refused


def test_a_wish_nobody_knows_is_kept_for_the_lexicon() -> None:
    assert wishes(wish_text="拓荒牧星员").unlinked == ("拓荒牧星员",)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("本旗或通辽市里", {"150525", "150502"}),
        ("北京", {"110000"}),
        ("想去北京、沈阳", {"110000", "210100"}),
        ("除了北京都行", set()),
        ("镇上", {"150525100"}),
        ("开鲁县", {"150523"}),
        ("不去外地，就在奈曼", {"150525"}),
    ],
)
def test_places_are_understood_from_home(text: str, codes: set[str]) -> None:
    assert {place.code for place, _ in wishes(wish_place_text=text).places} == codes


@pytest.mark.parametrize("text", ["从北京回来", "儿子在北京", "北京大学毕业", "听说北京挣钱多", "以前在沈阳干过"])
def test_places_of_the_past_and_of_relatives_are_not_wished(text: str) -> None:
    assert not wishes(remarks=text).places


@pytest.mark.parametrize(
    ("text", "willing"),
    [
        ("旗外不去", False),
        ("不出远门", False),
        ("离不开家", False),
        ("外地不去，就近就行", False),
        ("只想在家附近干", False),
        ("不想去外地", False),
        ("哪都行，管住就行", True),
        ("北京上海都行", True),
        ("愿意去外地", True),
        ("能出远门", True),
        ("远近不限", True),
        ("跟老乡一起出去也行，可以外出", True),
        ("农忙走不开", None),
        ("儿子愿意去外地", None),
        ("听说外地都行", None),
        ("身体好", None),
    ],
)
def test_willingness_to_go_away_is_read(text: str, willing: bool | None) -> None:
    assert wishes(remarks=text).willing_to_move.value is willing


def test_a_column_against_the_words_is_shown_as_a_contradiction() -> None:
    read = wishes(moves=True, remarks="旗外不去").willing_to_move
    assert read.value is True
    assert read.contradicted
    assert {words.field for words in read.evidence} == {"是否愿意外出", "情况说明"}
    assert not wishes(moves=False, remarks="旗外不去").willing_to_move.contradicted


@pytest.mark.parametrize(
    ("text", "needs"),
    [("管住就行", True), ("得有宿舍", True), ("包吃住的", True), ("住家附近", False), ("不用管住", False)],
)
def test_lodging_is_needed_where_it_is_asked_for(text: str, needs: bool) -> None:
    assert bool(wishes(wish_place_text=text).needs_lodging) is needs


def test_classes_wished_and_classes_taken_are_told_apart() -> None:
    read = wishes(training_wish_text="想学面点", remarks="去年参加过育婴员培训")
    assert {term.code for term in read.training_wished} & {"pastry_making", "pastry_cook"}
    assert {term.code for term in read.trained} & {"infant_carer", "infant_care", "cert_infant"}
    assert not {term.code for term in read.training_wished} & {"infant_carer", "infant_care", "cert_infant"}


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("remarks", "通辽以外不去", 150500),
        ("remarks", "奈曼以外的免谈", 150525),
        ("remarks", "吃住在外头没事，就在扎旗境内", 150526),
        ("remarks", "只能在市里找", 150502),
        ("remarks", "司法所让报到，不能出旗", 150525),
        ("remarks", "想好了，就去北京", 110000),
        ("remarks", "只去沈阳，钱多少无所谓", 210100),
        ("wish_place_text", "就想去北京", 110000),
        ("wish_place_text", "通辽范围内", 150500),
        ("wish_place_text", "本旗，不出旗", 150525),
        ("wish_place_text", "通辽这几个旗都行", 150500),
        ("wish_place_text", "科区，别处不去", 150502),
    ],
)
def test_a_place_outside_of_which_nothing_suits_is_a_limit(column: str, text: str, code: int) -> None:
    assert str(code) in [place.code for place, _ in wishes(**{column: text}).only_places]


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("remarks", "家就在通辽"),
        ("remarks", "就在通辽打过工"),
        ("remarks", "媳妇就在北京上班"),
        ("remarks", "孩子就想去北京"),
        ("remarks", "前年就去过北京"),
        ("remarks", "出不了旗里，腿不行"),
        ("wish_place_text", "北京、通辽都行"),
        ("wish_place_text", "首选北京"),
        ("wish_place_text", "旗里"),
    ],
)
def test_a_place_lived_in_or_liked_is_no_limit(column: str, text: str) -> None:
    assert wishes(**{column: text}).only_places == ()
