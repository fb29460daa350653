"""A plan against a judgement: what counts as good, as missed, as padding, and the figures that sum it up."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from matcher.trials.judged.cases import CaseSet, JudgedTraining
from matcher.trials.judged.figures import Tally, added, figures, lead, tally_plans
from matcher.trials.judged.judging import Judge, judge_set, training_right
from matcher.trials.judged.misses import miss_lines
from tests.matcher.trials.judged.made_up import match, person, plan, posting, tiny


def market(*people: Any, postings: Any) -> CaseSet:
    """A set of these people and postings."""
    return replace(tiny(), people=tuple(people), postings=tuple(postings))


def three_jobs() -> list[Any]:
    """Three cleaning jobs of three employers."""
    return [posting(ref=f"S-J00{n}", row={"用人单位": f"单位{n}", "编号": f"S-J00{n}"}) for n in (1, 2, 3)]


def test_a_posting_is_acceptable_by_family_or_by_name_unless_never_closed_or_forbidden_by_a_limit() -> None:
    jobs = [*three_jobs(), posting(ref="S-J004", families=frozenset({"cook"}), row={"用人单位": "食堂"})]
    who = person(also=frozenset({"S-J004"}), never={"S-J002": "不去"}, limits={"NO_HEAVY": ()})
    jobs[2] = replace(jobs[2], load=4)
    judge = Judge(market(who, postings=jobs))
    assert judge.acceptable(who, {}) == ("S-J001", "S-J004")
    assert judge.verdict(who, "S-J002").never == "不去"
    assert [item.rule for item in judge.verdict(who, "S-J003").breaches] == ["NO_HEAVY"]
    assert not judge.verdict(who, "S-J999").acceptable


def test_twins_count_once_and_public_posts_only_while_they_have_places() -> None:
    twins = [posting(ref="S-J001"), posting(ref="S-J002")]
    post = posting(ref="S-J003", kind="公益性岗位", row={"用人单位": "村委会", "招聘人数": "1人"})
    who = person(weak=True)
    judge = Judge(market(who, postings=[*twins, post]))
    assert judge.acceptable(who, {}) == ("S-J001", "S-J003")
    assert judge.acceptable(who, {"S-J003": 1, "S-J001": 9}) == ("S-J001",)


def test_one_public_place_printed_to_one_is_missed_by_nobody_else() -> None:
    post = posting(ref="S-J001", kind="公益性岗位", row={"招聘人数": "1"})
    one, other = person(weak=True), person(ref="S-P002", weak=True)
    found = judge_set(
        market(one, other, postings=[post]), {"S-P001": plan("S-P001", "S-J001"), "S-P002": plan("S-P002")}
    )
    assert [(item.good, item.reachable) for item in found] == [(1, 1), (0, 0)]


@pytest.mark.parametrize(
    ("training", "project", "right"),
    [
        (JudgedTraining(best=("C1",), accepted=("C2",), none=False), "C1", True),
        (JudgedTraining(best=("C1",), accepted=("C2",), none=False), "C2", True),
        (JudgedTraining(best=("C1",), accepted=(), none=False), "", False),
        (JudgedTraining(best=("C1",), accepted=(), none=True), "", True),
        (JudgedTraining(best=(), accepted=(), none=True), "C1", False),
    ],
)
def test_a_class_is_right_by_name_and_none_where_none_is_right(
    training: JudgedTraining, project: str, right: bool
) -> None:
    assert training_right(person(training=training), project) is right


def test_points_are_looked_for_in_the_session_and_forbidden_words_in_every_text() -> None:
    who = person(must_mention=(("接送", "放学"), ("保洁",), ("意向",)), forbidden=("腰脱", "保洁员"))
    told = plan("S-P001", "S-J001", policy=[{"code": "X", "text": "腰脱可以申请"}])
    (found,) = judge_set(market(who, postings=three_jobs()), {"S-P001": told})
    assert [said for _, said in found.mentioned] == [False, True, False]
    assert found.forbidden_found == ("腰脱",), "titles of adverts are not words about the person"


def value(code: str, *people: Any, plans: Any, postings: Any = None) -> float | None:
    """One figure of a small market."""
    jobs = three_jobs() if postings is None else postings
    tallies = tally_plans(judge_set(market(*people, postings=jobs), plans))
    return next(figure for figure in figures() if figure.code == code).value(tallies)


def test_suitable_at_three_is_the_share_of_what_could_have_been_printed() -> None:
    plans = {"S-P001": plan("S-P001", "S-J001", "S-J002")}
    assert value("suitable_at_3", person(), plans=plans) == pytest.approx(2 / 3)
    few = three_jobs()[:1]
    assert value("suitable_at_3", person(), plans={"S-P001": plan("S-P001", "S-J001")}, postings=few) == 1.0


def test_whoever_has_no_plan_at_all_counts_as_missed() -> None:
    assert value("suitable_at_3", person(), plans={}) == 0.0
    assert value("tracks", person(), plans={}) == 0.0
    assert value("three_of_three", person(), plans={}) == 0.0


def test_padding_is_counted_where_fewer_than_three_exist_and_breaches_everywhere() -> None:
    jobs = [*three_jobs()[:1], posting(ref="S-J009", closed="expired", families=frozenset({"cook"}))]
    plans = {"S-P001": plan("S-P001", "S-J001", "S-J009")}
    assert value("padding", person(), plans=plans, postings=jobs) == 1
    assert value("hard_limits", person(), plans=plans, postings=jobs) == 1
    assert value("precision", person(), plans=plans, postings=jobs) == 0.5


def test_postings_for_somebody_who_is_owed_none_break_a_limit() -> None:
    who = person(track="not_entitled", families=frozenset())
    assert value("hard_limits", who, plans={"S-P001": plan("S-P001", "S-J001")}) == 1


def test_effects_evidence_and_shortfall_are_checked_on_what_is_printed() -> None:
    bare = {"code": "PAY", "part": "fit", "effect": 0.1, "text": "", "evidence": ""}
    wrong = [match("S-J001", score=0.26), match("S-J002", reasons=[*match("S-J002")["reasons"], bare])]  # type: ignore[misc]
    plans = {"S-P001": plan("S-P001") | {"matches": wrong}}
    assert value("effects", person(), plans=plans) == 2
    assert value("evidence", person(), plans=plans) == 1
    assert value("shortfall", person(), plans=plans) == 1


def test_a_lead_is_taken_over_the_best_search_and_sets_add_up() -> None:
    one = {"suitable_at_3": Tally(9, 10), "open:a": Tally(5, 10), "open:b": Tally(7, 10)}
    assert lead(one, "open") == pytest.approx(0.2)
    assert lead(one, "filtered") is None
    both = added([one, {"suitable_at_3": Tally(1, 10), "open:a": Tally(9, 10), "open:b": Tally(1, 10)}])
    assert lead(both, "open") == pytest.approx(0.5 - 0.7)


def test_misses_name_what_was_printed_what_was_left_out_and_why() -> None:
    who = person(wrong_families=frozenset({"cook"}), must_mention=(("复审",),), row={"意向工种": "保洁"})
    jobs = [*three_jobs(), posting(ref="S-J004", families=frozenset({"cook"}), row={"岗位名称": "厨师"})]
    cases = market(who, postings=jobs)
    found = judge_set(cases, {"S-P001": plan("S-P001", "S-J001", "S-J004")})
    text = "\n".join(miss_lines(cases, found, lambda who, what: f"EXCLUDED_REACH {who} {what}"))
    for words in (
        "misses: PRINTED 1, MISSED 1, TRAINING 1, NOT SAID 1",
        "grounds: EXCLUDED_REACH 2, wrong families 1",
        "PRINTED S-J004 保洁员 (0.25) 厨师 @  [cook]: wrong families: cook",
        "S-J002  @  [cleaning]: EXCLUDED_REACH S-P001 S-J002",
        "TRAINING none, should be S-C001",
        "NOT SAID 复审",
    ):
        assert words in text
