"""Thirty people of another hand, read and planned in a small market; what an officer expects stands beside them.

In: people.csv. Out: their plans as JSON objects, and for each person the expectations.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from matcher.columns import PostingRow, WorkerRow
from matcher.domain.worker import Education, HouseholdType, LabourSkill, Sex, Transport, Willingness, Worker, WorkStatus
from matcher.plan_output import plan_json
from matcher.reading.tools import load_tools
from matcher.reading.worker import read_worker
from tests.factories import BEIJING, DAY, NAIMAN, NAIMAN_EAST, a_course, an_opening
from tests.worlds import run, wording

PEOPLE = Path(__file__).with_name("people.csv")
TEXTS = (
    *("skills_text", "certificates_text", "experience_text", "wish_text", "wish_place_text", "wage_text"),
    *("care_text", "language_text", "remarks"),
)
OPENINGS = (
    *(("sewing_worker", 2800.0), ("cleaner", 2600.0), ("waiter", 2900.0), ("kitchen_helper", 2700.0)),
    *(("welder", 6200.0), ("electrician", 5200.0), ("loader_operator", 6600.0), ("bricklayer", 5200.0)),
    *(("gatekeeper", 2300.0), ("warehouse_worker", 3300.0), ("herder", 4200.0), ("nursery_carer", 3000.0)),
    *(("office_clerk", 3200.0), ("loader_hand", 4600.0), ("cashier", 2900.0), ("tiler", 6100.0)),
    *(("forklift_operator", 4600.0), ("customer_service", 2700.0), ("orchard_worker", 3200.0), ("packer", 3000.0)),
)
AWAY = (("live_in_helper", 5500.0), ("parcel_sorter", 7200.0), ("elder_carer", 5000.0), ("dairy_keeper", 4800.0))


@dataclass(frozen=True, slots=True)
class Expected:
    """What an officer expects of one session."""

    ref: str
    obstacles: tuple[str, ...]
    says: tuple[tuple[str, ...], ...]
    never: tuple[str, ...]


def _rows() -> list[dict[str, str]]:
    with PEOPLE.open(encoding="utf-8") as source:
        return list(csv.DictReader(source))


def expectations() -> list[Expected]:
    """What stands beside the thirty people."""
    return [
        Expected(
            row["ref"],
            tuple(row["expects"].split()),
            tuple(tuple(group.split("|")) for group in row["says"].split(";")),
            tuple(filter(None, row["never"].split("|"))),
        )
        for row in _rows()
    ]


def _yes(cell: str) -> bool | None:
    return {"y": True, "n": False}.get(cell)


def _worker(row: dict[str, str], number: int) -> Worker:
    status = WorkStatus(row["status"]) if row["status"] else WorkStatus.UNEMPLOYED
    return Worker(
        ref=row["ref"],
        name=f"试{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{'东西南北'[number // 10]}",
        phone="15400000000",
        home=NAIMAN if number % 2 else NAIMAN_EAST,
        village=f"{'榆柳松杏桃'[number % 5]}树{'沟湾甸岗洼营'[number % 6]}嘎查",
        household_type=HouseholdType.LIFTED,
        sex=Sex.MALE if row["sex"] == "男" else Sex.FEMALE,
        birth_date=date(int(row["born"]), 3, 9),
        education=Education[row["education"]],
        labour_skill=LabourSkill[row["labour"]] if row["labour"] else LabourSkill.ORDINARY,
        work_status=status,
        unemployed_since=date(2026, 5, 20) if status is WorkStatus.NEWLY_UNEMPLOYED else None,
        willingness=Willingness.WILLING,
        willing_to_move=_yes(row["moves"]),
        daily_return=_yes(row["daily"]),
        transport=Transport(row["transport"]) if row["transport"] else None,
        guide_name="王主任",
        **{name: row[name] for name in TEXTS},
    )


def _market() -> list[PostingRow]:
    near = [
        an_opening(at, occupation, pay=pay, place=NAIMAN if at % 2 else NAIMAN_EAST, openings=3)
        for at, (occupation, pay) in enumerate(OPENINGS, start=1)
    ]
    far = [
        an_opening(at, occupation, pay=pay, place=BEIJING, openings=5)
        for at, (occupation, pay) in enumerate(AWAY, start=len(near) + 1)
    ]
    return [*near, *far]


@lru_cache(maxsize=2)
def planned(language: str = "zh") -> dict[str, dict[str, Any]]:
    """The plans of the thirty as JSON objects, by reference."""
    workers = [_worker(row, number) for number, row in enumerate(_rows())]
    people = [
        WorkerRow(key, worker, read_worker(worker, load_tools(), read_on=DAY)) for key, worker in enumerate(workers, 1)
    ]
    plans, _ = run(people, _market(), [a_course(1, ("welder",)), a_course(2, ("home_helper",))])
    return {ref: json.loads(json.dumps(plan_json(plan, wording(language)))) for ref, plan in plans.items()}
