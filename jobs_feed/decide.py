"""A draft and what is stored → what is to be done; pure.

In: a draft and the records it may be. Out: `Decision`. People are never merged on keys that contradict each other;
what is empty in a new roster does not make known things unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum

from matcher.domain.division import Place
from matcher.domain.worker import Worker
from matcher.store.context import Known
from matcher.store.identities import SameAs, SameBasis

_OWN = frozenset({"ref", "sender"})
"""What a person keeps from the roster that named it first."""


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
    if any(other.key != best.key for other in same):
        return Decision(Action.REVIEW, best.key, "IMPORT_REVIEW_TWO")
    if best.id_conflict:
        return Decision(Action.REVIEW, best.key, "IMPORT_REVIEW_ID")
    if best.basis is SameBasis.SENDER_REF and draft.name != stored.name and not shares(draft, stored):
        return Decision(Action.REVIEW, best.key, "IMPORT_REVIEW_NAME")
    return Decision(Action.UNCHANGED if merge(stored, draft) == stored else Action.UPDATE, best.key)


def shares(one: Worker, other: Worker) -> bool:
    """Whether two records share anything personal beside a reference."""
    pairs = (
        (one.id_number[:18], other.id_number[:18]),
        (one.phone, other.phone),
        (one.birth_date, other.birth_date),
    )
    return any(first and first == second for first, second in pairs)


def merge(stored: Worker, draft: Worker) -> Worker:
    """The stored person with everything the draft knows."""
    known = {
        item.name: getattr(draft, item.name)
        for item in fields(Worker)
        if item.name not in _OWN and says_something(getattr(draft, item.name))
    }
    return replace(stored, **known)


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
