"""The independent check of hard limits: every rule on a pair that breaks it and on a near pair that does not."""

from __future__ import annotations

import ast
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import matcher.trials.judged.checker as checker
from matcher.trials.judged.case_files import codes
from matcher.trials.judged.checker import RULES, breaches
from matcher.trials.judged.checker.facts import health_rules, lacks
from tests.matcher.trials.judged.made_up import BEIJING, KAILU, KERQIN, NAIMAN, SHANGHAI, SHENYANG, person, posting

ON = date(2026, 6, 15)
DONE_OTHERWISE = {
    "DAY_RETURN",
    "WEEKEND_HOME",
    "MAX_KM",
    "HOURS",
    "MIDDAY_HOME",
    "PART_TIME",
    "AT_HOME",
    "SEASONAL",
    "AVAILABLE_FROM",
    "NO_OVERTIME",
    "UNDER_16",
    "NO_LICENSED",
    "LANG_MN_PREFERRED",
    "NEED_LODGING",
    "WANT_PLACE",
    "INFO_INSUFFICIENT",
    "NOT_SEEKING",
}
"""Limits a rule looks at by itself."""
NOT_TOLD_BY_THE_TRUTH = {
    "SUPERVISED": "the truth does not say who works beside one",
    "HALAL": "the truth does not say what is cooked",
    "COUPLE_POST": "the truth does not say whether couples are taken",
    "CERT_NEEDED_FIRST": "papers are compared for everybody",
    "PRIOR_TRAINING": "about classes, not postings",
    "ANTI_FRAUD": "lures are closed postings",
    "CONFIDENTIAL": "about who may read the plan",
}


def limited(code: str, *values: object) -> dict[str, Any]:
    """Somebody with one limit."""
    return {"limits": {code: values}}


def hazard(letter: str) -> dict[str, Any]:
    """Work with one hazard."""
    return {"hazards": frozenset(letter)}


def broken(who: dict[str, Any], what: dict[str, Any]) -> set[str]:
    """Names of the rules a pair breaks."""
    return {item.rule for item in breaches(person(**who), posting(**what), ON)}


