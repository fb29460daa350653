"""No look costs more than a dozen statements, however many rows it shows."""

from __future__ import annotations

import pytest

from tests.counting import counting
from tests.web.api.asking import Program
from tests.web.made_up import NAIMAN, a_posting, a_worker

MOST = 12


@pytest.fixture(scope="module")
def full(looking: Program) -> Program:
    """A program in an office with a list of some length."""
    with looking.world.office.unit("window") as unit:
        unit.workers.add_many([(a_worker(f"B-{n}", f"示例{n}", "东村", NAIMAN), None) for n in range(60)])
        unit.postings.add_many([(a_posting(f"B-{n}", f"示例{n}"), None) for n in range(60)])
    return looking


@pytest.mark.parametrize(
    "path",
    ["/workers?limit=50", "/workers/1", "/workers/1/plan", "/workers/1/questions", "/postings?limit=50", "/postings/1",
     "/classes", "/runs", "/runs/1/plans", "/questions", "/reviews", "/imports", "/figures/coverage", "/divisions",
     "/workers/1/postings/1/fit", "/workers/1/corrections", "/fairs", "/reports/coverage", "/reports/supply"],
)  # fmt: skip
def test_a_look_is_within_its_budget(full: Program, path: str) -> None:
    full.get(path)  # the office is warm
    with counting(full.world.office) as sent:
        assert full.get(path).status_code == 200
    assert len(sent) <= MOST, "\n".join(sent)
