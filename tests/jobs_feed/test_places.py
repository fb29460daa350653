"""A place is found by its column, then by whose advert it is."""

from __future__ import annotations

import pytest

from jobs_feed.places import place_of
from matcher.reference.divisions import load_gazetteer


@pytest.mark.parametrize(
    ("text", "whose", "code"),
    [
        ("奈曼旗", "开鲁县某某厂", "150525"),
        ("本校", "开鲁县技工学校", "150523"),
        ("厂内", "科左中旗某某肉业", "150521"),
        ("公司总部", "通辽市某某物业", "150500"),
        ("本校", "某某学校", ""),
        ("某某大厦三楼", "开鲁县技工学校", ""),
        ("石家庄某某厂", "开鲁县某某劳务", "130100"),
    ],
)
def test_a_column_that_names_only_the_own_premises_is_in_the_banner_of_the_name(
    text: str, whose: str, code: str
) -> None:
    found = place_of(text, whose, load_gazetteer())
    assert (found.code, found.text) == (code, text)


def test_a_name_of_several_places_is_the_one_in_the_city() -> None:
    gazetteer = load_gazetteer()
    assert not gazetteer.resolve("胜利镇").known
    assert place_of("胜利镇", "某某合作社", gazetteer).code.startswith("1505")
