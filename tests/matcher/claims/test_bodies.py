"""Claims of organisations: people named once a year for the same award, months and wages that can be."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.claims.bodies import make_body_claim
from matcher.domain.errors import RecordNotFound
from matcher.domain.service.claim import ClaimPerson, ClaimRefused
from matcher.listings import Scope
from tests.matcher.claims.desks import ALL, Desk


def claim(desk: Desk, people: list[ClaimPerson], **more: Any) -> int:
    """A claim of a workshop."""
    given: dict[str, Any] = {
        "claimant": "示例车间",
        "scope": ALL,
        "division": "150525",
        "year": 2026,
        "kind": "WORKSHOP",
    }
    told = given | more
    return make_body_claim(
        desk.office, told["kind"], told["claimant"], people, told["scope"], actor="window",
        division=told["division"], year=told["year"],
    )  # fmt: skip


def test_a_workshop_names_its_people_once_a_year(desk: Desk) -> None:
    people = [ClaimPerson(worker_key=key, months=6, yuan=15000) for key in desk.people[:2]]
    key = claim(desk, people)
    with desk.office.reading() as unit:
        stored = unit.claims.get(key)
        assert (stored.claimant, stored.worker_key, stored.yuan) == ("示例车间", None, None)
        assert unit.claims.people_of(key) == people
    with pytest.raises(ClaimRefused) as twice:
        claim(desk, people[:1], claimant="另一个车间")
    assert twice.value.code == "CLAIM_NAMED_TWICE"
    assert claim(desk, people[:1], claimant="另一个车间", year=2027)
    assert claim(desk, people[:1], kind="BASE", claimant="示例基地")


@pytest.mark.parametrize(
    ("months", "yuan", "more", "code"),
    [
        (0, None, {}, "CLAIM_BAD_MONTHS"),
        (13, None, {}, "CLAIM_BAD_MONTHS"),
        (3, -1, {}, "CLAIM_BAD_MONTHS"),
        (3, None, {"claimant": " "}, "CLAIM_NO_CLAIMANT"),
        (3, None, {"kind": "STABILITY"}, "CLAIM_NO_CLAIMANT"),
    ],
)
def test_what_is_refused(desk: Desk, months: int, yuan: int | None, more: dict[str, Any], code: str) -> None:
    with pytest.raises(ClaimRefused) as refused:
        claim(desk, [ClaimPerson(worker_key=desk.people[0], months=months, yuan=yuan)], **more)
    assert refused.value.code == code


def test_nobody_and_people_of_others_are_refused(desk: Desk) -> None:
    with pytest.raises(ClaimRefused):
        claim(desk, [])
    with pytest.raises(RecordNotFound):
        claim(desk, [ClaimPerson(worker_key=desk.people[0], months=3)], scope=Scope(division="150523"))
