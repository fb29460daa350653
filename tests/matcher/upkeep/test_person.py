"""One person's data are handed out whole, and erased for good."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from matcher.domain.answer import AnswerKind
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.office import Office, OfficeConfig
from matcher.upkeep.backup import back_up, restore
from matcher.upkeep.person import erase_person, export_person
from web.cli import main


@pytest.fixture
def own(filled: Office, tmp_path: Path) -> OfficeConfig:
    """A copy of the office that a test may change, with an answer of somebody."""
    back_up(filled, tmp_path / "whole.zip")
    key = tmp_path / "keys" / "key"
    key.parent.mkdir()
    shutil.copy(filled.config.key_file, key)
    config = OfficeConfig(home=tmp_path / "data", key_file=key)
    restore(config, tmp_path / "whole.zip")
    return config


def _somebody(office: Office) -> tuple[str, int, int]:
    """Reference, key and plan of somebody with postings, who has answered one."""
    with office.unit("test") as unit:
        for stored in list(unit.workers.all_for_planning()):
            plan = unit.plans.current(stored.key)
            if plan is not None and plan.plan.matches and stored.value.id_number:
                [posting] = [one.posting_key for one in plan.plan.matches][:1]
                unit.plans.answers.record(plan.key, posting, AnswerKind.WANTED, on=office.today(), reason="想去看看")
                return stored.value.ref, stored.key, plan.key
    raise AssertionError("nobody has postings")


def test_everything_of_a_person_is_handed_out_and_noted_without_the_name(own: OfficeConfig) -> None:
    office = Office.open(own)
    ref, key, _ = _somebody(office)
    data = export_person(office, ref, reason="本人要求")
    json.dumps(data)
    with office.reading() as unit:
        person = unit.workers.by_ref(ref).value
        entry = unit.audit.recent(1)[0]
    assert data["person"]["name"] == person.name
    assert data["person"]["id_number"] == person.id_number
    assert len(data["plans"]) == 1
    assert [answer["reason"] for answer in data["answers"]] == ["想去看看"]
    assert (entry.action, entry.subject, entry.purpose) == ("person_export", f"worker:{key}", "本人要求")
    office.close()


def test_nothing_is_left_of_an_erased_person_and_others_stay(own: OfficeConfig) -> None:
    office = Office.open(own)
    ref, key, plan = _somebody(office)
    with office.reading() as unit:
        sealed = [unit.workers.by_ref(ref).value.name]
    before = office.store.contents().rows
    gone = erase_person(office, ref, reason="本人要求")
    after = office.store.contents().rows
    assert gone["worker"] == 1
    assert gone["plan_answer"] == 1
    assert gone["plan_match"] >= 1
    assert {name: before[name] - after[name] for name in gone} == gone
    with office.reading() as unit, pytest.raises(RecordNotFound):
        unit.workers.get(key)
    with office.reading() as unit:
        assert unit.audit.broken_link() is None
    files = b"".join(path.read_bytes() for path in own.home.rglob("*") if path.is_file())
    others = [stored.value.name for stored in _everybody(office)]
    assert [name for name in sealed if name not in others and name.encode() in files] == []
    office.close()


def _everybody(office: Office) -> list[object]:
    """Who is left."""
    with office.reading() as unit:
        return list(unit.workers.all_for_planning())


def test_an_older_backup_does_not_bring_an_erased_person_back(own: OfficeConfig, tmp_path: Path) -> None:
    office = Office.open(own)
    ref, key, _ = _somebody(office)
    back_up(office, tmp_path / "before.zip")
    erase_person(office, ref, reason="本人要求")
    office.close()
    restore(own, tmp_path / "before.zip", replace=True)
    again = Office.open(own)
    with again.reading() as unit:
        with pytest.raises(RecordNotFound):
            unit.workers.get(key)
        assert unit.workers.count() > 0
        assert {entry.action for entry in unit.audit.recent(2)} == {"erased_again", "restore"}
    again.close()
    marks = own.key_file.with_name("erased.jsonl").read_text(encoding="ascii")
    assert ref not in marks


def test_the_list_of_erasures_is_for_its_owner_only(own: OfficeConfig) -> None:
    office = Office.open(own)
    ref, *_ = _somebody(office)
    erase_person(office, ref, reason="本人要求")
    office.close()
    assert own.key_file.with_name("erased.jsonl").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("reason", ["", " ", "x"])
def test_no_reason_no_data_and_no_erasure(own: OfficeConfig, reason: str) -> None:
    office = Office.open(own)
    ref, *_ = _somebody(office)
    before = office.store.contents()
    with pytest.raises(InputRefused, match="--reason"):
        export_person(office, ref, reason=reason)
    with pytest.raises(InputRefused, match="--reason"):
        erase_person(office, ref, reason=reason)
    assert office.store.contents() == before
    office.close()


def test_nobody_is_erased_by_a_command_without_a_yes(
    own: OfficeConfig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JOB131_KEY_FILE", str(own.key_file))
    office = Office.open(own)
    ref, *_ = _somebody(office)
    office.close()
    where = ["--home", str(own.home), "person"]
    assert main([*where, "erase", ref, "--reason", "本人要求"]) == 1
    assert "--yes" in capsys.readouterr().err
    assert main([*where, "export", ref, "--reason", "本人要求"]) == 0
    assert json.loads(capsys.readouterr().out)["person"]["ref"] == ref
    assert main([*where, "erase", ref, "--reason", "本人要求", "--yes"]) == 0
    assert main([*where, "export", ref, "--reason", "本人要求"]) == 1
