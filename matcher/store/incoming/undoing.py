"""Taking a whole import back: what may go back to what it was, and what has to stay because something rests on it.

In: an import as its versions tell it. Out: records removed, restored or withdrawn, and those kept with the reason, one
by one. Undoing an import that lies under a later one hands its "before" to the later one, so that taking both back,
in either order, ends where neither had been.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Fate(StrEnum):
    """What taking an import back does to one record."""

    REMOVE = "remove"
    RESTORE = "restore"
    WITHDRAW = "withdraw"
    KEEP = "keep"


KEPT_LATER = "UNDO_KEPT_LATER"
KEPT_CHANGED = "UNDO_KEPT_CHANGED"
KEPT_RELIED = "UNDO_KEPT_RELIED"
WITHDRAWN_RELIED = "UNDO_WITHDRAWN_RELIED"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A record as one import left it; `revision_before` None = the import made it, `revision_now` = stored now."""

    key: int
    record_key: int
    inserted: bool
    revision_before: int | None
    revision_after: int
    revision_now: int
    ref: str


@dataclass(frozen=True, slots=True)
class Later:
    """The next import that changed the same record and still stands."""

    version_key: int
    import_key: int
    revision_before: int | None

    def lies_on(self, version: Version) -> bool:
        """Whether nothing but this import came between."""
        return self.revision_before == version.revision_after


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that stays, or is withdrawn instead of removed, and why; `other` is the later import where one is."""

    record_key: int
    ref: str
    code: str
    other: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """What taking an import back did."""

    import_key: int
    removed: int = 0
    restored: int = 0
    withdrawn: int = 0
    kept: tuple[Kept, ...] = ()
    actor: str = ""
    undone_at: datetime | None = None

    @property
    def changed(self) -> int:
        """How many records went back."""
        return self.removed + self.restored + self.withdrawn


@dataclass(slots=True)
class UndoPlan:
    """Everything an undo is going to do, by version."""

    fates: dict[Fate, list[Version]] = field(default_factory=lambda: {fate: [] for fate in Fate})
    kept: list[Kept] = field(default_factory=list)
    rebased: list[tuple[Version, Later]] = field(default_factory=list)
    """Later versions that take over what stood before this import."""


def plan_undo(
    versions: Collection[Version], later: dict[int, Later], relied: Collection[int], *, can_withdraw: bool
) -> UndoPlan:
    """What happens to each record of an import; `later` by record, `relied` are records something rests on."""
    plan = UndoPlan()
    for version in versions:
        fate, code = _fate(version, version.record_key in later, version.record_key in relied, can_withdraw)
        plan.fates[fate].append(version)
        if code:
            above = later.get(version.record_key)
            plan.kept.append(Kept(version.record_key, version.ref, code, above.import_key if above else 0))
            if above is not None and above.lies_on(version):
                plan.rebased.append((version, above))
    return plan


def _fate(version: Version, covered: bool, relied: bool, can_withdraw: bool) -> tuple[Fate, str]:
    """The fate of one record and the code of the reason where it does not simply go back."""
    if covered:
        return Fate.KEEP, KEPT_LATER
    if version.revision_now != version.revision_after:
        return Fate.KEEP, KEPT_CHANGED
    if not version.inserted:
        return (Fate.KEEP, KEPT_RELIED) if relied else (Fate.RESTORE, "")
    if not relied:
        return Fate.REMOVE, ""
    return (Fate.WITHDRAW, WITHDRAWN_RELIED) if can_withdraw else (Fate.KEEP, KEPT_RELIED)
