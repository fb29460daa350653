"""Languages in the words of coordinators."""

from __future__ import annotations

import pytest

from matcher.domain.worker import Worker
from matcher.reading.people.cells import cells_of
from matcher.reading.people.language import read_languages


@pytest.mark.parametrize(
    ("field", "text", "mongolian_first", "mandarin"),
    [
        ("language_text", "蒙语为主", True, None),
        ("language_text", "蒙语为主, 汉语会话", True, True),
        ("language_text", "蒙语", True, None),
        ("language_text", "蒙汉兼通", None, True),
        ("language_text", "蒙汉双语", None, True),
        ("language_text", "汉语", None, True),
        ("language_text", "只会说蒙语", True, False),
        ("language_text", "普通话流利", None, True),
        ("remarks", "汉话说不利索，蒙语溜", True, False),
        ("remarks", "听不太懂普通话，平时说蒙语", True, False),
        ("remarks", "汉语不好", None, False),
        ("remarks", "会说汉话", None, True),
        ("remarks", "最好有会蒙语的师傅带", True, None),
        ("remarks", "只会几句汉语，家里都说蒙语", True, False),
        ("remarks", "婆婆不会汉语", None, None),
        ("remarks", "蒙餐做得好", None, None),
        ("remarks", "蒙古袍做得好", None, None),
        ("remarks", "汉族", None, None),
        ("remarks", "在蒙语幼儿园干过保育", None, None),
        ("language_text", "", None, None),
    ],
)
def test_the_first_language_is_what_is_said_and_never_guessed(
    field: str, text: str, mongolian_first: bool | None, mandarin: bool | None
) -> None:
    read = read_languages(cells_of(Worker(ref="T", name="某", **{field: text})))  # type: ignore[arg-type]
    assert read.mongolian_first.value is mongolian_first
    assert read.speaks_mandarin.value is mandarin