Case = tuple[str, dict[str, Any], dict[str, Any], dict[str, Any], dict[str, Any]]
BY_NIGHT = {"shift": "night", "hours": (1260, 1860), "hazards": frozenset({"N"})}
NEXT = {"county": KAILU, "township": ""}
AWAY = {"county": KERQIN, "township": ""}
CASES: list[Case] = [
    ("closed: expired", {}, {"closed": "expired"}, {}, {}),
    ("nothing to be sent", {"track": "not_entitled"}, {}, {"track": "stabilise_employed"}, {}),
    ("nothing to be sent", limited("NOT_SEEKING"), {}, {}, {}),
    ("under sixteen", {"age": 15.0}, {}, {"age": 16.0}, {}),
    ("outside the ages asked", {"age": 51.0}, {"age": (18.0, 50.0)}, {"age": 50.0}, {"age": (18.0, 50.0)}),
    ("outside the ages asked", {"age": 17.0}, {"age": (18.0, None)}, {"age": None}, {"age": (18.0, None)}),
    (
        "building site past its age",
        {"age": 51.0, "moves": True},
        {"county": SHANGHAI, "families": frozenset({"construction_labour"})},
        {"age": 51.0, "moves": True, "row": {"性别": "男"}},
        {"county": SHANGHAI, "families": frozenset({"construction_labour"})},
    ),
    (
        "building site past its age",
        {"age": 46.0, "moves": True},
        {"county": SHANGHAI, "families": frozenset({"construction_skilled"}), "hazards": frozenset({"H"})},
        {"age": 46.0, "moves": True},
        {"county": KERQIN, "families": frozenset({"construction_skilled"}), "hazards": frozenset({"H"})},
    ),
    (
        "special operation past its age",
        {"age": 62.0, "papers": ("焊工证",)},
        {"papers": ("焊工特种作业证",)},
        {"age": 60.0, "papers": ("焊工证",)},
        {"papers": ("焊工特种作业证",)},
    ),
    ("too little schooling", {"education": "小学"}, {"education": "初中"}, {"education": ""}, {"education": "初中"}),
    (
        "too little schooling",
        {"education": "小学"},
        {"families": frozenset({"security_guard"})},
        {"education": "初中"},
        {"families": frozenset({"security_guard"})},
    ),
    (
        "paper missing",
        {"papers": ("低压电工证",)},
        {"papers": ("焊工特种作业证",)},
        {"papers": ("电焊工操作证",)},
        {"papers": ("焊工特种作业证",)},
    ),
    ("paper missing", {"papers": ("C1驾驶证",)}, {"papers": ("B2",)}, {"papers": ("A2",)}, {"papers": ("B2",)}),
    ("paper missing", {"papers": ("叉车证（已过期）",)}, {"papers": ("叉车证",)}, {}, {"papers": ("健康证",)}),
    (
        "licensed work that is closed",
        {"limits": {"NO_LICENSED": ("DRIVING",)}, "papers": ("C1驾驶证",)},
        {"papers": ("C1驾驶证",)},
        {"limits": {"NO_LICENSED": ("DRIVING",)}, "papers": ("叉车证",)},
        {"papers": ("叉车证",)},
    ),
    ("too heavy for weak labour", {"weak": True}, {"load": 3}, {"weak": True}, {"load": 2}),
    ("overtime", limited("NO_OVERTIME"), {"hours": (420, 1140)}, limited("NO_OVERTIME"), {}),
    ("infant at home", limited("LACTATION"), {"live_in": True}, limited("LACTATION"), {"live_in": None}),
    (
        "public post for the able",
        {},
        {"kind": "公益性岗位"},
        {"weak": True},
        {"kind": "公益性岗位"},
    ),
    (
        "public post for the able",
        {"weak": True, "row": {"劳动技能": "技能劳动力"}},
        {"kind": "公益性岗位"},
        {"home_daily": True},
        {"kind": "公益性岗位"},
    ),
    (
        "under the minimum wage",
        {},
        {"pay": (1200.0, 1500.0)},
        {},
        {"pay": (1200.0, 1500.0), "hours": (480, 720)},
    ),
    (
        "no common language",
        {"mandarin": False},
        {"talk": 2},
        {"mandarin": False},
        {"talk": 2, "mongolian_ok": True},
    ),
    ("no common language", limited("LANG_MN_PREFERRED"), {"talk": 2}, {"mandarin": False}, {"talk": 1}),
    (
        "outside free hours",
        limited("HOURS", "08:00", "16:00"),
        {},
        limited("HOURS", "08:00", "16:30"),
        {},
    ),
    (
        "outside free hours",
        limited("HOURS", "08:00", "16:00"),
        {"hours": None, "shift": "rotating"},
        limited("HOURS", "08:00", "16:00"),
        {"hours": None, "shift": "day"},
    ),
    (
        "more than part time",
        limited("PART_TIME", 4),
        {},
        limited("PART_TIME", 4),
        {"hours": (480, 780)},
    ),
    ("lives at work", {"home_daily": True}, {"live_in": True}, {}, {"live_in": True}),
    ("lives at work", limited("MAX_KM", 15), {"live_in": True}, {"home_daily": True}, {}),
    (
        "not home at night",
        {"home_daily": True, "moves": True},
        AWAY,
        {"home_daily": True, "moves": True},
        {"county": NAIMAN, "township": "八仙筒镇"},
    ),
    (
        "farther than the stated way",
        {"limits": {"MAX_KM": (15,)}, "moves": True},
        AWAY,
        {"limits": {"MAX_KM": (15,)}, "moves": True},
        {},
    ),
    ("away without being willing", {"moves": False}, NEXT, {"moves": None}, NEXT),
    (
        "away without being willing",
        {"moves": None},
        {"county": BEIJING, "township": ""},
        {"moves": True},
        {"county": BEIJING, "township": ""},
    ),
    (
        "not home at weekends",
        {"limits": {"WEEKEND_HOME": ()}, "moves": True},
        {"county": BEIJING, "township": ""},
        {"limits": {"WEEKEND_HOME": ()}, "moves": True},
        NEXT,
    ),
    ("not at home", limited("AT_HOME"), {}, limited("AT_HOME"), {"home_work": True}),
    (
        "not where one wants to be",
        {"limits": {"WANT_PLACE": ("北京",)}, "moves": True},
        AWAY,
        {"limits": {"WANT_PLACE": ("150500",)}, "moves": True},
        AWAY,
    ),
    (
        "no bed",
        {"limits": {"NEED_LODGING": ()}, "moves": True},
        {**AWAY, "lodging": False},
        {"limits": {"NEED_LODGING": ()}, "moves": True},
        {"lodging": False},
    ),
    (
        "outside the free season",
        limited("SEASONAL", 11, 3),
        {"months": (10, 2)},
        limited("SEASONAL", 11, 3),
        {"months": (12, 2)},
    ),
    (
        "over before one is free",
        limited("AVAILABLE_FROM", "2026-10-01"),
        {"months": (4, 9)},
        limited("AVAILABLE_FROM", "2026-09-15"),
        {"months": (4, 9)},
    ),
    (
        "over before one is free",
        limited("AVAILABLE_FROM", "2027-04"),
        {"months": (11, 3)},
        limited("AVAILABLE_FROM", "2026-07-01"),
        {"months": (11, 3)},
    ),
    ("NO_NIGHT", limited("NO_NIGHT"), BY_NIGHT, limited("NO_NIGHT"), {**BY_NIGHT, "shift": "day"}),
    ("NO_NIGHT", limited("NO_NIGHT"), {"hazards": frozenset({"N"}), "shift": "unknown"}, {}, BY_NIGHT),
    ("LACTATION", limited("LACTATION"), BY_NIGHT, limited("LACTATION"), {}),
    ("PREGNANT", limited("PREGNANT"), {"load": 3}, limited("PREGNANT"), {"load": 1}),
    ("NO_HEAVY", limited("NO_HEAVY"), {"load": 4}, limited("NO_HEAVY"), {"load": 3}),
    ("NO_STANDING", limited("NO_STANDING"), {"load": 3}, limited("NO_STANDING"), {"load": 1}),
    ("NO_HEIGHT", limited("NO_HEIGHT"), hazard("H"), {}, hazard("H")),
    ("NO_DUST", limited("NO_DUST"), hazard("D"), {}, hazard("D")),
    ("NO_COLD_WET", limited("NO_COLD_WET"), hazard("W"), {}, hazard("W")),
    ("NO_LIVESTOCK", limited("NO_LIVESTOCK"), hazard("L"), {}, hazard("L")),
    ("NO_CHEMICAL", limited("NO_CHEMICAL"), hazard("C"), {}, hazard("C")),
    ("NO_MACHINE", limited("NO_MACHINE"), hazard("V"), {}, hazard("V")),
    (
        "NO_DRIVING",
        limited("NO_DRIVING", "2029-03-01"),
        {"families": frozenset({"delivery_rider"})},
        limited("NO_DRIVING", "2026-03-01"),
        {"families": frozenset({"delivery_rider"})},
    ),
    ("NO_COLOUR_TASK", limited("NO_COLOUR_TASK"), hazard("K"), {}, hazard("K")),
    ("NO_PHONE", limited("NO_PHONE"), hazard("P"), limited("NO_PHONE"), {}),
    ("STEP_FREE_ACCESS", limited("STEP_FREE_ACCESS"), {"load": 3}, limited("STEP_FREE_ACCESS"), {"load": 1}),
    ("MINOR_16_18", {"age": 17.0}, BY_NIGHT, {"age": 18.0}, BY_NIGHT),
    ("AGE_OVER_60", {"age": 62.0}, {"load": 4}, {"age": 59.0}, {"load": 4}),
    (
        "AGE_CONSTRUCTION",
        limited("AGE_CONSTRUCTION"),
        {"families": frozenset({"construction_labour"})},
        limited("AGE_CONSTRUCTION"),
        {"families": frozenset({"interior_finish"})},
    ),
    (
        "NO_SECURITY",
        limited("NO_SECURITY"),
        {"families": frozenset({"security_guard"})},
        limited("NO_SECURITY"),
        {"families": frozenset({"gatekeeper_watch"})},
    ),
]


