"""A judged person and a judged posting that suit each other; every field can be changed by keyword."""

from __future__ import annotations

from typing import Any

from matcher.trials.judged.cases import CaseSet, JudgedPerson, JudgedPosting, JudgedTraining, load_set
from matcher.trials.judged.judging import Json
from tests.matcher.trials.judged import TINY

NAIMAN, KERQIN, KAILU, BEIJING, SHENYANG, SHANGHAI = "150525", "150502", "150523", "110105", "210106", "310115"


def person(**changes: Any) -> JudgedPerson:
    """A woman of 41 in the town of Naiman, junior school, who has to be nowhere at any time."""
    row = {"编号": "S-P001", "性别": "女", "劳动技能": "普通劳动力"} | changes.pop("row", {})
    given: dict[str, Any] = {
        "ref": "S-P001",
        "track": "131",
        "age": 41.0,
        "county": NAIMAN,
        "township": "大沁他拉镇",
        "education": "初中",
        "papers": (),
        "limits": {},
        "moves": False,
        "home_daily": False,
        "transport": "电动车",
        "weak": False,
        "mandarin": True,
        "families": frozenset({"cleaning"}),
        "wrong_families": frozenset({"warehouse_sorting"}),
        "never": {},
        "also": frozenset(),
        "training": JudgedTraining(best=("S-C001",), accepted=(), none=False),
        "must_mention": (),
        "forbidden": (),
        "row": row,
    }
    return JudgedPerson(**(given | changes))


def posting(**changes: Any) -> JudgedPosting:
    """A cleaning job by day in the same town."""
    row = {"编号": "S-J001", "用人单位": "洁净物业（虚构）", "招聘人数": "2"} | changes.pop("row", {})
    given: dict[str, Any] = {
        "ref": "S-J001",
        "families": frozenset({"cleaning"}),
        "county": NAIMAN,
        "township": "大沁他拉镇",
        "load": 2,
        "hazards": frozenset(),
        "shift": "day",
        "hours": (480, 990),
        "live_in": False,
        "lodging": None,
        "papers": (),
        "age": (None, None),
        "education": "",
        "pay": (2400.0, 2600.0),
        "months": None,
        "talk": 0,
        "mongolian_ok": False,
        "kind": "市场岗位",
        "home_work": False,
        "closed": "",
        "row": row,
    }
    return JudgedPosting(**(given | changes))


def tiny() -> CaseSet:
    """Three people, six postings, two classes."""
    return load_set(TINY)


def match(ref: str, **changes: Any) -> Json:
    """One printed posting whose effects add up."""
    reasons = [
        {"code": "BASE", "part": "fit", "effect": 0.5, "text": "", "evidence": ""},
        {"code": "BASE", "part": "wish", "effect": 0.4, "text": "", "evidence": ""},
        {"code": "WISHED", "part": "wish", "effect": 0.1, "text": "想干保洁", "evidence": "意向工种：保洁"},
    ]
    return {
        "posting": ref,
        "title": "保洁员",
        "employer": "某单位",
        "place": "某镇",
        "fit": 0.5,
        "wish": 0.5,
        "score": 0.25,
        "reasons": reasons,
    } | changes


def plan(ref: str, *refs: str, **changes: Any) -> Json:
    """The plan of a person with these postings."""
    return {
        "worker": {"ref": ref, "name": "某某", "village": "某村"},
        "track": "131",
        "guidance": {
            "opening": "先去看保洁的活。",
            "strengths": [],
            "obstacles": [],
            "steps": [],
            "avoid": [],
            "bring": [],
        },
        "matches": [match(posting_ref) for posting_ref in refs],
        "training": None,
        "shortfall": {"missing": 3 - len(refs), "relaxations": []},
    } | changes
