"""A table of adverts with several jobs, and of those that only look like it; at least 30 and 15 cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs_feed.splitting import split_posting
from matcher.domain.posting import Posting
from matcher.reading import load_tools
from tests.matcher.reading.case_tables import Case, cases_of, label

CASES = cases_of(Path(__file__).parent / "cases" / "splitting.csv")


@pytest.mark.parametrize("case", CASES, ids=label)
def test_an_advert_is_split_where_its_parts_are_clear(case: Case) -> None:
    whole = Posting(ref="A-7", title="招聘", employer="示例单位", description=case.text, phone="0475-0000000")
    parts = split_posting(whole, load_tools())
    if case.tempting:
        assert len(parts) == 1, [part.title for part in parts]
    else:
        assert [f"{part.title}:{part.openings or ''}" for part in parts] == case.expect.split()
        assert {(part.employer, part.phone, part.source_ref) for part in parts} == {("示例单位", "0475-0000000", "A-7")}


def test_the_table_is_wide_enough() -> None:
    tempting = sum(case.tempting for case in CASES)
    assert tempting >= 15 and len(CASES) - tempting >= 30
