"""Backups: one file that holds everything but the keys, and its way back.

In: an office, or where one is to be. Out: a zip file with the database as SQLite, the office's own policy and a
manifest with the fingerprint of it all; a restore is whole or nothing and ends with the same fingerprint.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile

from matcher.domain.errors import InputRefused
from matcher.office import DATABASE_FILE, POLICY_FILE, Office, OfficeConfig
from matcher.store.sealing import KeyRing, read_key_file
from matcher.store.session import sqlite_address
from matcher.store.store import Store, open_store
from matcher.store.upkeep.copying import Contents
from matcher.upkeep.keeping.doing import nameless_again
from matcher.upkeep.person import erase_again

MANIFEST, DATABASE, FORMAT = "manifest.json", "data.db", 1
_MOST_MANIFEST = 1 << 20

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    revision: str
    """The version of the tables."""
    file_digest: str
    """SHA-256 of the database in the backup."""
    contents: Contents

    def packed(self) -> str:
        """As the backup holds it."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1)


def back_up(office: Office, path: Path, tell: Tell | None = None) -> Manifest:
    """Writes a backup of one moment, whoever else is at work meanwhile; nothing stands at `path` before it is whole."""
    if path.exists():
        raise InputRefused(f"{path.name} 已经存在，没有覆盖；请换一个文件名")
    with _beside(path) as folder:
        with empty_store(sqlite_address(folder / DATABASE), office.store.keys) as target:
            contents, revision = office.store.copy_to(target, tell), target.revision()
        made_at = office.clock().isoformat(timespec="seconds")
        manifest = Manifest(made_at, revision, _digest(folder / DATABASE), contents)
        _pack(folder / "backup.zip", folder / DATABASE, manifest, office.config.home / POLICY_FILE)
        os.replace(folder / "backup.zip", path)
    with office.unit("cli") as unit:
        unit.audit.note("backup", subject="database")
    return manifest


@contextmanager
def empty_store(url: str, keys: KeyRing) -> Iterator[Store]:
    """A store with tables, to be filled by a copy."""
    opened = open_store(url, keys)
    try:
        opened.make_tables()
        yield opened
    finally:
        opened.close()


def _digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _pack(whole: Path, database: Path, manifest: Manifest, policy: Path) -> None:
    """The parts of a backup in one file, safely on the disk and readable by its owner only."""
    with whole.open("xb") as stream:
        os.chmod(whole, 0o600)
        with ZipFile(stream, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            archive.writestr(MANIFEST, manifest.packed())
            archive.write(database, DATABASE)
            if policy.is_file():
                archive.write(policy, POLICY_FILE)
        stream.flush()
        os.fsync(stream.fileno())


def restore(config: OfficeConfig, path: Path, *, replace: bool = False, tell: Tell | None = None) -> Manifest:
    """Puts a backup in the place of this office's data; what was there is kept beside it where `replace` is said.

    Nothing is changed before the backup was found whole and opens with this key file.
    """
    keys = read_key_file(config.key_file)
    config.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _beside(config.home / DATABASE_FILE) as folder:
        manifest = _unpack(path, folder)
        kept = open_store(sqlite_address(folder / DATABASE), keys)
        try:
            if kept.revision() == manifest.revision and kept.is_newest() and kept.contents() != manifest.contents:
                raise InputRefused(f"{path.name} 与它自己的清单不符，可能已损坏；没有恢复任何数据")
            kept.migrate()
            _put_in_place(config, kept, folder, replace=replace, tell=tell)
        finally:
            kept.close()
        if (folder / POLICY_FILE).is_file():
            os.replace(folder / POLICY_FILE, config.home / POLICY_FILE)
    office = Office.open(config)
    try:
        erase_again(office)
        nameless_again(office)
        with office.unit("cli") as unit:
            unit.audit.note("restore", subject="database")
    finally:
        office.close()
    return manifest


def _put_in_place(config: OfficeConfig, kept: Store, folder: Path, *, replace: bool, tell: Tell | None) -> None:
    """The unpacked database where the office looks for it."""
    if config.database_url:
        with empty_store(config.url, kept.keys) as target:
            kept.copy_to(target, tell)
        return
    place = config.home / DATABASE_FILE
    if place.exists() and not replace:
        raise InputRefused(f"{place} 已有数据，没有恢复；确实要换成备份，请加 --replace（原来的会改名留下）")
    whole = folder / "whole.db"
    with empty_store(sqlite_address(whole), kept.keys) as target:
        kept.copy_to(target, tell)
    os.chmod(whole, 0o600)
    if place.exists():
        set_aside(place)
    os.replace(whole, place)


def set_aside(place: Path) -> Path:
    """The present SQLite file under another name; refused while anybody has it open."""
    number = 1
    while (aside := place.with_name(f"{place.name}.before-restore-{number}")).exists():
        number += 1
    try:
        with closing(sqlite3.connect(place, timeout=1.0, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as busy:
        raise InputRefused("还有别的程序开着这个数据库（比如网页服务）；请先停掉它，现在什么都没有改变") from busy
    except sqlite3.DatabaseError:
        pass
    os.replace(place, aside)
    for ending in ("-wal", "-shm"):
        loose = place.with_name(place.name + ending)
        if loose.exists():
            os.replace(loose, aside.with_name(aside.name + ending))
    return aside


def _unpack(path: Path, folder: Path) -> Manifest:
    """The parts of a backup in a folder; InputRefused where it is none or was changed."""
    try:
        with ZipFile(path) as archive:
            if archive.getinfo(MANIFEST).file_size > _MOST_MANIFEST:
                raise ValueError("too long a manifest")
            manifest = _manifest(json.loads(archive.read(MANIFEST)))
            for name in sorted({DATABASE, POLICY_FILE} & set(archive.namelist())):
                with archive.open(name) as packed, (folder / name).open("xb") as plain:
                    shutil.copyfileobj(packed, plain, 1 << 20)
        if _digest(folder / DATABASE) != manifest.file_digest:
            raise ValueError("not the database that was packed")
    except FileNotFoundError as missing:
        raise InputRefused(f"找不到备份文件 {path.name}") from missing
    except (BadZipFile, zlib.error, KeyError, ValueError, TypeError, OSError, EOFError, RecursionError) as broken:
        raise InputRefused(f"{path.name} 不是完整的 job131 备份文件；没有恢复任何数据") from broken
    return manifest


def _manifest(about: Any) -> Manifest:
    """A manifest as read; KeyError, TypeError or ValueError where it is none."""
    if about["format"] != FORMAT:
        raise ValueError("another format")
    contents = about["contents"]
    rows = {str(name): int(count) for name, count in contents["rows"].items()}
    texts = [str(about[name]) for name in ("made_at", "revision", "file_digest")]
    return Manifest(texts[0], texts[1], texts[2], Contents(rows, str(contents["digest"])))


@contextmanager
def _beside(path: Path) -> Iterator[Path]:
    """A folder of one's own on the same disk as `path`, gone afterwards."""
    path.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=path.parent, prefix=".job131-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
