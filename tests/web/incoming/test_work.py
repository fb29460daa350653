"""A file worked on by a process of its own, and the small files that tell how far it is."""

from __future__ import annotations

import io
import threading
import time
from pathlib import Path

import pytest

from jobs_feed.pace import Beat
from tests.jobs_feed.books import csv_text, postings
from tests.web.made_up import World
from web.incoming.state import ERROR_SHEET, Doing, Ended, TaskState, forget, read_state, write_state, write_whole
from web.incoming.uploads import CELLS_AT_MOST, UploadDesk
from web.incoming.work import _Reporter, seen_before, start


def _put(desk: UploadDesk, text: str, name: str = "表.csv") -> str:
    stream = io.BytesIO(text.encode())
    return desk.put(stream, name=name, kind="postings", sender="local", as_of="2026-06-22", actor="window").token


def test_a_process_of_its_own_looks_and_takes(world: World, tmp_path: Path) -> None:
    desk = UploadDesk(tmp_path / "uploads", now=time.time)
    staged = desk.get(_put(desk, csv_text(postings(3, 岗位名称=None))))
    assert staged is not None
    for doing in Doing:
        assert start(world.office.config, desk, staged, doing)
        assert not start(world.office.config, desk, staged, doing), "one process a file"
        until = time.monotonic() + 60
        for thread in threading.enumerate():
            if thread.name == f"import-{staged.token[:6]}":
                thread.join(timeout=until - time.monotonic())
        state = read_state(staged.folder)
        assert state is not None
        assert (state.doing, state.ended, state.share) == (doing, Ended.DONE, 1.0)
        if doing is Doing.PREVIEW:
            seen = seen_before(staged)
            assert seen is not None
            assert (seen.report.stored, [row.row for row in seen.refused]) == (2, [4])
    with world.office.reading() as unit:
        key = unit.versions.of_ticket(staged.token)
        assert key is not None
        assert (unit.imports.get(key).actor, unit.imports.get(key).stored) == ("window", 2)
    assert not staged.waits
    assert (staged.folder / ERROR_SHEET).stat().st_mode & 0o077 == 0


def test_the_state_tells_life_and_silence(tmp_path: Path) -> None:
    assert read_state(tmp_path) is None
    write_state(tmp_path, TaskState(doing=Doing.PREVIEW), lambda: 100.0)
    state = read_state(tmp_path)
    assert state is not None
    assert (state.alive(110.0), state.alive(121.0)) == (True, False)
    forget(tmp_path)
    assert read_state(tmp_path) is None
    write_state(tmp_path / "given up", TaskState(doing=Doing.PREVIEW), lambda: 1.0)
    assert not (tmp_path / "given up").exists()


def test_the_reporter_writes_the_last_word(tmp_path: Path) -> None:
    with _Reporter(tmp_path, Doing.IMPORT, lambda: 5.0) as reporter:
        reporter.show(Beat(0.4, "IMPORT_STEP_ROWS", 10, 20, 7.0, 3.0))
        first = read_state(tmp_path)
        reporter.end(Ended.FAILED, "磁盘已满，未保存；请清理磁盘后重试")
    assert first is not None
    assert (first.share, first.rate, first.left) == (0.4, 7.0, 3.0)
    last = read_state(tmp_path)
    assert last is not None
    assert (last.ended, last.message[:4]) == (Ended.FAILED, "磁盘已满")


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "a", b"one")
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "no space left")))
    with pytest.raises(OSError, match="no space"):
        write_whole(tmp_path / "a", b"two")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_bytes() == b"one"


def test_corrected_cells_are_few_enough_to_be_kept(tmp_path: Path) -> None:
    desk = UploadDesk(tmp_path, now=time.time)
    staged = desk.get(_put(desk, "x"))
    assert staged is not None
    desk.correct_cells(staged, {("a", row, 1): "x" for row in range(CELLS_AT_MOST + 10)})
    kept = desk.get(staged.token)
    assert kept is not None
    assert len(kept.corrections()) == CELLS_AT_MOST
