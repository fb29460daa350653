"""Merging in a real store: once in the market, reversible, never asked twice; one answer counts for all adverts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from jobs_feed.pipeline import run_import
from jobs_feed.report import ImportReport
from jobs_feed.sameness import after
from jobs_feed.sameness.merging import decide_same, merge_same, take_out
from jobs_feed.sameness.reading import group_of, questions
from matcher.casework import load_desk
from matcher.domain.answer import AnswerKind
from matcher.domain.errors import InputRefused, RecordNotFound, StoreUnavailable
from matcher.domain.incoming.sameness import Verdict
from matcher.domain.posting import PostingState
from matcher.domain.run import MatchRun
from matcher.office import Office
from tests.factories import DAY, a_worker, worker_facts
from tests.jobs_feed.books import csv_file, new_office
from tests.jobs_feed.sameness.test_compare import TEXT

HEADERS = (
    "编号",
    "岗位名称",
    "用人单位",
    "工作地点",
    "招聘人数",
    "薪资待遇",
    "岗位描述",
    "联系电话",
    "发布日期",
    "截止日期",
    "来源",
)
CLEANER: dict[str, str] = {
    "编号": "A-1", "岗位名称": "保洁员", "用人单位": "通辽市洁净物业服务有限公司", "工作地点": "奈曼旗大沁他拉镇",
    "招聘人数": "5", "薪资待遇": "2200-2500元/月", "岗位描述": TEXT, "联系电话": "15904750011",
    "发布日期": "2026-06-01", "截止日期": "2026-07-31", "来源": "窗口",
}  # fmt: skip


HEADERS = tuple(CLEANER)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office with an empty database."""
    opened = new_office(tmp_path)
    yield opened
    opened.close()


def take(office: Office, folder: Path, sender: str, *rows: dict[str, str]) -> ImportReport:
    """Imports rows that differ from the cleaner's advert as named."""
    lines: list[list[str]] = [list(HEADERS)]
    lines += [[(CLEANER | row)[header] for header in HEADERS] for row in rows]
    return run_import(office, "postings", csv_file(folder / "in.csv", lines), sender=sender, as_of=DAY)


def twice(office: Office, folder: Path, **changes: str) -> tuple[int, int]:
    """The advert from two senders, the second as named; their keys."""
    take(office, folder, "one", {})
    take(office, folder, "two", {"编号": "B-9", "发布日期": "2026-06-05", **changes})
    return keys(office, "A-1", "B-9")


def keys(office: Office, *refs: str) -> Any:
    """The keys of postings."""
    with office.reading() as unit:
        return tuple(unit.postings.by_ref(ref).key for ref in refs)


def market(office: Office, on: date = DAY) -> list[str]:
    """The references of the postings plans are made from on a day."""
    with office.reading() as unit:
        return [row.posting.ref for row in load_desk(office, unit, division="", worker_ref="", on=on).postings]


def asked(office: Office) -> int:
    """How many pairs wait for a person."""
    with office.reading() as unit:
        return questions(unit).total


def codes(report: ImportReport) -> dict[str, object]:
    """The notices about sameness with their counts."""
    said = (notice.phrase for notice in report.notices)
    return {one.code: one.args["count"] for one in said if one.code.startswith("IMPORT_SAME")}


def test_the_same_job_from_two_senders_stands_once_in_the_market(office: Office, tmp_path: Path) -> None:
    take(office, tmp_path, "one", {})
    report = take(
        office, tmp_path, "two", {"编号": "B-9", "用人单位": "洁净物业", "招聘人数": "", "发布日期": "2026-06-05"}
    )
    assert (report.stored, codes(report)) == (1, {"IMPORT_SAME": 1})
    assert market(office) == ["A-1"]


def test_the_richest_advert_is_kept(office: Office, tmp_path: Path) -> None:
    take(office, tmp_path, "one", {"招聘人数": "", "截止日期": ""})
    take(office, tmp_path, "two", {"编号": "B-9"})
    assert market(office) == ["B-9"]


