"""Plans on small random markets, held against slow obvious ways and the independent check of the limits."""

from __future__ import annotations

import random
from dataclasses import replace

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings

from matcher import shortlist
from matcher.columns import PostingRow, WorkerRow, load_vocabulary
from matcher.domain.facts import Fact
from matcher.domain.posting import PostingKind
from matcher.domain.worker import LabourSkill, Sex, WorkStatus
from matcher.filters import LIMITS, broken
from matcher.live import closed_because
from matcher.planning import build_market, encode_people, entitle
from matcher.scoring import exact_scores, scorecard
from tests import oracles
from tests.factories import DAY, a_course, a_person, an_opening, did, known, limit, term
from tests.recheck import broken_rules
from tests.strategies import markets
from tests.worlds import codes_against, pair, plan_of, policy, run

FEW = settings(max_examples=25, deadline=None)
World = tuple[list[WorkerRow], list[PostingRow]]


@FEW
@given(markets())
def test_no_random_plan_breaks_a_hard_limit_by_the_independent_check(market: World) -> None:
    by_key = {row.key: row for row in market[1]}
    plans, _ = run(*market)
    for person in market[0]:
        for match in plans[person.worker.ref].matches:
            row = by_key[match.posting_key]
            assert broken_rules(person.worker, person.facts, row.posting, row.facts, DAY, row.state) == []


@FEW
@given(markets())
def test_nobody_is_padded_and_what_is_missing_is_said(market: World) -> None:
    plans, _ = run(*market)
    for plan in plans.values():
        keys = [match.posting_key for match in plan.matches]
        assert len(set(keys)) == len(keys)
        assert plan.shortfall.missing == (3 - len(keys) if plan.track.carries_postings else 0)
        assert all(match.score >= policy().number("plan.minimum_score") for match in plan.matches)


@FEW
@given(markets())
def test_the_shortlist_is_what_sorting_everything_gives(market: World) -> None:
    people = [person.row for person in entitle(market[0], policy())]
    table, homes = build_market(people, market[1], load_vocabulary(), policy())
    workers = encode_people(people, homes, table)
    found = shortlist.shortlist(workers, table)
    live = [row for row in market[1] if closed_because(row, policy()) is None]
    for at, person in enumerate(workers.rows):
        pairs = [pair(person, row) for row in live]
        suitable = [one for one in pairs if not any(bool(hit[0]) for hit in broken(one, LIMITS).values())]
        scores = [float(exact_scores(one, scorecard(policy())).score[0]) for one in suitable]
        expected = oracles.best_by_sorting(scores, 60, policy().number("plan.minimum_score"))
        assert found.score[at][np.isfinite(found.score[at])].tolist() == pytest.approx(expected, abs=1e-6)


@FEW
@given(markets())
def test_plans_depend_neither_on_row_order_nor_on_the_size_of_blocks(market: World) -> None:
    shuffled = random.Random(131)
    plans, _ = run(*market)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shortlist, "BLOCK_PEOPLE", 1)
        again, _ = run(shuffled.sample(market[0], len(market[0])), shuffled.sample(market[1], len(market[1])))
    assert msgspec.json.encode(plans) == msgspec.json.encode({ref: again[ref] for ref in plans})


@pytest.mark.parametrize(
    "difference",
    [
        {"sex": Fact(Sex.FEMALE)},
        {"sex": Fact(Sex.MALE)},
        {"ethnicity": "蒙古族"},
        {"ethnicity": "汉族"},
        {"language_text": "蒙语为主", "mongolian_first": known(True), "speaks_mandarin": Fact()},
        {"language_text": "蒙语为主，汉语会话", "mongolian_first": known(True), "speaks_mandarin": known(True)},
    ],
    ids=["a woman", "a man", "Mongolian", "Han", "speaks Mongolian first", "speaks both"],
)
def test_sex_ethnicity_or_a_language_nobody_needs_changes_no_posting(difference: dict[str, object]) -> None:
    work = {"experience": (did("sewing_worker", 2.0),), "wished": (term("sewing_worker"),)}
    market = [an_opening(key, "sewing_worker", pay=2500.0 + 50 * key) for key in range(1, 7)]
    plain, other = plan_of(a_person(1, **work), market), plan_of(a_person(1, **work, **difference), market)
    assert [match.posting_key for match in other.matches] == [match.posting_key for match in plain.matches]
    assert len(plain.matches) == 3


def test_mandarin_beside_mongolian_is_mandarin() -> None:
    market = [an_opening(key, "receptionist") for key in range(1, 4)]
    one = plan_of(a_person(1, speaks_mandarin=known(True)), market)
    both = plan_of(a_person(1, speaks_mandarin=known(True), mongolian_first=known(True)), market)
    assert [match.score for match in both.matches] == [match.score for match in one.matches]


