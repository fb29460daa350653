"""What an import says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import jobs_feed
from jobs_feed.report import RowProblem, grouped, masked
from matcher.domain.facts import Phrase
from matcher.store.incoming.undoing import KEPT_CHANGED, KEPT_LATER, KEPT_RELIED, WITHDRAWN_RELIED
from matcher.wording import Wording, load_catalogue

WORDING = Wording(load_catalogue("matcher.wording", "jobs_feed"), "zh", lambda kind, code, language: code)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("13800000001", "13*********"),
        ("150599197903020011", "15****************"),
        ("15059919790302001X", "15****************"),
        ("2026-02-31", "2026-02-31"),
        ("3人", "3人"),
        ("两行\n文字", "两行 文字"),
        ("长" * 60, "长" * 39 + "…"),
    ],
)
def test_long_numbers_are_masked_and_long_texts_cut(value: str, shown: str) -> None:
    assert masked(value) == shown


def test_a_problem_says_where_what_and_why() -> None:
    problem = RowProblem(Phrase("IMPORT_DATE_IMPOSSIBLE"), "六月", 9, "发布日期", "2026-02-31")
    assert problem.line(WORDING) == "六月 第 9 行，“发布日期”列：“2026-02-31”，没有这一天，本行未收；请改正日期"


def test_the_same_notice_is_said_once_with_its_rows() -> None:
    notices = [RowProblem(Phrase("IMPORT_COUNT_UNKNOWN"), "表", row, "招聘人数", "若干") for row in range(2, 10)]
    lines = grouped(notices, WORDING)
    assert lines == ["第 2、3、4、5、6 等 8 行，“招聘人数”列：“若干”，不是确定的数，按未知处理，原文保留"]


PREFIXES = ("IMPORT_", "VERIFY_", "UNDO_", "ERRORS_", "PACE_")
"""Codes of the import; those of feeds, sharing and sameness have tests of their own."""


def test_every_code_the_import_speaks_has_a_sentence_in_both_languages() -> None:
    spoken = set()
    for path in Path(jobs_feed.__file__).parent.rglob("*.py"):
        if "sample" not in path.parts:
            text = path.read_text(encoding="utf-8")
            spoken |= set(re.findall(r"[\"']((?:IMPORT|VERIFY|UNDO|ERRORS|PACE)_[A-Z_]+[A-Z])[\"']", text))
    catalogue = load_catalogue("jobs_feed")
    written = {code for code in catalogue.sentences if code.startswith(PREFIXES)}
    made = {f"IMPORT_ID_{name}" for name in ("LENGTH", "CHARACTERS", "BIRTH_DATE", "CHECK_DIGIT")}
    made |= {KEPT_CHANGED, KEPT_LATER, KEPT_RELIED, WITHDRAWN_RELIED}
    assert spoken | made == written
    assert all(row["zh"] and row["en"] for row in catalogue.sentences.values())