def test_the_same_file_again_merges_nothing_new_and_notes_that_it_was_seen(office: Office, tmp_path: Path) -> None:
    one, _ = twice(office, tmp_path)
    assert codes(take(office, tmp_path, "one", {})) == {}
    with office.reading() as unit:
        shown = group_of(unit, one, DAY, 60)
    assert shown is not None
    seen = {found.ref: found for found in shown.sightings}
    assert set(seen) == {"A-1", "B-9"}
    assert seen["A-1"].last_seen > seen["A-1"].first_seen
    assert (seen["B-9"].sender, seen["B-9"].source) == ("two", "窗口")


def test_a_posting_changed_into_another_job_leaves_its_group(office: Office, tmp_path: Path) -> None:
    twice(office, tmp_path)
    take(office, tmp_path, "two", {"编号": "B-9", "岗位名称": "保安员", "岗位描述": "门岗值守，两班倒。"})
    assert market(office) == ["A-1", "B-9"]


def test_where_the_kept_one_ends_the_next_one_speaks(office: Office, tmp_path: Path) -> None:
    one, other = twice(office, tmp_path, 截止日期="2026-09-30", 招聘人数="")
    assert market(office) == ["A-1"]
    assert market(office, date(2026, 8, 15)) == ["B-9"]
    with office.unit() as unit:
        unit.postings.set_state(one, PostingState.WITHDRAWN)
    assert market(office) == ["B-9"]
    with office.unit() as unit:
        unit.postings.set_state(one, PostingState.OPEN)
        unit.postings.set_state(other, PostingState.FILLED)
    assert market(office) == ["A-1"]


def test_a_hold_is_not_evaded_by_advertising_twice(office: Office, tmp_path: Path) -> None:
    one, _ = twice(office, tmp_path)
    with office.unit() as unit:
        unit.postings.set_state(one, PostingState.HELD)
    assert market(office) == ["A-1"]


def test_undo_brings_back_exactly_what_was(office: Office, tmp_path: Path) -> None:
    def stored() -> list[tuple[int, int, Any, str]]:
        with office.reading() as unit:
            found = unit.postings.all_for_planning(only_open=False)
            return [(one.key, one.revision, one.value, one.state) for one in found]

    one, other = twice(office, tmp_path)
    before = stored(), market(office)
    assert take_out(office, other, actor="window") == 1
    assert market(office) == ["A-1", "B-9"]
    assert stored() == before[0]
    decide_same(office, one, other, None)
    assert (stored(), market(office)) == before


def test_what_was_taken_out_stays_out(office: Office, tmp_path: Path) -> None:
    _, other = twice(office, tmp_path)
    take_out(office, other)
    take(office, tmp_path, "two", {"编号": "B-9", "发布日期": "2026-06-12"})
    merge_same(office)
    assert market(office) == ["A-1", "B-9"]
    assert asked(office) == 0


def test_a_doubtful_pair_is_asked_once(office: Office, tmp_path: Path) -> None:
    one, other = twice(office, tmp_path, 用人单位="金达莱餐饮有限公司", 联系电话="13900000000")
    assert market(office) == ["A-1", "B-9"]
    assert asked(office) == 1
    decide_same(office, one, other, Verdict.DIFFERENT, actor="window")
    assert asked(office) == 0
    changed = {"编号": "B-9", "用人单位": "金达莱餐饮有限公司", "联系电话": "13900000000", "发布日期": "2026-06-20"}
    assert codes(take(office, tmp_path, "two", changed)) == {}
    decide_same(office, one, other, Verdict.SAME, actor="window")
    assert len(market(office)) == 1
    decide_same(office, one, other, None, actor="window")
    assert len(market(office)) == 2


def test_closed_postings_ask_nothing(office: Office, tmp_path: Path) -> None:
    _, other = twice(office, tmp_path, 用人单位="金达莱餐饮有限公司", 联系电话="13900000000")
    with office.unit() as unit:
        unit.postings.set_state(other, PostingState.WITHDRAWN)
    assert asked(office) == 0


def test_a_group_grows_by_the_next_import_alone(office: Office, tmp_path: Path) -> None:
    twice(office, tmp_path)
    report = take(
        office, tmp_path, "three", {"编号": "C-3", "用人单位": "洁净物业", "发布日期": "2026-06-08"}, {"编号": "C-4"}
    )
    assert codes(report)["IMPORT_SAME"] == 2
    assert len(market(office)) == 1
    done = merge_same(office)
    assert (done.compared, done.merged) == (0, 0)


