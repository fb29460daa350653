"""What a look at the characters leaves out could not have matched: everything read is the same with and without it."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jobs_feed.splitting import split_posting
from matcher.domain.division import Place
from matcher.domain.posting import Posting
from matcher.reading import load_tools, read_posting
from matcher.reading.linking import Linker
from matcher.reading.sifting import Sieve, patterns, sifted
from matcher.reading.sifting.needs import needed
from tests.matcher.reading.case_tables import cases_of

ROOT = Path(__file__).parents[3]
TABLES = sorted((ROOT / "matcher" / "reading" / "cases" / "adverts").glob("*.csv"))
LISTS = sorted((ROOT / "cases").glob("*/postings.csv"))
COLUMNS = {
    "岗位名称": "title",
    "用人单位": "employer",
    "薪资待遇": "wage_text",
    "学历要求": "education_text",
    "年龄要求": "age_text",
    "性别要求": "sex_text",
    "证书要求": "certificate_text",
    "经验要求": "experience_text",
    "工作时间": "hours_text",
    "食宿": "board_text",
    "社会保险": "insurance_text",
    "劳动强度": "load_text",
    "岗位描述": "description",
}
EVERYWHERE = [name for name in COLUMNS.values() if name not in {"employer", "title"}]


def adverts(table: Path) -> Iterator[Posting]:
    """The adverts of a list, or every other text of a table in every column."""
    if table.name == "postings.csv":
        with table.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                texts = {name: row.get(header) or "" for header, name in COLUMNS.items()}
                yield Posting(ref="P-1", place=Place(text=row["工作地点"]), **texts)
        return
    for case in cases_of(table)[::2]:
        yield Posting(ref="P-1", title=case.text[:24], employer="示例", **dict.fromkeys(EVERYWHERE, case.text))


def read_all(every: Iterable[Posting]) -> list[object]:
    """Everything understood of adverts, nothing of it remembered from before."""
    for module in [module for name, module in sys.modules.items() if name.startswith("matcher.reading")]:
        for found in vars(module).values():
            if found is not load_tools and callable(clear := getattr(found, "cache_clear", None)):
                clear()
    tools = replace(load_tools(), linker=Linker(load_tools().lexicon))
    return [(read_posting(posting, tools), split_posting(posting, tools)) for posting in every]


def test_the_same_is_read_with_and_without_the_look(monkeypatch: pytest.MonkeyPatch) -> None:
    every = [posting for table in (*TABLES, *LISTS) for posting in adverts(table)]
    sooner = read_all(every)
    monkeypatch.setattr(Sieve, "fitting", lambda sieve, _: iter(range(sieve._size)))
    monkeypatch.setattr(patterns, "signs_of", lambda _: -1)
    for posting, known, found in zip(every, sooner, read_all(every), strict=True):
        assert known == found, (posting.title, posting.description)
    assert len(every) > 1_500


@pytest.mark.parametrize(
    ("spelled", "groups"),
    [
        ("包(?:吃|住)", [{"包"}, {"吃", "住"}]),
        ("管饭|包吃", [{"管", "包"}, {"饭", "吃"}]),
        ("(?:不?管)*饭", [{"饭"}]),
        ("[^吃]住", [{"住"}]),
        (r"\d{2}岁?", [set("0123456789")]),
        ("(?<!不)招(?=工)", [{"招"}, {"工"}]),
        ("(?:包吃|.*)", []),
        ("[一-龥]", []),
        ("(?i)a1", []),
    ],
)
def test_what_a_pattern_needs(spelled: str, groups: list[set[str]]) -> None:
    assert {frozenset(group) for group in needed(spelled)} == {frozenset(group) for group in groups}


TEXTS = st.text(alphabet="包管吃住饭不招工岁0３٣5 ,ab", max_size=12)
PIECES = st.sampled_from(
    ["包", "管?", "[吃住]", "(?:吃|住饭)", r"\d", "(?<!不)招", "(?=工)工", ".", "[^包]", "(?:包+吃)*", "[0-9]"]
)


@given(st.lists(PIECES, min_size=1, max_size=4), st.lists(PIECES, min_size=1, max_size=3), TEXTS)
def test_whatever_matches_holds_what_is_needed(one: list[str], other: list[str], text: str) -> None:
    spelled = [f"{''.join(one)}|{''.join(other)}", "".join(one), "".join(other)]
    tried = list(Sieve(spelled).fitting(text))
    for number, pattern in enumerate(spelled):
        expected = [match.span() for match in re.finditer(pattern, text)]
        assert [match.span() for match in sifted(pattern).finditer(text)] == expected
        assert sifted(pattern).sub("-", text) == re.sub(pattern, "-", text)
        assert bool(sifted(pattern).search(text)) == bool(expected)
        assert number in tried or not expected


def test_a_look_saves_most_patterns() -> None:
    """Of the plain statements of adverts a short column leaves few to be tried."""
    from matcher.reading.adverts.phrases import _rules_of

    rules, sieve = _rules_of("食宿")
    assert 0 < len(list(sieve.fitting("包吃住"))) < len(rules) / 4
