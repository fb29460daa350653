"""What a roster changes: new people, other states of work, who lost work, who is no longer on it."""

from __future__ import annotations

from datetime import date

import pytest

from jobs_feed.rosters import forget_import
from matcher.domain.rosters.records import ChangeKind, EntryType
from matcher.office import Office
from tests.jobs_feed.books import Cell
from tests.jobs_feed.rosters.rolls import person, stored, take

NAMES = "赵钱孙李周吴郑冯"


def villagers(many: int, village: str = "示例嘎查", **changes: Cell) -> list[dict[str, Cell]]:
    """People of a village."""
    bare: dict[str, Cell] = {"身份证号": None, "联系电话": None, "嘎查村": village}
    return [
        person(编号=f"{village}-{number}", 姓名=f"{NAMES[number]}示例", **bare, **changes) for number in range(many)
    ]


def changes(office: Office, key: int | None) -> list[tuple[ChangeKind, str, str, str]]:
    """The change list of an import."""
    with office.reading() as unit:
        return [(one.kind, one.name, one.was, one.now) for one in unit.roster_changes.of_import(key or 0)]


def counted(found: object) -> dict[str, int]:
    """The kinds that came up."""
    assert isinstance(found, dict)
    return {kind: many for kind, many in found.items() if many}


def test_everybody_is_new_once(office: Office) -> None:
    first, again = take(office, *villagers(3)), take(office, *villagers(3))
    assert (counted(first.changes), counted(again.changes)) == ({"new": 3}, {})
    assert {kind for kind, *_ in changes(office, first.import_key)} == {ChangeKind.NEW}


@pytest.mark.parametrize(
    ("was", "now", "kinds"),
    [
        ("已就业", "未就业", {"status": 1, "newly_unemployed": 1}),
        ("灵活就业", "就业转失业", {"status": 1, "newly_unemployed": 1}),
        ("自营", "未就业", {"status": 1, "newly_unemployed": 1}),
        ("未就业", "就业转失业", {"status": 1, "newly_unemployed": 1}),
        ("未就业", "已就业", {"status": 1}),
        ("就业转失业", "未就业", {"status": 1}),
        (None, "未就业", {}),
        ("已就业", None, {}),
        ("未就业", "未就业", {}),
    ],
)
def test_another_state_of_work_is_told(office: Office, was: str | None, now: str | None, kinds: dict[str, int]) -> None:
    take(office, person(就业状态=was))
    report = take(office, person(就业状态=now))
    assert counted(report.changes) == kinds
    told = [one for one in changes(office, report.import_key) if one[0] is ChangeKind.NEWLY_UNEMPLOYED]
    assert told == ([(ChangeKind.NEWLY_UNEMPLOYED, "包雪梅", was, now)] if "newly_unemployed" in kinds else [])


def test_the_newly_unemployed_have_a_case_due_in_five_working_days_until_they_work(office: Office) -> None:
    for status in ("已就业", "未就业", "已就业", "就业转失业"):
        take(office, person(就业状态=status), as_of=date(2026, 9, 28))
    with office.reading() as unit:
        (case,), total = unit.cases.waiting(EntryType.NEWLY_UNEMPLOYED)
    assert (total, case.name, case.opened_on, case.previous_key) == (1, "包雪梅", date(2026, 9, 28), case.key - 1)
    assert case.due_on == date(2026, 10, 10)
    assert take(office, person(就业状态="已就业"), as_of=date(2026, 10, 12)).changes
    with office.reading() as unit:
        assert unit.cases.waiting(EntryType.NEWLY_UNEMPLOYED) == ([], 0)


def test_who_comes_as_newly_unemployed_gets_a_case_too(office: Office) -> None:
    report = take(
        office, person(就业状态="就业转失业"), person(编号="2", 姓名="王铁柱", 身份证号=None, 就业状态="未就业")
    )
    assert counted(report.changes) == {"new": 2, "newly_unemployed": 1}
    with office.reading() as unit:
        assert unit.cases.waiting(EntryType.NEWLY_UNEMPLOYED)[1] == 1


def test_who_is_missing_from_a_covered_village_has_fallen_out_and_stays_stored(office: Office) -> None:
    take(office, *villagers(4))
    report = take(office, *villagers(3))
    assert counted(report.changes) == {"fell_out": 1}
    assert changes(office, report.import_key) == [(ChangeKind.FELL_OUT, "李示例", "", "")]
    assert len(stored(office)) == 4
    assert counted(take(office, *villagers(3)).changes) == {}
    assert counted(take(office, *villagers(4)).changes) == {"back": 1}


@pytest.mark.parametrize("file", [villagers(1), villagers(3, "样板村")])
def test_a_file_that_does_not_cover_the_village_says_nothing_of_who_left(
    office: Office, file: list[dict[str, Cell]]
) -> None:
    take(office, *villagers(4))
    report = take(office, *file)
    assert "fell_out" not in counted(report.changes)
    assert counted(report.changes)["not_in_file"] == 4 - len([one for one in file if one["嘎查村"] == "示例嘎查"])
    assert "IMPORT_NOT_IN_FILE" in [notice.phrase.code for notice in report.notices]


def test_another_sender_says_nothing_of_the_people_of_the_first(office: Office) -> None:
    take(office, *villagers(4))
    assert counted(take(office, *villagers(3), sender="other").changes) == {"new": 3}


def test_a_row_that_could_not_be_read_or_waits_counts_as_named(office: Office) -> None:
    people = villagers(4, 出生日期="1980-01-01")
    take(office, *people)
    unreadable = people[3] | {"身份证号": "123"}
    stranger = people[2] | {"姓名": "包雪梅", "出生日期": "1985-01-01"}
    report = take(office, *people[:2], stranger, unreadable)
    assert counted(report.changes) == {"review": 1}


def test_an_import_that_is_undone_takes_its_traces_along(office: Office) -> None:
    take(office, *villagers(4, 就业状态="已就业"))
    stranger = person(编号="示例嘎查-1", 姓名="包雪梅", 联系电话=None)
    ask: dict[str, Cell] = {"文化程度": "高中", "在校生状况": "高一", "就业状态": "未就业"}
    report = take(office, *(one | ask for one in villagers(1)), *villagers(3)[2:], stranger)
    assert counted(report.changes) == {"status": 1, "newly_unemployed": 1, "fell_out": 1, "review": 1}
    with office.unit() as unit:
        forget_import(unit, report.import_key or 0)
        assert (unit.questions.count(), unit.reviews.count()) == (0, 0)
        assert unit.cases.waiting(EntryType.NEWLY_UNEMPLOYED)[1] == 0
        assert unit.roster_changes.of_import(report.import_key or 0) == []
        assert not any(member.fell_out for member in unit.roster_changes.members("local").values())


def test_the_json_line_counts_the_changes(office: Office) -> None:
    import json

    take(office, person(就业状态="已就业"))
    line = json.loads(take(office, person(就业状态="未就业")).json_line(office.wording("zh", "jobs_feed")))
    assert line["changes"] == {
        "new": 0, "back": 0, "fell_out": 0, "status": 1, "newly_unemployed": 1, "not_in_file": 0, "review": 0,
    }  # fmt: skip
