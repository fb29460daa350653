"""The composition root: opens database, keys, policy, reference knowledge and clock once.

In: where the data and the key file lie. Out: an `Office` that hands out units of work to every use case.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from matcher.domain.account import Account
from matcher.domain.errors import InputRefused, NotInitialised
from matcher.domain.localtime import local_date
from matcher.domain.service.policies.catalogue import KeptItem
from matcher.domain.settings import SettingName
from matcher.policy import Entry, Policy, PolicyKeeper
from matcher.reading.tools import ReadingTools, load_tools
from matcher.reference.divisions import Gazetteer, load_gazetteer
from matcher.reference.lexicon import Lexicon, load_lexicon
from matcher.store.audit import AuditEntry as AuditEntry
from matcher.store.audit import AuditWanted as AuditWanted
from matcher.store.context import Stored as Stored
from matcher.store.imports import ImportsSeen as ImportsSeen
from matcher.store.passwords import PROFILES as PROFILES
from matcher.store.passwords import fresh_password, password_fits
from matcher.store.plans import PlanPlace as PlanPlace
from matcher.store.plans import StoredPlan as StoredPlan
from matcher.store.postings import StoredPosting as StoredPosting
from matcher.store.sealing import create_key_file, read_key_file
from matcher.store.session import sqlite_address
from matcher.store.store import Store, UnitOfWork, open_store
from matcher.store.workers import StoredWorker as StoredWorker
from matcher.warm import SessionBook, Shelf, WarmKeeper
from matcher.wording import Wording, load_catalogue

DATABASE_FILE = "job131.db"
POLICY_FILE = "policy.toml"
"""The office's own dated entries, beside the data; absent where the office has none."""
ADDRESS_TRIES, ADDRESS_WAITS = 20, timedelta(minutes=30)
"""So many failed tries from one address, whatever the names, and it waits so long."""
DEMO_MARK = "DEMO.txt"
"""Stands in the data folder of a demo: everything in it is made up, and its key is the demo's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeConfig:
    """Where things lie; an empty `database_url` is the SQLite file in `home`."""

    home: Path
    key_file: Path
    database_url: str = ""

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] = os.environ, *, home: str = "", database_url: str = ""
    ) -> OfficeConfig:
        """Read once at the edge; what is handed in goes before JOB131_HOME and JOB131_DATABASE_URL."""
        folder = home or environment.get("JOB131_HOME", "")
        home_folder = Path(folder) if folder else _data_folder(environment)
        key_file = environment.get("JOB131_KEY_FILE", "")
        return cls(
            home=home_folder,
            key_file=Path(key_file) if key_file else _own_key(environment, home_folder),
            database_url=database_url or environment.get("JOB131_DATABASE_URL", ""),
        )

    @property
    def url(self) -> str:
        """The address of the database."""
        return self.database_url or sqlite_address(self.home / DATABASE_FILE)


def _data_folder(environment: Mapping[str, str]) -> Path:
    """The user's folder for data."""
    local = environment.get("LOCALAPPDATA", "")
    return Path(local) / "job131" if local else Path.home() / ".local" / "share" / "job131"


def _own_key(environment: Mapping[str, str], home: Path) -> Path:
    """The user's key file; a demo's folder, which says what it is, has one of its own."""
    folder = _config_folder(environment)
    return folder / "demo" / "key" if (home / DEMO_MARK).exists() else folder / "key"


def _config_folder(environment: Mapping[str, str]) -> Path:
    """The user's folder for configuration."""
    roaming = environment.get("APPDATA", "")
    return Path(roaming) / "job131" if roaming else Path.home() / ".config" / "job131"


def init_office(config: OfficeConfig) -> None:
    """Makes data folder, key file and database; what exists stays as it is."""
    if config.key_file.resolve().is_relative_to(config.home.resolve()):
        raise InputRefused("密钥文件不能放在数据文件夹里面；请用 JOB131_KEY_FILE 指定别的位置")
    try:
        config.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        create_key_file(config.key_file)
    except OSError as refused:
        raise InputRefused(f"文件夹建不了：{refused.filename or config.home}；请检查权限和磁盘空间") from refused
    store = open_store(config.url, read_key_file(config.key_file))
    try:
        store.migrate()
    finally:
        store.close()
    if not config.database_url:
        os.chmod(config.home / DATABASE_FILE, 0o600)


def _now() -> datetime:
    """The moment."""
    return datetime.now(UTC)


