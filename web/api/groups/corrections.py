"""Facts of a person put right: which corrections stand, one more, one taken back.

In: a kind of fact, what was read and what is so. Out: corrections as codes; limits and situations only with
read:sensitive; words of people are taken and never given out.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from msgspec import Meta, Struct

from matcher.domain.clients import Right
from matcher.domain.errors import RecordNotFound
from matcher.domain.intake.told import FactKind, KeptCorrection
from matcher.intake.correcting import take_back
from matcher.intake.stating import Stated, state
from matcher.office import UnitOfWork
from web.api.declared import NO_CONTROL, ROOT, Answer, Ask, Group, Key, Line
from web.config import the_office

group = Group("corrections")
SENSITIVE = frozenset({FactKind.CONSTRAINT, FactKind.SITUATION, FactKind.HOUSEHOLD})
"""Kinds whose values only programs with read:sensitive see."""
WORDS = frozenset({FactKind.UNLINKED, FactKind.BIRTH})
"""Kinds whose values are words of the person, or name them."""


class CorrectionShown(Struct):
    """One correction: `was` without `now` = wrong, both = it is `now` instead, `now` alone = also so.

    Null where the client may not see which.
    """

    key: Key
    worker: Key
    kind: FactKind
    was: str | None
    now: str | None
    values: list[int] | None
    until: date | None
    actor: str
    recorded_at: datetime


class NewCorrection(Struct, forbid_unknown_fields=True):
    """A fact that is wrong, something else, or also so; codes, or names as the lists of /names have them.

    Of kinds with one value (education, transport, moves, wage, mandarin, mongolian, willing, status) `now` is the
    value, empty = unknown.
    """

    kind: FactKind
    was: Line = ""
    now: Annotated[str, Meta(max_length=60, pattern=NO_CONTROL)] = ""
    numbers: Annotated[str, Meta(max_length=30, pattern=NO_CONTROL)] = ""
    until: date | None = None


def _shown(ask: Ask, one: KeptCorrection) -> CorrectionShown:
    """A correction as this client may see it."""
    told = one.correction
    open_ = told.kind not in WORDS and (told.kind not in SENSITIVE or ask.client.may(Right.READ_SENSITIVE))
    return CorrectionShown(
        key=one.key,
        worker=one.worker_key,
        kind=told.kind,
        was=told.was if open_ else None,
        now=told.now if open_ else None,
        values=list(told.values) if open_ else None,
        until=told.until if open_ else None,
        actor=one.actor,
        recorded_at=one.recorded_at,
    )


def _standing(unit: UnitOfWork, ask: Ask, key: int) -> list[KeptCorrection]:
    """The corrections of a person of the scope that stand; those of a change of life go with it."""
    scope = ask.scope
    unit.workers.get(key, division=scope.division, villages=scope.villages)
    return [one for one in unit.corrections.of_person(key) if one.change_key is None]


@group.get("/workers/{key}/corrections", answer=list[CorrectionShown])
def list_(ask: Ask, key: int) -> Answer:
    """The corrections of one person that stand, the oldest first."""
    with the_office().reading() as unit:
        found = _standing(unit, ask, key)
    return Answer([_shown(ask, one) for one in found], subject=f"worker:{key}", fields="corrections")


@group.get("/workers/{key}/corrections/{correction}", answer=CorrectionShown)
def one(ask: Ask, key: int, correction: int) -> Answer:
    """One correction that stands."""
    with the_office().reading() as unit:
        found = next((one for one in _standing(unit, ask, key) if one.key == correction), None)
    if found is None:
        raise RecordNotFound("没有这条更正，或已经撤销", ref=str(correction))
    return Answer(_shown(ask, found), subject=f"worker:{key}", fields="corrections")


@group.post("/workers/{key}/corrections", answer=list[CorrectionShown], body=NewCorrection, status=201, once=True,
            example={"kind": "skill", "now": "电焊"})  # fmt: skip
def add(ask: Ask, key: int) -> Answer:
    """One fact put right; the person's plan is made anew. More than one correction where an answer says several."""
    told = ask.body
    stated = Stated(told.kind, was=told.was, words=told.now, numbers=told.numbers, until=told.until)
    made = state(the_office(), key, ask.scope, stated, actor=ask.actor)
    with the_office().reading() as unit:
        found = [_shown(ask, one) for one in _standing(unit, ask, key) if one.key in made]
    where = f"{ROOT}/workers/{key}/corrections"
    return Answer(found, location=where, subject=f"worker:{key}", fields="corrections")


@group.delete("/workers/{key}/corrections/{correction}", answer=None, status=204, guarded=one)
def undo(ask: Ask, key: int, correction: int) -> Answer:
    """A correction is taken back: what was read stands again."""
    take_back(the_office(), key, correction, ask.scope, actor=ask.actor)
    return Answer(None, subject=f"worker:{key}")
