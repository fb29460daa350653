"""The published scorecards are those of the policy in force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from matcher.features import FEATURES
from matcher.policy import load_policy

PAGE = Path(__file__).resolve().parents[2] / "docs" / "algorithm.md"


@pytest.mark.parametrize("feature", FEATURES, ids=lambda feature: feature.name)
def test_a_feature_stands_on_the_page_with_its_weight_and_neutral_value(feature: object) -> None:
    name, part = feature.name, feature.part.value  # type: ignore[attr-defined]
    policy = load_policy().at(date(2026, 11, 24))
    weight, neutral = policy.number(f"weights.{part}.{name}"), policy.number(f"neutral.{part}.{name}")
    assert f"| {name} | {weight:g} | {neutral:g} |" in PAGE.read_text(encoding="utf-8")