class Office:
    """Everything a use case needs; safe to share between threads."""

    def __init__(self, config: OfficeConfig, store: Store, clock: Callable[[], datetime]) -> None:
        self.config = config
        self.store = store
        self.clock = clock

    @classmethod
    def open(cls, config: OfficeConfig, *, clock: Callable[[], datetime] = _now) -> Office:
        """Opens what `init_office` made; NotInitialised with one line where it did not."""
        if not config.database_url and not (config.home / DATABASE_FILE).exists():
            raise NotInitialised("还没有初始化：请先运行 job131 init（演示用 job131 demo）")
        store = open_store(config.url, read_key_file(config.key_file), clock=clock)
        store.check()
        return cls(config, store, clock)

    @cached_property
    def tools(self) -> ReadingTools:
        """What readers of free text need."""
        return load_tools()

    @cached_property
    def warm(self) -> WarmKeeper:
        """The market kept ready for one person after the other."""
        return WarmKeeper()

    @cached_property
    def sessions(self) -> SessionBook:
        """When sessions of plans are held."""
        return SessionBook()

    @cached_property
    def shelf(self) -> Shelf:
        """What was worked out once and is asked for again and again."""
        return Shelf()

    @cached_property
    def lexicon(self) -> Lexicon:
        """Occupations, skills and limits."""
        return load_lexicon()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Divisions and places."""
        return load_gazetteer()

    @cached_property
    def policies(self) -> PolicyKeeper:
        """Keeps the policy until somebody enters a value."""
        return PolicyKeeper(self.config.home / POLICY_FILE, self._entered, offers=self._offers)

    @property
    def policy(self) -> Policy:
        """What ships, then the office's own file, then what staff entered: the later stands."""
        return self.policies.current()

    def _entered(self) -> list[Entry]:
        """Values of policy that staff have entered."""
        with self.reading() as unit:
            return [value.entry for value in unit.policy_values.all()]

    def _offers(self) -> tuple[KeptItem, ...]:
        """Versions of offers that staff have entered."""
        with self.reading() as unit:
            return unit.catalogue.versions.all()

    def unit(self, actor: str = "") -> AbstractContextManager[UnitOfWork]:
        """A unit of work: whole or nothing."""
        return self.store.unit(actor)

    def reading(self) -> AbstractContextManager[UnitOfWork]:
        """A look at one moment."""
        return self.store.reading()

    def today(self) -> date:
        """The date in Tongliao."""
        return local_date(self.clock())

    def wording(self, language: str, *packages: str) -> Wording:
        """The sentences of a language; `packages` add catalogues, e.g. of the pages."""
        return Wording(load_catalogue("matcher.wording", *packages), language, self.name)

    def name(self, kind: str, code: str, language: str) -> str:
        """What a code is called: divisions by the gazetteer, everything else by the lexicon."""
        if kind == "division":
            return self.gazetteer.name(code, language)
        if kind in {"benefit", "benefit_plain"}:
            return self._offer_text(kind, code, language)
        return self.lexicon.name(code, language)

    def _offer_text(self, kind: str, code: str, language: str) -> str:
        """Title or plain words of an offer, as entered last."""
        history = self.policy.catalogue.history(code)
        if not history:
            return code
        item = history[-1].item
        return (item.title if kind == "benefit" else item.plain).of(language)

    def sign_in(self, name: str, password: str, *, origin: str = "") -> Account | None:
        """The account of a name and its password; None alike for unknown, locked, disabled, mistaken, and an address
        too many tries came from. `origin` is that address, "" for this very machine."""
        with self.reading() as unit:
            stored_hash = unit.accounts.password_hash(name)
            waits = bool(origin) and unit.tries.since(origin, self.clock() - ADDRESS_WAITS) >= ADDRESS_TRIES
        fits = password_fits(stored_hash, password) and not waits
        with self.unit(actor=name) as unit:
            if fits and unit.accounts.password_hash(name) == stored_hash:
                unit.audit.note("sign_in", subject="account", origin=origin)
                account = unit.accounts.note_success(name)
                return unit.accounts.must_change(name) if self._too_old(unit, account) else account
            if not waits:
                unit.accounts.note_failure(name)
                if origin:
                    unit.tries.note(origin, keep=ADDRESS_WAITS)
            what = "address" if waits else ""
            unit.audit.note("sign_in_refused", subject="account", actor="unknown", origin=origin, fields=what)
        return None

    def _too_old(self, unit: UnitOfWork, account: Account) -> bool:
        """Whether the profile in force asks for another password by now."""
        days = PROFILES.get(unit.settings.get(SettingName.PASSWORD_PROFILE), PROFILES[""]).days
        since = unit.password_ages.set_on(account.key) if days else None
        return since is not None and self.clock() - since > timedelta(days=days)

    @staticmethod
    def one_time_password(name: str) -> str:
        """A password to be told once and changed at the first sign-in."""
        return fresh_password(name)

    def close(self) -> None:
        """Gives all connections back."""
        self.store.close()