@pytest.mark.parametrize(("rule", "who", "what", "who_near", "what_near"), CASES, ids=[case[0] for case in CASES])
def test_a_rule_breaks_on_its_pair_and_not_on_the_next(
    rule: str, who: dict[str, Any], what: dict[str, Any], who_near: dict[str, Any], what_near: dict[str, Any]
) -> None:
    assert rule in broken(who, what)
    assert rule not in broken(who_near, what_near)


def test_every_rule_has_a_case_and_every_breach_a_paragraph() -> None:
    named = {case[0].partition(":")[0] for case in CASES}
    rules = {rule.__name__.replace("_", " ") for rule, _ in RULES} | {rule.code for rule in health_rules()}
    assert rules == named
    assert all(paragraph for _, paragraph in RULES)
    assert all(rule.paragraph for rule in health_rules())


def test_every_constraint_code_is_checked_or_it_is_said_why_not() -> None:
    assert (
        codes("limit").keys() == {rule.code for rule in health_rules()} | DONE_OTHERWISE | NOT_TOLD_BY_THE_TRUTH.keys()
    )


def test_an_ordinary_pair_breaks_nothing() -> None:
    assert broken({}, {}) == set()


@pytest.mark.parametrize(
    ("who", "what"),
    [
        ({"moves": None}, {"county": SHENYANG, "township": ""}),
        ({"county": "", "township": ""}, {"county": NAIMAN}),
        ({"moves": True}, {"county": KAILU, "township": ""}),
        (limited("SEASONAL", 11, 3), {"months": None}),
        (limited("HOURS", "08:00", "16:00"), {"hours": None, "shift": "unknown"}),
        ({"limits": {"NEED_LODGING": ()}, "moves": True}, {"county": KERQIN, "township": "", "lodging": None}),
    ],
    ids=["a neighbouring province", "no home known", "willing", "no season", "no hours", "lodging not said"],
)
def test_what_nobody_knows_about_home_hours_and_board_passes(who: dict[str, Any], what: dict[str, Any]) -> None:
    assert broken(who, what) == set()


def test_a_paper_worth_more_covers_one_worth_less_and_never_the_other_way_round() -> None:
    assert lacks(["A2驾驶证"], ["B2驾驶证", "C1驾驶证", "C2"]) == []
    assert lacks(["C1驾驶证"], ["B2驾驶证"]) == ["B2驾驶证"]
    assert lacks([], ["某种没听过的证"]) == ["某种没听过的证"]
    assert lacks(["某种没听过的证"], ["某种没听过的证"]) == []


def test_the_check_shares_no_code_with_the_matcher() -> None:
    allowed = ("matcher.trials.judged.cases", "matcher.trials.judged.case_files", "matcher.trials.judged.checker")
    foreign = []
    for path in Path(checker.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            foreign += [
                (path.name, name)
                for name in names
                if not name.startswith(allowed) and name.split(".")[0] not in sys.stdlib_module_names
            ]
    assert foreign == []
