"""Plans: the newest of a person counts, each has a slip code, answers outlive it."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest
from sqlalchemy import delete, update

from matcher.domain.answer import AnswerKind
from matcher.domain.errors import RecordNotFound
from matcher.domain.plan import Track
from matcher.domain.run import MatchRun
from matcher.domain.slip import read_slip_code
from matcher.store import Store, UnitOfWork
from matcher.store.schema import PLAN, PLAN_MATCH
from tests.matcher.store.records import KULUN, a_plan, a_posting, a_worker

DAY = date(2026, 6, 22)


def a_run(unit: UnitOfWork) -> int:
    """The key of a new run."""
    return unit.runs.create(MatchRun(as_of=DAY))


def people_and_postings(store: Store) -> tuple[list[int], list[int]]:
    """Three people and four postings."""
    people = [
        a_worker("NM-1", village="西沟村", name="王"),
        a_worker("NM-2", village="东沟村", name="乙"),
        a_worker("NM-3", home=KULUN, village="北沟村", name="丙"),
    ]
    with store.unit() as unit:
        workers = unit.workers.add_many([(worker, None) for worker in people])
        postings = unit.postings.add_many([(a_posting(f"P-{number}"), None) for number in range(4)])
    return workers, postings


def test_a_plan_comes_out_as_it_went_in(store: Store) -> None:
    workers, postings = people_and_postings(store)
    with store.unit() as unit:
        key = unit.plans.put_many(a_run(unit), [a_plan(workers[0], *postings[:3])])[0]
    with store.reading() as unit:
        stored = unit.plans.current(workers[0])
        assert stored is not None
        assert (stored.key, stored.plan) == (key, a_plan(workers[0], *postings[:3]))
        assert unit.plans.current(workers[1]) is None
        assert unit.plans.by_code(stored.code) == stored
        assert read_slip_code(stored.code) == stored.code


def test_the_newest_plan_is_current_and_older_ones_stay(store: Store) -> None:
    workers, postings = people_and_postings(store)
    with store.unit() as unit:
        first = unit.plans.put_many(a_run(unit), [a_plan(key, postings[0]) for key in workers])
        second = unit.plans.put_many(a_run(unit), [a_plan(workers[0], postings[1])])
    with store.reading() as unit:
        history = [(plan.key, plan.current) for plan in unit.plans.history(workers[0])]
        untouched = unit.plans.current(workers[1])
        assert untouched is not None
        assert (history, untouched.key) == ([(second[0], True), (first[0], False)], first[1])
        assert unit.plans.recommended_counts() == {postings[0]: 2, postings[1]: 1}
        assert unit.plans.holders(postings[0]) == workers[1:]


def test_a_person_has_one_plan_in_a_run(store: Store) -> None:
    workers, _ = people_and_postings(store)
    with pytest.raises(Exception, match="没有重复保存"), store.unit() as unit:
        unit.plans.put_many(a_run(unit), [a_plan(workers[0]), a_plan(workers[0])])
    with store.reading() as unit:
        assert unit.plans.current(workers[0]) is None


def test_slip_codes_are_all_different(store: Store) -> None:
    workers, _ = people_and_postings(store)
    with store.unit() as unit:
        for _ in range(20):
            unit.plans.put_many(a_run(unit), [a_plan(key) for key in workers])
    with store.reading() as unit:
        assert len({plan.code for key in workers for plan in unit.plans.history(key)}) == 60


def test_sheets_come_in_the_order_of_villages_and_names_within_the_scope(store: Store) -> None:
    workers, _ = people_and_postings(store)
    with store.unit() as unit:
        run = a_run(unit)
        unit.plans.put_many(run, [a_plan(key) for key in workers])
    with store.reading() as unit:
        everyone = [stored.plan.worker_key for stored in unit.plans.current_bodies()]
        banner = [stored.plan.worker_key for stored in unit.plans.current_bodies(division="150525")]
        village = [stored.plan.worker_key for stored in unit.plans.current_bodies(villages=("西沟村",))]
        one = [stored.plan.worker_key for stored in unit.plans.current_bodies(worker_key=workers[2])]
        assert everyone[0] == workers[2]
        assert set(banner) == set(workers[:2])
        assert (village, one) == ([workers[0]], [workers[2]])
        assert len(list(unit.plans.of_run(run))) == 3


def test_a_slip_of_another_division_is_not_found(store: Store) -> None:
    workers, _ = people_and_postings(store)
    with store.unit() as unit:
        unit.plans.put_many(a_run(unit), [a_plan(workers[0])])
        stored = unit.plans.current(workers[0])
    assert stored is not None
    with store.reading() as unit:
        assert unit.plans.by_code(stored.code, division="150525").key == stored.key
        with pytest.raises(RecordNotFound):
            unit.plans.by_code(stored.code, division="150524")


def test_the_first_day_of_printing_stays(store: Store) -> None:
    workers, _ = people_and_postings(store)
    with store.unit() as unit:
        key = unit.plans.put_many(a_run(unit), [a_plan(workers[0], track=Track.ON_REQUEST)])[0]
        unit.plans.printed(key, DAY)
        unit.plans.printed(key, date(2026, 6, 25))
    with store.reading() as unit:
        assert unit.plans.get(key).printed_on == DAY
        with pytest.raises(RecordNotFound):
            unit.plans.get(key + 1)


@pytest.mark.parametrize(
    ("answers", "closed"),
    [
        ([AnswerKind.NOT_WANTED], True),
        ([AnswerKind.TRIED_NOT_HIRED], True),
        ([AnswerKind.WANTED], False),
        ([AnswerKind.NOT_WANTED, AnswerKind.WANTED], False),
        ([AnswerKind.CALLED, AnswerKind.NOT_WANTED], True),
    ],
)
def test_what_was_turned_down_is_not_suggested_again(store: Store, answers: list[AnswerKind], closed: bool) -> None:
    workers, postings = people_and_postings(store)
    with store.unit(actor="window1") as unit:
        key = unit.plans.put_many(a_run(unit), [a_plan(workers[0], postings[0])])[0]
        for kind in answers:
            unit.plans.answers.record(key, postings[0], kind, on=DAY, reason="太远")
    with store.reading() as unit:
        assert unit.plans.answers.closed() == ({workers[0]: frozenset({postings[0]})} if closed else {})
        recorded = unit.plans.answers.of_plan(key)
        assert [answer.kind for answer in recorded] == answers
        assert {(answer.reason, answer.actor) for answer in recorded} == {("太远", "window1")}


def test_a_posting_that_changed_may_be_suggested_again(store: Store) -> None:
    workers, postings = people_and_postings(store)
    with store.unit() as unit:
        key = unit.plans.put_many(a_run(unit), [a_plan(workers[0], postings[0])])[0]
        unit.plans.answers.record(key, postings[0], AnswerKind.NOT_WANTED, on=DAY)
        unit.postings.replace(postings[0], a_posting("P-0"))
        assert unit.plans.answers.closed() != {}
        unit.postings.replace(postings[0], a_posting("P-0", wage_text="4500"))
        assert unit.plans.answers.closed() == {}


def test_an_answer_to_no_plan_is_refused(store: Store) -> None:
    with pytest.raises(RecordNotFound), store.unit() as unit:
        unit.plans.answers.record(7, 7, AnswerKind.WANTED, on=DAY)


def test_what_stands_is_told_with_whether_it_was_printed(store: Store) -> None:
    workers, postings = people_and_postings(store)
    with store.unit() as unit:
        unit.plans.put_many(a_run(unit), [a_plan(key, postings[0]) for key in workers[:2]])
        newest = unit.plans.put_many(a_run(unit), [a_plan(workers[0], *postings[1:3])])[0]
        unit.plans.printed(newest, DAY)
    with store.reading() as unit:
        assert unit.plans.standing() == {
            workers[0]: (frozenset(postings[1:3]), True),
            workers[1]: (frozenset(postings[:1]), False),
        }


def counted_slowly(unit: UnitOfWork) -> dict[int, int]:
    """In how many current plans each posting stands, plan by plan."""
    return dict(Counter(match.posting_key for stored in unit.plans.current_bodies() for match in stored.plan.matches))


@pytest.mark.parametrize("seed", range(4))
def test_how_often_a_posting_is_recommended_is_counted_whatever_becomes_of_plans(store: Store, seed: int) -> None:
    dice = random.Random(seed)
    workers, postings = people_and_postings(store)
    for _ in range(12):
        with store.unit() as unit:
            some = dice.sample(workers, dice.randrange(1, 4))
            plans = [a_plan(key, *dice.sample(postings, dice.randrange(4))) for key in some]
            unit.plans.put_many(a_run(unit), plans)
            if dice.random() < 0.4:
                forgotten = unit.plans.history(dice.choice(some))[0].key
                connection = unit._context.connection
                if dice.random() < 0.5:
                    connection.execute(update(PLAN).where(PLAN.c.key == forgotten).values(current=False))
                else:
                    connection.execute(delete(PLAN_MATCH).where(PLAN_MATCH.c.plan_key == forgotten))
                    connection.execute(delete(PLAN).where(PLAN.c.key == forgotten))
        with store.reading() as unit:
            assert unit.plans.recommended_counts() == counted_slowly(unit)
            assert unit.plans.recommended_counts(postings[:1]) == {
                key: count for key, count in counted_slowly(unit).items() if key == postings[0]
            }