def test_two_groups_never_join_over_what_keeps_two_of_them_apart(office: Office, tmp_path: Path) -> None:
    paid = {"编号": "B-9", "薪资待遇": "2600-2800元/月"}
    silent = {"编号": "C-1", "薪资待遇": "面议", "发布日期": "2026-06-09"}
    take(office, tmp_path, "one", {})
    take(office, tmp_path, "two", paid)
    take(office, tmp_path, "three", silent)
    left = market(office)
    assert len(left) == 2
    assert "B-9" in left


def test_an_answer_to_one_advert_counts_for_the_job(office: Office, tmp_path: Path) -> None:
    take(office, tmp_path, "two", {"编号": "B-9", "招聘人数": ""})
    with office.unit() as unit:
        (worker,) = unit.workers.add_many([(a_worker("NM-1"), worker_facts())])
        run = unit.runs.create(MatchRun(as_of=DAY))
        (key,) = (unit.postings.by_ref("B-9").key,)
        (plan,) = unit.plans.put_many(run, [plan_of(worker, key)])
        unit.plans.answers.record(plan, key, AnswerKind.NOT_WANTED, on=DAY)
    take(office, tmp_path, "one", {})
    kept, refused = standing(office)
    assert market(office) == ["A-1"]
    assert (kept, refused) == (frozenset(), frozenset(keys(office, "A-1")))


def test_a_posting_that_stands_in_a_plan_is_kept_under_the_one_that_speaks_for_it(
    office: Office, tmp_path: Path
) -> None:
    take(office, tmp_path, "two", {"编号": "B-9", "招聘人数": ""})
    with office.unit() as unit:
        (worker,) = unit.workers.add_many([(a_worker("NM-1"), worker_facts())])
        run = unit.runs.create(MatchRun(as_of=DAY))
        unit.plans.put_many(run, [plan_of(worker, unit.postings.by_ref("B-9").key)])
    take(office, tmp_path, "one", {})
    assert standing(office) == (frozenset(keys(office, "A-1")), frozenset())
    with office.reading() as unit:
        desk = load_desk(office, unit, division="1504", worker_ref="", on=DAY)
    assert {key: count for key, count in desk.standing.items() if count} == {keys(office, "A-1")[0]: 1}


def standing(office: Office) -> tuple[frozenset[int], frozenset[int]]:
    """What stands and what was refused of the one person on the desk."""
    with office.reading() as unit:
        (row,) = load_desk(office, unit, division="", worker_ref="", on=DAY).people
    return row.kept_postings, row.refused_postings


def plan_of(worker: int, posting: int) -> Any:
    """A plan that holds one posting."""
    from tests.web.made_up import a_plan

    return replace(a_plan(worker, posting), made_on=DAY, valid_until=DAY + timedelta(days=15))


def test_a_busy_database_leaves_the_import_and_says_what_to_do(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise StoreUnavailable("数据库正忙")

    with monkeypatch.context() as patch:
        patch.setattr(after, "merge_same", busy)
        report = take(office, tmp_path, "one", {})
    assert report.stored == 1
    assert [notice.phrase.code for notice in report.notices] == ["IMPORT_SAME_LATER"]
    assert merge_same(office).compared == 1


def test_looking_stores_nothing(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("jobs_feed.pipeline.with_same", lambda office, report, **_: report)
        twice(office, tmp_path)
    tried = merge_same(office, dry_run=True)
    assert (tried.compared, tried.merged) == (2, 1)
    assert market(office) == ["A-1", "B-9"]
    assert merge_same(office).merged == 1


def test_what_does_not_exist_cannot_be_decided(office: Office, tmp_path: Path) -> None:
    one, other = twice(office, tmp_path)
    with pytest.raises(RecordNotFound):
        decide_same(office, one, 999, Verdict.SAME)
    with pytest.raises(InputRefused):
        decide_same(office, one, one, Verdict.SAME)
    take_out(office, other)
    with pytest.raises(InputRefused, match="没有和别的岗位并在一起"):
        take_out(office, other)


def test_no_phone_number_is_stored_in_clear(office: Office, tmp_path: Path) -> None:
    twice(office, tmp_path)
    for path in office.config.home.rglob("*"):
        if path.is_file():
            assert b"15904750011" not in path.read_bytes(), path.name
