"""Initials of names as clerks type them."""

from __future__ import annotations

import pytest

from matcher.store.initials import initials


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("包雪梅", "bxm"),
        ("乌力吉", "wlj"),
        ("单雪松", "sxs dxs"),
        ("仇和平", "qhp chp"),
        ("翟丽", "zl dl"),
        ("解放", "xf jf"),
        ("尉迟恭", "ycg"),
        ("区", "q"),
        ("葛兰", "gl"),
        ("包·图雅 ", "bty"),
        ("Tom", "tom"),
        ("", ""),
    ],
)
def test_a_surname_is_found_by_its_own_reading_and_the_common_one(name: str, expected: str) -> None:
    assert initials(name) == expected
