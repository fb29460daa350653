"""Names are found from left to right, the longest first, and what stands around them decides what they may mean."""

from __future__ import annotations

import pytest

from matcher.reference.place_names import Guards, NameIndex, Surety, name_index

_GUARDS = Guards(
    after=("路", "大桥"), before=("十",), city_after=frozenset("场"), lead=frozenset("在"), general=frozenset(["城区"])
)


def _row(code: str, name: str, short: str, level: str) -> dict[str, str]:
    """A row of the table divisions."""
    return {"code": code, "name": name, "short": short, "level": level}


@pytest.fixture
def index() -> NameIndex:
    return name_index(
        divisions=[
            _row("320100", "南京市", "南京", "prefecture"),
            _row("320102", "玄武区", "玄武", "county"),
            _row("140502", "城区", "", "county"),
            _row("220300", "四平市", "四平", "prefecture"),
            _row("210782", "北镇市", "北镇", "county"),
        ],
        townships=[
            {"code": "150526100", "name": "鲁北镇", "kind": "镇", "alone": "yes"},
            {"code": "150525102", "name": "青龙山镇", "kind": "镇", "alone": "no"},
            {"code": "150525109", "name": "沙日浩来镇", "kind": "镇", "alone": "short"},
        ],
        former=[{"name": "白下区", "now": "320100"}],
        aliases=[
            {"alias": "大镇", "code": "150525100", "use": "text"},
            {"alias": "开发区", "code": "150502", "use": "context"},
            {"alias": "四平", "code": "", "use": "name"},
        ],
        guards=_GUARDS,
    )


def _found(index: NameIndex, text: str, *, free: bool = False) -> list[tuple[str, str, bool]]:
    """(name, code, bound) of the first sense of every hit."""
    hits = index.scan(text, free=free)
    return [(text[hit.start : hit.end], hit.senses[0].code, hit.senses[0].bound) for hit in hits]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("南京市玄武区", [("南京市", "320100", False), ("玄武区", "320102", False)]),
        ("南京玄武", [("南京", "320100", False), ("玄武", "320102", False)]),
        ("鲁北镇", [("鲁北镇", "150526100", False)]),
        ("白下区", [("白下区", "320100", False)]),
        ("玄武市", [("玄武市", "320102", False)]),
        ("沙日浩来", [("沙日浩来", "150525109", False)]),
        ("在南京", [("南京", "320100", False)]),
        ("青龙山镇", [("青龙山镇", "150525102", True)]),
        ("城区", [("城区", "140502", True)]),
        ("开发区", [("开发区", "150502", True)]),
        ("四平", [("四平", "220300", True)]),
        ("玄武湖公司", [("玄武", "320102", True)]),
        ("南京路", []),
        ("南京大桥", []),
        ("南京市场", [("南京", "320100", False)]),
        ("十大镇", []),
        ("扎鲁北镇", [("鲁北镇", "150526100", False)]),
        ("村北镇", []),
        ("", []),
    ],
)
def test_names_are_found_with_what_they_may_mean(
    index: NameIndex, text: str, found: list[tuple[str, str, bool]]
) -> None:
    assert _found(index, text) == found


def test_only_in_free_text_does_a_short_name_stand_inside_a_sentence(index: NameIndex) -> None:
    assert _found(index, "打算上南京干活") == []
    assert _found(index, "打算上南京干活", free=True) == [("南京", "320100", False)]


def test_a_road_name_that_begins_a_smaller_division_is_no_road() -> None:
    index = name_index(
        divisions=[_row("130200", "唐山市", "唐山", "prefecture"), _row("130202", "路南区", "路南", "county")],
        townships=[],
        former=[],
        aliases=[],
        guards=_GUARDS,
    )
    assert [name for name, _, _ in _found(index, "唐山路南")] == ["唐山", "路南"]
    assert _found(index, "唐山路12号") == []


def test_the_full_name_is_surer_than_the_short_one(index: NameIndex) -> None:
    hits = list(index.scan("南京市南京"))
    assert [hit.senses[0].surety for hit in hits] == [Surety.FULL, Surety.PREFECTURE]
    assert [hit.full for hit in hits] == [True, False]
