"""Runs, imports, column mappings and settings are kept as they were noted."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.errors import RecordNotFound, StoreUnavailable
from matcher.domain.run import MatchRun, RunQuality, RunState
from matcher.domain.settings import SettingName
from matcher.store import ImportRecord, Store
from tests.matcher.store.conftest import Clock

DAY = date(2026, 6, 22)


def test_a_run_goes_from_queued_to_done(store: Store, clock: Clock) -> None:
    with store.unit(actor="window1") as unit:
        key = unit.runs.create(MatchRun(division="150525", as_of=DAY))
        assert [run.key for run in unit.runs.queued()] == [key]
        assert unit.runs.claim(key)
        unit.runs.note_inputs(key, policy_digest="p", reference_digest="r")
    clock.move(minutes=1)
    quality = RunQuality(people=40, complete=38, score_sum=81.5)
    with store.unit() as unit:
        assert unit.runs.progress(key, 0.5, "SCORING") is False
        unit.runs.finish(key, RunState.DONE, quality=quality)
    with store.reading() as unit:
        run = unit.runs.get(key)
    assert (run.state, run.progress, run.quality, run.started_by) == (RunState.DONE, 1.0, quality, "window1")
    assert (run.policy_digest, run.reference_digest, run.division, run.as_of) == ("p", "r", "150525", DAY)
    assert run.started_at is not None
    assert run.ended_at == clock.now


def test_a_run_is_taken_by_one_worker_only(store: Store) -> None:
    with store.unit() as unit:
        key = unit.runs.create(MatchRun(as_of=DAY))
        assert [unit.runs.claim(key), unit.runs.claim(key)] == [True, False]


def test_a_run_can_be_asked_to_stop(store: Store) -> None:
    with store.unit() as unit:
        waiting, working = unit.runs.create(MatchRun(as_of=DAY)), unit.runs.create(MatchRun(as_of=DAY))
        unit.runs.claim(working)
        unit.runs.request_cancel(waiting)
        unit.runs.request_cancel(working)
        assert unit.runs.progress(working, 0.1) is True
        states = [unit.runs.get(key).state for key in (waiting, working)]
    assert states == [RunState.CANCELLED, RunState.RUNNING]


def test_a_run_that_falls_silent_is_stale(store: Store, clock: Clock) -> None:
    with store.unit() as unit:
        dead, alive = unit.runs.create(MatchRun(as_of=DAY)), unit.runs.create(MatchRun(as_of=DAY))
        unit.runs.claim(dead)
        unit.runs.claim(alive)
        clock.move(minutes=3)
        unit.runs.progress(alive, 0.3)
        assert [run.key for run in unit.runs.stale()] == [dead]
        assert unit.runs.close_stale("进程中断") == 1
        assert [(run.key, run.state) for run in unit.runs.recent()] == [
            (alive, RunState.RUNNING),
            (dead, RunState.FAILED),
        ]


def test_an_unknown_run_is_not_found(store: Store) -> None:
    with store.unit() as unit:
        for missing in (unit.runs.get, unit.runs.request_cancel):
            with pytest.raises(RecordNotFound):
                missing(7)


def test_an_import_is_kept_with_its_report(store: Store) -> None:
    done = ImportRecord(
        kind="workers",
        sender="local",
        file_name="台账.xlsx",
        rows=3,
        stored=2,
        refused=1,
        report={"errors": [{"row": 4, "message": "身份证号校验位不对"}]},
    )
    with store.unit(actor="window1") as unit:
        key = unit.imports.record(done)
    with store.reading() as unit:
        kept = unit.imports.get(key)
        assert (kept.report, kept.rows, kept.actor) == (done.report, 3, "window1")
        assert unit.imports.recent() == [kept]
        with pytest.raises(RecordNotFound):
            unit.imports.get(key + 1)


def test_a_mapping_is_remembered_for_each_sender_and_kind(store: Store) -> None:
    with store.unit() as unit:
        unit.mappings.put("local", "workers", {"名字": "姓名"})
        unit.mappings.put("local", "workers", {"名字": "姓名", "村": "嘎查村"})
    with store.reading() as unit:
        assert unit.mappings.get("local", "workers") == {"名字": "姓名", "村": "嘎查村"}
        assert unit.mappings.get("local", "postings") == unit.mappings.get("townhall", "workers") == {}


def test_settings_keep_their_history(store: Store, clock: Clock) -> None:
    with store.unit(actor="admin1") as unit:
        assert unit.settings.get(SettingName.OFFICE_PHONE) == ""
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-1")
        clock.move(minutes=5)
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-2")
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-2")
    with store.reading() as unit:
        history = unit.settings.history(SettingName.OFFICE_PHONE)
        assert unit.settings.all()[SettingName.OFFICE_PHONE] == "0475-2"
        assert [(change.value, change.actor) for change in history] == [("0475-2", "admin1"), ("0475-1", "admin1")]
        assert history[0].since > history[1].since


def test_a_look_cannot_change_anything(store: Store) -> None:
    with pytest.raises(StoreUnavailable, match="只读"), store.reading() as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-1")
    with store.unit() as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-1")
        assert unit.settings.get(SettingName.OFFICE_PHONE) == "0475-1"
