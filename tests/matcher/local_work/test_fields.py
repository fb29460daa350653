"""What is typed of an entry: amounts as people write them, contradictions told at the field."""

from __future__ import annotations

import pytest

from matcher.domain.service.around.local_work import PublicPost, Relief, SiteKind, SiteState
from matcher.local_work.fields import amount, as_texts, read_site
from tests.web.local_work.making import COOPERATIVE, INDUSTRY, POST, RELIEF, WORKSHOP


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("1200000", 1_200_000),
        ("1,200,000", 1_200_000),
        ("120万", 1_200_000),
        ("12.5 万元", 125_000),
        ("0.3亿", 30_000_000),
        ("3500元", 3_500),
        ("约3000", None),
        ("-5", None),
        ("9999亿", None),
        ("", None),
    ],
)
def test_amounts_are_read_as_people_write_them(text: str, yuan: int | None) -> None:
    assert amount(text) == yuan


@pytest.mark.parametrize("site", [INDUSTRY, RELIEF, COOPERATIVE, WORKSHOP, POST], ids=lambda site: site.kind.value)
def test_what_a_form_shows_reads_back_as_the_same_entry(site: object) -> None:
    read = read_site(site.kind, as_texts(site))  # type: ignore[attr-defined, arg-type]
    assert (read.site, dict(read.problems)) == (site, {})


@pytest.mark.parametrize(
    ("kind", "texts", "field", "code"),
    [
        (SiteKind.RELIEF, {"funds_yuan": "200万", "invest_yuan": "100万"}, "funds_yuan", "LOCAL_OVER_INVEST_YUAN"),
        (SiteKind.RELIEF, {"posts": "10", "posts_resettled": "11"}, "posts_resettled", "LOCAL_OVER_POSTS"),
        (SiteKind.RELIEF, {"starts_on": "2026-05-01", "ends_on": "2026-04-01"}, "ends_on", "LOCAL_ENDS_BEFORE"),
        (SiteKind.RELIEF, {"season_from": "13"}, "season_from", "LOCAL_BAD_MONTH"),
        (SiteKind.RELIEF, {"hires": "很多"}, "hires", "LOCAL_BAD_COUNT"),
        (SiteKind.INDUSTRY, {"phone": "12"}, "phone", "LOCAL_BAD_PHONE"),
        (SiteKind.COOPERATIVE, {"members": "3", "members_lifted": "4"}, "members_lifted", "LOCAL_OVER_MEMBERS"),
        (SiteKind.POST, {"need": "2", "headcount": "3"}, "headcount", "LOCAL_OVER_NEED"),
        (
            SiteKind.POST,
            {"need": "9", "headcount": "3", "allowance_yuan": "500", "months": "12", "budget_yuan": "17999"},
            "headcount",
            "LOCAL_OVER_BUDGET",
        ),
    ],
)
def test_what_cannot_be_is_told_at_the_field(kind: SiteKind, texts: dict[str, str], field: str, code: str) -> None:
    read = read_site(kind, {"name": "示例", "division": "150525", **texts})
    assert {name: problem.code for name, problem in read.problems.items()} == {field: code}


def test_the_money_says_for_how_many_it_is_enough() -> None:
    texts = {"need": "9", "headcount": "3", "allowance_yuan": "500", "months": "12", "budget_yuan": "1.3万"}
    read = read_site(SiteKind.POST, {"name": "示例", "division": "150525", **texts})
    assert (read.problems["headcount"].args or {})["most"] == 2


def test_empty_stays_unknown_and_a_state_of_another_kind_is_not_taken() -> None:
    read = read_site(SiteKind.RELIEF, {"name": " 示例 ", "division": "150525", "state": "paused"})
    assert (read.site.name, read.site.state, read.site.details) == ("示例", SiteState.PLANNED, Relief())
    assert set(read_site(SiteKind.POST, {}).problems) == {"name", "division"}
    assert PublicPost(headcount=2, allowance_yuan=500).cost_yuan is None
