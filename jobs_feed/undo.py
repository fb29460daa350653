"""Taking a whole import back.

In: an office and the key of an import. Out: what went back and what had to stay, one by one; or `UndoRefused` with
one clear line and nothing changed. Whole or nothing, and audited.
"""

from __future__ import annotations

from jobs_feed.rosters import forget_import
from matcher.domain.errors import InputRefused
from matcher.domain.facts import Phrase
from matcher.domain.localtime import local_date
from matcher.office import Office
from matcher.store import ImportRecord, Kept, Undone, UnitOfWork

__all__ = ["ImportRecord", "Kept", "UndoRefused", "Undone", "outcome_of", "reason_of", "undo_import"]


class UndoRefused(InputRefused):
    """An import that cannot be taken back; nothing was changed."""

    def __init__(self, phrase: Phrase, kept: tuple[Kept, ...] = ()) -> None:
        super().__init__(phrase.code)
        self.phrase = phrase
        self.kept = kept
        """What stands in the way, record by record."""


def undo_import(office: Office, key: int, *, actor: str = "") -> Undone:
    """Takes an import back: new records go, changed ones are what they were, what something rests on stays."""
    with office.reading() as unit:
        record = unit.imports.get(key)
        _refuse_early(unit, record, key)
        since = unit.versions.plans_since(key)
        named, last = unit.plans.classes_named(since) if record.kind == "training" else (set(), since)
    with office.unit(actor) as unit:
        _refuse_early(unit, record, key)
        if record.kind == "training":
            named |= unit.plans.classes_named(last)[0]
        done = unit.versions.undo(key, record.kind, named=named)
        if not done.changed:
            raise UndoRefused(_why_nothing(done), done.kept)
        if record.kind == "workers":
            forget_import(unit, key)
        unit.audit.note("import_undo", subject=f"import:{key}", fields=record.kind)
    return done


def _refuse_early(unit: UnitOfWork, record: ImportRecord, key: int) -> None:
    """An import that was taken back already, or of which nothing was kept."""
    earlier = unit.versions.undone([key]).get(key)
    if earlier is not None and earlier.undone_at is not None:
        when = local_date(earlier.undone_at).isoformat()
        raise UndoRefused(Phrase("UNDO_TWICE", {"number": key, "when": when, "who": earlier.actor or "–"}))
    if not unit.versions.is_kept(key):
        raise UndoRefused(Phrase("UNDO_NOTHING_KEPT", {"number": key}))
    if record.stored + record.updated == 0:
        raise UndoRefused(Phrase("UNDO_NOTHING_DONE", {"number": key}))


def _why_nothing(done: Undone) -> Phrase:
    """Why nothing of an import can go back."""
    code = "UNDO_ALL_KEPT" if done.kept else "UNDO_NOTHING_DONE"
    return Phrase(code, {"number": done.import_key, **({"count": len(done.kept)} if done.kept else {})})


def reason_of(kept: Kept) -> Phrase:
    """Why a record stays."""
    return Phrase(kept.code, {"ref": kept.ref, "number": kept.other})


def outcome_of(done: Undone) -> Phrase:
    """What an undo did, in one sentence."""
    figures = {"removed": done.removed, "restored": done.restored, "withdrawn": done.withdrawn}
    stayed = len(done.kept) - done.withdrawn
    return Phrase("UNDO_DONE", {"number": done.import_key, **figures, "kept": stayed})
