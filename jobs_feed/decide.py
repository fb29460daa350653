"""A draft and what is stored → what is to be done; pure.

In: a draft and the records it may be. Out: `Decision`. People are never merged on keys that contradict each other;
what is empty in a new roster does not make known things unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from jobs_feed.table_rows import topic_of
from matcher.domain.division import Place
from matcher.domain.rosters.ledger import Ledger
from matcher.domain.worker import Worker
from matcher.reference.name_forms import better_spelling, likeness, plain_village, same_name
from matcher.store.context import Known
from matcher.store.identities import Doubt, SameAs, SameBasis, normal_id

_OWN = frozenset({"ref", "sender"})
"""What a person keeps from the roster that named it first."""
_DOUBTS = {
    Doubt.ID: "IMPORT_REVIEW_ID",
    Doubt.BIRTH: "IMPORT_REVIEW_BIRTH",
    Doubt.PLACE: "IMPORT_REVIEW_PLACE",
    Doubt.VILLAGE: "IMPORT_REVIEW_VILLAGE",
}
_TOLD_IN = frozenset({"experience_text", "remarks"})
"""Texts that columns of the monitoring ledger are also told in."""
HALF = 0.5
"""An ID number under a name with fewer of its characters in common was likelier typed into the wrong row."""


class Action(StrEnum):
    """What an import does with one record."""

    INSERT = "insert"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do; `reason` is a message code where a person has to look."""

    action: Action
    key: int | None = None
    reason: str = ""


def decide_person(draft: Worker, same: Sequence[SameAs], stored: Worker | None) -> Decision:
    """Insert, update, leave, or hand to a person; `stored` is the first candidate's record."""
    if not same or stored is None:
        return Decision(Action.INSERT)
    best = same[0]
    reason = "IMPORT_REVIEW_TWO" if any(other.key != best.key for other in same) else _doubt(draft, best, stored)
    if reason:
        return Decision(Action.REVIEW, best.key, reason)
    return Decision(Action.UNCHANGED if merge(stored, draft) == stored else Action.UPDATE, best.key)


def _doubt(draft: Worker, best: SameAs, stored: Worker) -> str:
    """Why two records with a key in common may still be two people; "" where nothing speaks for it."""
    if best.id_conflict:
        return "IMPORT_REVIEW_ID"
    if best.doubt in _DOUBTS:
        return _DOUBTS[best.doubt]
    if same_name(draft.name, stored.name):
        return ""
    if best.basis is SameBasis.SENDER_REF and not shares(draft, stored):
        return "IMPORT_REVIEW_NAME"
    same_reference = (draft.sender, draft.ref) == (stored.sender, stored.ref)
    if best.basis is SameBasis.ID_NUMBER and not same_reference and likeness(draft.name, stored.name) < HALF:
        return "IMPORT_REVIEW_OTHER_NAME"
    return ""


def shares(one: Worker, other: Worker) -> bool:
    """Whether two records share an ID number or a birth date; a phone is often that of a whole family."""
    pairs = (
        (normal_id(one.id_number), normal_id(other.id_number)),
        (one.birth_date, other.birth_date),
    )
    return any(first and first == second for first, second in pairs)


def merge(stored: Worker, draft: Worker) -> Worker:
    """The stored person with everything the draft knows; of two spellings of one name or village the better."""
    known = _known(draft, _OWN)
    known["name"] = better_spelling(stored.name, draft.name)
    if stored.village and plain_village(stored.village) == plain_village(draft.village):
        known["village"] = stored.village
    if stored.ledger is not None and draft.ledger is not None:
        known["ledger"] = replace(stored.ledger, **_known(draft.ledger, frozenset()))
    told_anew = known.get("ledger", stored.ledger) != stored.ledger
    for name in _TOLD_IN & known.keys():
        known[name] = _beside(getattr(stored, name), known[name], told_anew=told_anew)
    if len(stored.id_number) > len(draft.id_number) and normal_id(stored.id_number) == normal_id(draft.id_number):
        known["id_number"] = stored.id_number
    return replace(stored, **known)


def _beside(stored: str, draft: str, *, told_anew: bool) -> str:
    """A text of a file that has no such column and only says what its ledger columns say: it never takes the place of
    somebody's own words, and changes lines only where the ledger itself has changed."""
    lines = {topic_of(line): line for line in draft.split("\n")}
    if not stored or "" in lines:
        return draft
    held = [topic_of(line) for line in stored.split("\n")]
    kept = [
        lines[topic] if told_anew and topic in lines else line
        for topic, line in zip(held, stored.split("\n"), strict=True)
    ]
    return "\n".join([*kept, *(line for topic, line in lines.items() if topic not in held)])


def _known(record: Worker | Ledger, without: frozenset[str]) -> dict[str, Any]:
    """The fields of a record that say something."""
    return {
        item.name: getattr(record, item.name)
        for item in fields(record)
        if item.name not in without and says_something(getattr(record, item.name))
    }


def says_something(value: object) -> bool:
    """Whether a value of a draft is known."""
    if isinstance(value, Place):
        return bool(value.text or value.code)
    return value is not None and value not in ("", ())


def decide_record(known: Known | None, digest: str) -> Decision:
    """Postings and classes are found by sender and reference; the delivered record replaces the stored one."""
    if known is None:
        return Decision(Action.INSERT)
    return Decision(Action.UNCHANGED if digest == known.digest else Action.UPDATE, known.key)
