"""One fact put right by whoever says so: at the window, or by a program of another office.

In: a kind of fact, what was read, what is so in words or codes. Out: the corrections kept, and the plan made anew;
InputRefused where the kind takes no correction, or the words mean nothing known.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.domain.errors import InputRefused
from matcher.domain.intake.told import LISTED, Correction, FactKind
from matcher.domain.worker import Education, Transport, Willingness, WorkStatus
from matcher.intake.answering import corrections_for
from matcher.intake.correcting import correct, tell
from matcher.listings import Scope
from matcher.office import Office
from matcher.told import NO, YES

SINGLE: dict[FactKind, tuple[str, ...]] = {
    FactKind.MOVES: (YES, NO),
    FactKind.MANDARIN: (YES, NO),
    FactKind.MONGOLIAN: (YES, NO),
    FactKind.WAGE: (),
    FactKind.WILLING: tuple(one.value for one in Willingness),
    FactKind.STATUS: tuple(one.value for one in WorkStatus),
    FactKind.EDUCATION: tuple(one.name for one in Education),
    FactKind.TRANSPORT: tuple(one.value for one in Transport),
}
"""Kinds with one value, and the values each may be set to."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What is said of one fact: `was` is wrong, or is what the words say; without `was` the words are so as well."""

    kind: FactKind
    was: str = ""
    words: str = ""
    numbers: str = ""
    until: date | None = None


def state(office: Office, key: int, scope: Scope, stated: Stated, *, actor: str) -> list[int]:
    """Keeps what is said of one fact; the keys of its corrections."""
    kind, words = stated.kind, stated.words
    if kind in SINGLE:
        return tell(office, key, scope, [_single(office, kind, words)], actor=actor)
    if kind is FactKind.UNLINKED and words:
        told = corrections_for(office, "ASK_UNLINKED", (), words, about=(stated.was,))
        return tell(office, key, scope, told, actor=actor)
    if kind in LISTED:
        return correct(
            office,
            key,
            scope,
            kind,
            was=stated.was,
            words=words,
            numbers=stated.numbers,
            until=stated.until,
            actor=actor,
        )
    raise InputRefused("这一项不能这样更正，没有保存；请在本人页面上改，或写情况变化")


def _single(office: Office, kind: FactKind, words: str) -> Correction:
    """A fact with one value; no words make it unknown."""
    if kind is FactKind.WAGE:
        return corrections_for(office, "ASK_PAY", (), words)[0] if words else Correction(kind=kind)
    if words and words not in SINGLE[kind]:
        raise InputRefused(f"“{words[:20]}”不在可选的值里，没有保存；可选：{'、'.join(SINGLE[kind])}")
    return Correction(kind=kind, now=words)
