"""The published scorecards are those of the policy in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matcher.columns.postings import AS_ELSEWHERE
from matcher.features import FEATURES, Feature
from matcher.filters import LIMITS, Limit
from matcher.policy import load_policy

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "algorithm.md").read_text(encoding="utf-8")
POLICY = load_policy().at(date(2026, 11, 24))


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_a_feature_stands_on_the_page_with_its_weight_and_neutral_value(feature: Feature) -> None:
    key = f"{feature.part.value}.{feature.name}"
    beside = feature.beside
    weight = POLICY.number(f"{feature.name}.weight" if beside else f"weights.{key}")
    neutral = AS_ELSEWHERE if beside else POLICY.number(f"neutral.{key}")
    assert f"| {feature.name} | {weight:g} | {neutral:g} |" in PAGE


def test_the_page_has_a_line_for_every_weight_of_the_policy_and_no_other() -> None:
    lines = [line.split("|")[1].strip() for line in PAGE.splitlines() if line.startswith("| ") and line.count("|") == 5]
    named = [name for name in lines if name not in {"feature", "---"}]
    beside = [feature.name for feature in FEATURES if feature.beside]
    assert named == [*POLICY.group("weights.fit"), *beside, *POLICY.group("weights.wish")]


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.code)
def test_a_hard_limit_stands_on_the_page_with_its_basis(limit: Limit) -> None:
    assert any(
        line.startswith(f"| {limit.code} |") and line.endswith(f"| {limit.basis} |") for line in PAGE.splitlines()
    )


def test_the_price_of_crowding_stands_on_the_page_as_in_the_policy() -> None:
    steps = zip(POLICY.numbers("crowding.load"), POLICY.numbers("crowding.price"), strict=True)
    assert ", ".join(f"{load:g}→{price:g}" for load, price in steps) in PAGE


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("commute.detour", "Straight kilometres × {}"),
        ("commute.daily_minutes", "at most {} minutes one way"),
        ("limits.midday_minutes", "({} for somebody who goes home at midday)"),
        ("commute.weekly_km", "at most {} road km"),
        ("commute.bus_wait", "with {} minutes' waiting"),
        ("plan.stale_days", "stale ({} days without"),
        ("plan.shortlist", "The best {} stay"),
        ("plan.near_misses", "and {} postings that only a class keeps away"),
        ("plan.minimum_score", "a score of {} is not called suitable"),
        ("plan.valid_days", "a plan holds {} days"),
        ("plan.openings_unknown", "not stated counts as {})"),
        ("plan.keep_printed", "is kept (+{})"),
        ("plan.keep_given", "whatever limit it breaks (+{})"),
        ("plan.keep_bonus", "equal (+{})"),
        ("crowding.rounds", "Frank–Wolfe over {} rounds"),
        ("crowding.mending_rounds", "at most {} rounds"),
        ("crowding.near_worth", "would cost it more than {}"),
        ("training.horizon_days", "starts within {} days"),
        ("training.counts_as", "experience of at least {},"),
        ("training.wish_bonus", "+{} if it was asked for"),
        ("training.minimum_gain", "below {} none is recommended"),
        ("retention.weight", "| retention | {} |"),
        ("guidance.minutes", "{} minutes in a free hour"),
        ("guidance.within_working_days", "within {} working days"),
        ("entitlement.public_post_exit_days", "ending within {} days"),
        ("entitlement.newly_unemployed_days", "at most {} days"),
    ],
)
def test_a_number_of_the_policy_stands_on_the_page(key: str, words: str) -> None:
    assert words.format(f"{POLICY.number(key):g}") in " ".join(PAGE.split())
