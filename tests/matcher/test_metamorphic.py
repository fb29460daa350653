"""What a change may do to a pair or a plan, and what it may not, on random people and postings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matcher.columns import PostingRow, WorkerRow
from matcher.domain.facts import Fact
from matcher.domain.posting import PostingKind, Wage
from matcher.domain.worker import Education, Sex, Transport, WageWish
from tests.factories import DAY, KERQIN, NAIMAN, NAIMAN_EAST, ages, asks, did, holds, known, limit, term
from tests.strategies import LIMITS, SKILLS, WORK, markets, openings, people
from tests.worlds import codes_against, plan_of, run, scores_of

FEW = settings(max_examples=25, deadline=None)
NEARLY = 1e-6
EXPIRED = DAY - timedelta(days=1)
PUBLIC = PostingKind.PUBLIC_WELFARE


def with_facts(row: Any, **facts: object) -> Any:
    """The same person or posting, understood otherwise."""
    return replace(row, facts=replace(row.facts, **facts))


def told(person: WorkerRow, **fields: object) -> WorkerRow:
    """The same person, told otherwise by the roster."""
    return replace(person, worker=replace(person.worker, **fields))


def stated(posting: PostingRow, **fields: object) -> PostingRow:
    """The same posting, stated otherwise."""
    return replace(posting, posting=replace(posting.posting, **fields))


def score(person: WorkerRow, posting: PostingRow) -> float:
    """The score of a pair."""
    return float(scores_of(person, posting).score[0])


def refs(person: WorkerRow, market: list[PostingRow]) -> list[str]:
    """The postings on somebody's list, best first."""
    return [match.posting.ref for match in plan_of(person, market).matches]


def never_worse(person: WorkerRow, posting: PostingRow, better_person: WorkerRow, better_posting: PostingRow) -> None:
    """The changed pair scores no less and breaks no limit the old one kept."""
    assert score(better_person, better_posting) >= score(person, posting) - NEARLY
    assert codes_against(better_person, better_posting) <= codes_against(person, posting)


@FEW
@given(people(), openings(), st.sampled_from((0.0, 200.0, 3000.0)))
def test_more_pay_never_lowers_a_pair(person: WorkerRow, posting: PostingRow, more: float) -> None:
    wish = with_facts(person, wage_wish=WageWish(yuan_per_month=3500.0))
    paid = [with_facts(posting, wage=Wage(low=pay, high=pay)) for pay in (2600.0, 2600.0 + more)]
    never_worse(wish, paid[0], wish, paid[1])


@FEW
@given(people(), openings(), st.sampled_from([*Transport]))
def test_nearer_never_lowers_a_pair(person: WorkerRow, posting: PostingRow, means: Transport) -> None:
    at_home = with_facts(told(person, home=NAIMAN, transport=means), transport=Fact())
    far, near, here = (stated(posting, place=place) for place in (KERQIN, NAIMAN_EAST, NAIMAN))
    never_worse(at_home, far, at_home, near)
    never_worse(at_home, near, at_home, here)


@FEW
@given(people(), openings(), st.sampled_from(SKILLS))
def test_a_skill_or_paper_more_never_lowers_a_pair(person: WorkerRow, posting: PostingRow, skill: str) -> None:
    more = with_facts(person, skills=(*person.facts.skills, holds(skill)))
    never_worse(person, posting, more, posting)


@FEW
@given(people(), openings(), st.sampled_from(WORK), st.sampled_from((0.5, 2.0)))
def test_longer_at_the_same_work_never_lowers_a_pair(
    person: WorkerRow, posting: PostingRow, work: str, years: float
) -> None:
    short, long = (with_facts(person, experience=(did(work, spent),)) for spent in (years, years + 3))
    never_worse(short, posting, long, posting)


@FEW
@given(people(), openings(), st.sampled_from(SKILLS))
def test_an_expired_paper_is_no_paper(person: WorkerRow, posting: PostingRow, skill: str) -> None:
    without = with_facts(person, skills=())
    expired = with_facts(person, skills=(holds(skill, EXPIRED),))
    assert score(expired, posting) == score(without, posting)
    assert codes_against(expired, posting) == codes_against(without, posting)
    valid = with_facts(person, skills=(holds(skill, DAY),))
    never_worse(expired, posting, valid, posting)


@FEW
@given(people(), openings())
def test_giving_up_a_limit_never_takes_a_suitable_posting_away(person: WorkerRow, posting: PostingRow) -> None:
    market = stated(posting, kind=PostingKind.MARKET)
    for given_up in person.facts.constraints:
        free = with_facts(person, constraints=tuple(item for item in person.facts.constraints if item != given_up))
        assert codes_against(free, market) <= codes_against(person, market)


@FEW
@given(people(), openings(), st.sampled_from(LIMITS))
def test_a_limit_more_never_opens_a_posting(person: WorkerRow, posting: PostingRow, more: Any) -> None:
    market = stated(posting, kind=PostingKind.MARKET)
    assume(not person.facts.holds(more.code))
    bound = with_facts(person, constraints=(*person.facts.constraints, more))
    assert codes_against(person, market) <= codes_against(bound, market)


@FEW
@given(people(), openings(), st.sampled_from(LIMITS))
def test_a_limit_that_is_over_is_no_limit(person: WorkerRow, posting: PostingRow, old: Any) -> None:
    assume(not person.facts.holds(old.code))
    over = with_facts(person, constraints=(*person.facts.constraints, replace(old, until=EXPIRED)))
    assert codes_against(over, posting) == codes_against(person, posting)
    assert score(over, posting) == score(person, posting)


