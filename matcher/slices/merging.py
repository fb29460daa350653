"""A slice comes in: into an empty office, which it makes a working one, or back to where it came from.

In: an office, the bytes of a file, its passphrase. Out: figures; whole or nothing. Refused in one line: a file of
another office, of this very office, of another version, damaged or with another passphrase.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused, PolicyInvalid
from matcher.domain.intake.errands import Tell, untold
from matcher.domain.settings import OFFICE_FIELDS
from matcher.office import POLICY_FILE, Office
from matcher.policy import load_office_policy
from matcher.slices.bundle import Bundle, unpack
from matcher.slices.sealed_file import open_file
from matcher.store.slices.book import IN, OfficeName, SliceEvent
from matcher.store.slices.merging import Figures, Sender
from matcher.store.store import UnitOfWork
from matcher.upkeep.keeping.doing import nameless_uids
from matcher.upkeep.person import erased_marks, remember_erased

MayTake = Callable[[str, str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a slice brought."""

    figures: Figures
    made_at: datetime
    made_by: str
    people: int
    again: datetime | None
    """When this very file was taken in before."""
    erased_there: int = 0
    """People erased on the other side who still stand here."""
    other_policy: bool = False
    """Plans are made with other weights and limits on the two sides."""

    @property
    def new_numbers(self) -> tuple[str, ...]:
        """Case numbers given anew, because theirs was somebody else's here."""
        return tuple(case_number(key) for key in self.figures.renumbered)

    @property
    def nothing_new(self) -> bool:
        """Whether nothing came that was not here already."""
        told = self.figures
        return not (told.new or told.changed or told.conflicts or told.waiting or told.erased)


def _anybody(division: str, village: str) -> bool:
    """Whoever runs the command may take everybody in."""
    return True


def merge_slice(
    office: Office, whole: bytes, *, passphrase: str, actor: str, may: MayTake = _anybody, tell: Tell = untold
) -> Merged:
    """Takes a file in, whole or not at all."""
    bundle = unpack(open_file(whole, passphrase), revision=office.store.revision())
    erased = erased_marks(office) | {f"uid:{uid}" for uid in nameless_uids(office)}
    with office.unit(actor) as unit:
        me = _known_here(unit, bundle)
        again = unit.slices.book.seen(bundle.file_id)
        still = unit.workers.by_names(bundle.erased)
        gone = {} if me.head or not still else {key: unit.workers.erasure_marks()[key] for key in still.values()}
        if gone:
            unit.workers.forget(list(gone))
        sender = Sender(
            office=bundle.office, number=bundle.number, by=bundle.made_by, at=bundle.made_at,
            whole=bundle.office != bundle.family,
        )  # fmt: skip
        figures = unit.slices.take(
            bundle.records, sender, own=me.office, own_number=unit.slices.book.last_number(),
            erased=erased if me.head else _named_only(erased) | {f"uid:{uid}" for uid in bundle.erased}, may=may,
            tell=lambda share: tell(0.1 + 0.85 * share),
        )  # fmt: skip
        if figures.outside:
            raise InputRefused(f"文件里有{figures.outside}人不在您管的范围内，什么都没有存；请交给旗县的管理人员合并")
        if not me.head:
            _follow_head(unit, bundle)
        _note(office, unit, bundle, figures, actor)
        for marks in gone.values():
            remember_erased(office, marks)
    if gone:
        office.store.wipe_traces()
    if not me.head:
        _take_policy(office, bundle)
    return Merged(
        figures=figures, made_at=bundle.made_at, made_by=bundle.made_by, people=bundle.people, again=again,
        erased_there=len(still) if me.head else 0,
        other_policy=office.policy.at(office.today()).digest != bundle.policy_digest,
    )  # fmt: skip


def _named_only(marks: set[str]) -> set[str]:
    """Of the marks of erased people the random names: whom the office takes up anew may come again."""
    return {mark for mark in marks if mark.startswith("uid:")}


def _known_here(unit: UnitOfWork, bundle: Bundle) -> OfficeName:
    """This office, where the file belongs here; InputRefused where it does not."""
    me = unit.slices.book.office()
    if me is None:
        if unit.workers.count():
            raise InputRefused("这个文件来自另一个单位，与这里的数据无关，什么都没有存")
        return unit.slices.book.open(family=bundle.family)
    if bundle.office == me.office:
        raise InputRefused("这就是本机导出的文件，不用合并回本机；请拿到另一台电脑上合并")
    if bundle.family != me.family:
        raise InputRefused("这个文件来自另一个单位，与这里的数据无关，什么都没有存")
    return me


def _follow_head(unit: UnitOfWork, bundle: Bundle) -> None:
    """A laptop says of the office what the office says, and uses the codes and case numbers put aside for it."""
    for name in OFFICE_FIELDS:
        if name.value in bundle.settings:
            unit.settings.put(name, bundle.settings[name.value])
    unit.slices.book.own_codes(bundle.codes)
    if bundle.first_number:
        unit.slices.book.use_numbers(bundle.first_number)


def _note(office: Office, unit: UnitOfWork, bundle: Bundle, figures: Figures, actor: str) -> None:
    """Keeps that the file came."""
    counts: dict[str, Any] = asdict(figures) | {"renumbered": len(figures.renumbered)}
    event = SliceEvent(
        way=IN, file_id=bundle.file_id, peer=bundle.office, division=bundle.division, villages=bundle.villages,
        people=bundle.people, figures=counts, actor=actor, at=office.clock(),
    )  # fmt: skip
    unit.slices.book.note(event)
    unit.audit.note("slice_merge", subject="slice", fields=str(bundle.people))


def _take_policy(office: Office, bundle: Bundle) -> None:
    """The office's own policy entries, where the laptop has none; one that does not hold is left alone."""
    place = office.config.home / POLICY_FILE
    if not bundle.policy or place.exists():
        return
    draft = place.with_name(f".{POLICY_FILE}.draft")
    draft.write_text(bundle.policy, encoding="utf-8")
    try:
        load_office_policy(draft)
    except PolicyInvalid:
        draft.unlink()
        return
    os.replace(draft, place)
    office.__dict__.pop("policies", None)
