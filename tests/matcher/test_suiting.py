"""Whom a posting suits: the same answer as asking “why?” of each person, within the scope, best first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from matcher.casework import why
from matcher.domain.posting import PostingFacts, PostingState
from matcher.listings import Scope
from matcher.office import Office, OfficeConfig
from matcher.suiting import suits
from tests.factories import a_person, an_opening
from tests.jobs_feed.books import new_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """Six people, one of them elsewhere, and two postings, one of them held."""
    new_office(tmp_path).close()
    config = OfficeConfig(home=tmp_path / "home", key_file=tmp_path / "keys" / "key")
    opened = Office.open(config, clock=lambda: datetime(2026, 6, 22, 1, tzinfo=UTC))
    with opened.unit() as unit:
        rows = [a_person(number) for number in range(1, 7)]
        named = [
            (
                replace(row.worker, ref=f"W-{number}", name=f"示例{number}", village="东村" if number % 2 else "西村"),
                row.facts,
            )
            for number, row in enumerate(rows)
        ]
        unit.workers.add_many(named)
        row = an_opening(1)
        unit.postings.add_many([(replace(row.posting, ref="P-1"), row.facts)])
        unit.postings.add_many([(replace(row.posting, ref="P-2"), row.facts)], state=PostingState.HELD)
        unit.postings.add(replace(row.posting, ref="P-3"), PostingFacts())
    yield opened
    opened.close()


def key_of(office: Office, ref: str) -> int:
    """The key of a posting."""
    with office.reading() as unit:
        return unit.postings.by_ref(ref).key


def test_each_person_gets_the_same_score_as_when_asked_why(office: Office) -> None:
    posting = key_of(office, "P-1")
    found = suits(office, [posting], Scope())[posting]
    assert found.people
    assert [one.score for one in found.people] == sorted((one.score for one in found.people), reverse=True)
    for one in found.people:
        answer = why(office, one.key, posting)
        assert answer.exclusions == ()
        assert one.score == pytest.approx(answer.score)
        assert one.reasons == answer.reasons


def test_who_is_not_listed_is_excluded_or_beyond_the_list(office: Office) -> None:
    posting = key_of(office, "P-1")
    found = suits(office, [posting], Scope(), most=2)[posting]
    assert len(found.people) == min(2, found.total)
    assert found.looked_at >= found.total


def test_only_people_of_the_scope_are_named(office: Office) -> None:
    posting = key_of(office, "P-1")
    assert suits(office, [posting], Scope("110105"))[posting].people == ()
    village = suits(office, [posting], Scope(villages=("东村",)))[posting]
    assert {one.village for one in village.people} == {"东村"}


def test_a_held_posting_is_suggested_to_nobody(office: Office) -> None:
    posting = key_of(office, "P-2")
    found = suits(office, [posting], Scope())[posting]
    assert found.people == ()
    assert found.closed is not None


def test_postings_that_are_gone_are_left_out(office: Office) -> None:
    assert suits(office, [999_999], Scope()) == {}
