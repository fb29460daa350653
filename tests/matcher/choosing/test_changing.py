"""A plan changed by hand: what comes, what leaves, what stays, what runs keep, what can be taken back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matcher.choosing.changing import Wish, change_plan, restore_plan
from matcher.choosing.history import difference, one_of, versions
from matcher.domain.answer import AnswerKind
from matcher.domain.choosing.choices import Verb
from matcher.domain.errors import EditConflict, InputRefused, RecordNotFound
from matcher.domain.posting import PostingState
from matcher.store.plans import StoredPlan
from matcher.upkeep.person import erase_person, export_person
from tests.desk_office import NOW, Desk


def change(
    desk: Desk, came: str = "", left: str = "", *, reason: str = "本人要求", known: bool = False, who: str = "bao"
) -> StoredPlan:
    """A change of the plan that stands."""
    wish = Wish(
        plan_key=desk.plan(who).key,
        came=desk.postings[came] if came else None,
        left=desk.postings[left] if left else None,
        reason=reason,
        known=known,
    )
    return change_plan(desk.office, desk.people[who], wish, actor="window")


def test_a_swap_takes_the_place_and_keeps_hour_class_and_the_others(desk: Desk) -> None:
    before = desk.plan()
    made = change(desk, "NEAR-4", "NEAR-2")
    assert desk.held() == ["NEAR-1", "NEAR-4", "NEAR-3"]
    assert [match.by_hand for match in made.plan.matches] == [False, True, False]
    assert [match.rank for match in made.plan.matches] == [1, 2, 3]
    assert made.plan.matches[0] == before.plan.matches[0]
    assert before.plan.guidance is not None and made.plan.guidance is not None
    assert made.plan.guidance.starts_at == before.plan.guidance.starts_at
    assert made.plan.training == before.plan.training
    assert made.plan.shortfall.missing == 0
    assert made.plan.valid_until <= before.plan.valid_until


def test_a_changed_plan_has_a_code_of_its_own_and_the_old_one_stays_readable(desk: Desk) -> None:
    before = desk.plan()
    made = change(desk, "NEAR-4", "NEAR-2")
    assert made.code != before.code
    with desk.office.reading() as unit:
        old = unit.plans.by_code(before.code)
        assert (old.current, old.plan) == (False, before.plan)
        assert unit.plans.by_code(made.code).current


def test_guidance_speaks_of_the_new_first_posting(desk: Desk) -> None:
    made = change(desk, "NEAR-4", "NEAR-1")
    assert made.plan.matches[0].first_choice
    assert made.plan.guidance is not None
    told = " ".join(str(step.what.args) for step in made.plan.guidance.steps)
    assert "奈曼旗第1家单位" not in told
    assert "cleaner（1）" not in told


def test_taking_out_leaves_a_place_and_says_what_would_open_more(desk: Desk) -> None:
    made = change(desk, left="NEAR-3", reason="太远")
    assert desk.held() == ["NEAR-1", "NEAR-2"]
    assert made.plan.shortfall.missing == 1
    assert any(one.code == "RELAX_REACH" for one in made.plan.shortfall.relaxations)


def test_what_was_taken_out_does_not_come_back_by_a_run(desk: Desk) -> None:
    change(desk, left="NEAR-1")
    desk.plan_again()
    assert "NEAR-1" not in desk.held()
    assert len(desk.held()) == 3


@pytest.mark.parametrize("came", ["NEAR-4", "YOUNG", "FAR", "PAPER"])
def test_what_was_given_by_hand_stays_through_runs_while_it_is_open(desk: Desk, came: str) -> None:
    change(desk, came, "NEAR-1", known=True)
    for _ in range(2):
        made = desk.plan_again()
        assert came in desk.held()
        assert [desk.postings[came]] == [match.posting_key for match in made.plan.matches if match.by_hand]
    with desk.office.unit() as unit:
        unit.postings.set_state(desk.postings[came], PostingState.FILLED)
    desk.plan_again()
    assert came not in desk.held()


def test_what_was_given_by_hand_stays_in_a_run_over_everybody(desk: Desk) -> None:
    from matcher.casework import plan_people

    change(desk, "YOUNG", "NEAR-1", known=True)
    plan_people(desk.office)
    assert "YOUNG" in desk.held()
    assert "YOUNG" not in desk.held("wang")


def test_an_answer_not_wanted_ends_what_was_given_by_hand(desk: Desk) -> None:
    made = change(desk, "NEAR-4", "NEAR-1")
    with desk.office.unit() as unit:
        unit.plans.answers.record(made.key, desk.postings["NEAR-4"], AnswerKind.NOT_WANTED, on=NOW.date())
    desk.plan_again()
    assert "NEAR-4" not in desk.held()


def test_what_the_person_refused_can_be_given_after_all_and_then_counts_as_wanted(desk: Desk) -> None:
    with desk.office.unit() as unit:
        unit.plans.answers.record(desk.plan().key, desk.postings["NEAR-4"], AnswerKind.NOT_WANTED, on=NOW.date())
    with pytest.raises(InputRefused, match="提醒"):
        change(desk, "NEAR-4", "NEAR-1")
    change(desk, "NEAR-4", "NEAR-1", known=True)
    desk.plan_again()
    assert "NEAR-4" in desk.held()


@pytest.mark.parametrize(("came", "words"), [("LICENCE", "法律法规"), ("CHEAP", "法律法规")])
def test_limits_of_law_are_never_set_aside(desk: Desk, came: str, words: str) -> None:
    before = desk.plan()
    with pytest.raises(InputRefused, match=words):
        change(desk, came, "NEAR-1", known=True)
    assert desk.plan() == before


def test_a_posting_that_is_held_or_filled_has_to_be_seen_to_first(desk: Desk) -> None:
    with desk.office.unit() as unit:
        unit.postings.set_state(desk.postings["NEAR-4"], PostingState.HELD)
    with pytest.raises(InputRefused, match="先处理岗位"):
        change(desk, "NEAR-4", "NEAR-1", known=True)


def test_warnings_have_to_be_read_and_are_kept_with_who_and_why(desk: Desk) -> None:
    with pytest.raises(InputRefused, match="提醒"):
        change(desk, "YOUNG", "NEAR-1")
    made = change(desk, "YOUNG", "NEAR-1", reason="单位说可以放宽", known=True)
    with desk.office.reading() as unit:
        [kept] = unit.choices.of_worker(desk.people["bao"])
    assert (kept.verb, kept.plan_key, kept.reason, kept.actor) == (Verb.SWAP, made.key, "单位说可以放宽", "window")
    assert kept.overridden == ("EXCLUDED_AGE",)


@pytest.mark.parametrize(
    ("came", "left", "words"),
    [
        ("NEAR-4", "", "请选一个换掉"),
        ("NEAR-1", "", "已经在方案里"),
        ("NEAR-4", "NEAR-5", "不在现在的方案里"),
        ("", "", "没有选岗位"),
    ],
)
def test_a_change_that_makes_no_sense_changes_nothing(desk: Desk, came: str, left: str, words: str) -> None:
    before = desk.plan()
    with pytest.raises(InputRefused, match=words):
        change(desk, came, left)
    assert desk.plan() == before


def test_without_a_reason_nothing_is_changed(desk: Desk) -> None:
    with pytest.raises(InputRefused, match="理由"):
        change(desk, "NEAR-4", "NEAR-1", reason=" ")


def test_the_second_of_two_who_change_one_plan_is_told(desk: Desk) -> None:
    shown = desk.plan()
    change(desk, "NEAR-4", "NEAR-1")
    late = Wish(plan_key=shown.key, left=desk.postings["NEAR-2"], reason="太远")
    with pytest.raises(EditConflict):
        change_plan(desk.office, desk.people["bao"], late, actor="other")


def test_the_last_plan_can_be_put_back_with_its_code_and_its_paper(desk: Desk) -> None:
    before = desk.plan()
    with desk.office.unit() as unit:
        unit.plans.printed(before.key, NOW.date())
    made = change(desk, "NEAR-4", "NEAR-1")
    back = restore_plan(desk.office, desk.people["bao"], before.key, shown=made.key, actor="window")
    assert (back.key, back.code, back.current, back.printed_on) == (before.key, before.code, True, NOW.date())
    assert desk.held() == ["NEAR-1", "NEAR-2", "NEAR-3"]
    desk.plan_again()
    assert set(desk.held()) == {"NEAR-1", "NEAR-2", "NEAR-3"}


def test_only_ones_own_plan_can_be_put_back_and_not_twice(desk: Desk) -> None:
    mine, other = desk.plan(), desk.plan("wang")
    with pytest.raises(RecordNotFound):
        restore_plan(desk.office, desk.people["bao"], other.key, shown=mine.key, actor="window")
    with pytest.raises(InputRefused):
        restore_plan(desk.office, desk.people["bao"], mine.key, shown=mine.key, actor="window")
    with pytest.raises(EditConflict):
        restore_plan(desk.office, desk.people["bao"], mine.key, shown=mine.key + 99, actor="window")


def test_openings_that_are_given_away_are_said(desk: Desk) -> None:
    with pytest.raises(InputRefused, match="提醒"):
        change(desk, "NEAR-5", "NEAR-1")
    change(desk, "NEAR-5", "NEAR-1", known=True)
    with pytest.raises(InputRefused, match="提醒"):
        change(desk, "NEAR-5", "NEAR-1", who="wang")
    change(desk, "NEAR-5", "NEAR-1", known=True, who="wang")
    with desk.office.reading() as unit:
        [kept] = unit.choices.of_worker(desk.people["wang"])
    assert "DESK_NO_OPENING" in kept.overridden


def test_a_plan_that_is_over_is_good_again_once_it_is_changed(desk: Desk) -> None:
    old = desk.plan()
    later = NOW + timedelta(days=20)
    desk.office.clock = lambda: later
    made = change(desk, "NEAR-4", "NEAR-1")
    assert made.plan.valid_until > later.date() >= old.plan.valid_until


def test_history_tells_what_changed_and_why(desk: Desk) -> None:
    change(desk, "NEAR-4", "NEAR-2")
    with desk.office.reading() as unit:
        found = versions(unit, desk.people["bao"])
    newer, older = found
    assert newer.choice is not None and newer.choice.verb is Verb.SWAP
    assert older.choice is None
    told = difference(older, newer)
    assert [one.posting_key for one in told.came] == [desk.postings["NEAR-4"]]
    assert [one.posting_key for one in told.left] == [desk.postings["NEAR-2"]]
    assert not (told.class_changed or told.hour_changed or told.policy_changed or told.nothing)
    assert difference(newer, newer).nothing
    with pytest.raises(RecordNotFound):
        one_of(found, 9999)


def test_erasing_a_person_takes_all_that_was_chosen_with_it(desk: Desk) -> None:
    change(desk, "NEAR-4", "NEAR-2", reason="只有我知道的话")
    told = export_person(desk.office, "NM-1", reason="本人要看")
    assert told["choices"][0]["reason"] == "只有我知道的话"
    gone = erase_person(desk.office, "NM-1", reason="本人要求")
    assert gone["plan_choice"] == 1
