"""Nobody is sent back to an employer that owes them, or to the one they are with."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.domain.worker import WorkStatus
from matcher.known_employers import core_of, exclusion_of
from tests.factories import a_person, an_opening
from tests.worlds import plan_of

FIRM = "通辽鼎固建筑劳务有限公司"
OWED = [
    {"remarks": "去年在鼎固劳务干到上冻，欠我一万四，年后也没给"},
    {"remarks": "鼎固建筑拖欠工资，打死不去他家"},
    {"experience_text": "鼎固公司干过两年，工资没给开"},
    {"remarks": "在鼎固干的。欠着工钱呢，鼎固那家不去"},
]
NOT_OWED = [
    {"remarks": "去年在鼎固劳务干到上冻，工资都给清了"},
    {"remarks": "鼎固劳务从不拖欠工资，还想去"},
    {"remarks": "在工地干过，包工头欠我一万四"},
    {"remarks": "顶固门窗欠我钱"},
    {"remarks": "在鼎固劳务干过两年"},
]


@pytest.mark.parametrize(
    ("employer", "core"),
    [
        (FIRM, ("鼎固", "建筑劳务")),
        ("科左中旗玉穗淀粉有限公司", ("玉穗", "淀粉")),
        ("奈曼旗人民医院", ("", "")),
        ("个人", ("", "")),
        ("", ("", "")),
    ],
)
def test_a_name_is_told_by_its_core_and_common_names_by_none(employer: str, core: tuple[str, str]) -> None:
    assert core_of(employer) == core


@pytest.mark.parametrize("told", OWED)
def test_an_employer_that_owes_somebody_is_not_suggested_to_them(told: dict[str, str]) -> None:
    posting = an_opening(1, employer=FIRM)
    assert plan_of(a_person(1, **told), [posting]).matches == ()
    excluded = exclusion_of(a_person(1, **told), posting)
    assert excluded is not None and excluded.code == "EXCLUDED_EMPLOYER"
    assert all(evidence.private for evidence in excluded.evidence)


@pytest.mark.parametrize("told", NOT_OWED)
def test_an_employer_that_paid_or_another_firm_is_suggested(told: dict[str, str]) -> None:
    posting = an_opening(1, employer=FIRM)
    assert len(plan_of(a_person(1, **told), [posting]).matches) == 1
    assert exclusion_of(a_person(1, **told), posting) is None


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({"work_status": WorkStatus.EMPLOYED, "experience_text": "玉穗淀粉包装工两年半"}, False),
        ({"work_status": WorkStatus.EMPLOYED, "experience_text": "以前在玉穗淀粉包装，现在打零工"}, True),
        ({"work_status": WorkStatus.UNEMPLOYED, "experience_text": "玉穗淀粉包装工两年半"}, True),
    ],
)
def test_the_employer_somebody_is_with_is_no_suggestion(changes: dict[str, Any], fits: bool) -> None:
    assert (exclusion_of(a_person(1, **changes), an_opening(1, employer="科左中旗玉穗淀粉有限公司")) is None) is fits