def test_what_kind_of_people_a_title_is_for_stays_off_the_plan() -> None:
    plan = plan_of(a_person(1), [an_opening(1, "cleaner", title="楼道保洁（残疾人岗）")])
    assert [match.posting.title for match in plan.matches] == ["楼道保洁"]
    assert "残疾" not in repr(plan.matches)


def test_a_market_without_a_live_posting_leaves_everybody_short_and_says_so() -> None:
    for market in ([], [an_opening(1, deadline=DAY.replace(day=1))]):
        plan = plan_of(a_person(1), market, [a_course(1)])
        assert (plan.matches, plan.shortfall.missing) == ((), 3)
        assert plan.guidance is not None


def test_public_welfare_posts_are_never_promised_to_more_people_than_there_are_posts() -> None:
    people = [a_person(key, labour_skill=LabourSkill.WEAK) for key in range(1, 8)]
    posts = [
        an_opening(key, "welfare_cleaner", kind=PostingKind.PUBLIC_WELFARE, openings=2, employer=f"村{key}")
        for key in range(1, 4)
    ]
    plans, settled = run(people, posts)
    assert settled.allocation.load.tolist() == [2, 2, 2]
    assert max(len(plan.matches) for plan in plans.values()) == 1
    _, crowded = run(people, posts, standing={1: 2, 2: 1})
    assert sorted(crowded.allocation.load.tolist()) == [0, 1, 2]


def test_public_welfare_posts_are_kept_for_those_the_market_leaves_short() -> None:
    person, post = a_person(1, labour_skill=LabourSkill.WEAK), an_opening(9, "welfare_cleaner")
    post = replace(post, posting=replace(post.posting, kind=PostingKind.PUBLIC_WELFARE))
    enough = plan_of(person, [*(an_opening(key) for key in (1, 2, 3)), post])
    short = plan_of(person, [an_opening(1), post])
    assert {match.posting.kind for match in enough.matches} == {"市场岗位"}
    assert {match.posting.kind for match in short.matches} == {"市场岗位", "公益性岗位"}


def test_those_in_work_crowd_nobody_out_and_take_no_seat() -> None:
    wish = {"wished": (term("sewing_worker"),), "experience": ()}
    idle = a_person(9, **wish)
    busy = [a_person(key, work_status=WorkStatus.EMPLOYED, **wish) for key in range(1, 8)]
    market = [an_opening(key, "sewing_worker", openings=1) for key in range(1, 5)]
    course = a_course(1, ("sewing_worker",), ("sewing",), seats=1)
    alone, together = plan_of(idle, market, [course]), run([idle, *busy], market, [course])[0]
    assert alone.training is not None
    assert together[idle.worker.ref].training == alone.training
    assert together[idle.worker.ref].matches == alone.matches
    assert [ref for ref, plan in together.items() if plan.training is not None] == [idle.worker.ref]


def test_a_posting_said_no_to_never_comes_back_and_a_kept_one_stays() -> None:
    market, person = [an_opening(key) for key in range(1, 6)], a_person(1)
    first = {match.posting_key for match in plan_of(person, market).matches}
    refused = plan_of(replace(person, refused_postings=frozenset(first)), market)
    assert not first & {match.posting_key for match in refused.matches}
    others = frozenset(range(1, 6)) - first
    kept = plan_of(replace(person, kept_postings=others | {99}), market)
    assert others <= {match.posting_key for match in kept.matches}
    printed = plan_of(replace(person, kept_postings=first | others, printed_postings=others), market)
    assert others <= {match.posting_key for match in printed.matches}


def test_a_plan_is_good_until_its_first_deadline() -> None:
    market = [an_opening(1, deadline=DAY.replace(day=20)), an_opening(2), an_opening(3)]
    assert plan_of(a_person(1), market).valid_until == DAY.replace(day=20)
    assert plan_of(a_person(1), market[1:]).valid_until == DAY.replace(day=30)


@pytest.mark.parametrize(
    ("person", "posting", "code"),
    [
        (a_person(constraints=(limit("NO_HEIGHT"),)), an_opening(occupation="electrician"), "EXCLUDED_CONSTRAINT"),
        (a_person(birth_date=DAY.replace(year=2009)), an_opening(occupation="site_labourer"), "EXCLUDED_CONSTRAINT"),
        (a_person(), an_opening(occupation="security_guard"), "EXCLUDED_CERTIFICATE"),
        (a_person(refused=(term("cleaner"),)), an_opening(), "EXCLUDED_REFUSED"),
        (a_person(constraints=(limit("HOURS", 540, 900),)), an_opening(), "EXCLUDED_HOURS"),
        (a_person(labour_skill=LabourSkill.WEAK), an_opening(load=known(4)), "EXCLUDED_WEAK_LABOUR"),
    ],
    ids=["height", "a minor on a site", "no guard's paper", "said no", "outside free hours", "too heavy"],
)
def test_a_broken_limit_is_named(person: WorkerRow, posting: PostingRow, code: str) -> None:
    assert code in codes_against(person, posting)
