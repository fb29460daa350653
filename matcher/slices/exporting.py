"""A slice goes out: everything a village's work needs for a week without network, in one encrypted file.

In: an office, a division or villages, a passphrase. Out: the bytes of the file; codes and case numbers are put aside so
that sheets printed there stay valid here. Nothing is changed but that.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from matcher.domain.errors import InputRefused
from matcher.domain.intake.errands import Tell, untold
from matcher.domain.settings import OFFICE_FIELDS
from matcher.office import POLICY_FILE, Office
from matcher.slices.bundle import Bundle, pack
from matcher.slices.sealed_file import seal_file, write_whole
from matcher.store.context import new_uid
from matcher.store.passwords import check_password
from matcher.store.slices.book import OUT, OfficeName, SliceEvent
from matcher.store.slices.collecting import Extent
from matcher.store.slices.records import Record
from matcher.upkeep.person import erased_marks

_UID = "uid:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What went out."""

    whole: bytes
    people: int
    postings: int
    plans: int


def export_slice(
    office: Office,
    *,
    division: str = "",
    villages: tuple[str, ...] = (),
    passphrase: str,
    actor: str,
    purpose: str = "",
    tell: Tell = untold,
) -> Exported:
    """The file of a division or villages; on a laptop that took a slice in, everything it has."""
    check_password(passphrase, name="")
    me, number, division, villages = _begin(office, division, villages, actor)
    people, records, settings = _collected(
        office, division, villages, whole=not me.head, tell=lambda share: tell(0.8 * share)
    )
    tell(0.8)
    counts = {name: sum(record.kind == name for record in records) for name in ("posting", "plan")}
    policy = office.policy.at(office.today())
    with office.unit(actor) as unit:
        codes = unit.slices.book.put_codes_aside(people * policy.whole("slice.codes_per_person")) if me.head else []
        first = unit.slices.book.put_numbers_aside(policy.whole("slice.new_people")) if me.head else 0
        bundle = Bundle(
            revision=office.store.revision(), file_id=new_uid(), office=me.office, family=me.family, number=number,
            made_at=office.clock(), made_by=actor, division=division, villages=villages, people=people,
            policy_digest=policy.digest, policy=_own_policy(office), settings=settings, codes=codes,
            first_number=first, erased=_erased_names(office), records=records,
        )  # fmt: skip
        event = SliceEvent(
            way=OUT, file_id=bundle.file_id, peer="", division=division, villages=villages, people=people,
            figures=counts, actor=actor, at=office.clock(),
        )  # fmt: skip
        unit.slices.book.note(event)
        unit.audit.note("slice_export", subject="slice", fields=str(people), purpose=purpose)
    whole = seal_file(pack(bundle), passphrase)
    return Exported(whole=whole, people=people, postings=counts["posting"], plans=counts["plan"])


def check_passphrase(passphrase: str) -> None:
    """Refuses a passphrase that is easily guessed, before anything is done."""
    check_password(passphrase, name="")


def _begin(
    office: Office, division: str, villages: tuple[str, ...], actor: str
) -> tuple[OfficeName, int, str, tuple[str, ...]]:
    """This office, the number of its next file, and what the file is about: a laptop hands back what it was given."""
    with office.unit(actor) as unit:
        me = unit.slices.book.open()
        if me.head and not division:
            raise InputRefused("请用 --division 写明导出哪个旗县、苏木乡镇或嘎查村的区划代码")
        if me.head and not unit.workers.count(division=division):
            raise InputRefused("这个区划里还没有人，没有导出；请核对区划代码")
        given = None if me.head else unit.slices.book.last_in()
        if given is not None:
            division, villages = given.division, given.villages
        return me, unit.slices.book.next_number(), division, villages


def _collected(
    office: Office, division: str, villages: tuple[str, ...], *, whole: bool, tell: Tell
) -> tuple[int, list[Record], dict[str, str]]:
    """People, records and what the office says of itself, at one moment; nobody else waits for it."""
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        extent = Extent(
            division=division,
            villages=villages,
            today=office.today(),
            most_postings=policy.whole("slice.most_postings"),
            silent=frozenset(unit.sameness.spoken(office.today(), policy.whole("plan.stale_days"))),
            whole=whole,
        )
        people, records = unit.slices.collect(extent, tell)
        stored = unit.settings.all()
    if not people:
        raise InputRefused("这些嘎查村里还没有人，没有导出；请核对名称（要与台账里写的一样）")
    return people, records, {name.value: stored[name] for name in OFFICE_FIELDS if stored[name]}


def _erased_names(office: Office) -> list[str]:
    """The random names of people who were erased here."""
    return sorted(mark.removeprefix(_UID) for mark in erased_marks(office) if mark.startswith(_UID))


def export_to(
    office: Office, path: Path, *, division: str, villages: tuple[str, ...], passphrase: str, actor: str
) -> Exported:
    """The same into a file, whole or not at all."""
    if path.exists():
        raise InputRefused(f"{path.name} 已经存在，没有覆盖；请换一个文件名")
    exported = export_slice(office, division=division, villages=villages, passphrase=passphrase, actor=actor)
    os.replace(write_whole(path, exported.whole), path)
    return exported


def _own_policy(office: Office) -> str:
    """The office's own policy entries, "" where there are none."""
    path = office.config.home / POLICY_FILE
    return path.read_text(encoding="utf-8") if path.is_file() else ""
