"""Which of two adverts suits a person better: rows a civil servant can read, from plain words to the ranking."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from matcher.columns import PostingRow, WorkerRow
from matcher.domain.posting import Posting
from matcher.domain.worker import Education, HouseholdType, LabourSkill, Transport, Worker, WorkStatus
from matcher.live import closed_because
from matcher.reading import load_tools, read_posting, read_worker
from matcher.reference.divisions import load_gazetteer
from tests.factories import DAY, NAIMAN
from tests.worlds import policy, scores_of, why_not

TABLE = Path(__file__).with_name("better_worse.csv")
ROWS = [*csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines(), strict=True)]
WILLING = {"是": True, "否": False, "": None}
SHUT_OUT = -1.0


def person_of(row: Mapping[str, str]) -> WorkerRow:
    """The person of a row: 41 years old, junior school, in the town of Naiman, with an electric bicycle."""
    worker = Worker(
        ref="P-1",
        name="某某",
        birth_date=DAY.replace(year=1985, month=3),
        home=NAIMAN,
        education=Education.JUNIOR,
        household_type=HouseholdType.LIFTED,
        labour_skill=LabourSkill.ORDINARY,
        work_status=WorkStatus.UNEMPLOYED,
        transport=Transport.EBIKE,
        skills_text=row["技能特长"],
        experience_text=row["工作经历"],
        certificates_text=row["证书"],
        wish_text=row["意向工种"],
        wage_text=row["期望月薪"],
        willing_to_move=WILLING[row["愿意外出"]],
        remarks=row["情况说明"],
    )
    return WorkerRow(1, worker, read_worker(worker, load_tools(), read_on=DAY))


def advert_of(row: Mapping[str, str], side: str) -> PostingRow:
    """The better or the worse advert of a row, published a fortnight ago."""
    posting = Posting(
        ref=f"J-{side}",
        title=row[f"{side}岗位"],
        employer=f"某单位（{side}）",
        place=load_gazetteer().resolve(row[f"{side}地点"], within="1505"),
        wage_text=row[f"{side}薪资"],
        description=row[f"{side}要求和说明"],
        published_on=DAY.replace(day=1),
    )
    return PostingRow(1, posting, read_posting(posting, load_tools()))


def worth(person: WorkerRow, posting: PostingRow) -> float:
    """The score, or less than nothing where a limit shuts the posting out."""
    if closed_because(posting, policy()) is not None or why_not(person, posting):
        return SHUT_OUT
    return float(scores_of(person, posting).score[0])


@pytest.mark.parametrize("row", ROWS, ids=[row["理由"] for row in ROWS])
def test_the_better_advert_is_worth_more(row: Mapping[str, str]) -> None:
    person = person_of(row)
    better, worse = worth(person, advert_of(row, "好")), worth(person, advert_of(row, "差"))
    assert better > SHUT_OUT, [item.code for item in why_not(person, advert_of(row, "好"))]
    assert better > worse


def test_there_are_enough_rows_and_none_stands_twice() -> None:
    assert len(ROWS) >= 25
    assert len({row["理由"] for row in ROWS}) == len(ROWS)
