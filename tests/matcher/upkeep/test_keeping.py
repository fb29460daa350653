"""Terms that are over: files lose their names whole or not at all, for good, and figures stay."""

from __future__ import annotations

import json
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from matcher.casework import plan_people
from matcher.domain.account import Role
from matcher.domain.errors import InputRefused, PolicyInvalid, RecordNotFound
from matcher.domain.intake.life import LifeKind
from matcher.domain.localtime import add_months
from matcher.intake.living import undo
from matcher.listings import Scope
from matcher.office import ADDRESS_TRIES, Office, OfficeConfig
from matcher.policy import Entry, load_policy, with_entries
from matcher.policy.floors import floors
from matcher.policy.parameters import ValueRefused, checked
from matcher.store.keeping.files import NAMELESS, Files
from matcher.upkeep.backup import back_up, restore
from matcher.upkeep.doctor import examine
from matcher.upkeep.keeping.doing import carry_out, nameless_uids
from matcher.upkeep.keeping.due import what_is_due
from matcher.upkeep.keeping.terms import Terms
from web.cli import main

TWO_YEARS = timedelta(days=740)


@pytest.fixture(scope="module")
def still(filled: Office, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The office restored once, for copies; nobody opens it."""
    folder = tmp_path_factory.mktemp("still")
    back_up(filled, folder / "whole.zip")
    key = folder / "office" / "keys" / "key"
    key.parent.mkdir(parents=True)
    shutil.copy(filled.config.key_file, key)
    restore(OfficeConfig(home=folder / "office" / "data", key_file=key), folder / "whole.zip")
    return folder / "office"


@pytest.fixture
def own(still: Path, tmp_path: Path) -> OfficeConfig:
    """A copy of the office that a test may change."""
    shutil.copytree(still, tmp_path, dirs_exist_ok=True)
    return OfficeConfig(home=tmp_path / "data", key_file=tmp_path / "keys" / "key")


@pytest.fixture
def later(own: OfficeConfig) -> Office:
    """The same office two years on."""
    moment = Office.open(own)
    now = moment.clock() + TWO_YEARS
    moment.close()
    return Office.open(own, clock=lambda: now)


def test_files_fall_due_two_years_after_the_last_service(own: OfficeConfig) -> None:
    office = Office.open(own)
    today = office.today()
    with office.reading() as unit:
        for day, overdue, coming in ((today, 0, 0), (add_months(today, 22), 0, 40), (add_months(today, 25), 40, 0)):
            due = what_is_due(office, unit, on=day)
            assert (len(due.overdue), len(due.coming)) == (overdue, coming), day
        elsewhere = what_is_due(office, unit, division="110000", on=add_months(today, 25))
    assert elsewhere.overdue == ()
    office.close()


def test_names_go_figures_stay_and_nobody_is_planned_for_any_more(later: Office) -> None:
    with later.reading() as unit:
        before = {one.key: one.value for one in unit.workers.all_for_planning()}
    rows = later.store.contents().rows
    done = carry_out(later, reason="保存期限已到", actor="city")
    after = later.store.contents().rows
    with later.reading() as unit:
        left = {one.key: one.value for one in unit.workers.all_for_planning()}
        assert unit.life.of_kind(LifeKind.NAMELESS) == frozenset(before)
        assert {entry.action for entry in unit.audit.recent(20)} >= {"file_nameless"}
        assert unit.audit.broken_link() is None
    assert done.files == len(before) == len(left)
    assert {one.name for one in left.values()} == {NAMELESS}
    counted = ("plan", "plan_match", "service_case", "worker")
    assert {name: after[name] for name in counted} == {name: rows[name] for name in counted}
    assert {key: one.household_type for key, one in before.items()} == {
        key: one.household_type for key, one in left.items()
    }
    data = b"".join(path.read_bytes() for path in later.config.home.rglob("*") if path.is_file())
    assert [one.name for one in before.values() if one.name.encode() in data] == []
    run = plan_people(later, actor="city")
    assert run.quality.people == 0
    later.close()


def test_nothing_is_half_done_and_a_changed_number_is_refused(later: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    before = later.store.contents().digest
    with pytest.raises(InputRefused, match="不一样"):
        carry_out(later, reason="到期", actor="city", expected=3)
    with pytest.raises(InputRefused, match="理由"):
        carry_out(later, reason=" ", actor="city")
    taken = Files._take_name

    def fails(self: Files, stored: object) -> int:
        if stored.key == 7:  # type: ignore[attr-defined]
            raise RuntimeError("power cut")
        return taken(self, stored)  # type: ignore[arg-type]

    monkeypatch.setattr(Files, "_take_name", fails)
    with pytest.raises(RuntimeError):
        carry_out(later, reason="到期", actor="city")
    assert later.store.contents().digest == before
    assert nameless_uids(later) == set()
    later.close()


def test_an_older_backup_does_not_bring_a_name_back(later: Office, tmp_path: Path) -> None:
    with later.reading() as unit:
        names = {one.value.name for one in unit.workers.all_for_planning()}
    back_up(later, tmp_path / "before.zip")
    carry_out(later, reason="到期", actor="city")
    later.close()
    restore(later.config, tmp_path / "before.zip", replace=True)
    again = Office.open(later.config)
    with again.reading() as unit:
        assert {one.value.name for one in unit.workers.all_for_planning()} == {NAMELESS}
    listed = later.config.key_file.with_name("nameless.jsonl")
    assert listed.stat().st_mode & 0o077 == 0
    assert [name for name in names if name in listed.read_text(encoding="ascii")] == []
    again.close()


def test_a_name_that_is_gone_is_not_taken_back(later: Office) -> None:
    carry_out(later, reason="到期", actor="city")
    with later.reading() as unit:
        [change] = [one for one in unit.life.of_person(1) if one.kind is LifeKind.NAMELESS]
        ref = unit.workers.get(1).value.ref
    with pytest.raises(InputRefused, match="去名"):
        undo(later, 1, change.key, Scope(), actor="city")
    with pytest.raises(InputRefused, match="不由机器处理"):
        plan_people(later, worker_ref=ref, actor="city")
    with later.reading() as unit, pytest.raises(RecordNotFound):
        unit.workers.by_ref("NM-0001-nobody")
    later.close()


def test_the_doctor_reminds_of_what_is_overdue(own: OfficeConfig, later: Office) -> None:
    assert "DOCTOR_KEEPING" in {one.phrase.code for one in examine(own)}
    from matcher.upkeep.keeping.looking import the_terms

    codes = {one.phrase.code for one in the_terms(later)}
    assert codes == {"DOCTOR_FILES_DUE", "DOCTOR_AUDIT_DUE"}
    carry_out(later, reason="到期", actor="city")
    assert {one.phrase.code for one in the_terms(later)} == {"DOCTOR_KEEPING"}
    later.close()


def test_the_command_looks_first_and_tells_machines(
    own: OfficeConfig, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("JOB131_KEY_FILE", str(own.key_file))
    assert main(["--home", str(own.home), "retention", "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["dry_run"], told["overdue"], told["files"], told["audit_months"]) == (True, 0, 0, 36)
    assert main(["--home", str(own.home), "--lang", "en", "retention"]) == 0
    assert "0 files" in capsys.readouterr().err


@pytest.mark.parametrize("key", sorted(floors()))
def test_no_office_goes_below_what_the_law_asks(key: str) -> None:
    low = floors()[key].low
    short = Entry(key, low - 1, "unit", date(2026, 12, 1), "示例依据")
    with pytest.raises(PolicyInvalid, match="不能低于"):
        with_entries(load_policy(), [short])
    with pytest.raises(ValueRefused) as refused:
        checked(load_policy(), [short], earliest=date(2026, 1, 1))
    assert refused.value.fault.code.startswith("PAGE_POL_FLOOR_")
    assert with_entries(load_policy(), [Entry(key, low, "unit", date(2026, 12, 1), "示例依据")]).digest
    assert load_policy().at(date(2026, 12, 1)).number(key) >= low


def test_a_term_counts_whole_years_and_an_audit_year_goes_after_its_months() -> None:
    terms = Terms.of(load_policy().at(date(2026, 12, 1)))
    assert terms.due_on(date(2024, 2, 29)) == date(2026, 2, 28)
    assert [terms.audit_goes(2023, day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [False, True]


def test_an_address_waits_after_too_many_tries_whatever_the_names(own: OfficeConfig) -> None:
    moment = Office.open(own)
    now = [moment.clock()]
    moment.close()
    office = Office.open(own, clock=lambda: now[0])
    password = "tall-birch-4711-river"  # pragma: allowlist secret
    with office.unit() as unit:
        unit.accounts.add("win01", Role.WINDOW, password, division="150525")
    for number in range(ADDRESS_TRIES):
        with office.unit() as unit:
            unit.tries.note("192.0.2.7", keep=timedelta(minutes=30))
            assert number < ADDRESS_TRIES
    assert office.sign_in("win01", password, origin="192.0.2.7") is None
    assert office.sign_in("win01", password, origin="192.0.2.8") is not None
    with office.reading() as unit:
        entries = unit.audit.recent(2)
    assert [(one.action, one.origin, one.fields) for one in entries] == [
        ("sign_in", "192.0.2.8", ""),
        ("sign_in_refused", "192.0.2.7", "address"),
    ]
    now[0] += timedelta(minutes=31)
    assert office.sign_in("win01", password, origin="192.0.2.7") is not None
    office.close()


def test_the_stricter_profile_asks_for_three_kinds_and_a_new_password_in_time(own: OfficeConfig) -> None:
    moment = Office.open(own)
    now = [moment.clock()]
    moment.close()
    office = Office.open(own, clock=lambda: now[0])
    from matcher.domain.settings import SettingName

    with office.unit() as unit:
        unit.accounts.add("win01", Role.WINDOW, "tall birch river stone", division="150525")
        unit.settings.put(SettingName.PASSWORD_PROFILE, "dengbao")
    with office.unit() as unit, pytest.raises(InputRefused, match="3 种"):
        unit.accounts.set_password("win01", "tallbirch riverstone")
    with office.unit() as unit:
        unit.accounts.set_password("win01", "tall-birch-4711-river")
    account = office.sign_in("win01", "tall-birch-4711-river")
    assert account is not None and not account.must_change
    now[0] += timedelta(days=91)
    account = office.sign_in("win01", "tall-birch-4711-river")
    assert account is not None and account.must_change
    with office.unit() as unit:
        unit.accounts.set_password("win01", "tall-birch-4712-river")
    account = office.sign_in("win01", "tall-birch-4712-river")
    assert account is not None and not account.must_change
    office.close()
