"""The doctor: what is well with an installation, what is not, and what to do about it.

In: where data and keys lie. Out: `Finding`s, each a wording code with arguments and how grave it is; a check that
cannot be made because an earlier one failed is left out.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from matcher.domain.errors import Job131Error
from matcher.domain.localtime import LOCAL_TIME
from matcher.domain.settings import SettingName
from matcher.office import Office, OfficeConfig
from matcher.upkeep.background import the_background
from matcher.upkeep.findings import Finding, State, found
from matcher.upkeep.keeping.looking import the_terms
from matcher.upkeep.machine import the_machine

MEGABYTE = 1 << 20
LEAST_FREE, LITTLE_FREE = 200, 1024
"""Megabytes of disk below which nothing more should be stored, and below which somebody should look."""
BACKUP_DAYS = 7
CLOCK_SLACK = timedelta(minutes=5)


def examine(config: OfficeConfig, *, audit: bool = False) -> Iterator[Finding]:
    """All checks of the office itself, in the order a person would make them; opens and closes the office."""
    yield from the_machine()
    yield from _places(config)
    try:
        office = Office.open(config)
    except Job131Error as shut:
        yield found(State.BAD, "DOCTOR_SHUT", why=shut.message)
        return
    try:
        yield found(State.OK, "DOCTOR_OPEN", revision=office.store.revision())
        yield from _database(office)
        if audit:
            yield _audit(office)
        yield from the_background(office)
        yield from the_terms(office)
        yield from _service(office)
    finally:
        office.close()


def _places(config: OfficeConfig) -> Iterator[Finding]:
    """Key file, data folder and the disk they lie on."""
    key = config.key_file
    if not key.is_file():
        yield found(State.BAD, "DOCTOR_NO_KEY", path=str(key))
    elif key.resolve().is_relative_to(config.home.resolve()):
        yield found(State.BAD, "DOCTOR_KEY_INSIDE", path=str(key))
    elif _open_to_others(key):
        yield found(State.BAD, "DOCTOR_KEY_OPEN", path=str(key))
    else:
        yield found(State.OK, "DOCTOR_KEY", path=str(key))
    if config.home.is_dir() and _open_to_others(config.home):
        yield found(State.LOOK, "DOCTOR_HOME_OPEN", path=str(config.home))
    if config.home.is_dir():
        free = shutil.disk_usage(config.home).free // MEGABYTE
        state = State.BAD if free < LEAST_FREE else State.LOOK if free < LITTLE_FREE else State.OK
        yield found(state, "DOCTOR_DISK" if state is State.OK else "DOCTOR_DISK_FULL", free=free)


def _open_to_others(path: Path) -> bool:
    """Whether other accounts of the machine may read it; not knowable so on Windows."""
    return os.name == "posix" and bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def _database(office: Office) -> Iterator[Finding]:
    """The database whole, its fingerprint, and the clock not behind what is stored."""
    damage = office.store.damage()
    if damage:
        yield found(State.BAD, "DOCTOR_DAMAGE", lines="；".join(damage))
        return
    contents = office.store.contents()
    yield found(State.OK, "DOCTOR_CONTENTS", rows=contents.total, digest=contents.digest)
    with office.reading() as unit:
        newest = unit.audit.recent(1)
    now = office.clock()
    if newest and newest[0].at > now + CLOCK_SLACK:
        yield found(State.BAD, "DOCTOR_CLOCK", now=_shown(now), newest=_shown(newest[0].at))
    else:
        yield found(State.OK, "DOCTOR_CLOCK_RIGHT", now=_shown(now))


def _shown(moment: datetime) -> str:
    """A moment by the clock on the wall in Tongliao."""
    return moment.astimezone(LOCAL_TIME).strftime("%Y-%m-%d %H:%M")


def _audit(office: Office) -> Finding:
    """The chain of the audit record."""
    with office.reading() as unit:
        broken = unit.audit.broken_link()
        newest = unit.audit.recent(1)
    if broken is not None:
        return found(State.BAD, "DOCTOR_AUDIT_BROKEN", number=broken)
    return found(State.OK, "DOCTOR_AUDIT", entries=newest[0].number if newest else 0)


def _service(office: Office) -> Iterator[Finding]:
    """What the office itself has to see to: telephone, backups, waiting uploads."""
    with office.reading() as unit:
        phone = unit.settings.get(SettingName.OFFICE_PHONE)
        backed_up = unit.audit.latest("backup")
    if not phone:
        yield found(State.LOOK, "DOCTOR_NO_PHONE")
    if backed_up is None:
        yield found(State.LOOK, "DOCTOR_NO_BACKUP")
    elif (days := (office.clock() - backed_up).days) > BACKUP_DAYS:
        yield found(State.LOOK, "DOCTOR_OLD_BACKUP", days=days)
    else:
        yield found(State.OK, "DOCTOR_BACKUP", days=days)
