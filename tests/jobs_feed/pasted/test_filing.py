"""Messages on their way into the store: from a file, from cards, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jobs_feed.pasted_filing import Card, file_cards
from jobs_feed.pipeline import run_import
from matcher.domain.posting import PostingState
from matcher.office import Office
from tests.jobs_feed.books import new_office

AS_OF = date(2026, 6, 24)
MESSAGE = """张姐 2026/6/20 10:32
示例食品有限公司招包装工10名，月薪3500，科尔沁区辽河大街，报名截止7月10日，13900001111
王强 10:40
收到
示例火锅店招：服务员3名，3500；后厨洗碗2名，2800。包吃住，科尔沁区建国路，电话0475-8200000
急招叉车司机一名，有证，13900002222
"""


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with an empty database."""
    opened = new_office(tmp_path)
    yield opened
    opened.close()


def message_file(folder: Path, text: str = MESSAGE) -> Path:
    """A message as a text file."""
    path = folder / "群消息.txt"
    path.write_text(text, encoding="utf-8")
    return path


def stored(office: Office) -> dict[str, str]:
    """Title → employer of everything stored."""
    with office.reading() as unit:
        return {one.value.title: one.value.employer for one in unit.postings.all_for_planning(only_open=False)}


def test_a_file_that_is_a_message_is_imported(office: Office, tmp_path: Path) -> None:
    report = run_import(office, "postings", message_file(tmp_path), as_of=AS_OF)
    assert report.refused is None
    assert (report.rows, report.stored) == (3, 3)
    assert stored(office) == {"包装工": "示例食品有限公司", "服务员": "示例火锅店", "后厨洗碗": "示例火锅店"}


def test_a_refused_advert_is_named_with_its_line_and_column(office: Office, tmp_path: Path) -> None:
    report = run_import(office, "postings", message_file(tmp_path), as_of=AS_OF)
    assert {(problem.row, problem.field) for problem in report.problems} == {(6, "用人单位"), (6, "工作地点")}
    assert {notice.row for notice in report.notices if notice.phrase.code == "IMPORT_LEFT_NOISE"} == {4}
    assert all("张姐" not in notice.value for notice in report.notices)


def test_a_deadline_without_a_year_lies_ahead_of_the_message(office: Office, tmp_path: Path) -> None:
    run_import(office, "postings", message_file(tmp_path), as_of=AS_OF)
    with office.reading() as unit:
        found = {one.value.title: one.value for one in unit.postings.all_for_planning()}
    assert (found["包装工"].published_on, found["包装工"].deadline) == (date(2026, 6, 20), date(2026, 7, 10))
    assert found["包装工"].phone == "13900001111"
    assert "13900001111" not in found["包装工"].description


def test_the_same_message_again_changes_nothing(office: Office, tmp_path: Path) -> None:
    run_import(office, "postings", message_file(tmp_path), as_of=AS_OF)
    report = run_import(office, "postings", message_file(tmp_path), as_of=AS_OF)
    assert (report.stored, report.updated, report.unchanged) == (0, 0, 3)


@pytest.mark.parametrize(
    "text", ["编号,岗位,备注\n1,保安,好\n2,保洁,好\n", "今天天气不错\n明天也不错\n", "甲;乙;丙\n1;2;3\n4;5;6\n"]
)
def test_a_table_with_strange_columns_and_mere_words_stay_refused(office: Office, tmp_path: Path, text: str) -> None:
    report = run_import(office, "postings", message_file(tmp_path, text), as_of=AS_OF)
    assert report.refused is not None
    assert stored(office) == {}


def test_a_message_is_no_roster(office: Office, tmp_path: Path) -> None:
    assert run_import(office, "workers", message_file(tmp_path), as_of=AS_OF).refused is not None


def card(**fields: str) -> Card:
    """A card with what a posting needs."""
    return Card(
        {"岗位名称": "保洁", "用人单位": "示例物业", "工作地点": "奈曼旗", "联系电话": "13900001111"} | fields, 1
    )


def test_cards_are_stored_together_and_their_keys_come_back(office: Office) -> None:
    filed = file_cards(office, [card(), card(岗位名称="保安")], "原文", actor="window", name="粘贴")
    assert (filed.stored, len(filed.keys), filed.refused) == (2, 2, False)
    with office.reading() as unit:
        assert {one.value.title for one in unit.postings.many(filed.keys).values()} == {"保洁", "保安"}
        assert unit.imports.recent(1)[0].stored == 2


def test_one_incomplete_card_keeps_all_from_being_stored(office: Office) -> None:
    filed = file_cards(office, [card(), card(用人单位="")], "原文", actor="window", name="粘贴")
    assert filed.refused
    assert [problem.field for problem in filed.problems[1]] == ["用人单位"]
    assert stored(office) == {}


def test_an_advert_that_asks_for_money_is_held(office: Office) -> None:
    filed = file_cards(office, [card(岗位描述="入职先交押金500元")], "原文", actor="window", name="粘贴")
    with office.reading() as unit:
        assert unit.postings.get(filed.keys[0]).state is PostingState.HELD
