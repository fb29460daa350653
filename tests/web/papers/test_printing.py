"""Printing: stored and printed again word for word, only what changed, whole or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from matcher.domain.errors import Cancelled, InputRefused, Job131Error, RecordNotFound
from matcher.domain.papers.records import PaperKind, PrintOrder, PrintState
from matcher.domain.posting import PostingState
from matcher.domain.run import MatchRun
from matcher.domain.settings import SettingName
from matcher.upkeep.person import erase_person, export_person
from tests.web.made_up import NAIMAN, TODAY, a_plan
from tests.web.papers.conftest import Desk
from tests.web.papers.texts import pdf_text
from web.cli import main
from web.papers import children, printing
from web.papers.printing import order_again, order_papers, print_papers, work_off

IN_A_PROCESS = """
import sys
from pathlib import Path
from matcher.office import Office, OfficeConfig
from web.papers.printing import order_again, print_papers
office = Office.open(OfficeConfig(home=Path(sys.argv[1]), key_file=Path(sys.argv[2])))
for ending in ("pdf", "docx"):
    print_papers(office, Path(sys.argv[4] + "." + ending), order_again(office, int(sys.argv[3]), ending=ending))
office.close()
"""


def for_bao(desk: Desk, **more: object) -> PrintOrder:
    """An order for the papers of the first person."""
    return PrintOrder(worker_key=desk.bao, **more)  # type: ignore[arg-type]


def test_a_reprint_is_the_same_file_in_another_process_on_another_day(phoned: Desk, tmp_path: Path) -> None:
    office, again = phoned.office, tmp_path / "again"
    order = PrintOrder(division=NAIMAN, pack=True)
    keys = [print_papers(office, tmp_path / f"first.{ending}", order).key for ending in ("pdf", "docx")]
    with office.unit() as unit:  # everything a paper could be made of is different afterwards
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-9999999")
        unit.postings.set_state(phoned.posting, PostingState.WITHDRAWN)
        unit.plans.put_many(unit.runs.create(MatchRun(as_of=TODAY)), [a_plan(phoned.bao, phoned.posting)])
    places = [str(office.config.home), str(office.config.key_file), str(keys[0]), str(again)]
    environment = {**os.environ, "PYTHONHASHSEED": "7"}  # the machine's own clock, months later
    subprocess.run([sys.executable, "-c", IN_A_PROCESS, *places], check=True, env=environment)
    for ending in ("pdf", "docx"):
        assert again.with_suffix(f".{ending}").read_bytes() == (tmp_path / f"first.{ending}").read_bytes(), ending


def test_what_was_printed_says_who_when_what_and_with_which_versions(phoned: Desk, tmp_path: Path) -> None:
    done = print_papers(phoned.office, tmp_path / "a.html", for_bao(phoned), actor="coordinator")
    with phoned.office.reading() as unit:
        found = unit.printings.get(done.key)
        [one] = unit.papers.of_person(phoned.bao)
        noted = unit.audit.recent(1)[0]
        stored = unit.plans.current(phoned.bao)
    assert (found.state, found.actor, found.sheets, found.kind) == (PrintState.DONE, "coordinator", 1, PaperKind.SHEET)
    assert "typst" in found.versions
    assert (one.printing, one.current) == (done.key, True)
    assert (noted.action, noted.subject, noted.fields) == ("print", f"printing:{done.key}", "sheet 1")
    assert stored is not None
    assert stored.printed_on == phoned.office.today()


def test_only_those_are_printed_that_changed_since(phoned: Desk, tmp_path: Path) -> None:
    office, path = phoned.office, tmp_path / "a.html"
    changed = PrintOrder(division=NAIMAN, only_changed=True)
    assert print_papers(office, path, changed).sheets == 1, "never printed is a change"
    with pytest.raises(InputRefused, match="没有变化"):
        print_papers(office, path, changed)
    with office.unit() as unit:
        unit.postings.set_state(phoned.posting, PostingState.FILLED)
    assert print_papers(office, path, changed).sheets == 1
    assert "已停招，请勿前往" in path.read_text(encoding="utf-8")
    with pytest.raises(InputRefused, match="没有变化"):
        print_papers(office, path, changed)
    with office.unit() as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-0000139")
    assert print_papers(office, path, changed).sheets == 1, "whom to call has changed"


def test_of_a_pack_one_person_can_be_printed_again_with_the_same_code(phoned: Desk, tmp_path: Path) -> None:
    office = phoned.office
    pack = print_papers(office, tmp_path / "pack.html", PrintOrder(division=NAIMAN, pack=True))
    again = order_again(office, pack.key, ending="html", worker_key=phoned.bao)
    assert print_papers(office, tmp_path / "one.html", again).sheets == 1
    text = (tmp_path / "one.html").read_text(encoding="utf-8")
    with office.reading() as unit:
        stored = unit.plans.current(phoned.bao)
    assert stored is not None
    assert f"{stored.code[:4]} {stored.code[4:]}" in text
    assert "服务名单" not in text


def test_nothing_is_left_of_an_erased_person_in_what_was_printed(phoned: Desk, tmp_path: Path) -> None:
    office = phoned.office
    done = print_papers(office, tmp_path / "a.html", PrintOrder(division=NAIMAN, pack=True))
    data = export_person(office, "NM-1", reason="本人要求")
    assert [one["kind"] for one in data["papers"]] == ["sheet"]
    assert data["papers"][0]["says"]["sheet"]["head"][0]["text"] == "包示例"
    erase_person(office, "NM-1", reason="本人要求")
    with pytest.raises(InputRefused):
        print_papers(office, tmp_path / "b.html", order_again(office, done.key))
    assert not (tmp_path / "b.html").exists()


@pytest.mark.parametrize("ending", ["pdf", "docx", "html"])
def test_a_stopped_printing_leaves_no_file_no_paper_and_no_day(phoned: Desk, tmp_path: Path, ending: str) -> None:
    office, path = phoned.office, tmp_path / f"a.{ending}"
    key = order_papers(office, for_bao(phoned, ending=ending), actor="window")
    with office.unit() as unit:
        assert unit.printings.get(key).state is PrintState.WAITING
    stopped = printing._Making._beat

    def stop(making: printing._Making, share: float) -> None:
        with office.unit() as unit:
            unit.printings.ask_to_stop(key)
        stopped(making, share)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing._Making, "_beat", stop)
        with pytest.raises(Cancelled):
            work_off(office, key, path)
    assert list(tmp_path.iterdir()) == []
    with office.reading() as unit:
        assert unit.printings.get(key).state is PrintState.STOPPED
        assert unit.papers.of_person(phoned.bao) == []
        stored = unit.plans.current(phoned.bao)
    assert stored is not None
    assert stored.printed_on is None


def test_a_typesetter_that_dies_is_one_line_and_no_paper(
    phoned: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children.sys, "executable", "/bin/false")
    with pytest.raises(Job131Error, match="排版失败"):
        print_papers(phoned.office, tmp_path / "a.pdf", for_bao(phoned))
    assert list(tmp_path.iterdir()) == []
    with phoned.office.reading() as unit:
        assert unit.printings.recent()[0].state is PrintState.FAILED


KILLED = """
import os, signal, sys
from pathlib import Path
from matcher.domain.papers.records import PrintOrder
from matcher.office import Office, OfficeConfig
from web.papers import printing
setattr(printing._Making, sys.argv[4], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
office = Office.open(OfficeConfig(home=Path(sys.argv[1]), key_file=Path(sys.argv[2])))
printing.print_papers(office, Path(sys.argv[3]), PrintOrder())
"""


@pytest.mark.parametrize("where", ["_beat", "_done"])
def test_a_killed_printing_left_nothing_and_the_next_one_is_whole(phoned: Desk, tmp_path: Path, where: str) -> None:
    office, path = phoned.office, tmp_path / "a.html"
    places = [str(office.config.home), str(office.config.key_file), str(path), where]
    assert subprocess.run([sys.executable, "-c", KILLED, *places], check=False).returncode == -9
    with office.reading() as unit:
        stored = unit.plans.current(phoned.bao)
        assert unit.papers.of_person(phoned.bao) == []
        assert unit.printings.recent()[0].state is PrintState.MAKING
    assert stored is not None
    assert (stored.printed_on, path.exists()) == (None, False)
    office.store._clock = lambda: datetime.now(UTC) + timedelta(minutes=5)
    assert print_papers(office, path, PrintOrder()).sheets == 1
    with office.reading() as unit:
        assert [one.state for one in unit.printings.recent()] == [PrintState.DONE, PrintState.FAILED]
    assert office.store.contents().rows["printing_paper"] == 2, "the cover of the village and one sheet"


def test_an_order_is_worked_off_once(phoned: Desk, tmp_path: Path) -> None:
    key = order_papers(phoned.office, for_bao(phoned), actor="window")
    work_off(phoned.office, key, tmp_path / "a.html")
    with pytest.raises(InputRefused, match="已经"):
        work_off(phoned.office, key, tmp_path / "b.html")


def test_without_the_phone_of_the_window_there_is_no_paper_of_any_kind(desk: Desk, tmp_path: Path) -> None:
    for kind in PaperKind:
        order = PrintOrder(kind=kind, division=NAIMAN, purpose="走访", employer="奈曼旗示例车间")
        with pytest.raises(InputRefused, match="窗口电话"):
            print_papers(desk.office, tmp_path / "a.html", order)
    assert list(tmp_path.iterdir()) == []


def test_who_has_no_plan_or_lives_elsewhere_gets_no_paper(phoned: Desk, tmp_path: Path) -> None:
    with pytest.raises(RecordNotFound, match="没有服务方案"):
        print_papers(phoned.office, tmp_path / "a.html", PrintOrder(worker_key=phoned.wang))
    with pytest.raises(RecordNotFound):
        print_papers(phoned.office, tmp_path / "a.html", PrintOrder(worker_key=phoned.bao, villages=("西村",)))


def test_villages_come_one_after_the_other_each_with_its_list_and_its_scripts(phoned: Desk, tmp_path: Path) -> None:
    office = phoned.office
    with office.unit() as unit:
        plan = a_plan(phoned.wang, phoned.posting)
        unit.plans.put_many(unit.runs.create(MatchRun(as_of=TODAY)), [plan])
    order = PrintOrder(division=NAIMAN, pack=True)
    assert print_papers(office, tmp_path / "all.pdf", order).sheets == 2
    text = pdf_text(tmp_path / "all.pdf")
    marks = ["东村“131”服务名单", "朗读稿", "西村“131”服务名单"]
    assert [text.index(mark) for mark in marks] == sorted(text.index(mark) for mark in marks)
    print_papers(office, tmp_path / "all.zip", order)
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        names = archive.namelist()
        assert [name.split("-", 1)[1] for name in names] == ["东村.docx", "西村.docx"]
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_day_a_paper_was_made_stands_in_for_the_clock(phoned: Desk, tmp_path: Path) -> None:
    from pypdf import PdfReader

    print_papers(phoned.office, tmp_path / "a.pdf", for_bao(phoned))
    about = PdfReader(tmp_path / "a.pdf").metadata
    assert about is not None
    assert about.creation_date == datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)


def test_the_command_prints_other_papers_and_the_same_again(
    phoned: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = phoned.office.config
    monkeypatch.setenv("JOB131_KEY_FILE", str(config.key_file))
    command = ["--home", str(config.home), "sheets"]
    assert main([*command, "--worker", "NM-1", "--paper", "notice", "-o", str(tmp_path / "a.html")]) == 0
    number = capsys.readouterr().err.split("--again ")[1].split()[0]
    assert main([*command, "--again", number, "-o", str(tmp_path / "b.html")]) == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert "一次性告知单" in (tmp_path / "a.html").read_text(encoding="utf-8")
    assert main([*command, "-o", str(tmp_path / "c.odt")]) == 1
    assert ".zip" in capsys.readouterr().err
    assert main([*command, "--again", "999", "-o", str(tmp_path / "c.pdf")]) == 1
    assert main([*command, "--paper", "key_list", "-o", str(tmp_path / "c.pdf")]) == 2
