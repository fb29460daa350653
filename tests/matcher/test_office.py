"""The office opens what init made, and nothing else."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from matcher.domain.account import Role
from matcher.domain.errors import InputRefused, KeyMissing, NotInitialised
from matcher.office import Office, OfficeConfig, init_office
from tests.matcher.store.records import a_worker

PASSWORD = "four horses by the river"  # noqa: S105


@pytest.fixture
def config(tmp_path: Path) -> OfficeConfig:
    """An office in a fresh folder."""
    return OfficeConfig(home=tmp_path / "data", key_file=tmp_path / "config" / "key")


@pytest.fixture
def office(config: OfficeConfig) -> Iterator[Office]:
    """It, open, at half past midnight of 23 June in Tongliao."""
    init_office(config)
    opened = Office.open(config, clock=lambda: datetime(2026, 6, 22, 16, 30, tzinfo=UTC))
    yield opened
    opened.close()


def test_init_twice_changes_nothing(config: OfficeConfig) -> None:
    init_office(config)
    first = Office.open(config)
    with first.unit() as unit:
        key = unit.workers.add(a_worker())
    first.close()
    key_bytes = config.key_file.read_bytes()
    init_office(config)
    again = Office.open(config)
    with again.reading() as unit:
        assert unit.workers.get(key).value == a_worker()
    again.close()
    assert config.key_file.read_bytes() == key_bytes


def test_only_the_owner_reads_data_and_keys(office: Office) -> None:
    config = office.config
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (config.key_file, config.home / "job131.db")}
    assert modes == {"key": 0o600, "job131.db": 0o600}
    assert stat.S_IMODE(config.home.stat().st_mode) == 0o700


def test_without_init_every_command_says_so(config: OfficeConfig) -> None:
    with pytest.raises(NotInitialised, match="job131 init") as refused:
        Office.open(config)
    assert "\n" not in refused.value.message


def test_without_the_key_file_the_start_is_refused(office: Office) -> None:
    office.config.key_file.unlink()
    with pytest.raises(KeyMissing):
        Office.open(office.config)


def test_a_new_key_file_does_not_open_old_data(office: Office) -> None:
    office.config.key_file.unlink()
    with pytest.raises(KeyMissing, match="不配"):
        init_office(office.config)


def test_keys_never_lie_beside_the_data(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="数据文件夹"):
        init_office(OfficeConfig(home=tmp_path, key_file=tmp_path / "sub" / "key"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(InputRefused, match="建不了"):
        init_office(OfficeConfig(home=tmp_path / "file" / "data", key_file=tmp_path / "key"))


@pytest.mark.parametrize(
    ("environment", "handed_in", "expected"),
    [
        (
            {"JOB131_HOME": "/a", "JOB131_KEY_FILE": "/k", "JOB131_DATABASE_URL": "postgresql:///x"},
            {},
            ("/a", "/k", "postgresql:///x"),
        ),
        ({"JOB131_HOME": "/a", "JOB131_KEY_FILE": "/k"}, {"home": "/b", "database_url": "u"}, ("/b", "/k", "u")),
        ({"LOCALAPPDATA": "/l", "APPDATA": "/r"}, {}, ("/l/job131", "/r/job131/key", "")),
    ],
)
def test_the_configuration_is_read_at_the_edge(
    environment: dict[str, str], handed_in: dict[str, str], expected: tuple[str, str, str]
) -> None:
    config = OfficeConfig.from_environment(environment, **handed_in)
    assert (config.home.as_posix(), config.key_file.as_posix(), config.database_url) == expected


def test_by_default_keys_and_data_lie_in_folders_of_the_user() -> None:
    config = OfficeConfig.from_environment({})
    assert config.home == Path.home() / ".local/share/job131"
    assert config.key_file == Path.home() / ".config/job131/key"
    assert config.url == f"sqlite:///{(config.home / 'job131.db').resolve()}"


def test_today_is_the_day_in_tongliao(office: Office) -> None:
    assert office.today() == date(2026, 6, 23)
    with office.reading() as unit:
        assert unit.today() == date(2026, 6, 23)


def test_codes_are_named_in_both_languages(office: Office) -> None:
    assert office.name("division", "150525", "zh") == "奈曼旗"
    assert office.name("division", "150525", "en") != "奈曼旗"
    occupation = next(iter(office.lexicon.occupations.values()))
    assert office.name("occupation", occupation.code, "zh") == occupation.name_zh
    assert office.wording("en").text("VALUE_TRUE") == "yes"


def test_signing_in_needs_the_right_name_and_password(office: Office) -> None:
    with office.unit() as unit:
        unit.accounts.add("bao", Role.WINDOW, PASSWORD, division="150525")
    account = office.sign_in("bao", PASSWORD)
    assert account is not None
    assert account.division == "150525"
    assert office.sign_in("bao", "something else again") is None
    assert office.sign_in("nobody", PASSWORD) is None
    with office.reading() as unit:
        assert [entry.action for entry in unit.audit.recent()] == ["sign_in_refused", "sign_in_refused", "sign_in"]
        assert unit.audit.broken_link() is None


def test_after_five_failures_even_the_right_password_is_refused(office: Office) -> None:
    with office.unit() as unit:
        unit.accounts.add("bao", Role.WINDOW, PASSWORD)
    assert [office.sign_in("bao", f"wrong password {number}") for number in range(5)] == [None] * 5
    assert office.sign_in("bao", PASSWORD) is None


def test_a_disabled_account_does_not_sign_in(office: Office) -> None:
    with office.unit() as unit:
        unit.accounts.add("bao", Role.WINDOW, PASSWORD)
        unit.accounts.set_disabled("bao", True)
    assert office.sign_in("bao", PASSWORD) is None
