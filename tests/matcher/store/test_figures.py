"""Values of policy, what a run's policy said, trials and pages of figures, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.errors import RecordNotFound
from matcher.domain.plan import Shortfall, Track
from matcher.domain.run import MatchRun, RunState
from matcher.policy import Entry, load_policy
from matcher.store import Store
from matcher.store.figures.policies import as_value
from tests.matcher.store.conftest import Clock
from tests.matcher.store.records import KULUN, a_plan, a_posting, a_worker

DAY = date(2026, 6, 22)
VALUES = [
    Entry("plan.stale_days", 60, "day", DAY, "办公会纪要"),
    Entry("crowding.load", (0.0, 1.0, 2.0), "n", DAY, "办公会纪要"),
    Entry("guidance.slots", ("09:00", "14:30"), "local time", DAY, "办公会纪要"),
]


def test_values_come_back_as_they_were_entered_oldest_first(store: Store) -> None:
    with store.unit("city") as unit:
        unit.policy_values.add(VALUES)
        unit.policy_values.add([Entry("plan.stale_days", 90, "day", DAY, "撤回纪要")])
    with store.reading() as unit:
        assert [value.entry for value in unit.policy_values.all()][:3] == VALUES
        named = unit.policy_values.all("plan.stale_days")
        assert [(value.entry.value, value.actor) for value in named] == [(60, "city"), (90, "city")]


def test_what_a_policy_said_is_kept_once_a_digest_and_day(store: Store) -> None:
    at = load_policy().at(DAY)
    for _ in range(2):
        with store.unit() as unit:
            unit.policy_values.remember(at)
    with store.reading() as unit:
        stood = unit.policy_values.stand(at.digest, DAY)
        assert unit.policy_values.stand(at.digest, date(2020, 1, 1)) == {}
    assert {key: entry.value for key, entry in stood.items()} == {key: one.value for key, one in at.entries.items()}
    assert store.contents().rows["policy_stand"] == 1


def test_a_list_out_of_json_is_a_tuple_again() -> None:
    assert as_value([1, 2]) == (1, 2)
    assert as_value(3.5) == 3.5


def test_a_trial_goes_its_way_and_one_that_fell_silent_has_failed(store: Store, clock: Clock) -> None:
    with store.unit("city") as unit:
        key = unit.policy_trials.create("150525", VALUES)
        assert unit.policy_trials.get(key).state is RunState.QUEUED
        assert not unit.policy_trials.progress(key, 0.5)
        assert unit.policy_trials.get(key).state is RunState.RUNNING
        never_begun = unit.policy_trials.create("", VALUES)
    clock.move(minutes=3)
    with store.unit() as unit:
        assert unit.policy_trials.get(key).state is RunState.FAILED
        assert unit.policy_trials.get(never_begun).state is RunState.FAILED
        unit.policy_trials.finish(key, RunState.DONE, result={"lost": 2})
        done = unit.policy_trials.get(key)
    assert (done.state, done.result, done.progress, done.started_by) == (RunState.DONE, {"lost": 2}, 1.0, "city")


def test_a_trial_that_waits_is_stopped_at_once_and_a_running_one_is_told(store: Store) -> None:
    with store.unit() as unit:
        waiting, running = unit.policy_trials.create("", VALUES), unit.policy_trials.create("", VALUES)
        unit.policy_trials.progress(running, 0.1)
        unit.policy_trials.request_cancel(waiting)
        unit.policy_trials.request_cancel(running)
        assert unit.policy_trials.get(waiting).state is RunState.CANCELLED
        assert unit.policy_trials.progress(running, 0.2)
        with pytest.raises(RecordNotFound):
            unit.policy_trials.get(999)


def test_pages_replace_each_other_and_open_with_the_keys(store: Store) -> None:
    with store.unit() as unit:
        assert unit.figures.made() is None
        unit.figures.put([("150525100", 2, b"first"), ("", 1, b"nowhere")], stamp="one", as_of=DAY)
        unit.figures.put([("150525100", 3, b"second")], stamp="two", as_of=DAY)
    with store.reading() as unit:
        (page,) = unit.figures.read()
        made = unit.figures.made()
    assert (page.place, page.stamp, page.body) == ("150525100", "two", b"second")
    assert made == ("two", page.made_at)


def test_lines_of_plans_and_of_runs_say_what_the_plans_hold(store: Store) -> None:
    with store.unit() as unit:
        workers = unit.workers.add_many([(a_worker("NM-1"), None), (a_worker("KL-1", home=KULUN), None)])
        postings = unit.postings.add_many([(a_posting("P-1"), None)])
        before = unit.figures.stamp(DAY)
        run = unit.runs.create(MatchRun(as_of=DAY))
        whole = a_plan(workers[0], postings[0])
        none = a_plan(workers[1], guidance=None, training=None, shortfall=Shortfall(missing=3))
        unit.plans.put_many(run, [whole, none])
        after = unit.figures.stamp(DAY)
        lines, compared = unit.figures.plan_lines(), unit.run_plans.lines(run)
        kulun = unit.run_plans.lines(run, "150524")
        names = unit.run_plans.names(workers, "150524")
        titles = unit.run_plans.titles(postings)
    assert before != after
    assert lines[workers[0]].guided == (whole.guidance is not None and bool(whole.guidance.starts_at))
    assert (lines[workers[1]].guided, lines[workers[1]].missing, lines[workers[1]].has_training) == (False, 3, False)
    assert compared[workers[0]].postings == tuple(match.posting_key for match in whole.matches)
    assert compared[workers[1]].track == Track.FULL.value
    assert set(kulun) == set(names) == {workers[1]}
    assert titles == {postings[0]: a_posting("P-1").title}
