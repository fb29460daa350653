"""Changes by hand, concessions and ticks on both databases."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from matcher.domain.choosing.choices import NO_HAND, Hand, Switch, Verb
from matcher.domain.run import MatchRun
from matcher.store import Store
from matcher.store.sealing import add_cipher
from matcher.store.store import UnitOfWork
from tests.matcher.store.conftest import Clock
from tests.matcher.store.records import a_plan, a_posting, a_worker

DAY = date(2026, 6, 22)


def _filled(unit: UnitOfWork) -> tuple[int, int, int, list[int]]:
    """A person with two plans of two runs, and two postings; their keys."""
    worker = unit.workers.add(a_worker())
    postings = [unit.postings.add(a_posting("P-1")), unit.postings.add(a_posting("P-2"))]
    plans = [
        unit.plans.put_many(unit.runs.create(MatchRun(as_of=DAY)), [a_plan(worker, posting)])[0] for posting in postings
    ]
    return worker, plans[0], plans[1], postings


def test_the_last_change_says_what_stands(store: Store) -> None:
    with store.unit("window") as unit:
        worker, first, second, [one, other] = _filled(unit)
        assert unit.choices.standing([worker]) == {}
        hand = NO_HAND.after(other, one)
        unit.choices.note(
            worker, plan_key=second, from_plan_key=first, verb=Verb.SWAP, hand=hand, reason="太远", came=other,
            left=one, overridden=("EXCLUDED_AGE",),
        )  # fmt: skip
    with store.reading() as unit:
        assert unit.choices.standing() == {worker: Hand(frozenset({other}), frozenset({one}))}
        [kept] = unit.choices.of_worker(worker)
        assert (kept.came, kept.left, kept.reason, kept.overridden) == (other, one, "太远", ("EXCLUDED_AGE",))
        assert (kept.actor, kept.verb, kept.from_plan_key, kept.plan_key) == ("window", Verb.SWAP, first, second)
        assert unit.choices.hand_under(worker, first) == NO_HAND
        assert unit.choices.hand_under(worker, second) == hand


def test_what_came_and_left_and_came_again_is_given_and_no_longer_taken_out() -> None:
    hand = NO_HAND.after(1, 2).after(2, 1)
    assert hand == Hand(frozenset({2}), frozenset({1}))


def test_an_older_plan_is_the_current_one_again_and_the_only_one(store: Store) -> None:
    with store.unit() as unit:
        worker, first, second, _ = _filled(unit)
        before = unit.plans.stamp()
        unit.plans.reinstate(worker, first)
        assert [plan.key for plan in unit.plans.history(worker) if plan.current] == [first]
        assert unit.plans.stamp() == before == (second, 0)


def test_the_newest_word_of_a_person_counts_and_an_empty_one_takes_it_back(store: Store, clock: Clock) -> None:
    with store.unit("window") as unit:
        worker = _filled(unit)[0]
        unit.concessions.say(worker, [Switch.LODGING], on=DAY)
        unit.concessions.say(worker, [Switch.OUT_OF_CITY, Switch.LOWER_PAY], on=DAY)
    with store.unit() as unit:
        said = unit.concessions.standing([worker])[worker]
        assert (said.switches, said.on, said.actor) == ((Switch.LOWER_PAY, Switch.OUT_OF_CITY), DAY, "window")
        unit.concessions.say(worker, [], on=DAY)
        assert unit.concessions.standing() == {}


def test_reasons_and_words_are_sealed_anew_with_the_other_key(store: Store, key_file: Path) -> None:
    with store.unit() as unit:
        worker, first, second, _ = _filled(unit)
        unit.choices.note(
            worker, plan_key=second, from_plan_key=first, verb=Verb.TAKE_OUT, hand=NO_HAND, reason="只此一句"
        )
        unit.concessions.say(worker, [Switch.LODGING], on=DAY)
    keys = add_cipher(key_file)
    assert store.seal_anew(keys) > 0
    with store.reading() as unit:
        assert unit.choices.of_worker(worker)[0].reason == "只此一句"
        assert unit.concessions.standing()[worker].switches == (Switch.LODGING,)


def test_with_a_person_goes_all_that_was_chosen(store: Store) -> None:
    with store.unit() as unit:
        worker, first, second, [one, _] = _filled(unit)
        unit.choices.note(worker, plan_key=second, from_plan_key=first, verb=Verb.TAKE_OUT, hand=NO_HAND, reason="x")
        unit.concessions.say(worker, [Switch.LODGING], on=DAY)
        unit.holders.tell(one, worker, on=DAY)
        gone = unit.workers.forget([worker])
    assert (gone["plan_choice"], gone["concession"], gone["holder_told"], gone["worker"]) == (1, 1, 1, 1)
