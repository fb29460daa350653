"""Taking a whole import back: random histories against replaying what was not undone, and what has to stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobs_feed import staging
from jobs_feed.cells import SheetRows
from jobs_feed.pipeline import run_import
from jobs_feed.sources.upload import ReadFile
from jobs_feed.undo import UndoRefused, outcome_of, reason_of, undo_import
from matcher.domain.answer import AnswerKind
from matcher.domain.posting import PostingState
from matcher.domain.run import MatchRun
from matcher.office import Office
from tests.jobs_feed.books import csv_file, new_office, postings, workers
from tests.web.made_up import a_plan

TODAY = date(2026, 6, 22)
REFS = ("A", "B", "C")
PAY = ("3000元", "3500元", "4000元")

Content = Mapping[str, str]
"""Reference → pay."""
steps = st.lists(
    st.one_of(
        st.dictionaries(st.sampled_from(REFS), st.sampled_from(PAY), min_size=1).map(lambda file: ("import", file)),
        st.integers(0, 5).map(lambda which: ("undo", which)),
    ),
    min_size=3,
    max_size=9,
)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    opened = new_office(tmp_path)
    yield opened
    opened.close()


def _import(office: Office, kind: str, rows: list[list[str | int | float | None]], path: Path) -> int:
    report = run_import(office, kind, csv_file(path, rows), as_of=TODAY)
    assert report.import_key is not None
    return report.import_key


def _stored(office: Office) -> dict[str, str]:
    with office.reading() as unit:
        return {stored.value.ref: stored.value.wage_text for stored in unit.postings.all_for_planning(only_open=False)}


def _replayed(deltas: Mapping[int, Content], undone: set[int]) -> dict[str, str]:
    """What stands if only the imports that were not undone had been made."""
    state: dict[str, str] = {}
    for key, delta in deltas.items():
        if key not in undone:
            state |= delta
    return state


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_any_history_ends_as_if_undone_imports_had_never_been(history: list[tuple[str, Content | int]]) -> None:
    deltas: dict[int, Content] = {}
    undone: set[int] = set()
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        office = new_office(Path(folder))
        path = csv_file(Path(folder) / "a.csv", [["x"]])
        for verb, what in history:
            if isinstance(what, Mapping):
                rows = [["编号", "岗位名称", "用人单位", "工作地点", "薪资待遇"]]
                rows += [[ref, "保洁员", "示例物业", "奈曼旗", pay] for ref, pay in what.items()]
                sheet = SheetRows("表一", rows=list(enumerate(rows, start=1)))
                patch.setattr(staging, "read_file", lambda *_, sheet=sheet, **__: ReadFile("text", [sheet]))
                before = _stored(office)
                key = run_import(office, "postings", path, as_of=TODAY).import_key
                assert key is not None
                deltas[key] = {ref: pay for ref, pay in what.items() if before.get(ref) != pay}
            elif deltas:
                key = list(deltas)[what % len(deltas)]
                try:
                    undo_import(office, key)
                    assert key not in undone, verb
                    undone.add(key)
                except UndoRefused:
                    pass
            assert _stored(office) == _replayed(deltas, undone)
        office.close()


def test_new_people_go_and_changed_ones_are_what_they_were(office: Office, tmp_path: Path) -> None:
    _import(office, "workers", workers(2), tmp_path / "a.csv")
    with office.reading() as unit:
        before = {stored.value.ref: stored.value for stored in unit.workers.all_for_planning()}
    second = _import(
        office, "workers", workers(3, 文化程度="高中")[:2] + workers(2, 情况说明="会电焊")[2:], tmp_path / "b.csv"
    )
    third = _import(office, "workers", workers(4), tmp_path / "c.csv")
    undo_import(office, third, actor="示例")
    done = undo_import(office, second, actor="示例")
    with office.reading() as unit:
        assert {stored.value.ref: stored.value for stored in unit.workers.all_for_planning()} == before
        assert unit.workers.by_ref("NM-0002").facts is not None
        entry = unit.audit.recent(1)[0]
        assert (entry.action, entry.subject, entry.actor) == ("import_undo", f"import:{second}", "示例")
        assert unit.audit.broken_link() is None
        assert unit.versions.undone([second])[second] == done
    assert (done.removed, done.restored, done.kept) == (0, 1, ())


def test_undoing_twice_is_refused_in_one_clear_line(office: Office, tmp_path: Path) -> None:
    key = _import(office, "postings", postings(2), tmp_path / "a.csv")
    undo_import(office, key, actor="示例")
    with pytest.raises(UndoRefused) as refused:
        undo_import(office, key)
    sentence = office.wording("zh", "jobs_feed").say(refused.value.phrase)
    assert "已经在" in sentence
    assert "示例" in sentence
    assert _stored(office) == {}


def test_an_import_that_changed_nothing_has_nothing_to_undo(office: Office, tmp_path: Path) -> None:
    _import(office, "postings", postings(2), tmp_path / "a.csv")
    again = _import(office, "postings", postings(2), tmp_path / "b.csv")
    with pytest.raises(UndoRefused, match="UNDO_NOTHING_DONE"):
        undo_import(office, again)
    assert len(_stored(office)) == 2


def test_what_plans_and_answers_rest_on_stays_and_is_named(office: Office, tmp_path: Path) -> None:
    people = _import(office, "workers", workers(2), tmp_path / "w.csv")
    jobs = _import(office, "postings", postings(3), tmp_path / "p.csv")
    with office.unit() as unit:
        person = unit.workers.by_ref("NM-0001")
        posting = unit.postings.by_ref("GW-001")
        run = unit.runs.create(MatchRun(as_of=TODAY))
        plan = unit.plans.put_many(run, [a_plan(person.key, posting.key)])[0]
        unit.plans.answers.record(plan, posting.key, AnswerKind.WANTED, on=TODAY)
    done = undo_import(office, people)
    assert (done.removed, [one.ref for one in done.kept]) == (1, ["NM-0001"])
    done = undo_import(office, jobs)
    wording = office.wording("zh", "jobs_feed")
    assert (done.removed, done.withdrawn, [one.ref for one in done.kept]) == (2, 1, ["GW-001"])
    assert "撤下" in wording.say(reason_of(done.kept[0]))
    assert "删去 2 条" in wording.say(outcome_of(done))
    with office.reading() as unit:
        assert unit.postings.by_ref("GW-001").state is PostingState.WITHDRAWN
        assert unit.plans.current(person.key) is not None


def test_a_withdrawn_posting_opens_again_with_the_same_file(office: Office, tmp_path: Path) -> None:
    test_what_plans_and_answers_rest_on_stays_and_is_named(office, tmp_path)
    report = run_import(office, "postings", csv_file(tmp_path / "p.csv", postings(3)), as_of=TODAY)
    assert (report.stored, report.updated, report.unchanged) == (2, 1, 0)
    with office.reading() as unit:
        assert unit.postings.by_ref("GW-001").state is PostingState.OPEN


def test_what_somebody_changed_by_hand_since_stays(office: Office, tmp_path: Path) -> None:
    key = _import(office, "postings", postings(2), tmp_path / "a.csv")
    with office.unit() as unit:
        unit.postings.set_state(unit.postings.by_ref("GW-002").key, PostingState.FILLED)
    done = undo_import(office, key)
    assert [(one.ref, one.code) for one in done.kept] == [("GW-002", "UNDO_KEPT_CHANGED")]
    assert list(_stored(office)) == ["GW-002"]


def test_where_everything_has_to_stay_nothing_is_undone(office: Office, tmp_path: Path) -> None:
    key = _import(office, "postings", postings(1), tmp_path / "a.csv")
    with office.unit() as unit:
        unit.postings.set_state(unit.postings.by_ref("GW-001").key, PostingState.FILLED)
    with pytest.raises(UndoRefused, match="UNDO_ALL_KEPT") as refused:
        undo_import(office, key)
    assert [one.ref for one in refused.value.kept] == ["GW-001"]
    with office.reading() as unit:
        assert unit.versions.undone([key]) == {}
