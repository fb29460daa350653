"""The gate of public-welfare posts, as cases a civil servant can read (notice 二(二); domain 5.4)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from matcher.domain.facts import Fact
from matcher.domain.plan import ServicePlan, Track
from matcher.domain.posting import PostingKind
from matcher.domain.service.around.local_work import Member, Said, Stage
from matcher.domain.worker import Constraint, Health, HouseholdType, LabourSkill, Worker, WorkerFacts, WorkStatus
from matcher.local_work.gate import Known, Verdict, check_gate, ground_of
from matcher.policy import load_policy
from tests.matcher.store.records import a_match

DAY = date(2026, 6, 15)
POLICY = load_policy().at(DAY)
YES, NO, ASK = Verdict.YES, Verdict.NO, Verdict.ASK
NOTHING_FOUND = ServicePlan(
    worker_key=1,
    worker_ref="NM-1",
    worker_name="包示例",
    village="东村",
    made_on=date(2026, 6, 1),
    valid_until=date(2026, 6, 16),
    track=Track.FULL,
)


def known(**changes: Any) -> Known:
    """A weak worker of a lifted household for whom the market has nothing, but for what is changed."""
    worker = Worker(
        ref="NM-1",
        name="包示例",
        household_type=changes.pop("household_type", HouseholdType.LIFTED),
        labour_skill=changes.pop("labour_skill", LabourSkill.WEAK),
        work_status=changes.pop("work_status", WorkStatus.UNEMPLOYED),
        health=changes.pop("health", ()),
    )
    facts = WorkerFacts(
        birth_date=Fact(changes.pop("born", date(1970, 3, 2))), constraints=changes.pop("constraints", ())
    )
    return Known(worker=worker, facts=facts, policy=POLICY, **({"plan": NOTHING_FOUND} | changes))


def test_the_gate_opens_for_weak_labour_once_the_market_has_nothing() -> None:
    gate = check_gate(known())
    assert (gate.open, gate.refused, ground_of(gate)) == (True, False, "weak")


@pytest.mark.parametrize(
    ("changes", "line", "verdict", "why"),
    [
        ({"household_type": HouseholdType.ORDINARY}, "POPULATION", NO, "GATE_POPULATION_NO"),
        ({"household_type": None}, "POPULATION", ASK, "GATE_POPULATION_ASK"),
        ({"born": date(2011, 1, 1)}, "AGE", NO, "GATE_AGE_NO"),
        ({"born": date(2008, 6, 16)}, "AGE", NO, "GATE_AGE_NO"),
        ({"born": date(2008, 6, 15)}, "AGE", YES, "GATE_AGE_YES"),
        ({"born": None}, "AGE", ASK, "GATE_AGE_ASK"),
        ({"labour_skill": LabourSkill.SKILLED}, "LABOUR", NO, "GATE_LABOUR_SKILLED"),
        ({"labour_skill": LabourSkill.LOST}, "LABOUR", NO, "GATE_LABOUR_NONE"),
        ({"labour_skill": LabourSkill.ORDINARY}, "LABOUR", NO, "GATE_LABOUR_ABLE"),
        ({"labour_skill": None}, "LABOUR", ASK, "GATE_LABOUR_ASK"),
        ({"labour_skill": LabourSkill.ORDINARY, "health": (Health.DISABLED,)}, "LABOUR", YES, "GATE_LABOUR_WEAK"),
        (
            {"labour_skill": LabourSkill.ORDINARY, "constraints": (Constraint(code="MIDDAY_HOME"),)},
            "LABOUR",
            YES,
            "GATE_LABOUR_BOUND",
        ),
        (
            {"labour_skill": LabourSkill.ORDINARY, "said": Said(cannot_leave="母亲卧床，村里核实")},
            "LABOUR",
            YES,
            "GATE_LABOUR_WRITTEN",
        ),
        (
            {"labour_skill": LabourSkill.SKILLED, "said": Said(cannot_leave="母亲卧床，村里核实")},
            "LABOUR",
            NO,
            "GATE_LABOUR_SKILLED",
        ),
        ({"labour_skill": LabourSkill.ORDINARY, "said": Said(cannot_leave="有事")}, "LABOUR", NO, "GATE_LABOUR_ABLE"),
        ({"plan": None}, "MARKET", ASK, "GATE_MARKET_NO_PLAN"),
        ({"plan": None, "said": Said(market="跑了三家都嫌腿脚慢")}, "MARKET", YES, "GATE_MARKET_WRITTEN"),
        ({"work_status": WorkStatus.FLEXIBLE}, "FREE", NO, "GATE_FREE_NO"),
        ({"in_work": True}, "FREE", NO, "GATE_FREE_NO"),
        ({"others": (Member(site_key=2, worker_key=1, stage=Stage.SERVING),)}, "ONE", NO, "GATE_ONE_NO"),
        ({"others": (Member(site_key=2, worker_key=1, stage=Stage.ENDED),)}, "ONE", YES, "GATE_ONE_YES"),
    ],
)
def test_every_line_of_the_checklist(changes: dict[str, Any], line: str, verdict: Verdict, why: str) -> None:
    check = check_gate(known(**changes)).of(line)
    assert (check.verdict, check.why.code) == (verdict, why)


def test_market_postings_are_tried_first_and_public_ones_do_not_count() -> None:
    tailor, guard = a_match(11), a_match(12)
    public = replace(guard, posting=replace(guard.posting, kind=PostingKind.PUBLIC_WELFARE.value))
    plan = replace(NOTHING_FOUND, matches=(tailor, public))
    assert check_gate(known(plan=plan)).of("MARKET").why.code == "GATE_MARKET_OPEN"
    tried = check_gate(known(plan=plan, closed=frozenset({11})))
    assert (tried.open, tried.of("MARKET").why.code) == (True, "GATE_MARKET_FAILED")
    written = check_gate(known(plan=plan, said=Said(market="要住厂，老人离不了人")))
    assert (written.open, written.of("MARKET").why.code) == (True, "GATE_MARKET_WRITTEN_OPEN")
