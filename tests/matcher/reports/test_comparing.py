"""Runs compared with each other, and a change of policy tried before it is saved."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.casework import plan_people
from matcher.domain.errors import Cancelled
from matcher.domain.run import RunState
from matcher.listings import Scope
from matcher.office import Office
from matcher.policy import Entry
from matcher.reports.comparing import compare_runs, moves_between, policy_changes
from matcher.reports.trying import RunLine, run_trial, try_changes

LINES = st.dictionaries(
    st.integers(1, 12),
    st.lists(st.integers(1, 9), max_size=3, unique=True).map(
        lambda keys: RunLine("131", 3 - len(keys), bool(keys), tuple(keys))
    ),
)


def _entry(office: Office, key: str, value: float) -> Entry:
    """A value from today on."""
    return Entry(key, value, "score", office.today(), "试验用")


@given(LINES, LINES)
def test_moves_are_counted_as_plainly_as_can_be(before: dict[int, RunLine], after: dict[int, RunLine]) -> None:
    moves = moves_between(before, after)
    both = [key for key in before if key in after]
    assert moves.both == len(both)
    assert set(moves.changed) == {key for key in both if set(before[key].postings) ^ set(after[key].postings)}
    assert set(moves.gained) == {key for key in both if len(after[key].postings) > len(before[key].postings)}
    assert set(moves.lost) == {key for key in both if len(after[key].postings) < len(before[key].postings)}
    assert moves.only_before + moves.only_after + 2 * moves.both == len(before) + len(after)
    back = moves_between(after, before)
    assert (back.gained, back.lost) == (moves.lost, moves.gained)


def test_two_runs_tell_what_of_policy_differs_and_who_lost(office: Office) -> None:
    with office.reading() as unit:
        first = unit.runs.recent(1)[0]
    with office.unit("city") as unit:
        unit.policy_values.add([_entry(office, "plan.minimum_score", 0.6)])
    office.policies.look_again()
    second = plan_people(office, actor="city")
    assert second.policy_digest != first.policy_digest
    with office.reading() as unit:
        found = compare_runs(unit, first, second, Scope(), shown=5)
        scoped = compare_runs(unit, first, second, Scope("110000"), shown=5)
    assert found.policy_known
    assert [(one.key, one.before, one.after) for one in found.policy] == [("plan.minimum_score", 0.17, 0.6)]
    assert found.moves.both == first.quality.people
    assert found.moves.lost
    assert not found.moves.gained
    assert 0 < len(found.people) <= 5
    assert all(one.name and one.after < one.before for one in found.people)
    assert (scoped.moves.both, scoped.people) == (0, ())


def test_what_a_run_used_can_be_looked_up_by_its_digest(office: Office) -> None:
    with office.reading() as unit:
        run = unit.runs.recent(1)[0]
        stood = unit.policy_values.stand(run.policy_digest, run.as_of)
    at = office.policy.at(run.as_of)
    assert {key: entry.value for key, entry in stood.items()} == {key: one.value for key, one in at.entries.items()}
    assert policy_changes(stood, at.entries) == ()


def test_a_trial_tells_who_would_lose_and_stores_nothing(office: Office) -> None:
    with office.unit("city") as unit:
        key = unit.policy_trials.create("", [_entry(office, "plan.minimum_score", 0.9)])
    before = office.store.contents()
    result = run_trial(office, key)
    with office.reading() as unit:
        trial = unit.policy_trials.get(key)
        people = unit.workers.count()
    after = office.store.contents()
    assert trial.state is RunState.DONE
    assert trial.result == result
    assert result["people"] == result["of"] == people
    assert result["lost"] > 0
    assert result["gained"] == 0
    assert result["three_after"] < result["three_before"]
    assert result["examples"]
    assert before.rows == after.rows


def test_a_change_that_changes_nothing_is_said_to(planned: Office) -> None:
    same = planned.policy.at(planned.today()).number("plan.minimum_score")
    result = try_changes(planned, "", [_entry(planned, "plan.minimum_score", same)])
    assert (result["changed"], result["gained"], result["lost"], result["class_changed"]) == (0, 0, 0, 0)


def test_a_trial_begins_today_whenever_the_value_does(planned: Office) -> None:
    later = Entry("plan.minimum_score", 0.9, "score", planned.today() + timedelta(days=40), "试验用")
    assert try_changes(planned, "", [later])["lost"] > 0


def test_a_large_division_is_sampled_evenly(office: Office) -> None:
    with office.unit("city") as unit:
        unit.policy_values.add([_entry(office, "policy.trial_people", 10)])
    office.policies.look_again()
    result = try_changes(office, "", [_entry(office, "plan.minimum_score", 0.3)])
    assert result["people"] <= 10 < result["of"]


def test_a_trial_asked_to_stop_stops(office: Office) -> None:
    with office.unit("city") as unit:
        key = unit.policy_trials.create("", [_entry(office, "plan.minimum_score", 0.9)])
        unit.policy_trials.progress(key, 0.0)
        unit.policy_trials.request_cancel(key)
    with pytest.raises(Cancelled):
        run_trial(office, key)
    with office.reading() as unit:
        trial = unit.policy_trials.get(key)
    assert trial.state is RunState.CANCELLED
    assert trial.result == {}