@FEW
@given(people(), openings())
def test_neither_sex_nor_ethnicity_nor_name_changes_a_pair(person: WorkerRow, posting: PostingRow) -> None:
    woman, man = (with_facts(told(person, sex=sex), sex=known(sex)) for sex in (Sex.FEMALE, Sex.MALE))
    assert score(woman, posting) == score(man, posting)
    assert codes_against(woman, posting) == codes_against(man, posting)
    other = told(woman, ethnicity="蒙古族", name="乌云", village="别的村", phone="15400000009")
    assert score(other, posting) == score(woman, posting)


@FEW
@given(people(), openings())
def test_asking_for_less_never_shuts_anybody_out(person: WorkerRow, posting: PostingRow) -> None:
    asked = with_facts(posting, age=ages(18, 45), education=known(Education.SENIOR), skills=asks("cert_security_guard"))
    for less in (
        with_facts(asked, age=ages(18, 60)),
        with_facts(asked, education=known(Education.JUNIOR)),
        with_facts(asked, skills=asks("cert_security_guard", required=False)),
    ):
        assert codes_against(person, less) <= codes_against(person, asked)


@FEW
@given(people(), openings(), st.sampled_from([*Education]))
def test_more_schooling_never_lowers_a_pair(person: WorkerRow, posting: PostingRow, schooling: Education) -> None:
    less = with_facts(person, education=known(schooling))
    more = with_facts(person, education=known(max(Education)))
    never_worse(less, posting, more, posting)


@FEW
@given(people(), openings())
def test_a_wider_window_of_hours_never_shuts_anybody_out(person: WorkerRow, posting: PostingRow) -> None:
    narrow, wide = (with_facts(person, constraints=(limit("HOURS", *hours),)) for hours in ((540, 900), (420, 1080)))
    assert codes_against(wide, posting) <= codes_against(narrow, posting)
    full, winter = (with_facts(person, constraints=(limit("SEASONAL", *free),)) for free in ((1, 12), (11, 3)))
    assert codes_against(full, posting) <= codes_against(winter, posting)


@FEW
@given(people(), openings())
def test_a_faster_ride_never_shuts_anybody_out(person: WorkerRow, posting: PostingRow) -> None:
    rides = (Transport.FOOT, Transport.BICYCLE, Transport.EBIKE, Transport.MOTORBIKE, Transport.CAR)
    shut = [codes_against(with_facts(told(person, transport=ride), transport=Fact()), posting) for ride in rides]
    assert all(faster <= slower for slower, faster in zip(shut, shut[1:], strict=False))


@FEW
@given(people(), openings(), st.sampled_from(WORK))
def test_refusing_other_work_changes_nothing(person: WorkerRow, posting: PostingRow, work: str) -> None:
    assume(work != posting.facts.occupation)
    plain, picky = with_facts(person, refused=()), with_facts(person, refused=(term(work),))
    assert codes_against(picky, posting) == codes_against(plain, posting)
    assert score(picky, posting) == score(plain, posting)


@FEW
@given(markets(most_people=1))
def test_the_same_advert_twice_never_makes_a_list_longer(market: tuple[list[WorkerRow], list[PostingRow]]) -> None:
    (person,), adverts = market[0][:1], market[1]
    copies = [replace(stated(row, ref=f"{row.posting.ref}-again"), key=row.key + 1000) for row in adverts]
    assert len(refs(person, [*adverts, *copies])) == len(refs(person, adverts))


@FEW
@given(markets(most_people=1), openings(500))
def test_one_more_advert_never_makes_a_list_shorter(
    market: tuple[list[WorkerRow], list[PostingRow]], more: PostingRow
) -> None:
    (person,), adverts = market[0][:1], market[1]
    assert len(refs(person, [*adverts, more])) >= len(refs(person, adverts))


@FEW
@given(markets(most_people=1))
def test_taking_away_what_was_not_chosen_changes_no_list(market: tuple[list[WorkerRow], list[PostingRow]]) -> None:
    (person,), adverts = market[0][:1], [row for row in market[1] if row.posting.kind is not PUBLIC]
    chosen = refs(person, adverts)
    assert refs(person, [row for row in adverts if row.posting.ref in chosen]) == chosen


@FEW
@given(markets(most_people=1))
def test_what_is_closed_might_as_well_not_be_there(market: tuple[list[WorkerRow], list[PostingRow]]) -> None:
    (person,), adverts = market[0][:1], market[1]
    for close in (
        lambda row: stated(row, deadline=date(2026, 6, 14)),
        lambda row: with_facts(row, conduct=(term("DEPOSIT"),)),
    ):
        half = [close(row) if row.key % 2 else row for row in adverts]
        assert refs(person, half) == refs(person, [row for row in adverts if not row.key % 2])


@FEW
@given(markets())
def test_more_openings_never_leave_anybody_shorter(market: tuple[list[WorkerRow], list[PostingRow]]) -> None:
    crowd, adverts = market
    few, _ = run(crowd, [stated(row, openings=1) for row in adverts])
    many, _ = run(crowd, [stated(row, openings=50) for row in adverts])
    assert all(len(many[ref].matches) >= len(few[ref].matches) for ref in few)


def test_there_is_a_paper_that_counts_so_that_an_expired_one_can_fail() -> None:
    from tests.factories import a_person, an_opening

    guard = an_opening(occupation="security_guard")
    held = a_person(skills=(holds("cert_security_guard"),), wished=(term("security_guard"),))
    expired = with_facts(held, skills=(holds("cert_security_guard", EXPIRED),))
    assert "EXCLUDED_CERTIFICATE" not in codes_against(held, guard)
    assert codes_against(expired, guard) == {"EXCLUDED_CERTIFICATE"} | codes_against(held, guard)
    with pytest.raises(AssertionError):
        never_worse(held, guard, expired, guard)
